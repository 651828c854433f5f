"""Why two records may be one, in sentences of the screen's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cocommuns_graph.duplicates.evidence import Reason
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording


def told(reasons: Iterable[Reason], label: str, say: Wording) -> list[dict[str, Any]]:
    """Each reason as {"kind", "text", "against" (whether it speaks against their being one)}."""
    known = list(reasons)
    if sum(reason.kind in _OF_NAMES for reason in known) > 1:
        plain = ("words", "same name", "spelling")
        known = [reason for reason in known if reason.kind not in plain]
    return [
        {"kind": reason.kind, "text": text, "against": reason.against}
        for reason in known
        for text in _sentences(reason, label, say)
    ]


_OF_NAMES = frozenset(
    (
        "same name",
        "spelling",
        "spaces",
        "word order",
        "legal form",
        "slip",
        "words",
        "acronym",
        "foreign acronym",
        "translation",
        "abbreviation",
        "initial",
    )
)


def _sentences(reason: Reason, label: str, say: Wording) -> Iterator[str]:
    values = {name: shorten(value) for name, value in reason.values.items()}
    a, b = values.get("a", ""), values.get("b", "")
    match reason.kind:
        case "same name":
            yield say("Both are called “{a}”.", a=a)
        case "spelling":
            yield say("“{a}” and “{b}” differ in capitals, accents or punctuation only.", a=a, b=b)
        case "spaces":
            yield say("“{a}” and “{b}” differ in spaces.", a=a, b=b)
        case "word order":
            yield say("“{a}” and “{b}” are the same words in another order.", a=a, b=b)
        case "legal form":
            yield say("“{a}” and “{b}” differ in the legal form.", a=a, b=b)
        case "slip":
            yield say("“{a}” and “{b}” differ by a few letters.", a=a, b=b)
        case "words":
            yield say("“{a}” and “{b}” have words in common.", a=a, b=b)
        case "acronym":
            yield say("Of “{a}” and “{b}” one is short for the other.", a=a, b=b)
        case "foreign acronym":
            yield say("Of “{a}” and “{b}” one is short for the other in another language.", a=a, b=b)
        case "translation":
            yield say("“{a}” and “{b}” say the same in two languages.", a=a, b=b)
        case "abbreviation":
            yield say("Of “{a}” and “{b}” one shortens words of the other.", a=a, b=b)
        case "initial":
            yield say("Of “{a}” and “{b}” one has only an initial.", a=a, b=b)
        case _:
            yield from _of_records(reason, label, say, a, b)


def _of_records(reason: Reason, label: str, say: Wording, a: str, b: str) -> Iterator[str]:
    match reason.kind:
        case "same place":
            yield say("Both are in {place}.", place=a)
        case "other place":
            yield say("One is in {a}, the other in {b}.", a=a, b=b)
        case "other country":
            yield say("One is in {a}, the other in {b}.", a=say.country(a), b=say.country(b))
        case "neighbours":
            number = int(reason.values["n"])
            yield say.count("{n} record is linked to both.", "{n} records are linked to both.", number)
        case "linked":
            yield say("They are linked to each other.")
        case "other year":
            yield say("One began in {a}, the other in {b}.", a=a, b=b)
        case "other context":
            yield say("One is used by {a}, the other by {b}.", a=a, b=b)
        case "other kind":
            kind = MODEL.node(label).property("kind")
            choices = kind is not None and bool(kind.kind.choices)
            words = (say.choice(a), say.choice(b)) if choices else (a, b)
            yield say("One is of the kind {a}, the other {b}.", a=words[0], b=words[1])
        case "same website":
            yield say("Both have the website {site}.", site=shorten(reason.values["site"]))
        case "same e-mail":
            yield say("Both have the e-mail address {email}.", email=shorten(reason.values["email"]))
        case "same orcid":
            yield say("Both have the ORCID {orcid}.", orcid=reason.values["orcid"])
        case "other orcid":
            yield say("Their ORCIDs are different: {a} and {b}.", a=a, b=b)
