from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cocommuns_graph.gaps.chance import benjamini_hochberg, closed_form, mixing, rewired
from tests.finding.graphs import organisation, tie
from tests.gaps.found import nothing_of, of_kind, search, the_one

Pairs = list[tuple[int, int]]


def arrays(pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    ends = np.array(pairs, dtype=np.int64)
    return ends[:, 0], ends[:, 1]


def graphs_of_the_same_degrees(pairs: Pairs, size: int) -> list[Pairs]:
    """Every simple graph with these degrees, by trying all sets of as many ties."""

    def degrees(chosen: Pairs) -> list[int]:
        return np.bincount(np.array(chosen).ravel(), minlength=size).tolist()

    wanted = degrees(pairs)
    every = list(combinations(range(size), 2))
    return [list(each) for each in combinations(every, len(pairs)) if degrees(list(each)) == wanted]


@pytest.mark.parametrize(
    ("pairs", "group"),
    [
        ([(0, 1), (2, 3), (4, 5)], [0, 0, 0, 1, 1, 1]),
        ([(0, 1), (0, 2), (1, 2), (3, 4), (4, 5)], [0, 0, 0, 1, 1, 1]),
        ([(0, 1), (0, 2), (0, 3), (1, 2), (3, 4), (4, 5)], [0, 1, 1, 0, -1, 1]),
    ],
)
def test_rewiring_draws_evenly_among_all_graphs_of_the_same_degrees(pairs: Pairs, group: list[int]) -> None:
    groups = np.array(group, dtype=np.int64)
    counts = [
        [sum(sorted((group[a], group[b])) == [r, s] for a, b in each) for r in range(2) for s in range(r, 2)]
        for each in graphs_of_the_same_degrees(pairs, len(group))
    ]
    exact_mean, exact_spread = np.mean(counts, axis=0), np.std(counts, axis=0)
    drawn = rewired(*arrays(pairs), groups, 2, seed=7)
    assert drawn.mean(axis=0) == pytest.approx(exact_mean, abs=0.12)
    assert drawn.std(axis=0) == pytest.approx(exact_spread, abs=0.12)


def test_rewiring_keeps_the_degrees() -> None:
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (3, 4), (4, 5), (5, 6), (2, 6)]
    each_its_own = np.arange(7, dtype=np.int64)
    drawn = rewired(*arrays(pairs), each_its_own, 7, seed=3)
    places = list(combinations(range(7), 2)) and [(r, s) for r in range(7) for s in range(r, 7)]
    for row in drawn[:50]:
        degree = [0] * 7
        for (r, s), ties in zip(places, row.tolist(), strict=True):
            assert ties <= (r != s)
            degree[r] += ties
            degree[s] += ties
        assert degree == [3, 2, 3, 2, 2, 2, 2]


def test_the_closed_form_is_that_of_ends_paired_at_random() -> None:
    """By brute force over all ways to pair the eight ends of four ties."""
    ends = [0, 0, 1, 2, 2, 3, 4, 4]
    group = np.array([0, 0, 1, 1, 0])

    def pairings(left: list[int]) -> list[Pairs]:
        if not left:
            return [[]]
        first, rest = left[0], left[1:]
        return [
            [(first, rest[number]), *more]
            for number in range(len(rest))
            for more in pairings(rest[:number] + rest[number + 1 :])
        ]

    counts = [
        [sum(sorted((group[a], group[b])) == [r, s] for a, b in each) for r, s in ((0, 0), (0, 1), (1, 1))]
        for each in pairings(ends)
    ]
    mean, spread = closed_form(np.array([0, 0, 2, 4]), np.array([1, 2, 3, 4]), group, 2)
    assert mean == pytest.approx(np.mean(counts, axis=0))
    assert spread == pytest.approx(np.std(counts, axis=0))


def test_closed_form_and_rewiring_agree_on_a_sparse_network() -> None:
    random = np.random.default_rng(1)
    pairs = sorted(
        {tuple(sorted(pair)) for pair in random.integers(0, 400, (600, 2)).tolist() if len(set(pair)) > 1}
    )
    group = (np.arange(400) % 3).astype(np.int64)
    mean, spread = closed_form(*arrays(pairs), group, 3)
    drawn = rewired(*arrays(pairs), group, 3, seed=2)
    assert drawn.mean(axis=0) == pytest.approx(mean, rel=0.05)
    assert drawn.std(axis=0) == pytest.approx(spread, rel=0.2)


def test_benjamini_hochberg_by_hand() -> None:
    assert benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])) == pytest.approx(
        [0.04, 0.16 / 3, 0.16 / 3, 0.5]
    )
    assert benjamini_hochberg(np.array([0.9, 0.8])) == pytest.approx([0.9, 0.9])
    assert len(benjamini_hochberg(np.array([]))) == 0


def test_an_even_network_is_not_called_divided() -> None:
    random = np.random.default_rng(5)
    pairs = sorted(
        {tuple(sorted(pair)) for pair in random.integers(0, 40, (120, 2)).tolist() if len(set(pair)) > 1}
    )
    found = mixing(*arrays(pairs), (np.arange(40) % 2).astype(np.int64), 2, seed=1)
    assert found.q.min() > 0.05
    assert found.ties.sum() == len(pairs)


def two_camps(across: int) -> tuple[list, list]:
    nodes = [
        organisation(f"{camp}{number}", sector=camp) for camp in ("union", "city") for number in range(8)
    ]
    ties = [
        tie(f"{camp}{one}", "PARTNER_OF", f"{camp}{other}")
        for camp in ("union", "city")
        for one, other in combinations(range(8), 2)
        if (one + other) % 2
    ]
    return nodes, [*ties, *(tie(f"union{number}", "PARTNER_OF", f"city{number}") for number in range(across))]


def test_two_camps_are_tied_less_than_chance_and_not_once_they_mix() -> None:
    gap = the_one(search(*two_camps(2)), "mixing")
    assert gap.evidence["families"] == ["city", "union"]
    assert gap.evidence["ties"] == 2
    assert gap.evidence["expected"] > 10
    assert gap.evidence["z"] < -3
    assert gap.evidence["p_corrected"] < 0.05
    nodes, ties = two_camps(8)
    more = [
        tie(f"union{one}", "PARTNER_OF", f"city{(one + step) % 8}") for one in range(8) for step in (1, 2, 3)
    ]
    assert of_kind(search(nodes, [*ties, *more]), "mixing") == []


def test_an_expert_is_not_said_to_keep_to_the_own_sector_for_working_in_it() -> None:
    from tests.finding.graphs import expert

    nodes, ties = [organisation("union", sector="union"), organisation("city", sector="city")], []
    for number in range(20):
        nodes.append(expert(f"e{number}"))
        ties.append(tie(f"e{number}", "AFFILIATED_WITH", "union" if number % 2 else "city"))
    found = search(nodes, ties)
    assert of_kind(found, "mixing") == []
    assert nothing_of(found, "mixing") == "It cannot be told from 0 direct ties."
