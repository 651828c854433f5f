"""Scores are what they are made of, and those who help and those who learn are told apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.finding import Finder
from cocommuns_graph.finding.alike import alike
from cocommuns_graph.finding.composition import made_of
from cocommuns_graph.finding.signals import SIGNALS
from cocommuns_graph.finding.text import tokens
from cocommuns_graph.finding.weighing import score
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
        assert made_of(result.parts) or result.score < 0.02


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 3))
def test_parts_add_up_whatever_the_ways_and_more_never_counts_less(seed: int, learners: float) -> None:
    rng = np.random.default_rng(seed)
    signals = rng.random((9, len(SIGNALS))) * rng.integers(0, 2, (9, len(SIGNALS)))
    signals[0], signals[1] = 0.0, 1.0
    made = score(signals, learners)
    assert made.parts.sum(axis=1) == pytest.approx(made.total)
    assert (made.parts >= 0).all()
    assert made.total[0] == pytest.approx(0.0)
    assert made.total[1] == pytest.approx(1.0)
    assert made.total.argmax() == 1


@pytest.mark.parametrize("question", ["CommonsUrbanisation2030", "reportarium"])
def test_words_nothing_has_are_answered_by_those_written_alike_and_the_answer_says_it_is_weak(
    question: str,
) -> None:
    answer = FINDER.find(question)
    assert answer.results
    assert "The answer is weak" in answer.why
    assert all(result.evidence(set()) != "direct" for result in answer.results)


def test_words_like_nothing_known_are_answered_by_nobody() -> None:
    assert alike(tokens("zzzzqqq 协作"), {"cooperativ", "zebra"}) == {}
    assert list(alike(tokens("GreenEarthOS"), {"green", "earth", "grey"})) == ["green", "earth"]
    assert alike(tokens("協 " * 50_000), {"cooperativ"}) == {}
