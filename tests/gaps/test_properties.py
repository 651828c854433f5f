from __future__ import annotations

import json
import random as randoms

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.gaps import find_gaps, gap_id
from cocommuns_graph.gaps.declare import KINDS, TABLES
from cocommuns_graph.model import MODEL, Graph
from cocommuns_graph.model.errors import InvalidValue
from tests.finding.graphs import graphs, organisation, tie
from tests.gaps.found import TODAY, search
from tests.sample_graph import sample_graph


def shuffled(graph: Graph, seed: int) -> Graph:
    nodes, ties = list(graph.nodes.values()), list(graph.relationships)
    randoms.Random(seed).shuffle(nodes)
    randoms.Random(seed + 1).shuffle(ties)
    return Graph(nodes, ties)


@settings(max_examples=30, deadline=None)
@given(graphs(), st.integers(0, 100))
def test_the_order_of_the_data_changes_nothing(graph: Graph, seed: int) -> None:
    assert search(shuffled(graph, seed)).as_dict() == search(graph).as_dict()


@settings(max_examples=30, deadline=None)
@given(graphs(), st.sampled_from(["en", "fr"]), st.sampled_from([None, "country", "languages"]))
def test_whatever_the_graph_everything_found_holds_together(
    graph: Graph, language: str, by: str | None
) -> None:
    try:
        found = search(graph, language=language, by=by)
    except InvalidValue:
        assert by is not None
        return
    ids = [gap.id for gap in found.gaps]
    assert len(set(ids)) == len(ids)
    for gap in found.gaps:
        assert gap.kind in KINDS
        assert set(gap.subjects) <= set(graph.nodes)
        assert gap.title
        assert gap.why
        assert gap.suggestion
        assert not gap.title.endswith(".")
        assert gap.confidence in ("high", "medium", "low")
        assert gap.basis.reading in ("nobody", "not asked", "out of date")
        assert 0 <= gap.basis.answered <= 1
        assert 0 <= gap.basis.fields <= 1
    for one in found.introductions:
        assert graph.nodes[one.a].label in MODEL.actors
        assert graph.nodes[one.b].label in MODEL.actors
        assert one.a != one.b
        assert 0 < one.score <= 1
        assert one.reasons
        assert not one.chain or (one.chain[0], one.chain[-1]) == (one.a, one.b)
    assert set(found.tables) == set(TABLES)
    for table in found.tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
    counted = {kind.name: kind.count for kind in found.kinds}
    assert counted == {name: sum(gap.kind == name for gap in found.gaps) for name in KINDS}
    assert all(bool(kind.nothing) == (kind.count == 0) for kind in found.kinds)
    json.dumps(found.as_dict(), allow_nan=False)


def test_ids_are_of_the_kind_and_what_it_is_about() -> None:
    assert gap_id("isolate", ["b", "a"]) == gap_id("isolate", ["a", "b"])
    assert gap_id("isolate", ["a"]) != gap_id("bridge", ["a"])
    assert gap_id("isolate", ["a", "b"]) != gap_id("isolate", ["ab"])


def test_a_gap_keeps_its_id_when_something_else_changes_and_goes_with_its_cause() -> None:
    before = search(sample_graph())
    kept = {gap.id: gap for gap in before.gaps if gap.kind == "isolate" and gap.subjects != ("brescia",)}
    graph = sample_graph()
    after = search([*graph.nodes.values()], [*graph.relationships, tie("brescia", "PARTNER_OF", "reves")])
    ids = {gap.id for gap in after.gaps}
    assert set(kept) <= ids
    (gone,) = [gap.id for gap in before.gaps if gap.kind == "isolate" and gap.subjects == ("brescia",)]
    assert gone not in ids


def test_an_empty_graph_has_no_gaps_and_says_why() -> None:
    found = find_gaps(Graph())
    assert found.gaps == ()
    assert found.introductions == ()
    assert found.network["nodes"] == 0
    assert all(kind.nothing for kind in found.kinds)


def test_a_plain_network_has_gaps_of_structure_alone() -> None:
    nodes = [organisation(name, dept=dept) for name, dept in zip("abcde", "11223", strict=True)]
    ties = [tie("a", "COLLABORATES_WITH", "b"), tie("b", "COLLABORATES_WITH", "c")]
    found = search(nodes, ties)
    assert {gap.kind for gap in found.gaps} == {"cut-point", "isolate", "not-asked"}
    assert found.by == ""
    assert search(nodes, ties, by="dept").network["families"] == {"1": 2, "2": 2, "3": 1}


@pytest.mark.parametrize(("options", "words"), [({"by": "height"}, "height"), ({"language": "nl"}, "en, fr")])
def test_what_cannot_be_is_refused_in_a_sentence(options: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        find_gaps(sample_graph(), today=TODAY, **options)


def test_hostile_names_pass_through_unchanged() -> None:
    name = '<script>alert("x")</script> {braces} %s “quote”'
    found = search(
        [organisation("a", name), organisation("b"), organisation("c")], [tie("b", "PARTNER_OF", "c")]
    )
    assert any(name in gap.title for gap in found.gaps)
