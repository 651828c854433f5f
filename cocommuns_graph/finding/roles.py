"""How much a role in an initiative says about what somebody can help with, and how much its age takes off."""

from __future__ import annotations

from datetime import date

from cocommuns_graph.finding.text import fold_word, tokens
from cocommuns_graph.model.records import Graph, Node, Relationship

_LEADING_STEMS = """
mentor present speak facilit organi lead coordinat author found train teach tutor host chair expert panel
moderat creat maintain direct contribut consult advis design develop research manag initiat anim interven
form respons fond orador ponente relator curator referent leit vortrag dozent grund
"""
_LEARNING_STEMS = """
particip attend member learn student applicant audience guest listen visitor membre apprenti etudiant public
miembro asistente alumno membro student partecip teilnehm mitglied lern zuhor
"""
_LEADING, _LEARNING = tuple(_LEADING_STEMS.split()), tuple(_LEARNING_STEMS.split())
LEADS, UNSAID, LEARNS = 0.7, 0.5, 0.35


def role_strength(role: str) -> float:
    """How strongly a role shows that its holder can help others: LEADS, UNSAID or LEARNS.

    Mentors, presenters, organisers and their like lead; participants and members learn; a role of several
    words counts as its strongest.
    """
    found = [_word_strength(token.folded) for token in tokens(role)]
    known = [strength for strength in found if strength != UNSAID]
    return max(known, default=UNSAID)


def _word_strength(folded: str) -> float:
    word = fold_word(folded)
    if word.startswith(_LEADING):
        return LEADS
    return LEARNS if word.startswith(_LEARNING) else UNSAID


class Recency:
    """How much what is old still counts: from 1 for the newest of the graph down to a half.

    The half-life is a fifth of the time the graph's dated initiatives and roles span, at least a year; what
    has no date counts three quarters. It depends on the graph alone, not on the day it is asked.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        known = [_years(node.text("end") or node.text("start")) for node in graph.of_label("Initiative")]
        known += [_years(tie.text("until") or tie.text("since")) for tie in graph.of_type("TAKES_PART_IN")]
        years = sorted(year for year in known if year is not None)
        self._newest = years[-1] if years else 0.0
        self._half_life = max(1.0, (years[-1] - years[0]) / 5) if years else 1.0

    def of(self, tie: Relationship, initiative: Node) -> float:
        """What is left, from 0.5 to 1, of taking part in an initiative."""
        year = _years(
            tie.text("until") or tie.text("since") or initiative.text("end") or initiative.text("start")
        )
        if year is None:
            return 0.75
        return float(0.5 + 0.5 * 2 ** (-max(0.0, self._newest - year) / self._half_life))


def _years(text: str) -> float | None:
    """An ISO date of any precision as a year with a fraction; None where it is none."""
    parts = text.split("-")
    try:
        year, month, day = (*map(int, parts[:3]), *([1] * (3 - len(parts[:3]))))
        date(year, month, day)
    except ValueError:
        return None
    return year + (month - 1) / 12 + (day - 1) / 366
