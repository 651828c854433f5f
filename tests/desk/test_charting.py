"""Measures as charts need them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from cocommuns_graph.desk import charting, measuring
from cocommuns_graph.desk.measuring import Metrics
from cocommuns_graph.wording import wording
from tests.sample_graph import sample_graph

EN = wording("en")


def metrics(values: list[tuple[object, object]], names: list[str] | None = None) -> Metrics:
    rows = tuple(
        (f"a{n:02}", names[n] if names else f"Actor {n}", "Expert", x, y) for n, (x, y) in enumerate(values)
    )
    return Metrics("direct", False, None, ("id", "name", "type", "degree", "constraint"), rows, {})


def test_points_are_ranked_with_groups_and_without_the_undefined() -> None:
    found = metrics([(1, 0.5), (3, None), (None, 0.2), (3, 0.1)])
    made = charting.points(found, "degree", None, {"a01": "union"})
    assert [(point["id"], point["group"]) for point in made] == [("a01", "union"), ("a03", ""), ("a00", "")]
    assert [point["id"] for point in charting.points(found, "degree", "constraint", {})] == ["a03", "a00"]


def test_actors_of_one_name_stay_two_points() -> None:
    made = charting.points(metrics([(1, 1), (2, 1)], ["Ada", "Ada"]), "degree", None, {})
    assert [point["name"] for point in made] == ["Ada (a01)", "Ada (a00)"]


@given(
    st.lists(
        st.one_of(
            st.none(), st.integers(0, 10**6), st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False)
        ),
        max_size=60,
    )
)
def test_every_defined_value_is_in_one_bin(values: list[float | None]) -> None:
    spread = charting.spread(metrics([(value, None) for value in values]), "degree", EN)
    assert sum(one["actors"] for one in spread["bins"]) == sum(value is not None for value in values)
    assert len(spread["bins"]) <= 30
    assert spread["text"]


def test_few_whole_numbers_have_a_bin_each_also_where_nobody_is() -> None:
    spread = charting.spread(metrics([(0, None), (0, None), (3, None)]), "degree", EN)
    assert [(one["label"], one["actors"]) for one in spread["bins"]] == [
        ("0", 2),
        ("1", 0),
        ("2", 0),
        ("3", 1),
    ]
    assert spread["text"] == "From 0 to 3, half of all up to 0, 1 on average."


def test_a_measure_that_nobody_has_is_said() -> None:
    spread = charting.spread(metrics([(None, 1)]), "degree", EN)
    assert spread == {"bins": [], "text": "The measure is defined for nobody here."}


@pytest.mark.parametrize("network", ["direct", "topics"])
def test_rank_correlation_is_that_of_scipy(network: str) -> None:
    found = measuring.measure(sample_graph(), network, directed=False, by=None)
    across, up = (charting.values_of(found, name) for name in ("degree", "constraint"))
    both = sorted(set(across) & set(up))
    expected = spearmanr([across[one] for one in both], [up[one] for one in both]).statistic
    told = charting.together(found, "degree", "constraint", EN)
    assert EN.number(round(float(expected), 2)) in told
    assert f"over {len(both)} actors" in told


@pytest.mark.parametrize(
    "values", [[], [(1, 1)], [(1, 1), (1, 2), (1, 3)], [(1, None), (2, None), (3, None)]]
)
def test_too_little_to_compare_is_said(values: list[tuple[object, object]]) -> None:
    assert charting.together(metrics(values), "degree", "constraint", EN).startswith("Too few")


def test_groupings_offer_what_parts_actors_into_some_groups() -> None:
    offered = measuring.groupings(sample_graph(), wording("fr"))
    assert list(offered)[:2] == ["sector", "country"]
    assert offered["sector"] == "secteur"
    assert not {"id", "name", "contact", "sources", "description"} & set(offered)


def test_groups_are_named_in_words() -> None:
    words = measuring.group_words(sample_graph(), "sector", wording("fr"))
    assert words["etuc"] == "syndicat"
    assert measuring.group_words(sample_graph(), "country", EN)["brescia"] == "Italy"


def test_columns_are_told_in_the_language_with_their_scale() -> None:
    found = measuring.measure(sample_graph(), "direct", directed=False, by="sector")
    columns = {one["name"]: one for one in measuring.columns(found, wording("fr"))}
    assert columns["degree"]["words"] == "degré"
    assert columns["degree"]["formula"].startswith("nombre d’autres acteurs")
    assert {name for name, one in columns.items() if one["scale"] != "number"} == {
        "component",
        "community",
        "articulation_point",
    }
    said = list(found.told(EN))
    unknown = sum(row[found.columns.index("ei_index")] is None for row in found.rows)
    assert said
    assert 0 < int(said[0].split()[0]) <= unknown


def test_every_formula_has_its_french() -> None:
    found = measuring.measure(sample_graph(), "direct", directed=False, by="sector")
    english = measuring.columns(found, EN)
    french = measuring.columns(found, wording("fr"))
    same = [
        one["name"] for one, other in zip(english, french, strict=True) if one["formula"] == other["formula"]
    ]
    assert same == []


def test_an_empty_network_has_no_points() -> None:
    assert charting.points(metrics([]), "degree", "constraint", {}) == []
