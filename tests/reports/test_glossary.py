"""The glossary of the sample and of small graphs: its words, meanings, users, order and files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.reading.metadata import unprotect
from cocommuns_graph.reports import glossary, glossary_page, glossary_table, table_csv
from cocommuns_graph.reports.collation import order
from tests.reports.hostile import hostile_graph
from tests.reports.made import META
from tests.reports.pages import parsed
from tests.sample_graph import sample_graph


def topic(id_: str, **properties: str | list[str]) -> Node:
    return Node(id_, "Topic", properties)


def read_back(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The meta lines and the rows of a csv file of ours."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    meta = dict(",".join(line)[2:].split(": ", 1) for line in lines if line and line[0].startswith("# "))
    table = [line for line in lines if not (line and line[0].startswith("# "))]
    return meta, [dict(zip(table[0], line, strict=True)) for line in table[1:]]


def test_every_topic_of_the_sample_is_there_with_all_its_languages() -> None:
    found = glossary(sample_graph(), "fr")
    assert len(found["terms"]) == len(sample_graph().of_label("Topic"))
    assert found["languages"] == ["de", "en", "es", "fr", "it"]
    assert found["why"] == ""
    commons = next(term for term in found["terms"] if term["id"] == "commons")
    assert (commons["term"], commons["language"]) == ("Communs", "fr")
    assert commons["labels"]["de"] == "Gemeingüter"
    assert commons["labels"]["es"] == "Comunes"
    assert commons["aliases"]["es"] == ["bienes comunes", "procomún"]
    assert set(commons["definitions"]) == {"en", "fr"}
    assert commons["context"] == ["commons", "social-economy", "city"]
    assert commons["sources"] == ["topics.csv:2"]


def test_who_uses_a_term_comes_with_the_row_that_says_so() -> None:
    found = glossary(sample_graph())
    commons = next(term for term in found["terms"] if term["id"] == "commons")
    uses = {(use["link"], use["id"]): use for use in commons["used_by"]}
    assert uses["POSITION_ON", "david-bollier"]["properties"]["stance"] == "agree"
    assert uses["POSITION_ON", "david-bollier"]["sources"] == ["links.csv:358"]
    ties = [tie for tie in sample_graph().relationships if tie.end == "commons"]
    assert len(commons["used_by"]) == sum(tie.type not in ("BROADER", "RELATED") for tie in ties)


def test_meanings_of_one_word_stand_side_by_side() -> None:
    found = glossary(sample_graph(), "fr")
    ids = [term["id"] for term in found["terms"]]
    group = {"community-cooperative", "community-commons", "community-union"}
    places = sorted(ids.index(id_) for id_ in group)
    assert places == list(range(places[0], places[0] + 3))
    for id_ in group:
        assert set(found["terms"][ids.index(id_)]["same_word"]) == group - {id_}
    page = parsed(glossary_page(found, META))
    headings = [one.text for one in page.all("h3") if one.text.startswith("Communauté")]
    assert len(headings) == 3
    assert all(f"sens {number} sur 3" in heading for number, heading in enumerate(headings, 1))


def test_each_text_is_marked_with_its_language() -> None:
    page = parsed(glossary_page(glossary(sample_graph(), "fr"), META))
    marked = {(one.get("lang"), one.text) for one in page.all("bdi")}
    assert {("de", "Gemeingüter"), ("es", "procomún"), ("fr", "Communs"), ("en", "Commons")} <= marked


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["cote", "coté", "Côte", "école", "été", "zone"]),
        ("es", ["cana", "canto", "caña", "cañada", "dos"]),
        ("sv", ["zebra", "å", "äpple", "öl"]),
        ("de", ["Äpfel", "Apfelbaum", "Zebra"]),
        ("en", ["co-op", "Cooperative", "éclair"]),
    ],
)
def test_terms_are_in_the_order_of_a_dictionary(language: str, words: list[str]) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=lambda word: order(word, language)) == words


@given(st.text(), st.text(), st.sampled_from(["en", "fr", "es", "sv", "et", "xx"]))
def test_order_never_fails_and_tells_texts_apart(one: str, other: str, language: str) -> None:
    assert (order(one, language) == order(other, language)) == (one == other)


def test_a_language_without_labels_falls_back_and_says_so() -> None:
    found = glossary(sample_graph(), "nl")
    assert "nl" in found["why"]
    assert len(found["terms"]) == len(sample_graph().of_label("Topic"))
    assert next(term for term in found["terms"] if term["id"] == "commons")["language"] == "en"


def test_a_label_that_names_no_language_is_kept_apart_from_those_that_do() -> None:
    graph = Graph([topic("t", label="Hub", label_fr="Pôle", aliases=["node"], definition="A place.")])
    term = glossary(graph, "fr")["terms"][0]
    assert (term["term"], term["language"]) == ("Pôle", "fr")
    assert term["labels"] == {"": "Hub", "fr": "Pôle"}
    assert term["aliases"] == {"": ["node"]}
    assert term["definitions"] == {"": "A place."}


def test_links_among_topics_are_told_by_direction() -> None:
    nodes = [topic(id_, label=id_.upper()) for id_ in "abc"]
    ties = [Relationship("BROADER", "a", "b"), Relationship("RELATED", "c", "a")]
    terms = {term["id"]: term for term in glossary(Graph(nodes, ties))["terms"]}
    assert terms["a"]["broader"] == [{"id": "b", "term": "B"}]
    assert terms["b"]["narrower"] == [{"id": "a", "term": "A"}]
    assert terms["a"]["related"] == [{"id": "c", "term": "C"}]
    assert terms["c"]["related"] == [{"id": "a", "term": "A"}]
    assert terms["a"]["used_by"] == []


def test_the_table_reads_back() -> None:
    found = glossary(sample_graph(), "fr")
    meta, rows = read_back(table_csv(glossary_table(found), META))
    assert meta == {**META, "table": "glossary"}
    assert [row["id"] for row in rows] == [term["id"] for term in found["terms"]]
    commons = next(row for row in rows if row["id"] == "commons")
    assert commons["labels_de"] == "Gemeingüter"
    assert commons["aliases_es"] == "bienes comunes; procomún"
    assert "david-bollier" in commons["used_by_ids"].split("; ")


def test_no_cell_of_a_hostile_table_is_a_formula() -> None:
    formulas = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "plain"]
    graph = Graph(topic(f"t{number}", label=text, definition=text) for number, text in enumerate(formulas))
    _, rows = read_back(table_csv(glossary_table(glossary(graph)), META))
    assert sorted(unprotect(row["term"]) for row in rows) == sorted(formulas)
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    hostile = table_csv(glossary_table(glossary(hostile_graph())), {**META, "filters": "a\n=1"})
    for line in csv.reader(io.StringIO(hostile.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)
