"""How a tie reads aloud from either end, in the words the model declares for it."""

from __future__ import annotations

from cocommuns_graph.model.declare import Words
from cocommuns_graph.model.domain import MODEL
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.model.records import Graph, Node, Relationship
from cocommuns_graph.wording import ENGLISH, Wording, wording

IN_ENGLISH = wording(ENGLISH)
_QUOTED = ("statement", "evidence", "how")
_LONGEST_QUOTE = 160
_OFFERS = Words("offers help with", "propose de l’aide en")
_IS_OFFERED = Words("is a field where help is offered by", "est un domaine où aide")


def called(node: Node, say: Wording = IN_ENGLISH) -> str:
    """What a record is called in a language of screens; in English by the usual term, as commands say it."""
    return node.name if say.language == ENGLISH else node.name_in(say.language)


def read_tie(graph: Graph, tie: Relationship, from_id: str, say: Wording = IN_ENGLISH) -> str:
    """A tie as a sentence that begins with the node `from_id`: "Ada is affiliated with ETUC (secretary)"."""
    return f"{_name(graph, from_id, say)} {predicate(graph, tie, from_id, say)}"


def predicate(graph: Graph, tie: Relationship, from_id: str, say: Wording = IN_ENGLISH) -> str:
    """A tie without its subject `from_id`: "is affiliated with ETUC (secretary)"."""
    declared = MODEL.relationship(tie.type)
    words = declared.text if tie.start == from_id else declared.reverse
    if tie.type == "WORKS_ON" and tie.text("mode") == "offers":
        words = _OFFERS if tie.start == from_id else _IS_OFFERED
    other = _name(graph, tie.other(from_id), say)
    return f"{say.words(words)} {other}{details(tie, say)}"


def details(tie: Relationship, say: Wording = IN_ENGLISH) -> str:
    """What the tie adds, as it stands after its sentence: role, level, kind and time, then a quotation."""
    parts = [tie.text("role")]
    if tie.type in ("PARTNER_OF", "COLLABORATES_WITH"):
        parts.append(tie.text("kind"))
    if level := tie.text("level"):
        parts.append(say("level {level} of 5", level=level))
    if (stance := tie.text("stance")) and tie.type == "POSITION_ON":
        parts.append(say.choice(stance))
    parts.append(_time(tie, say))
    bracket = ", ".join(part for part in parts if part)
    text = f" ({bracket})" if bracket else ""
    quoted = next((tie.text(name) for name in _QUOTED if tie.text(name)), "")
    return text + (say(": “{quoted}”", quoted=shorten(quoted, _LONGEST_QUOTE)) if quoted else "")


def _time(tie: Relationship, say: Wording) -> str:
    since, until = tie.text("since") or tie.text("when"), tie.text("until")
    if since and until and since != until:
        return say("{since} to {until}", since=since, until=until)
    if until:
        return until if since else say("until {until}", until=until)
    if not since:
        return ""
    return since if tie.type in ("SOLVED", "FACES", "TAKES_PART_IN") else say("since {since}", since=since)


def _name(graph: Graph, node_id: str, say: Wording) -> str:
    node = graph.nodes.get(node_id)
    return node_id if node is None else called(node, say)
