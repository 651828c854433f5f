"""Reading for a viewer: nodes, ties with a hidden end, properties that are for fewer, and their counts."""

from __future__ import annotations

import pytest

from cocommuns_graph.model import COORDINATOR, MEMBER, STEWARD, VISITOR, Viewer
from cocommuns_graph.store.door import Store
from tests.store.claims import expert, link, organisation, row, topic, write


@pytest.fixture
def filled(store: Store) -> Store:
    write(
        store,
        [
            row(2, expert("ada", visibility="public", contact=["a@x.org"], secret="s", place="Ghent")),
            row(3, expert("bo"), organisation("open"), topic("care")),
            row(4, expert("cy", visibility="coordinators"), organisation("closed", visibility="stewards")),
            row(5, link("AFFILIATED_WITH", "ada", "open", role="chair", salary=3)),
            row(6, link("AFFILIATED_WITH", "ada", "closed"), link("AFFILIATED_WITH", "bo", "open")),
            row(7, link("EXPERT_IN", "cy", "care"), link("EXPERT_IN", "ada", "care")),
        ],
    )
    return store


@pytest.mark.parametrize(
    ("viewer", "nodes", "ties", "hidden"),
    [
        (VISITOR, {"ada", "care", "open"}, {("ada", "open"), ("ada", "care")}, 6),
        (MEMBER, {"ada", "bo", "care", "open"}, {("ada", "open"), ("bo", "open"), ("ada", "care")}, 4),
        (
            COORDINATOR,
            {"ada", "bo", "care", "cy", "open"},
            {("ada", "open"), ("bo", "open"), ("cy", "care"), ("ada", "care")},
            2,
        ),
        (
            STEWARD,
            {"ada", "bo", "care", "closed", "cy", "open"},
            {("ada", "open"), ("ada", "closed"), ("bo", "open"), ("cy", "care"), ("ada", "care")},
            0,
        ),
    ],
)
def test_each_viewer_sees_what_is_for_them(
    filled: Store, viewer: Viewer, nodes: set[str], ties: set[tuple[str, str]], hidden: int
) -> None:
    graph = filled.read(viewer)
    assert set(graph.nodes) == nodes
    assert list(graph.nodes) == sorted(graph.nodes)
    assert {(link_.start, link_.end) for link_ in graph.relationships} == ties
    assert graph.hidden == hidden


@pytest.mark.parametrize(("viewer", "sees"), [(VISITOR, False), (MEMBER, False), (COORDINATOR, True)])
def test_contact_and_undeclared_properties_are_for_coordinators(
    filled: Store, viewer: Viewer, sees: bool
) -> None:
    graph = filled.read(viewer)
    assert {"contact", "secret"} & set(graph.nodes["ada"].properties) == (
        {"contact", "secret"} if sees else set()
    )
    (tie,) = [r for r in graph.relationships if (r.start, r.end) == ("ada", "open")]
    assert ("salary" in tie.properties) is sees
    assert graph.hidden_details == (0 if sees else 3)
    assert tie.properties["role"] == "chair"
    assert graph.nodes["ada"].properties["place"] == "Ghent"


def test_asking_for_whole_records_shows_only_what_the_viewer_may_see(filled: Store) -> None:
    statement = "MATCH (e:Expert {id: 'ada'})-[r:AFFILIATED_WITH]->(o:Organisation {id: 'open'}) RETURN e, r"
    (found,) = filled.ask(MEMBER, statement, {}).rows
    assert "contact" not in found[0]
    assert "salary" not in found[1]
    (found,) = filled.ask(COORDINATOR, statement, {}).rows
    assert found[0]["contact"] == ["a@x.org"]
    assert found[1]["salary"] == 3


def test_the_viewer_decides_what_visible_is_whatever_is_given(filled: Store) -> None:
    statement = "MATCH (e:Expert) WHERE e.visibility IN $visible RETURN e.id AS id ORDER BY id"
    given = {"visible": ["public", "members", "coordinators", "stewards"]}
    assert filled.ask(VISITOR, statement, given).rows == [["ada"]]
    assert filled.ask(STEWARD, statement, {}).rows == [["ada"], ["bo"], ["cy"]]


def test_system_records_are_no_part_of_the_graph(filled: Store) -> None:
    assert {node.label for node in filled.read(STEWARD).nodes.values()} == {"Expert", "Organisation", "Topic"}


def test_an_empty_graph_reads_empty(store: Store) -> None:
    graph = store.read(VISITOR)
    assert (graph.nodes, graph.relationships, graph.hidden) == ({}, [], 0)
