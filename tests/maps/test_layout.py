from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.maps import layout

IDS = st.integers(0, 40).map(lambda count: [f"n{number}" for number in range(count)])


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, str]]]:
    ids = draw(IDS)
    if not ids:
        return ids, []
    end = st.sampled_from([*ids, "unknown"])
    return ids, draw(st.lists(st.tuples(end, end), max_size=80))


def overlaps(positions: dict[str, tuple[float, float]], radii: dict[str, float]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in itertools.combinations(positions, 2)
        if math.dist(positions[a], positions[b]) < radii[a] + radii[b]
    ]


@given(networks())
@settings(max_examples=60, deadline=None)
def test_any_network_is_placed_inside_its_box_without_overlap_and_always_alike(
    network: tuple[list[str], list[tuple[str, str]]],
) -> None:
    ids, ties = network
    radii = {id_: 5.0 + number % 12 for number, id_ in enumerate(ids)}
    placed = layout.whole(ids, ties, radii)
    positions = dict(placed.positions)
    assert list(positions) == ids
    assert all(math.isfinite(value) for point in positions.values() for value in point)
    assert all(
        abs(x) + radii[id_] <= placed.width / 2 and abs(y) + radii[id_] <= placed.height / 2
        for id_, (x, y) in positions.items()
    )
    assert overlaps(positions, radii) == []
    assert layout.whole(ids, ties, radii) == placed


def test_values_are_plain_numbers() -> None:
    placed = layout.whole(["a", "b"], [("a", "b")], {"a": 5, "b": 5})
    assert {type(value) for point in placed.positions.values() for value in point} == {float}
    assert type(placed.width) is float


def test_linked_groups_lie_apart() -> None:
    ids = [f"{group}{number}" for group in "ab" for number in range(20)]
    ties = [pair for group in "ab" for pair in itertools.combinations([i for i in ids if i[0] == group], 2)]
    placed = layout.whole(ids, [*ties, ("a0", "b0")], dict.fromkeys(ids, 6.0)).positions
    middle = {g: np.mean([placed[i] for i in ids if i[0] == g], axis=0) for g in "ab"}
    inside = np.mean([math.dist(placed[i], middle[i[0]]) for i in ids])
    assert math.dist(middle["a"], middle["b"]) > 1.5 * inside


def test_parts_and_isolates_stay_close_to_each_other() -> None:
    ids = [f"n{number}" for number in range(120)]
    ties = [(f"n{number}", f"n{number + 1}") for number in range(59)]
    placed = layout.whole(ids, ties, dict.fromkeys(ids, 6.0))
    assert placed.width * placed.height < 120 * 40_000


def test_stored_positions_are_kept_and_newcomers_appear_beside_their_neighbours() -> None:
    ids = [f"n{number}" for number in range(30)]
    ties = [(f"n{number}", f"n{(number * 7 + 1) % 30}") for number in range(30)]
    before = layout.whole(ids, ties, dict.fromkeys(ids, 6.0)).positions
    later = [*ids, "new", "newer", "alone"]
    radii = dict.fromkeys(later, 6.0)
    after = layout.whole(later, [*ties, ("new", "n3"), ("new", "newer")], radii, fixed=before)
    assert {id_: after.positions[id_] for id_ in ids} == dict(before)
    assert math.dist(after.positions["new"], before["n3"]) < 200
    assert overlaps(dict(after.positions), radii) == []


@given(networks(), networks(), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_added_or_goes_nobody_else_moves_and_what_comes_back_is_where_it_was(
    first: tuple[list[str], list[tuple[str, str]]],
    second: tuple[list[str], list[tuple[str, str]]],
    data: st.DataObject,
) -> None:
    old_ids, old_ties = first
    new_ids = [f"later-{id_}" for id_ in second[0]]
    new_ties = [(f"later-{a}", f"later-{b}") for a, b in second[1]]
    if old_ids and new_ids:
        across = st.tuples(st.sampled_from(old_ids), st.sampled_from(new_ids))
        new_ties += data.draw(st.lists(across, max_size=12))
    everyone = [*old_ids, *new_ids]
    radii = {id_: 5.0 + number % 12 for number, id_ in enumerate(everyone)}
    before = dict(layout.whole(old_ids, old_ties, radii).positions)
    after = dict(layout.whole(everyone, [*old_ties, *new_ties], radii, fixed=before).positions)
    assert {id_: after[id_] for id_ in old_ids} == before
    assert len(set(after.values())) == len(everyone)

    left = [id_ for id_ in everyone if data.draw(st.booleans())]
    fewer = dict(layout.whole(left, old_ties, radii, fixed=after).positions)
    assert fewer == {id_: after[id_] for id_ in left}
    newest = [*left, "newest"]
    radii["newest"] = 9.0
    ties = [("newest", left[0])] if left else []
    kept = {**after, **layout.whole(newest, ties, radii, fixed=after).positions}
    back = dict(layout.whole([*everyone, "newest"], [*old_ties, *ties], radii, fixed=kept).positions)
    assert {id_: back[id_] for id_ in everyone} == after


@pytest.mark.parametrize("count", [300, 3_000, 10_000])
def test_large_networks_take_seconds(count: int) -> None:
    dice = np.random.default_rng(3)
    ids = [str(number) for number in range(count)]
    ends = dice.integers(0, count, (3 * count, 2))
    ties = [(str(a), str(b // 2)) for a, b in ends.tolist()]
    placed = layout.whole(ids, ties, dict.fromkeys(ids, 7.0))
    assert len(set(placed.positions.values())) == count
