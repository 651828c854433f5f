"""How a tie reads aloud from either end, in the words the model declares for it."""

from __future__ import annotations

from cocommuns_graph.model.declare import Words
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Relationship

_QUOTED = ("statement", "evidence", "how")
_LONGEST_QUOTE = 160


def read_tie(graph: Graph, tie: Relationship, from_id: str) -> str:
    """A tie as a sentence that begins with the node `from_id`: "Ada is affiliated with ETUC (secretary)"."""
    return f"{_name(graph, from_id)} {predicate(graph, tie, from_id)}"


def predicate(graph: Graph, tie: Relationship, from_id: str) -> str:
    """A tie without its subject `from_id`: "is affiliated with ETUC (secretary)"."""
    declared = MODEL.relationship(tie.type)
    words: Words = declared.text if tie.start == from_id else declared.reverse
    verb = words.en
    if tie.type == "WORKS_ON" and tie.text("mode") == "offers":
        verb = "offers help with" if tie.start == from_id else "is a field where help is offered by"
    other = _name(graph, tie.other(from_id))
    return f"{verb} {other}{details(tie)}"


def details(tie: Relationship) -> str:
    """What the tie adds, as it stands after its sentence: role, level, kind and time, then a quotation."""
    parts = [tie.text("role")]
    if tie.type in ("PARTNER_OF", "COLLABORATES_WITH"):
        parts.append(tie.text("kind"))
    if level := tie.text("level"):
        parts.append(f"level {level} of 5")
    if (stance := tie.text("stance")) and tie.type == "POSITION_ON":
        parts.append(stance)
    parts.append(_time(tie))
    bracket = ", ".join(part for part in parts if part)
    quoted = next((tie.text(name) for name in _QUOTED if tie.text(name)), "")
    text = f" ({bracket})" if bracket else ""
    return f"{text}: “{shorten(quoted, _LONGEST_QUOTE)}”" if quoted else text


def _time(tie: Relationship) -> str:
    since, until = tie.text("since") or tie.text("when"), tie.text("until")
    if since and until and since != until:
        return f"{since} to {until}"
    if until:
        return until if since else f"until {until}"
    if not since:
        return ""
    return since if tie.type in ("SOLVED", "FACES", "TAKES_PART_IN") else f"since {since}"


def _name(graph: Graph, node_id: str) -> str:
    node = graph.nodes.get(node_id)
    return node_id if node is None else node.name
