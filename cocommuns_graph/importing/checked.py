"""Check sheets that come back: only what was changed in them is claimed, whatever others wrote meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from cocommuns_graph.formats import BoundFile, FileSpec, Format, column_key, format_named
from cocommuns_graph.importing.check_sheets import GivenTable, unpacked
from cocommuns_graph.model import MODEL, Value
from cocommuns_graph.model.claims import LinkClaim, NodeClaim, Row
from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.reading.tables import RawRow, Table, made_table

_FORMAT = "inventory"
_MOST_NAMED = 20
Key = tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class _Given:
    """A row as it was given out: what it claims, what people call it, its cells that are only to be read."""

    values: Mapping[str, Value]
    name: str
    read_only: Mapping[str, str]


class CheckedFile(BoundFile):
    """A check sheet that came back, read as the inventory's table it holds; unchanged cells say nothing.

    `whole` is the table as it came, `names` the property of each of its columns, `notes_line` the line
    of its columns, where is told what of the rows given out is gone.
    """

    def __init__(
        self, spec: FileSpec, whole: Table, names: Mapping[str, str], given: GivenTable, path: str
    ) -> None:
        def renamed() -> Iterator[RawRow]:
            for row in whole.rows():
                cells = {name: row.cells[column] for column, name in names.items() if name}
                yield dataclasses.replace(row, cells=cells)

        columns = [name for name in names.values() if name]
        super().__init__(spec, dataclasses.replace(whole, columns=columns, source=renamed), MODEL, path=path)
        self.notes_line = whole.header_line
        self._whole = whole
        self._names = names
        self._sheet = given
        self._usual_notes: list[str] | None = None

    def column_of(self, type_: str, name: str) -> str:
        """The heading of the column that gives a property; empty if none does."""
        found = super().column_of(type_, name)
        return next((column for column, own in self._names.items() if own == found and found), "")

    def rows(self) -> Iterator[Row]:
        """The claims of every row: what was changed since it was given out and nothing else."""
        met: set[Key] = set()
        for raw, row in zip(self._whole.rows(), super().rows(), strict=True):
            if (claim := _main(row)) is not None:
                key = _key(claim)
                met.add(key)
                self._compare(row, raw, claim, key)
            yield row
        if self._usual_notes is None:
            self._usual_notes = list(self.notes)
        gone = [given.name for key, given in self._given.items() if key not in met]
        self.notes = [*self._usual_notes, *_gone_words(gone)]

    def _compare(self, row: Row, raw: RawRow, claim: NodeClaim | LinkClaim, key: Key) -> None:
        given = self._given.get(key)
        if given is None:
            if any(key[:3] == other[:3] for other in self._given if len(other) > 1):
                row.problem(
                    "", "", "what was changed makes it another link, which comes beside the one there was; "
                    "take that one out by hand if it is wrong", "note",
                )  # fmt: skip
            return
        row.is_copy = True
        for column, name in self._names.items():
            if name in given.values and not raw.cells[column].strip():
                row.problem(
                    column,
                    "",
                    f"{name} was emptied; an import takes nothing away, so it stays as it is",
                    "note",
                )
        for column, was in given.read_only.items():
            now = raw.cells.get(column, was)
            if now.strip() != was.strip():
                row.problem(
                    column, now, f"this column is only to be read, so {shorten(was)!r} stays as it is", "note"
                )
        kept = () if isinstance(claim, NodeClaim) else MODEL.relationship(claim.type).keys
        claim.properties = {
            name: value
            for name, value in claim.properties.items()
            if name in kept or given.values.get(name) != value or type(given.values[name]) is not type(value)
        }

    @cached_property
    def _given(self) -> dict[Key, _Given]:
        """The rows that were given out, read as the sheet itself is."""
        names = list(self._sheet.columns.values())
        kept = [place for place, name in enumerate(names) if name]
        rows = [
            RawRow(line, {names[place]: cells[place] for place in kept})
            for line, cells in enumerate(self._sheet.rows, start=1)
        ]
        table = made_table(self._whole.path, "given", [names[place] for place in kept], rows)
        found: dict[Key, _Given] = {}
        for row, cells in zip(BoundFile(self.spec, table, MODEL).rows(), self._sheet.rows, strict=True):
            if (claim := _main(row)) is not None:
                by_heading = dict(zip(self._sheet.columns, cells, strict=True))
                read_only = {heading: by_heading[heading] for heading, name in self._sheet.columns.items()
                             if not name and heading in self._names}  # fmt: skip
                found[_key(claim)] = _Given(claim.properties, self._called(claim, by_heading), read_only)
        return found

    def _called(self, claim: NodeClaim | LinkClaim, cells: Mapping[str, str]) -> str:
        if isinstance(claim, NodeClaim):
            return str(claim.properties.get("name") or claim.id)
        return " ".join(cells[heading] for heading, name in self._sheet.columns.items() if not name)


def _main(row: Row) -> NodeClaim | LinkClaim | None:
    return row.nodes[0] if row.nodes else row.links[0] if row.links else None


def _key(claim: NodeClaim | LinkClaim) -> Key:
    """What a row is recognised by: an id, or the ends, type and key properties of a link."""
    if isinstance(claim, NodeClaim):
        return (claim.id,)
    start, end = (str(getattr(one, "id", "")) for one in (claim.start, claim.end))
    keys = MODEL.relationship(claim.type).keys
    return (start, claim.type, end, *(str(claim.properties.get(name, "")) for name in keys))


def _gone_words(gone: Sequence[str]) -> Iterator[str]:
    if gone:
        shown = ", ".join(map(shorten, gone[:_MOST_NAMED]))
        more = f" and {len(gone) - _MOST_NAMED} more" if len(gone) > _MOST_NAMED else ""
        yield (
            f"given out and not in the sheet any more: {shown}{more}; nothing is taken away for that, so "
            "take out by hand what is wrong"
        )


def checked(table: Table, path: str) -> tuple[Format, CheckedFile, int] | None:
    """The format of a check sheet that came back, the file, its place in the format; None for other tables.

    Raises:
        UnreadableFile: what was given out cannot be read from it, or a column it needs is gone.
    """
    given = unpacked(table.meta, path)
    if given is None:
        return None
    known = {column_key(heading): name for heading, name in given.columns.items()}
    taken = set(given.columns.values())
    names = {
        column: known.get(column_key(column), "" if column in taken else column) for column in table.columns
    }
    for name in ("from", "type", "to") if given.table == "links" else ("id",):
        if name not in names.values():
            raise UnreadableFile(f"{path} has lost its column {name!r}; put it back as it was given out")
    format_ = format_named(_FORMAT)
    place, spec = next((p, f) for p, f in enumerate(format_.files) if f.pattern_for(given.table))
    return format_, CheckedFile(spec, table, names, given, path), place
