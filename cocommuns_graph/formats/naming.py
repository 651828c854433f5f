"""How a column is found under its name, and what a column nobody declared is called in the graph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from cocommuns_graph.model import Property, fold

_UNDERSCORES = re.compile(r"_{2,}")
_LONGEST = 80
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[/|:;]|(?<!\d)\s[-–—]\s")
AS_GIVEN = "_as_given"
"""What is put behind an undeclared column's name where the model already has a property of that name."""


class Declared(Protocol):
    """What a label and a relationship type have in common here: properties found by name."""

    def property(self, name: str) -> Property | None:
        """The declaration of a property; None if undeclared."""


def column_key(name: str) -> str:
    """What two spellings of one column have in common: `Person ID`, `person_id` and `person-id` are one."""
    return fold(name) or name.strip().casefold()


def loose_key(name: str, filler: Collection[str] = ()) -> str:
    """A column's name without its numbers and the words of `filler`: `Votre e-mail 2` is `e-mail`.

    It is the `column_key` where nothing else is left of it.
    """
    key = column_key(name)
    return "-".join(word for word in key.split("-") if not word.isdigit() and word not in filler) or key


def called_as(columns: Iterable[str], names: Iterable[str], filler: Collection[str] = ()) -> list[str]:
    """The columns with one of these names, whatever their number: `E-mail 2 - Type` is `e-mail type`."""
    wanted = {loose_key(name, filler) for name in names}
    return [column for column in columns if loose_key(column, filler) in wanted]


class Headers:
    """The columns of one table, found by the names a format uses for them.

    `aliases` are other names by the format's own name: `{"name": ["nom", "nombre"]}`. Where two columns
    answer to one name the first is it. A column that is called exactly so goes before one that is not: with
    aliases, what stands in brackets, numbers and the words of `filler` do not count, capitals part words as
    in `jobTitle`, and of a name in two languages, `Pays / Country`, either is enough.
    """

    def __init__(
        self,
        columns: Sequence[str],
        aliases: Mapping[str, Sequence[str]],
        filler: Collection[str] = (),
    ) -> None:
        self.columns = tuple(columns)
        self._by_key: dict[str, str] = {}
        own = {column_key(column) for column in columns}
        stands_for = {
            column_key(alias): column_key(name)
            for name, others in aliases.items()
            for alias in others
            if column_key(name) not in own
        }
        for column in columns:
            key = column_key(column)
            self._by_key.setdefault(stands_for.get(key, key), column)
        self._filler = filler
        self._loose = {
            loose_key(each, filler): column_key(name)
            for name, others in aliases.items()
            for each in (name, *others)
        }
        self._every: dict[str, list[str]] = {}
        for column in columns if aliases else ():
            if name := self._loosely(column):
                self._every.setdefault(name, []).append(column)
                self._by_key.setdefault(name, column)

    def _loosely(self, column: str) -> str | None:
        """The name a column answers to if one looks at what matters of it; None if it is none or two."""
        bare = _CAMEL.sub(" ", _BRACKETS.sub(" ", column))
        if whole := self._loose.get(loose_key(bare, self._filler)):
            return whole
        parts = [self._loose.get(loose_key(part, self._filler)) for part in _PARTS.split(bare)]
        return parts[0] if len(set(filter(None, parts))) == 1 else None

    def find(self, name: str) -> str | None:
        """The column a format calls `name`, as the file spells it; None if the table lacks it."""
        return self._by_key.get(column_key(name))

    def every(self, name: str) -> list[str]:
        """All columns that answer to a name, in the order of the file."""
        key = column_key(name)
        first = self._by_key.get(key)
        return self._every.get(key) or ([first] if first is not None else [])

    def canonical(self) -> Mapping[str, str]:
        """The columns of the file by the folded name they answer to."""
        return self._by_key

    def has_all(self, names: Iterable[str]) -> bool:
        """Whether the table has every one of these columns."""
        return all(self.find(name) is not None for name in names)


def safe_name(column: str) -> str:
    """A column's name as a property name: letters, digits and `_`, accents dropped, case kept.

    `#priors` is `priors`, `Chiffre d'affaires` is `Chiffre_d_affaires`, `2016` is `column_2016`.
    """
    decomposed = unicodedata.normalize("NFKD", column)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    spaced = "".join(
        each if f"_{each}".isidentifier() else "_" for each in unicodedata.normalize("NFKC", bare)
    )
    name = _UNDERSCORES.sub("_", spaced).strip("_")[:_LONGEST].rstrip("_")
    return name if name.isidentifier() else f"column_{name}".rstrip("_")


def undeclared_names(columns: Iterable[str], declared: Declared, taken: Iterable[str] = ()) -> dict[str, str]:
    """The property name of each undeclared column, never a declared one, never the same twice.

    A name the model declares gets `_as_given` behind it, a name that is `taken` or comes again `_2`, `_3`.
    Upper and lower case do not tell two names apart.
    """
    used = {name.casefold() for name in taken}
    names: dict[str, str] = {}
    for column in columns:
        name = safe_name(column)
        if declared.property(name) or declared.property(name.lower()):
            name += AS_GIVEN
        unique, number = name, 1
        while unique.casefold() in used or declared.property(unique.lower()):
            number += 1
            unique = f"{name}_{number}"
        used.add(unique.casefold())
        names[column] = unique
    return names
