"""The tables of README and of the documents here, written from the code by cog (`make docs`)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from cocommuns_graph.cli.commands import cocommuns
from cocommuns_graph.desk import explained
from cocommuns_graph.gaps import find_gaps
from cocommuns_graph.model import MODEL, Graph, Visibility
from cocommuns_graph.model.declare import NodeType, Property, RelationshipType

_CHECKOUT = Path(__file__).resolve().parents[1]
_PACKAGE = _CHECKOUT / "cocommuns_graph"
_PYPROJECT = _CHECKOUT / "pyproject.toml"


def nodes() -> str:
    """One row a label: what it is for, and its properties with what they accept."""
    return _table(
        ("label", "what it is", "properties"),
        ((f"**{node.label}**", node.description, _properties(node)) for node in MODEL.public_types),
    )


def common() -> str:
    """One row a property that every record has, with what it means."""
    node = MODEL.public_types[0]
    return _table(
        ("every record has", ""),
        (
            (node.by_name[name].name + ("[]" if node.by_name[name].kind.many else ""), _meaning(name))
            for name in _common()
        ),
    )


def relationships() -> str:
    """One row a relationship type: its ends, how it reads, its properties with the keys in bold."""
    return _table(
        ("relationship", "from → to", "reads", "properties"),
        (
            (
                tie.type,
                f"{_ends(tie.starts)} {'→' if tie.directed else '–'} {_ends(tie.ends)}{of_kind}",
                tie.text.en,
                _tie_properties(tie),
            )
            for tie in map(MODEL.relationship, MODEL.types)
            for of_kind in (f" of kind {tie.end_kind}" if tie.end_kind else "",)
        ),
    )


def measures() -> str:
    """One row a measure: its column, what a high value means and an isolate gets, formula and source."""
    return _table(
        ("column", "meaning", "formula", "source"),
        (
            (
                f"`{one['name']}`",
                one["meaning"],
                one["formula"],
                one["source"],
            )
            for one in explained()
        ),
    )


def gaps() -> str:
    """One row a kind of gap, in the order of the report: its name, title, what it asks, how it is found."""
    return _table(
        ("kind", "title", "asks", "how it is found"),
        (
            (f"`{found.name}`", found.title, found.question, " ".join(found.method.split()))
            for found in find_gaps(Graph([], [])).kinds
        ),
    )


def introductions() -> str:
    """How the list of who should meet is made."""
    return find_gaps(Graph([], [])).method[-1]


def properties_of(label: str) -> str:
    """One row a property of a label: its name, what it holds, what is accepted, who may see it."""
    node = MODEL.node(label)
    return _table(
        ("property", "holds", "accepts", "seen by"),
        (
            (f"`{_named(one)}`", _holds(one), _accepts(one), _seen_by(one.visibility))
            for one in node.properties
            if one.name not in _common()
        ),
    )


def described(label: str) -> str:
    """What a label is for and which colour and word it has on screens."""
    node = MODEL.node(label)
    return f"{node.description} On screens: {node.singular.en} ({node.singular.fr} in French)."


def common_in_full() -> str:
    """One row a property that every record has: what it holds and accepts, and who writes it."""
    node = MODEL.public_types[0]
    return _table(
        ("property", "holds", "accepts", "written by"),
        (
            (
                f"`{_named(node.by_name[name])}`",
                _meaning(name),
                _accepts(node.by_name[name]),
                "the inventory itself" if node.by_name[name].managed else "you",
            )
            for name in _common()
        ),
    )


def relationships_in_full() -> str:
    """One row a property of a relationship type: its keys in bold, and what they accept."""
    return _table(
        ("relationship", "property", "holds", "accepts"),
        (
            (
                tie.type if first else "",
                f"**`{one.name}`**" if one.name in tie.keys else f"`{one.name}`",
                _holds(one),
                _accepts(one),
            )
            for tie in map(MODEL.relationship, MODEL.types)
            for own in ([one for one in tie.properties if not one.managed],)
            for first, one in ((one is own[0], one) for one in own)
        ),
    )


def system() -> str:
    """One row a system label: product memory that no surface shows."""
    return _table(
        ("label", "what it is", "properties"),
        (
            (node.label, node.description, ", ".join(declared.name for declared in node.properties))
            for node in MODEL.node_types
            if node.system
        ),
    )


def floors() -> str:
    """One row a floor of the house, from the contract that import-linter checks."""
    layers = _contract("floors")["layers"]
    return _table(
        ("floor", "rooms"),
        (
            (str(len(layers) - 1 - index), ", ".join(f"`{room}`" for room in re.findall(r"\w+", layer)))
            for index, layer in enumerate(layers)
        ),
    )


def doors() -> str:
    """One row a module that only some rooms may import, from the contracts that import-linter checks."""
    contracts = tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return _table(
        ("module", "only imported by"),
        (
            (
                ", ".join(f"`{name}`" for name in contract["protected_modules"]),
                ", ".join(f"`{name}`" for name in contract["allowed_importers"]),
            )
            for contract in contracts
            if contract["type"] == "protected"
        ),
    )


def rooms() -> str:
    """One row a room that is there, with the first sentence of its docstring."""
    names = [room for layer in _contract("floors")["layers"] for room in re.findall(r"\w+", layer)]
    return _table(
        ("room", "what lives there"),
        ((f"`{name}`", sentence) for name in names if (sentence := _first_sentence(name))),
    )


def _first_sentence(room: str) -> str:
    """The first paragraph of a room's docstring, read without importing it; empty where there is no room."""
    for path in (_PACKAGE / room / "__init__.py", _PACKAGE / f"{room}.py"):
        if path.exists():
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            return " ".join(text.split("\n\n", 1)[0].split())
    return ""


def commands() -> str:
    """One row a command of `cocommuns`, with its options; those that all share are left out."""
    return _table(
        ("command", "does", "options"),
        (
            (
                f"`{' '.join([name, *_arguments(command)])}`",
                (command.help or "").split("\n\n", 1)[0].replace("\n", " "),
                " ".join(f"`{option}`" for option in _options(command)),
            )
            for name, command in every_command()
        ),
    )


def every_command(group: click.Group = cocommuns, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands that do something, by their full name such as `db start`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")
        elif command is not None:
            yield f"{before}{name}", command


def _arguments(command: click.Command) -> list[str]:
    context = click.Context(command)
    return [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]


def _options(command: click.Command) -> list[str]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    return [one.opts[-1] for one in options if one.opts[-1] not in ("--home", "--json")]


def _contract(identifier: str) -> dict[str, list[str]]:
    contracts = tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    found: dict[str, list[str]] = next(item for item in contracts if item["id"] == identifier)
    return found


def _common() -> list[str]:
    """The names of the properties that every kind of record has and that take the same values in each."""
    first, *others = MODEL.public_types
    return [
        name
        for name, declared in first.by_name.items()
        if all(
            (same := other.by_name.get(name))
            and (same.kind.choices, same.by_language) == (declared.kind.choices, declared.by_language)
            for other in others
        )
    ]


def _properties(node: NodeType) -> str:
    common = _common()
    return ", ".join(_property(declared) for declared in node.properties if declared.name not in common)


def _property(declared: Property) -> str:
    notes = []
    if declared.kind.choices:
        notes.append(", ".join(declared.kind.choices))
    if declared.required:
        notes.append("required")
    if declared.default is not None:
        notes.append(f"default {declared.default}")
    if declared.visibility > Visibility.PUBLIC:
        allowed = [level.word for level in Visibility if level >= declared.visibility]
        notes.append(f"for {' and '.join(allowed)}")
    mark = "[]" if declared.kind.many else ""
    family = f", {declared.name}_XX{mark}" if declared.by_language else ""
    return declared.name + mark + family + (f" ({'; '.join(notes)})" if notes else "")


def _named(declared: Property) -> str:
    mark = "[]" if declared.kind.many else ""
    return declared.name + mark + (f"`, `{declared.name}_XX{mark}" if declared.by_language else "")


def _holds(declared: Property) -> str:
    words = declared.words.en
    said = declared.description or f"{words[:1].upper()}{words[1:]}."
    return said + (" Required." if declared.required else "")


def _accepts(declared: Property) -> str:
    if declared.kind.choices:
        return ", ".join(f"`{choice}`" for choice in declared.kind.choices)
    return declared.kind.accepted


def _seen_by(visibility: Visibility) -> str:
    allowed = [level.word for level in Visibility if level >= visibility]
    return "whoever sees the record" if visibility == Visibility.PUBLIC else " and ".join(allowed)


def _meaning(name: str) -> str:
    """A common property's description, said apart for the labels whose description differs."""
    texts: dict[str, list[str]] = {}
    for node in MODEL.public_types:
        texts.setdefault(node.by_name[name].description, []).append(node.label)
    if len(texts) == 1:
        return next(iter(texts))
    return " ".join(f"{' and '.join(labels)}: {text}" for text, labels in texts.items())


def _tie_properties(tie: RelationshipType) -> str:
    own = [declared for declared in tie.properties if not declared.managed]
    return ", ".join(
        f"**{_property(declared)}**" if declared.name in tie.keys else _property(declared) for declared in own
    )


def _ends(labels: Sequence[str]) -> str:
    others = [label for label in labels if label not in MODEL.actors]
    return " or ".join(["actor", *others] if set(MODEL.actors) <= set(labels) else labels)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
