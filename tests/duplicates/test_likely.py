"""Which pairs are likely to be one, by name and by what else is known; which are not though they look it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.duplicates import THRESHOLD, likely, told
from cocommuns_graph.duplicates.likeness import Usage, likeness
from cocommuns_graph.duplicates.naming import named
from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.wording import wording

NOBODY = Usage()


def alike(one: str, other: str, label: str = "Organisation") -> float:
    return likeness(named(one, label), named(other, label), NOBODY).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Énergie Partagée", "ENERGIE PARTAGEE"),
        ("Coopérative d'habitants", "cooperative d’habitants"),
        ("Greenpeace e.V.", "Greenpeace eV"),
        ("Enercoop SCIC SA", "Enercoop"),
        ("Bürgerwerke eG", "Buergerwerke"),
        ("Som Energia S.Coop.", "Som Energia, S. Coop."),
        ("Fundusz Sp. z o.o.", "Fundusz"),
        ("asbl Les Petits Riens", "Les Petits Riens"),
        ("Co-operative Group Limited", "The Co-operative Group Ltd"),
        ("Observatoire citoyen de l'eau", "citoyen Observatoire de l'eau"),
        ("Observatoire citoyen", "Observatiore citoyen"),
        ("Observatoire citoyen", "Observatire citoyen"),
        ("Observatoire citoyen", "Obxservatoire citoyen"),
        ("Observatoire citoyen", "Observatoixe citoien"),
        ("ETUC", "European Trade Union Confederation"),
        ("CES", "European Trade Union Confederation"),
        ("European Trade Union Confederation (ETUC)", "ETUC"),
        ("ETUC - European Trade Union Confederation", "European Trade Union Confederation"),
        ("Confédération européenne des syndicats", "European Trade Union Confederation"),
        ("CNRS", "Centre national de la recherche scientifique"),
        ("CNDLRS", "Centre national de la recherche scientifique"),
        ("VU Amsterdam", "Vrije Universiteit Amsterdam"),
        ("OpenStreetMap Foundation", "Open Street Map Foundation"),
        ("Université de Montréal", "University of Montreal"),
    ],
)
def test_spellings_of_one_organisation_are_alike(one: str, other: str) -> None:
    assert alike(one, other) >= THRESHOLD
    assert alike(one, other) == pytest.approx(alike(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coop Bruxelles", "Coop Brugge"),
        ("Local 12 of the Union", "Local 21 of the Union"),
        ("Fonds 2023", "Fonds 2024"),
        ("Congress IX", "Congress XI"),
        ("Oxfam", "Oxfam Shop Leuven"),
        ("Friends of the Earth UK", "Friends of the Earth US"),
        ("ETUC", "ITUC"),
        ("Code for Boston", "Code for Austin"),
        ("University of Manchester", "Manchester Metropolitan University"),
        ("Section A of the Guild", "Section B of the Guild"),
        ("CNT", "Confédération générale du travail"),
        ("Energie Nord", "Energie Süd"),
    ],
)
def test_organisations_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert alike(one, other) < THRESHOLD


def test_people_are_told_by_all_their_names() -> None:
    for other in ("Muñoz, Ana María", "Ana Maria MUNOZ", "Dr. Ana María Muñoz", "Ana Maria Munioz"):
        assert alike("Ana María Muñoz", other, "Expert") >= THRESHOLD, other
    for other in ("Eva María Muñoz", "Ana María Pérez", "Ana María Muñoz Jr."):
        assert alike("Ana María Muñoz", other, "Expert") < THRESHOLD, other
    initial = alike("John Smith", "J. Smith", "Expert")
    assert THRESHOLD <= initial < alike("John Smith", "Smith, John", "Expert")
    assert alike("John Smith", "M. Smith", "Expert") < 0.5


def record(identifier: str, label: str = "Organisation", /, **properties: Any) -> Node:
    caption = MODEL.node(label).caption
    return Node(identifier, label, {"id": identifier, caption: identifier, **properties})


def pairs(
    *nodes: Node, links: tuple[Relationship, ...] = (), threshold: float = THRESHOLD
) -> dict[str, float]:
    found = likely(Graph(nodes, links), threshold=threshold)
    return {"=".join(sorted((pair.a, pair.b))): pair.score for pair in found}


def test_identifiers_go_before_names() -> None:
    one = record("a", "Expert", name="Ana Muñoz", orcid="0000-0001-2345-6789", contact=["ana@example.org"])
    same = record("b", "Expert", name="A. Muñoz", orcid="0000-0001-2345-6789")
    other = record("c", "Expert", name="Ana Munoz", orcid="0000-0002-1825-0097")
    assert pairs(one, same, other) == {"a=b": 0.98}
    mailed = record("d", "Expert", name="Ana M. Muñoz Ruiz", contact=["ANA@example.org"])
    assert pairs(one, mailed)["a=d"] > pairs(one, record("e", "Expert", name="Ana M. Muñoz Ruiz")).get(
        "a=e", 0
    )


def test_a_website_a_place_and_neighbours_count() -> None:
    one = record("a", name="Maison du vélo", website="https://www.velo.example", place="Lyon")
    renamed = record("b", name="La Cyclerie", website="http://velo.example/lyon")
    assert pairs(one, renamed) == {"a=b": 0.72}
    shared = [record(x, name=f"Club {x}", website=f"https://github.com/{x}") for x in ("uno", "dos")]
    assert pairs(*shared) == {}
    here = record("c", name="Maison du vello", place="Lyon")
    there = record("d", name="Maison du vello", place="Lille")
    assert pairs(one, here)["a=c"] > pairs(one, there)["a=d"]
    abroad = [record("e", name="Terra", country="FR"), record("f", name="Tera", country="IT")]
    assert pairs(*abroad) == {}
    member = Relationship("MEMBER_OF", "c", "a")
    assert pairs(one, here, links=(member,)).get("a=c", 0) < THRESHOLD


def test_aliases_topics_and_years() -> None:
    assert pairs(record("a", name="SMart", aliases=["Productions associées"]),
                 record("b", name="Productions Associees asbl")) != {}  # fmt: skip
    commons = record("x", "Topic", label="Openness", context=["commons"])
    unions = record("y", "Topic", label="Openness", context=["union"])
    assert pairs(commons, unions) == {}
    assert pairs(commons, record("z", "Topic", label="Opennes")) != {}
    meetings = [
        record(str(year), "Initiative", name="Summer school", start=str(year)) for year in (2023, 2024)
    ]
    assert pairs(*meetings) == {}


def test_pairs_come_likeliest_first_with_reasons_and_the_fuller_record_first() -> None:
    graph = Graph(
        [record("a", name="Terre"), record("b", name="TERRE", place="Liège"), record("c", name="Tere")]
    )
    found = likely(graph)
    assert (found[0].a, found[0].b) == ("b", "a")
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    (reason,) = told(found[0].reasons, "Organisation", wording("fr"))
    assert reason["kind"] == "spelling"
    assert "TERRE" in reason["text"]
    assert likely(graph, ["Expert"]) == []
    assert {frozenset((p.a, p.b)) for p in likely(graph, among={"c"})} <= {frozenset("bc"), frozenset("ac")}


@given(st.lists(st.text(max_size=30), min_size=2, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_text_is_compared_and_equal_names_are_found(texts: list[str]) -> None:
    nodes = [record(str(number), name=text) for number, text in enumerate([*texts, texts[0]])]
    found = likely(Graph(nodes))
    assert all(THRESHOLD <= pair.score <= 1 and pair.a != pair.b for pair in found)
    first, last = nodes[0], nodes[-1]
    if named(texts[0]).words:
        assert {first.id, last.id} in [{pair.a, pair.b} for pair in found]
