"""Query files to questions, everything about them checked, and text to parameter values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cocommuns_graph.model import MODEL, Model, Value, Viewer, Visibility, Words
from cocommuns_graph.model.errors import InvalidQuery, InvalidValue
from cocommuns_graph.model.kinds import Kind, shorten
from cocommuns_graph.questions.check import VISIBLE, columns, mistakes
from cocommuns_graph.questions.header import Entry, Parts, take_apart
from cocommuns_graph.questions.parameters import Parameter, kind_of, types

ROLES = {
    "visitor": Visibility.PUBLIC,
    "member": Visibility.MEMBERS,
    "coordinator": Visibility.COORDINATORS,
    "steward": Visibility.STEWARDS,
}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s*\(([^)]*)\)\s*(.*)$")
_FRENCH = re.compile(r"([a-z][a-z0-9_]*)\s+(.+)$")
_COLUMN = re.compile(r"([a-z][a-z0-9_]*)(?:\s*\(([^)]*)\)\s*|\s+)(\S.*)$")
_SEVERAL = ("parameter", "parameter_fr", "column", "column_fr")
_ONCE = ("title", "title_fr", "explanation", "explanation_fr", "role")

Resolve = Callable[[str, str | None], str]
"""An id or a name, and the label it must carry or None, to the id; raises NotFound or Ambiguous."""


@dataclass(frozen=True)
class Column:
    """What a reader finds above a column of an answer, and the kind of its values where that is declared."""

    name: str
    words: Words
    kind: Kind | None = None


@dataclass(frozen=True)
class Question:
    """A named query: what it answers in words, who may ask it, its parameters, its statement.

    `described` are the columns of the answer that the header tells more about, by name.
    """

    name: str
    title: Words
    explanation: Words
    role: Visibility
    parameters: tuple[Parameter, ...]
    statement: str
    path: Path
    described: Mapping[str, Column] = field(default_factory=dict)

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns of its answer; one engine does not tell them when there are no rows."""
        return columns(self.statement)[0]

    def may_be_asked_by(self, viewer: Viewer) -> bool:
        """Whether the viewer may see as much as this question shows."""
        return viewer.may_see(self.role)

    def bind(self, values: Mapping[str, str], resolve: Resolve | None = None) -> dict[str, Value | None]:
        """The value of every parameter, from text as it was typed; `$visible` is the store's to add.

        An empty text counts as not given. With `resolve` a record may be named by its name as well as its
        id; without it the text is taken as the id.

        Raises:
            InvalidQuery: one sentence for each parameter that is unknown, missing or does not fit.
        """
        wrong = [self._unknown(name) for name in values if all(p.name != name for p in self.parameters)]
        bound: dict[str, Value | None] = {}
        for parameter in self.parameters:
            text = str(values.get(parameter.name, "")).strip()
            if not text:
                if parameter.required:
                    wrong.append(f"{self.name} needs {parameter.name}: {parameter.accepted}")
                bound[parameter.name] = parameter.default
                continue
            try:
                bound[parameter.name] = parameter.kind.clean(text)
            except InvalidValue as error:
                wrong.append(f"{parameter.name}: {error}")
        if wrong:
            raise InvalidQuery(". ".join(wrong))
        for parameter in self.parameters if resolve else ():
            if parameter.record and (given := bound[parameter.name]) is not None and resolve:
                bound[parameter.name] = resolve(str(given), parameter.label)
        return bound

    def _unknown(self, name: str) -> str:
        names = ", ".join(parameter.name for parameter in self.parameters)
        return f"{self.name} has no parameter {shorten(name)!r}; it has {names or 'none'}"


def load(folder: Path, model: Model = MODEL) -> dict[str, Question]:
    """The questions of a folder by name, which is the name of the file without `.cypher`, in that order.

    Raises:
        InvalidQuery: everything wrong in all the files, each with file and line, or the folder is unreadable.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".cypher")
        texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidQuery(f"the queries of {folder} cannot be read: {reason}") from error
    wrong: list[str] = []
    questions: dict[str, Question] = {}
    titles: dict[str, Path] = {}
    for path, text in texts:
        question = _Reader(path, take_apart(text), model, wrong).question()
        if (first := titles.setdefault(question.title.en.casefold(), path)) != path:
            wrong.append(f"{path.name}:1: has the title of {first.name}; give it its own")
        if question.name.casefold() in (name.casefold() for name in questions):
            wrong.append(f"{path.name}:1: another file has this name; rename one")
        questions[question.name] = question
    if wrong:
        raise InvalidQuery("; ".join(wrong))
    return questions


class _Reader:
    """One file read; what is wrong with it is added to `wrong`, and a question comes out all the same."""

    def __init__(self, path: Path, parts: Parts, model: Model, wrong: list[str]) -> None:
        self._path = path
        self._parts = parts
        self._model = model
        self._wrong = wrong

    def _refuse(self, line: int, reason: str) -> None:
        self._wrong.append(f"{self._path.name}:{line}: {reason}")

    def question(self) -> Question:
        if not _NAME.match(self._path.stem):
            self._refuse(
                1, "the file's name must be lower-case words joined by -, such as who-works-on.cypher"
            )
        for line in self._parts.strange:
            self._refuse(
                line, "this line of the header is no `// key: text`; indent it to go on with the last"
            )
        single = self._single()
        parameters = self._parameters()
        role = self._role(single.get("role"))
        question = Question(
            self._path.stem,
            self._words(single, "title"),
            self._words(single, "explanation"),
            role,
            tuple(parameters),
            self._parts.statement,
            self._path,
            self._columns(columns(self._parts.statement)[0]),
        )
        names = [parameter.name for parameter in parameters]
        for mistake in mistakes(question.statement, role, names, self._model):
            self._refuse(self._parts.statement_line + mistake.line - 1, mistake.reason)
        return question

    def _single(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self._parts.entries:
            if entry.key in _SEVERAL:
                continue
            if entry.key not in _ONCE:
                known = ", ".join([*_ONCE, *_SEVERAL])
                self._refuse(entry.line, f"{entry.key!r} is no entry of a header; there are {known}")
            elif entry.key in found:
                self._refuse(entry.line, f"{entry.key} is given twice; keep one")
            else:
                found[entry.key] = entry
        return found

    def _words(self, single: Mapping[str, Entry], key: str) -> Words:
        english = single[key].text if key in single else ""
        if not english:
            self._refuse(single[key].line if key in single else 1, f"there is no {key}; add `// {key}: ...`")
        french = single[f"{key}_fr"].text if f"{key}_fr" in single else ""
        return Words(english or self._path.stem, french or english or self._path.stem)

    def _role(self, entry: Entry | None) -> Visibility:
        if entry is None:
            return Visibility.STEWARDS
        if entry.text.lower() not in ROLES:
            self._refuse(entry.line, f"{entry.text!r} is no role; there are {', '.join(ROLES)}")
        return ROLES.get(entry.text.lower(), Visibility.STEWARDS)

    def _parameters(self) -> list[Parameter]:
        french = self._french("parameter")
        found: dict[str, Parameter] = {}
        for entry in self._parts.entries:
            if entry.key != "parameter":
                continue
            parameter = self._parameter(entry, french)
            if parameter is None:
                continue
            if parameter.name in found:
                self._refuse(entry.line, f"the parameter {parameter.name} is declared twice; keep one")
            found.setdefault(parameter.name, parameter)
        for name, entry in french.items():
            if name not in found:
                self._refuse(entry.line, f"{name!r} is described in French and is no parameter; declare it")
        return list(found.values())

    def _french(self, key: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self._parts.entries:
            if entry.key == f"{key}_fr":
                match = _FRENCH.match(entry.text)
                if match is None:
                    self._refuse(entry.line, f"write `// {key}_fr: NAME what it is in French`")
                elif match[1] in found:
                    self._refuse(entry.line, f"{match[1]} is described in French twice; keep one")
                else:
                    found[match[1]] = Entry(match[1], match[2], entry.line)
        return found

    def _columns(self, given: Sequence[str]) -> dict[str, Column]:
        french = self._french("column")
        found: dict[str, Column] = {}
        for entry in self._parts.entries:
            if entry.key == "column" and (column := self._column(entry, french)):
                if column.name in found:
                    self._refuse(entry.line, f"the column {column.name} is described twice; keep one")
                elif column.name not in given:
                    there = ", ".join(given)
                    self._refuse(entry.line, f"the answer has no column {column.name!r}; there are {there}")
                found.setdefault(column.name, column)
        for name, entry in french.items():
            if name not in found:
                self._refuse(entry.line, f"{name!r} is described in French only; describe it in English too")
        return found

    def _column(self, entry: Entry, french: Mapping[str, Entry]) -> Column | None:
        match = _COLUMN.match(entry.text)
        if match is None:
            self._refuse(
                entry.line, "write `// column: NAME what it is` or `// column: NAME (TYPE) what it is`"
            )
            return None
        name, type_, text = match.groups()
        known = kind_of(type_.strip(), self._model) if type_ else None
        if type_ and known is None:
            self._refuse(entry.line, f"{type_!r} is no type; there are {types(self._model)}")
        words = Words(text, french[name].text if name in french else text)
        return Column(name, words, known[0] if known else None)

    def _parameter(self, entry: Entry, french: Mapping[str, Entry]) -> Parameter | None:
        match = _PARAMETER.match(entry.text)
        if match is None or not match[3]:
            self._refuse(entry.line, "write `// parameter: NAME (TYPE, required) what it is`")
            return None
        name, inside, text = match.groups()
        if name == VISIBLE:
            self._refuse(entry.line, "visible is given by the store; do not declare it")
            return None
        type_, _, presence = (part.strip() for part in inside.partition(","))
        known = kind_of(type_, self._model)
        if known is None:
            self._refuse(entry.line, f"{type_!r} is no type; there are {types(self._model)}")
            return None
        kind, record, label = known
        words = Words(text, french[name].text if name in french else text)
        required, default = self._presence(entry, presence, kind.clean)
        return Parameter(name, type_, kind, words, required, default, record, label)

    def _presence(
        self, entry: Entry, presence: str, clean: Callable[[str], Value | None]
    ) -> tuple[bool, Value | None]:
        word, _, value = presence.partition(" ")
        if presence in ("", "required"):
            return True, None
        if presence == "optional":
            return False, None
        if word != "default" or not value.strip():
            self._refuse(
                entry.line, f"{presence!r} is not accepted; accepted: required, optional, default VALUE"
            )
            return False, None
        try:
            return False, clean(value.strip())
        except InvalidValue as error:
            self._refuse(entry.line, f"the default does not fit: {error}")
            return False, None
