"""Scores are what they are made of, and a past moves the weights only where that is shown to help."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.finding import Finder
from cocommuns_graph.finding.composition import made_of
from cocommuns_graph.finding.index import Index
from cocommuns_graph.finding.past import known_past, query_of
from cocommuns_graph.finding.reading import read
from cocommuns_graph.finding.signals import SIGNALS
from cocommuns_graph.finding.tuning import BALANCED, Past, Weights, tune
from cocommuns_graph.model.records import Graph
from tests.sample_graph import sample_graph

FINDER = Finder(sample_graph())
LABELS = sorted(node.name for node in sample_graph().of_label("Topic"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=3))
def test_the_parts_of_a_score_add_up_to_it(asked: list[str]) -> None:
    for result in FINDER.find("; ".join(asked)).results:
        assert sum(result.parts.values()) == pytest.approx(result.score, abs=2e-3)
        assert all(share > 0 for share in result.parts.values())
        assert result.reasons
        assert made_of(result.parts)


def test_an_initiative_of_the_past_is_asked_as_if_it_were_not_known() -> None:
    graph = sample_graph()
    taken = next(tie for tie in graph.of_type("TAKES_PART_IN") if graph.nodes[tie.end].text("description"))
    work = graph.nodes[taken.end]
    # The same inventory in which nothing leads to it.
    known = Index(graph)
    without = Index(
        Graph(
            graph.nodes.values(),
            [tie for tie in graph.relationships if taken.end not in (tie.start, tie.end)],
        )
    )
    reading = read(work.text("description"), graph, known.glossary, known.texts, known.name_words)
    query = query_of(reading, known)
    hidden = known.signals.of(query, known.actors, known.number[work.id])
    shown = known.signals.of(query, known.actors)
    never = without.signals.of(query, without.actors)
    place = int(np.flatnonzero(known.actors == known.number[taken.start])[0])
    best = SIGNALS.index("best")
    assert hidden[place, best] <= shown[place, best]
    assert hidden[place, SIGNALS.index("standing")] == pytest.approx(never[place, SIGNALS.index("standing")])
    assert ((hidden >= 0) & (hidden <= 1)).all()


def _past(rng: np.random.Generator, number: int, telling: str | None) -> list[Past]:
    """Initiatives in which one of forty actors took part, whom one signal points at (or none does)."""
    found = []
    for _ in range(number):
        signals = rng.random((40, len(SIGNALS)))
        row = int(np.argmax(signals[:, SIGNALS.index(telling)])) if telling else int(rng.integers(40))
        helped = np.zeros(40)
        helped[row] = 1.0
        found.append(Past(signals, helped, 0.5))
    return found


def test_a_past_in_which_one_signal_tells_all_moves_its_weight() -> None:
    weights = tune(_past(np.random.default_rng(1), 150, "own"))
    assert weights.gain > 0
    assert weights.questions == 50
    assert max(range(len(SIGNALS)), key=lambda at: weights.told[at]) == SIGNALS.index("own")
    assert Weights.from_dict(weights.as_dict()) == weights


@pytest.mark.parametrize(("number", "telling"), [(60, "own"), (150, None)])
def test_a_small_past_or_one_that_tells_nothing_leaves_the_weights_balanced(
    number: int, telling: str | None
) -> None:
    assert tune(_past(np.random.default_rng(3), number, telling)) == BALANCED


@pytest.mark.parametrize("told", [None, [], {}, {"signals": list(SIGNALS), "listed": ["x"], "told": []}])
def test_weights_of_another_making_are_not_read(told: object) -> None:
    assert Weights.from_dict(told) is None


def test_the_past_of_the_sample_is_asked_oldest_first() -> None:
    past = known_past(sample_graph(), Index(sample_graph()))
    assert past
    assert all(one.signals.shape[1] == len(SIGNALS) and one.helped.max() > 0 for one in past)
