"""A preview one thing at a time: which rows make, change, leave, or look like what is there already.

The same object is the `preview` of a report of `import`, the words of --dry-run and the tables of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.events import BOOKKEEPING
from cocommuns_graph.desk.worded import link_sentence, property_word, value_words
from cocommuns_graph.model import MODEL, Graph, Node, Relationship, Value
from cocommuns_graph.model.claims import position
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.changes import Outcome
    from cocommuns_graph.changes.foreseen import Foreseen, Made, What

MOST_COMPARED = 20_000
"""With more records of a kind than these, new ones are not compared before they are written."""

_MOST_WORDS = 10
ColumnOf = Callable[[str, str, str], str]


def preview(
    outcome: Outcome, column_of: ColumnOf, alike: Sequence[Mapping[str, Any]], compared: bool, say: Wording
) -> dict[str, Any]:
    """What an import would do, in the words of a language; `column_of` gives the column of a path's property.

    Returns:
        {"created", "linked", "changed", "unchanged", "removed", "rejected", "alike"}, each {"total", "shown"}
        with the first of all. Records in "created": {"path", "row", "id", "type", "word", "name", "values",
        "text"}; links in "linked": {"path", "row", "type", "start", "end", "text"}; cells in "changed":
        {"path", "row", "column", "property", "word", "id" (None for a link), "type", "name", "before",
        "after", "before_words", "after_words"}, with "records" beside "total": how many records and links
        these cells change; "unchanged": {"path", "row", "id", "type", "name"}; "removed": {"id", "type",
        "name"}; "rejected": {"path", "row", "reason"}; "alike": `alike`'s, with "compared" beside "total":
        whether there were few enough records to look.
    """
    found = outcome.foreseen
    assert found is not None
    rejected = [{"path": path, "row": row, "reason": reason} for path, row, reason in outcome.rejected]
    return {
        "created": _some(found.records.total, [_created(made, say) for made in found.records.shown]),
        "linked": _some(found.links.total, [_linked(made, say) for made in found.links.shown]),
        "changed": {
            **_some(found.cells.total, list(_changed(found, column_of, say))),
            "records": len(found.changed),
        },
        "unchanged": _some(
            found.unchanged.total,
            [
                {"path": left.path, "row": left.row, **_named(left.what, say)}
                for left in found.unchanged.shown
            ],
        ),
        "removed": _some(found.removed.total, [_named(what, say) for what in found.removed.shown]),
        "rejected": _some(len(rejected), rejected[: _room()]),
        "alike": {**_some(len(alike), [dict(one) for one in alike[: _room()]]), "compared": compared},
    }


def _room() -> int:
    from cocommuns_graph.changes.foreseen import MOST_SHOWN

    return MOST_SHOWN


def _some(total: int, shown: list[dict[str, Any]]) -> dict[str, Any]:
    return {"total": total, "shown": shown}


def _created(made: Made, say: Wording) -> dict[str, Any]:
    values = _told(made.values)
    caption = MODEL.node(made.what.type).caption
    told = [
        f"{property_word(made.what.type, name, say)}: {value_words(made.what.type, name, value, say)}"
        for name, value in values.items()
        if name not in ("visibility", caption)
    ]
    return {
        "path": made.path,
        "row": made.row,
        "id": made.what.key,
        "type": made.what.type,
        "word": say.words(MODEL.node(made.what.type).singular),
        "name": made.what.names[0],
        "values": values,
        "text": "; ".join(told),
    }


def _linked(made: Made, say: Wording) -> dict[str, Any]:
    start, type_, end, _ = _identity(made)
    return {
        "path": made.path,
        "row": made.row,
        "type": type_,
        "start": start,
        "end": end,
        "text": link_sentence((made.what.names[0], made.what.names[1]), type_, _told(made.values), say),
    }


def _changed(found: Foreseen, column_of: ColumnOf, say: Wording) -> Iterator[dict[str, Any]]:
    for cell in found.cells.shown:
        type_, name = cell.what.type, cell.property
        yield {
            "path": cell.path,
            "row": cell.row,
            "column": column_of(cell.path, type_, name),
            "property": name,
            "word": property_word(type_, name, say),
            **_named(cell.what, say),
            "before": cell.before,
            "after": cell.after,
            "before_words": value_words(type_, name, cell.before, say),
            "after_words": value_words(type_, name, cell.after, say),
        }


def _named(what: What | None, say: Wording) -> dict[str, Any]:
    if what is None:
        return {"id": None, "type": None, "name": ""}
    if isinstance(what.key, str):
        return {"id": what.key, "type": what.type, "name": what.names[0]}
    name = link_sentence((what.names[0], what.names[1]), what.type, {}, say, details=False)
    return {"id": None, "type": what.type, "name": name}


def _told(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name not in BOOKKEEPING and name != "id"}


def with_new(graph: Graph, found: Foreseen) -> Graph:
    """The inventory as it would be with the new records and links that a preview shows."""
    nodes = [Node(str(made.what.key), made.what.type, made.values) for made in found.records.shown]
    links = [
        Relationship(type_, start, end, key, made.values)
        for made in found.links.shown
        for start, type_, end, key in [_identity(made)]
    ]
    return Graph([*graph.nodes.values(), *nodes], [*graph.relationships, *links])


def _identity(made: Made) -> tuple[str, str, str, str]:
    assert isinstance(made.what.key, tuple)
    return made.what.key


def few_enough(graph: Callable[[], Graph], found: Foreseen) -> bool:
    """Whether the new records can be compared with those that are there while somebody waits."""
    if not 0 < found.records.total <= MOST_COMPARED:
        return not found.records.total
    labels = {made.what.type for made in found.records.shown}
    most = max(len(graph().of_label(label)) for label in labels)
    return most + found.records.total <= MOST_COMPARED


def alike(
    pairs: Iterable[Mapping[str, Any]], found: Foreseen, graph: Graph, say: Wording
) -> list[dict[str, Any]]:
    """Likely pairs told from the side of the new record, by row.

    `pairs` are {"a", "b", "score", "reasons"}; `graph` is the inventory as it is.

    Returns:
        [{"path", "row", "id", "name", "type", "word", "other" (an id), "other_name", "is_known" (whether the
        other is in the inventory, not new as well), "score", "reasons"}].
    """
    new = {made.what.key: made for made in found.records.shown}
    told = []
    for pair in pairs:
        mine, other = (pair["a"], pair["b"]) if pair["b"] not in new else (pair["b"], pair["a"])
        made = new[mine]
        is_known = other in graph.nodes
        told.append(
            {
                "path": made.path,
                "row": made.row,
                "id": mine,
                "name": made.what.names[0],
                "type": made.what.type,
                "word": say.words(MODEL.node(made.what.type).singular),
                "other": other,
                "other_name": graph.nodes[other].name if is_known else new[other].what.names[0],
                "is_known": is_known,
                "score": pair["score"],
                "reasons": list(pair["reasons"]),
            }
        )
    return sorted(told, key=lambda one: (not one["is_known"], -one["score"], one["path"], one["row"]))


def with_paths(preview: Mapping[str, Any], called: Callable[[str], str]) -> dict[str, Any]:
    """The same preview whose files are called otherwise."""
    return {
        name: {
            **some,
            "shown": [
                {**line, "path": called(line["path"])} if "path" in line else line for line in some["shown"]
            ],
        }
        for name, some in preview.items()
    }


def words(preview: Mapping[str, Any], say: Wording) -> Iterator[str]:
    """The same as lines for a terminal: the first of each kind, and how many more there are."""
    nothing = say("nothing")
    lines: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "created": lambda one: say(
            "{where}: new {kind}: {name}", where=_where(one), kind=one["word"], name=shorten(one["name"])
        ),
        "linked": lambda one: say("{where}: new link: {what}", where=_where(one), what=one["text"]),
        "changed": lambda one: say(
            "{where}, column {column}: {name}, {word}: {before} → {after}",
            where=_where(one),
            column=one["column"] or one["property"],
            name=one["name"],
            word=one["word"],
            before=_short(one["before_words"]) or nothing,
            after=_short(one["after_words"]) or nothing,
        ),
        "removed": lambda one: say("removed: {name}", name=one["name"]),
        "alike": lambda one: say(
            "{where}: {name} looks like {other} [{id}], {score}: {reasons}",
            where=_where(one),
            name=shorten(one["name"]),
            other=shorten(one["other_name"]),
            id=one["other"],
            score=f"{one['score']:.2f}",
            reasons=" ".join(reason["text"] for reason in one["reasons"]),
        ),
    }
    for kind, line in lines.items():
        some = preview[kind]
        yield from (line(one) for one in some["shown"][:_MOST_WORDS])
        if some["total"] > _MOST_WORDS:
            yield _more(kind, some["total"] - _MOST_WORDS, say)
    if not preview["alike"]["compared"]:
        yield too_many(say)


def too_many(say: Wording) -> str:
    """The sentence for an inventory too large to be compared before it is written."""
    return say("There are too many records to look for likenesses now; look for duplicates afterwards.")


def _where(one: Mapping[str, Any]) -> str:
    return f"{one['path']}, {position(one['path'], one['row'])}"


def _short(text: str) -> str:
    return shorten(text, 160)


def _more(kind: str, number: int, say: Wording) -> str:
    match kind:
        case "created":
            return say.count("and {n} new record more", "and {n} new records more", number)
        case "linked":
            return say.count("and {n} new link more", "and {n} new links more", number)
        case "changed":
            return say.count("and {n} changed cell more", "and {n} changed cells more", number)
        case "removed":
            return say.count("and {n} removed more", "and {n} removed more", number)
    return say.count("and {n} likeness more", "and {n} likenesses more", number)
