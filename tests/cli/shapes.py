"""The JSON shapes of the contract, checked: the keys that must be there and the types of their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Check = Callable[[Any, str], None]


def of(*types: type) -> Check:
    """A value of one of these types; True is no number."""

    def check(value: Any, where: str) -> None:
        is_bool = isinstance(value, bool)
        assert (bool in types) if is_bool else isinstance(value, types), f"{where}: {value!r}"

    return check


def every(check: Check) -> Check:
    """A list whose items all fit."""

    def check_all(value: Any, where: str) -> None:
        assert isinstance(value, list), f"{where}: {value!r}"
        for number, item in enumerate(value):
            check(item, f"{where}[{number}]")

    return check_all


def having(**keys: Check) -> Check:
    """An object with at least these keys."""

    def check(value: Any, where: str) -> None:
        assert isinstance(value, dict), f"{where}: {value!r}"
        for key, check_value in keys.items():
            assert key in value, f"{where} has no {key}"
            check_value(value[key], f"{where}.{key}")

    return check


def mapping(check: Check) -> Check:
    """An object whose values all fit."""

    def check_all(value: Any, where: str) -> None:
        assert isinstance(value, dict), f"{where}: {value!r}"
        for key, item in value.items():
            check(item, f"{where}.{key}")

    return check_all


TEXT, WHOLE, NUMBER, ANY = of(str), of(int), of(int, float), of(object)
MAYBE_TEXT = of(str, type(None))
MAYBE_WHOLE = of(int, type(None))
TEXTS = every(TEXT)
PROPERTY = of(str, int, float, bool, list)
_COUNTS = having(created=WHOLE, updated=WHOLE, unchanged=WHOLE, removed=WHOLE)

_ENTRIES = every(
    having(
        unit=TEXT,
        when=TEXT,
        who=TEXT,
        id=TEXT,
        action=TEXT,
        changes=every(having(property=TEXT, before=ANY, after=ANY)),
        text=TEXT,
    )
)

_NEED = having(need=TEXT, by=TEXTS)
_MEMBERS = every(having(id=TEXT, name=TEXT, adds=TEXTS))

SHAPES: dict[str, Check] = {
    "history": _ENTRIES,
    "edit": having(
        import_id=MAYBE_TEXT,
        files=of(list),
        nodes=_COUNTS,
        relationships=_COUNTS,
        problems=of(list),
        changes=_ENTRIES,
    ),
    "news": having(
        since=TEXT,
        why=TEXT,
        totals=mapping(WHOLE),
        units=every(
            having(
                unit=TEXT,
                when=TEXT,
                who=TEXT,
                text=TEXT,
                files=TEXTS,
                groups=every(having(kind=TEXT, title=TEXT, total=WHOLE, items=every(having(text=TEXT)))),
            )
        ),
    ),
    "import": having(
        import_id=MAYBE_TEXT,
        files=every(
            having(
                path=TEXT,
                format=MAYBE_TEXT,
                encoding=MAYBE_TEXT,
                delimiter=MAYBE_TEXT,
                header_line=MAYBE_WHOLE,
                read_as=TEXT,
                left_aside=every(having(line=WHOLE, text=TEXT, why=TEXT)),
                rows=WHOLE,
                created=WHOLE,
                updated=WHOLE,
                unchanged=WHOLE,
                rejected=WHOLE,
            )
        ),
        nodes=_COUNTS,
        relationships=_COUNTS,
        problems=every(
            having(path=TEXT, row=WHOLE, column=TEXT, value=TEXT, reason=TEXT, severity=TEXT),
        ),
    ),
    "find": having(
        query=TEXT,
        why=TEXT,
        topics=every(having(id=TEXT, label=TEXT, matched=TEXT, language=MAYBE_TEXT)),
        results=every(
            having(
                rank=WHOLE,
                id=TEXT,
                type=TEXT,
                name=TEXT,
                score=NUMBER,
                reasons=every(having(kind=TEXT, text=TEXT, ids=TEXTS, sources=TEXTS)),
            )
        ),
    ),
    "team": having(
        covered=every(_NEED),
        uncovered=TEXTS,
        members=_MEMBERS,
        alternatives=every(having(covered=every(_NEED), uncovered=TEXTS, members=_MEMBERS)),
        why=TEXT,
        missing=every(having(need=TEXT, why=TEXT, nearest=every(having(id=TEXT, name=TEXT, text=TEXT)))),
    ),
    "gaps": having(
        network=having(nodes=WHOLE, ties=WHOLE, components=WHOLE, isolates=WHOLE, density=NUMBER),
        gaps=every(
            having(
                id=TEXT,
                kind=TEXT,
                title=TEXT,
                why=TEXT,
                subjects=TEXTS,
                evidence=mapping(ANY),
                confidence=TEXT,
                suggestion=TEXT,
            )
        ),
        introductions=every(having(a=TEXT, b=TEXT, score=NUMBER, reasons=TEXTS, effect=mapping(ANY))),
    ),
    "show": having(
        id=TEXT,
        type=TEXT,
        name=TEXT,
        properties=mapping(PROPERTY),
        links=every(
            having(type=TEXT, direction=TEXT, id=TEXT, name=TEXT, properties=mapping(PROPERTY), sources=TEXTS)
        ),
        sources=TEXTS,
    ),
    "path": having(
        paths=every(having(ids=TEXTS, names=TEXTS, steps=every(having(type=TEXT, text=TEXT, sources=TEXTS))))
    ),
    "similar": having(
        id=TEXT,
        why=TEXT,
        similar=every(
            having(
                rank=WHOLE,
                id=TEXT,
                type=TEXT,
                name=TEXT,
                score=NUMBER,
                know=of(bool),
                topics=every(having(id=TEXT, name=TEXT)),
                neighbouring=every(having(id=TEXT, name=TEXT, own=having(id=TEXT, name=TEXT))),
            )
        ),
    ),
    "ask": having(query=TEXT, columns=TEXTS, rows=every(every(of(str, int, float, bool, list, type(None))))),
    "status": having(
        home=TEXT,
        engine=ANY,
        nodes=mapping(WHOLE),
        relationships=mapping(WHOLE),
        incomplete=of(list),
        completeness=of(dict),
    ),
}


def check(shape: str, value: Any) -> None:
    """Asserts that a value has a shape of the contract, and that what it counts adds up."""
    SHAPES[shape](value, shape)
    if shape == "import":
        for file in value["files"]:
            parts = (file["created"], file["updated"], file["unchanged"], file["rejected"])
            assert file["rows"] == sum(parts), file
        for problem in value["problems"]:
            assert problem["severity"] in ("error", "warning", "note"), problem
    if shape == "find":
        assert [result["rank"] for result in value["results"]] == list(range(1, len(value["results"]) + 1))
        assert value["results"] or value["why"]
        assert all(result["reasons"] for result in value["results"])
        assert value["results"] or value["verdict"]["kind"] in ("nobody", "not-asked", "out-of-date")
    if shape == "show":
        assert {link["direction"] for link in value["links"]} <= {"in", "out"}
    if shape == "path":
        for path in value["paths"]:
            assert len(path["ids"]) == len(path["names"]) == len(path["steps"]) + 1
    if shape == "similar":
        assert value["similar"] or value["why"]
        assert all(one["topics"] or one["neighbouring"] for one in value["similar"])
        assert not any(one["know"] for one in value["similar"])
    if shape == "ask":
        assert {len(row) for row in value["rows"]} <= {len(value["columns"])}
