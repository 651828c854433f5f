"""What the finder answers: topics understood, results with reasons, and why in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cocommuns_graph.finding.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A topic the question was understood to be about.

    `matched` is the term of the glossary that was met and `language` its language (None where the glossary
    says none); `asked` is what the person wrote and `how` they met, such as "as written".
    """

    id: str
    label: str
    matched: str
    language: str | None
    asked: str
    how: str
    weight: float

    def as_dict(self) -> dict[str, Any]:
        """The match in the shape of the JSON contract."""
        return {
            "id": self.id,
            "label": self.label,
            "matched": self.matched,
            "language": self.language,
            "asked": self.asked,
            "how": self.how,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is in the answer.

    `ids` begins with the record and leads to what was asked about: each two neighbours are tied in the
    graph, so that the claim can be followed. `sources` are those of the ties, or of the record if it is
    alone. `kind` is one of KINDS.
    """

    kind: str
    text: str
    ids: tuple[str, ...]
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The reason in the shape of the JSON contract."""
        return {"kind": self.kind, "text": self.text, "ids": list(self.ids), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class Result:
    """One collaborator: rank from 1, score from 0 to 1 (1: first by all that counts), reasons.

    `parts` is what the score is made of: the share of each signal (of signals.SIGNALS, or evidence, name,
    near); they add up to the score but for rounding.
    """

    rank: int
    id: str
    type: str
    name: str
    score: float
    reasons: tuple[Reason, ...]
    parts: Mapping[str, float] = field(default_factory=dict)

    def evidence(self, topics: Collection[str]) -> str:
        """How firm the reasons are, whatever the score, which only compares results of one answer.

        `direct`: it is meant by name, or itself tied to one of the topics asked about. `indirect`: to a
        neighbouring topic, or through others. `text`: nothing but words in its texts.
        """
        told = [reason for reason in self.reasons if reason.kind not in ("text", "near")]
        if any(
            reason.kind == "name" or (len(reason.ids) == 2 and reason.ids[1] in topics) for reason in told
        ):
            return "direct"
        return "indirect" if told else "text"

    def as_dict(self) -> dict[str, Any]:
        """The result in the shape of the JSON contract."""
        return {
            "rank": self.rank,
            "id": self.id,
            "type": self.type,
            "name": self.name,
            "score": self.score,
            "parts": dict(self.parts),
            "reasons": [reason.as_dict() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Homonym:
    """Words of a question that have several meanings here: the ids of the topics they may mean."""

    asked: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `why` says how it was read, what was left out and what is unknown.

    `homonyms` are the words with several meanings, those that the question already chose among too.
    `verdict` is there where nobody good was found; `why` does not repeat it.
    """

    query: str
    why: str
    topics: tuple[TopicMatch, ...] = field(default=())
    results: tuple[Result, ...] = field(default=())
    homonyms: tuple[Homonym, ...] = field(default=())
    verdict: Verdict | None = None

    def as_dict(self) -> dict[str, Any]:
        """The answer in the shape of the JSON contract; each result with its `evidence`, `why` with all."""
        topics = {topic.id for topic in self.topics}
        return {
            "query": self.query,
            "why": " ".join(filter(None, (self.why, self.verdict.text if self.verdict else ""))),
            "verdict": self.verdict.as_dict() if self.verdict else None,
            "topics": [topic.as_dict() for topic in self.topics],
            "results": [{**result.as_dict(), "evidence": result.evidence(topics)} for result in self.results],
        }
