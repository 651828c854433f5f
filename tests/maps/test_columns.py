from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.maps import columns
from cocommuns_graph.maps.columns import Arrangement, Side, around, beside, side_of

COUNTS = st.lists(st.integers(0, 70), min_size=0, max_size=5)


def made(counts: list[int]) -> tuple[list[Side], Arrangement]:
    sides = [
        Side(f"T{number}", tuple(f"t{number}-{k}" for k in range(count)))
        for number, count in enumerate(counts)
    ]
    return sides, around("centre", sides)


def crowded(arranged: Arrangement) -> list[tuple[str, str]]:
    """Pairs of records whose marks, or the names beside them, lie on each other."""
    return [
        (a, b)
        for (a, one), (b, other) in itertools.combinations(arranged.positions.items(), 2)
        if abs(one[1] - other[1]) < 20
        and abs(one[0] - other[0])
        < (150 if side_of(one) == side_of(other) and "centre" not in (a, b) else 25)
    ]


@given(COUNTS)
@settings(max_examples=40, deadline=None)
def test_a_neighbourhood_keeps_types_on_sides_and_apart(counts: list[int]) -> None:
    sides, arranged = made(counts)
    positions = arranged.positions
    assert positions["centre"] == (0.0, 0.0)
    assert set(positions) == {"centre", *(id_ for side in sides for id_ in side.ids)}
    assert crowded(arranged) == []
    for side in sides:
        assert len({side_of(positions[id_]) for id_ in side.ids}) <= 1
    assert {label for label, _, _ in arranged.headings} == {side.label for side in sides if side.ids}
    box = arranged.box(list(positions))
    assert all(abs(x) <= box.width / 2 and abs(y) <= box.height / 2 for x, y in positions.values())


@given(COUNTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)), max_size=60), st.data())
@settings(max_examples=60, deadline=None)
def test_newcomers_move_nobody_and_take_places_of_their_own(
    counts: list[int], new: list[tuple[int, int]], data: st.DataObject
) -> None:
    sides, before = made(counts)
    label_of = {id_: side.label for side in sides for id_ in side.ids}
    there = sorted(before.positions)
    ties = [("centre", id_) for id_ in label_of]
    newcomers = [(f"new-{number}", f"T{label}") for number, (_, label) in enumerate(new)]
    for id_, _ in newcomers:
        ties.append((id_, data.draw(st.sampled_from(["centre", *there]))))
    after = beside(before, newcomers, ties, "centre", label_of)
    assert {id_: after.positions[id_] for id_ in there} == before.positions
    assert set(after.positions) == {*there, *(id_ for id_, _ in newcomers)}
    assert crowded(after) == []
    assert beside(after, [], ties, "centre", label_of) == after


def test_what_is_linked_to_one_record_stands_beyond_it() -> None:
    _, before = made([6, 6])
    ties = [("t0-2", f"n{number}") for number in range(4)]
    after = beside(before, [(f"n{number}", "T0") for number in range(4)], ties, "centre", {})
    x, y = before.positions["t0-2"]
    for number in range(4):
        new_x, new_y = after.positions[f"n{number}"]
        assert (new_x > 0) == (x > 0)
        assert abs(new_x) > abs(x)
        assert abs(new_y - y) < 120


def test_what_is_linked_to_the_centre_alone_joins_those_of_its_kind() -> None:
    sides, before = made([5, 9])
    label_of = {id_: side.label for side in sides for id_ in side.ids}
    ties = [("centre", id_) for id_ in [*label_of, "new"]]
    after = beside(before, [("new", "T1")], ties, "centre", label_of)
    same = [before.positions[id_] for id_ in sides[1].ids]
    assert side_of(after.positions["new"]) == side_of(same[0])
    assert after.positions["new"][1] - max(y for _, y in same) == columns._ROW
