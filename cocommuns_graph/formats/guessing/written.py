"""A guess as a format: TOML that reads the table so, used at once, kept for next time, mended by hand."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from cocommuns_graph.formats.declare import FileSpec, Format
from cocommuns_graph.formats.guessing.contents import choices
from cocommuns_graph.formats.guessing.guess import Column, Guess
from cocommuns_graph.formats.guessing.headings import vocabulary
from cocommuns_graph.formats.guessing.meanings import LEFT_OUT
from cocommuns_graph.formats.naming import column_key, safe_name, undeclared_names
from cocommuns_graph.formats.parse import parse_format
from cocommuns_graph.formats.shipped import built_in
from cocommuns_graph.model import MODEL, fold
from cocommuns_graph.model.errors import InvalidFormat

GUESSED = "guessed"
"""What a format is called that was made for one import from a guess."""
_ROW = "row"
_PERSON = "person"
_LIST = [";\n", ","]
_NAMES = ";\n"
_TRIM = "•·*–—-# "
_LABELS = {"Topic": "label"}
_TOPIC_LINKS = {"Expert": "EXPERT_IN", "Organisation": "WORKS_ON", "Initiative": "ABOUT"}
_CHOICES = {"sector": ("Organisation",), "kind": ("Initiative",), "status": ("Initiative",)}
_ORDINARY = frozenset(
    {"country", "place", "website", "orcid", "description", "role", "kind", "latitude", "longitude"}
)

Value = str | bool | Sequence[str] | Mapping[str, str]


def as_format(guess: Guess) -> Format:
    """The format that reads a table as it was guessed.

    Raises:
        InvalidFormat: no column names the rows.
    """
    return parse_format(as_toml(guess, GUESSED), MODEL)


def as_toml(guess: Guess, name: str, title: str = "") -> str:
    """The text of that format under a name of small letters, digits and hyphens.

    Raises:
        InvalidFormat: no column names the rows.
    """
    return _Writer(guess).text(name, title or f"Read like {guess.name}")


def namespace_for(name: str) -> str:
    """What goes before the ids of a table, so that its 1 is not the 1 of another: its name without years."""
    words = [word for word in fold(name).split("-") if not word.isdigit()]
    return "-".join(words) or "table"


class _Writer:
    def __init__(self, guess: Guess) -> None:
        self._guess = guess
        self._kind = guess.rows
        self._lines: list[str] = []
        self._columns: dict[str, list[Column]] = {}
        seen: set[str] = set()
        for column in guess.columns:
            if column.meaning and column_key(column.column) not in seen:
                seen.add(column_key(column.column))
                self._columns.setdefault(column.meaning, []).append(column)
        self._has_person = self._kind in ("Organisation", "Initiative") and bool(
            self._of("person") or self._of("first name") or self._of("last name")
        )

    def _of(self, meaning: str) -> list[str]:
        return [column.column for column in self._columns.get(meaning, ())]

    def text(self, name: str, title: str) -> str:
        named = self._naming()
        if not named:
            raise InvalidFormat(
                f"nothing names the rows of {self._guess.name}; "
                f"say which column is the name of each {self._kind.lower()}"
            )
        self._add("name", name)
        self._add("title", title)
        if self._of("id"):
            self._add("namespace", namespace_for(self._guess.name))
        if self._kind == "Expert" and self._of("organisation"):
            self._table("[words]", {"on their own": _contact_list("skip")})
        used = [each.column for columns in self._columns.values() for each in columns]
        file: dict[str, Value] = {
            "name": safe_name(self._guess.name),
            "columns": named,
            "blank": _contact_list("blank"),
        }
        if left := self._of(LEFT_OUT):
            file["ignore"] = left
        self._table("[[file]]", file)
        self._table("[[file.any_name]]", {"has": used})
        self._node()
        if self._has_person:
            self._person()
        self._links()
        return "\n".join(self._lines) + "\n"

    def _naming(self) -> list[str]:
        found = self._of("name") or [*self._of("first name"), *self._of("last name")]
        if self._kind == "Topic" and not found:
            found = next(
                (columns for key in self._columns if key.startswith("label_") and (columns := self._of(key))),
                [],
            )
        elif self._kind in ("Organisation", "Initiative"):
            found = self._of("name")
        return found

    def _node(self) -> None:
        node: dict[str, Value] = {"as": _ROW, "label": self._kind}
        if self._of("id"):
            node |= {"id": self._of("id")[0], "derive": True}
        self._table("[[file.node]]", node)
        properties: dict[str, Value | Mapping[str, Value]] = {}
        extra: dict[str, Value | Mapping[str, Value]] = {}
        caption = _LABELS.get(self._kind, "name")
        if self._kind == "Expert":
            properties[caption] = {
                "column": self._of("name"),
                "join": [*self._of("first name"), *self._of("last name")],
            }
        else:
            properties[caption] = self._naming()[0]
        for meaning, columns in self._columns.items():
            first = columns[0].column
            if self._kind in _CHOICES.get(meaning, ()):
                continue
            if meaning in _ORDINARY and MODEL.node(self._kind).property(meaning):
                properties[meaning] = {"column": first, "split": ";, \n"} if meaning == "website" else first
            elif meaning in ("languages", "definition") or meaning.startswith(("label_", "definition_")):
                if MODEL.node(self._kind).property(meaning):
                    properties[meaning] = first
            elif meaning == "aliases":
                properties[meaning] = {"column": self._of(meaning), "every": True, "split": _NAMES}
            elif meaning in ("start", "end") and self._kind == "Initiative":
                properties[meaning] = (
                    {"column": first, "dates": columns[0].dates} if columns[0].dates else first
                )
            elif meaning == "contact" and self._kind == "Expert":
                properties[meaning] = {"column": self._of(meaning), "every": True, "contacts": True}
        if self._kind == "Expert" and self._of("organisation"):
            extra["affiliation"] = {
                "column": self._of("organisation"), "every": True, "split": _NAMES, "only": ["@on their own"]
            }  # fmt: skip
        extra |= self._kept_as_text(extra)
        self._table("[file.node.properties]", properties)
        if extra:
            self._table("[file.node.extra]", extra)
        for meaning, kinds in _CHOICES.items():
            if self._kind in kinds and meaning in self._columns:
                self._choice(meaning, self._columns[meaning][0])

    def _kept_as_text(self, taken: Iterable[str]) -> dict[str, str]:
        """Columns kept as they are written: misleading numbers, words that are no choice of the model."""
        kept = [column.column for column in self._guess.columns if not column.meaning and column.as_text]
        for meaning, kinds in _CHOICES.items():
            if self._kind in kinds:
                kept += [column.column for column in self._columns.get(meaning, [])[:1] if column.others]
        names = undeclared_names(kept, MODEL.node(self._kind), taken)
        return {name: column for column, name in names.items()}

    def _choice(self, meaning: str, column: Column) -> None:
        """A property that takes one of a few words; what is none of them is kept beside it as it is."""
        values = {word: choice for choice, words in vocabulary()["values"][meaning].items() for word in words}  # type: ignore[attr-defined]
        spelled = {_bare(word): choice for word, choice in values.items()}
        known = choices(meaning)
        seen = {example: known[fold(example)] for example in column.examples if fold(example) in known}
        others = {other.casefold(): "" for other in column.others}
        self._table(f"[file.node.properties.{meaning}]", {"column": column.column})
        self._table(
            f"[file.node.properties.{meaning}.values]", {**spelled, **values, **_folded(seen), **others}
        )

    def _person(self) -> None:
        self._table("[[file.node]]", {"as": _PERSON, "label": "Expert", "required": False})
        parts = [*self._of("first name"), *self._of("last name")]
        person: dict[str, Value | Mapping[str, Value]] = {
            "name": {"column": self._of("person"), "join": parts}
        }
        if self._of("role"):
            person["role"] = self._of("role")[0]
        if self._of("contact"):
            person["contact"] = {"column": self._of("contact"), "every": True, "contacts": True}
        self._table("[file.node.properties]", person)

    def _links(self) -> None:
        for column in self._of("topics"):
            if self._kind in _TOPIC_LINKS:
                to: dict[str, Value] = {"mention": "Topic", "column": column, "split": _LIST}
                to |= {"trim": _TRIM, "tell_new": True}
                self._link(_TOPIC_LINKS[self._kind], _ROW, to)
        for meaning, type_ in (("broader", "BROADER"), ("related", "RELATED")):
            for column in self._of(meaning):
                self._link(type_, _ROW, {"mention": "Topic", "column": column, "split": _LIST})
        for meaning, type_ in (("member of", "MEMBER_OF"), ("partners", "PARTNER_OF")):
            for column in self._of(meaning):
                self._link(type_, _ROW, {"mention": "Organisation", "column": column, "split": _NAMES})
        for column in self._of("organisation"):
            organisation: dict[str, Value] = {"mention": "Organisation", "column": column, "split": _NAMES}
            if self._kind == "Expert":
                role = {"role": self._of("role")[0]} if self._of("role") else {}
                organisation["skip"] = ["@on their own"]
                self._link("AFFILIATED_WITH", _ROW, organisation, role)
            else:
                self._link("TAKES_PART_IN", organisation, _ROW, {"role": {"value": _role(column)}})
        if self._has_person and self._kind == "Organisation":
            role = {"role": self._of("role")[0]} if self._of("role") else {}
            self._link("AFFILIATED_WITH", _PERSON, _ROW, role)
        elif self._has_person:
            column = (self._of("person") or self._of("first name") or self._of("last name"))[0]
            self._link("TAKES_PART_IN", _PERSON, _ROW, {"role": {"value": _role(column)}})

    def _link(
        self, type_: str, start: str | Mapping[str, Value], end: str | Mapping[str, Value],
        properties: Mapping[str, str | Mapping[str, str]] | None = None,
    ) -> None:  # fmt: skip
        self._table(
            "[[file.link]]", {"type": type_, "from": start, "to": end, "properties": properties or {}}
        )

    def _add(self, key: str, value: object) -> None:
        self._lines.append(f"{_key(key)} = {_toml(value)}")

    def _table(self, head: str, content: Mapping[str, object]) -> None:
        self._lines += ["", head]
        for key, value in content.items():
            if value is False or value:
                self._add(key, _without_empty(value))
            elif value == "":
                self._add(key, value)


def _without_empty(value: object) -> object:
    return (
        {key: kept for key, kept in value.items() if kept not in ([], {})}
        if isinstance(value, dict)
        else value
    )


def _role(column: str) -> str:
    """How somebody takes part, from the heading of the column that names them."""
    return " ".join(column.replace("_", " ").split())[:80].lower()


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _folded(values: Mapping[str, str]) -> dict[str, str]:
    return {" ".join(word.split()).casefold(): choice for word, choice in values.items()}


def _contact_list(which: str) -> list[str]:
    """Words of the contact list's format: for cells that say nothing, or for no organisation."""
    file: FileSpec = next(format_ for format_ in built_in() if format_.name == "contacts").files[0]
    found: Iterable[str] = file.blank
    if which == "skip":
        found = next(link.end.value.skip for link in file.links if link.end.value and link.end.value.skip)
    return sorted(found)


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _toml(key)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
            if value
            else "{}"
        )
    assert isinstance(value, Sequence)
    return "[" + ", ".join(map(_toml, value)) + "]"
