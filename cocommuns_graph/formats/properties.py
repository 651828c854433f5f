"""The properties a row gives a node or link; a cell that cannot be used becomes a warning of the row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cocommuns_graph.formats import contacts
from cocommuns_graph.formats.cells import Cells, Clean, ContactInText, Get
from cocommuns_graph.model import Scalar, Value, Visibility, levelled
from cocommuns_graph.model.claims import Row
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LINE

_REMEMBERED = 1 << 12
CONTACT_PLACE = "the place for it is an expert's contact"


@dataclass(frozen=True)
class Step:
    """How one property gets its value: the column named in problems, where its text is from, what cleans it.

    `get` is None where the cell of `column` is taken as it is. `clean` may raise ContactInText, `look` then
    cleans what is left of the text. `split` cuts a list, of which one item that cannot be used does not
    spoil the others.
    """

    name: str
    column: str
    clean: Clean
    look: Clean
    get: Get | None = None
    kind_many: bool = False
    declared: bool = True
    split: Callable[[str], list[str]] | None = None


class Properties:
    """The properties of a node or link: steps for cells as they are, steps for those that are worked on."""

    def __init__(self, steps: Iterable[Step], takes_contacts: bool) -> None:
        steps = list(steps)
        # Each with the clean values of cells met before: countries, kinds and places come again and again.
        self._plain: list[tuple[str, str, Clean, Step, dict[str, str]]] = [
            (step.column, step.name, step.clean, step, {}) for step in steps if step.get is None
        ]
        self._worked = [step for step in steps if step.get is not None]
        self._columns = {step.name: step.column for step in reversed(steps)}
        self._takes_contacts = takes_contacts
        self._told: set[str] = set()

    def forget(self) -> None:
        """Starts anew, so that what is said once per file is said again."""
        self._told.clear()

    def column_of(self, name: str) -> str:
        """The column a property comes from; empty if no column of the file gives it."""
        return self._columns.get(name, "")

    def text_of(self, name: str, cells: Cells) -> str:
        """What a row says of a property, usable or not; empty if nothing."""
        for step in self._worked:
            if step.name == name and step.get is not None:
                text = step.get(cells)
                return (text if isinstance(text, str) else " ".join(text)).strip()
        column = self.column_of(name)
        return cells[column].strip() if column else ""

    def claim(self, cells: Cells, row: Row) -> dict[str, Value]:
        """The clean properties of a row; a cell that cannot be used becomes a warning of the row."""
        found: dict[str, Value] = {}
        moved: list[str] | None = None
        for column, name, clean, step, met in self._plain:
            cell = cells[column]
            if cell:
                if (again := met.get(cell)) is not None:
                    found[name] = again
                    continue
                try:
                    value = clean(cell)
                    if len(met) < _REMEMBERED and isinstance(value, str):
                        met[cell] = value
                except InvalidValue as error:
                    if moved is None:
                        moved = []
                    value = self._mend(cell, step, error, row, moved)
                if value is not None:
                    found[name] = value
        for step in self._worked:
            if moved is None:
                moved = []
            value = self._work(cells, step, row, moved)
            if value is not None:
                found.setdefault(step.name, value)
        if moved:
            known = found.get("contact")
            before = known if isinstance(known, list) else []
            found["contact"] = list(dict.fromkeys([*before, *moved]))
        return found

    def _work(self, cells: Cells, step: Step, row: Row, moved: list[str]) -> Value | None:
        assert step.get is not None
        text = step.get(cells)
        if isinstance(text, str):
            if not text:
                return None
            try:
                return step.clean(text)
            except InvalidValue as error:
                return self._mend(text, step, error, row, moved)
        items: list[Value] = []
        for item in text:
            try:
                value = step.clean(item)
            except InvalidValue as error:
                value = self._mend(item, step, error, row, moved)
            if isinstance(value, list):
                items.extend(value)
            elif value is not None:
                items.append(value)
        if not items:
            return None
        if not step.kind_many and step.declared:
            if len(items) > 1:
                reason = f"{step.name} takes one value; the first of {len(items)} was kept"
                row.problem(step.column, ", ".join(map(str, items)), reason, "warning")
            return items[0]
        return list(dict.fromkeys(items))  # type: ignore[return-value]

    def _mend(self, text: str, step: Step, error: InvalidValue, row: Row, moved: list[str]) -> Value | None:
        found = contacts.find(text, step.column)
        if found.contacts:
            if self._takes_contacts:
                moved.extend(found.contacts)
                if step.column not in self._told:
                    self._told.add(step.column)
                    reason = "e-mail addresses and telephone numbers of this column go to contact"
                    row.problem(step.column, "", reason, "note")
            elif found.rest:
                reason = f"an e-mail address or telephone number was left out; {CONTACT_PLACE}"
                row.problem(step.column, text, reason, "warning")
            else:
                reason = f"looks like an e-mail address or telephone number; {CONTACT_PLACE}"
                row.problem(step.column, text, reason, "warning")
            if not found.rest:
                return None
            text = found.rest
        elif not isinstance(error, ContactInText):
            items = step.split(text) if step.split is not None else []
            return self._each(items, step, row) if len(items) > 1 else _dropped(text, step, error, row)
        try:
            return step.look(text)
        except InvalidValue as again:
            row.problem(step.column, text, f"{step.name}: {again}", "warning")
            return None

    def _each(self, items: Iterable[str], step: Step, row: Row) -> Value | None:
        """The items of a list that can be used, a warning for each other one."""
        kept: dict[Scalar, None] = {}
        for item in items:
            try:
                value = step.clean(item)
            except InvalidValue as error:
                value = _dropped(item, step, error, row)
            kept.update(
                dict.fromkeys(value if isinstance(value, list) else [value] if value is not None else [])
            )
        return list(kept) or None  # type: ignore[return-value]


def guarded_line(text: str) -> Value | None:
    """A line of text that holds no e-mail address or telephone number.

    Raises:
        InvalidValue: it holds one.
    """
    if contacts.suspect(text) and contacts.find(text).contacts:
        raise InvalidValue(f"looks like an e-mail address or telephone number; {CONTACT_PLACE}")
    return LINE.clean(text)


def _dropped(text: str, step: Step, error: InvalidValue, row: Row) -> Value | None:
    """What stands for a cell that cannot be used: nothing, but nobody sees more because of it."""
    limited = levelled(step.name)
    if step.declared and (limited or step.name == "visibility"):
        seen = f"its {limited}" if limited else "the record"
        reason = f"{step.name}: {error}; until it is mended only stewards see {seen}"
        row.problem(step.column, text, reason, "warning")
        return Visibility.STEWARDS.word
    row.problem(step.column, text, f"{step.name}: {error}", "warning")
    return None
