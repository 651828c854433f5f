"""How a column becomes a property: one the model declares, one nobody declared, one of an export."""

from __future__ import annotations

from cocommuns_graph.formats.cells import Get, as_number, cleaner, guarded, is_text, watched
from cocommuns_graph.formats.contacts import is_contact_column
from cocommuns_graph.formats.exported import cell_cleaner
from cocommuns_graph.formats.properties import Step
from cocommuns_graph.formats.survey import Survey
from cocommuns_graph.model import Property
from cocommuns_graph.model.kinds import LINES, PROSE


def declared_step(name: str, column: str, property_: Property, get: Get | None) -> Step:
    """A property of the model, its cell worked on by `get` if there is one."""
    clean = cleaner(property_.kind)
    watch = is_text(property_.kind) and property_.name != "contact"
    kind = property_.kind
    split = kind.split if kind.many and kind is not LINES else None
    return Step(name, column, guarded(clean) if watch else clean, clean, get, kind.many, split=split)


def undeclared_step(name: str, column: str, read: Survey) -> Step:
    """A property nobody declared: numbers where the column holds nothing else, else text."""
    type_ = read.numbers.get(column)
    if type_ is not None:
        clean = as_number(type_)
        return Step(name, column, clean, clean, None, False, False)
    clean = cleaner(PROSE)
    watch = watched if is_contact_column(column) else guarded
    return Step(name, column, watch(clean), clean, None, False, False)


def exported_step(name: str, column: str, kind: str) -> Step:
    """An undeclared property as an export has it, of the kind it had."""
    clean = cell_cleaner(kind)
    watch = watched if is_contact_column(column) else guarded
    return Step(name, column, watch(clean) if "text" in kind or kind == "json" else clean, clean, None)
