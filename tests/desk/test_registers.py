"""The glossary and the register of problems as screens show them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from cocommuns_graph.desk import registers
from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.model.errors import NotFound
from cocommuns_graph.reports import Lookup, glossary, problems
from cocommuns_graph.wording import wording
from tests.sample_graph import sample_graph

EN, FR = wording("en"), wording("fr")


@cache
def found(language: str) -> dict[str, Any]:
    return glossary(sample_graph(), language)


def rows(language: str = "en") -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in registers.term_rows(found(language), wording(language))}


def test_a_row_tells_apart_the_meanings_of_one_word() -> None:
    shown = rows()
    assert shown["community-union"]["shown"] == "Community (union)"
    assert rows("fr")["community-union"]["shown"] == "Communauté (syndicat)"
    assert shown["trade-unions"]["shown"] == "Trade unions"
    assert shown["trade-unions"]["letter"] == "T"
    users = {use["id"] for use in glossary_term("trade-unions")["used_by"]}
    assert shown["trade-unions"]["users"] == len(users) > 0


def glossary_term(identifier: str) -> dict[str, Any]:
    return next(term for term in found("en")["terms"] if term["id"] == identifier)


def test_what_was_looked_up_says_by_which_term_it_was_found() -> None:
    listed = list(rows().values())
    look_up = Lookup(sample_graph())
    (first, *_) = registers.looked_up(listed, look_up("syndicats"), EN)
    assert (first["id"], first["found_as"]) == ("trade-unions", "Syndicats (French)")
    (first, *_) = registers.looked_up(listed, look_up("trade unions"), EN)
    assert (first["id"], first["found_as"]) == ("trade-unions", "")


def test_a_term_is_told_with_all_meanings_of_its_word_the_one_asked_for_first() -> None:
    told = registers.term(found("fr"), "community-union", FR)
    assert told["term"] == "Communauté"
    ids = [meaning["id"] for meaning in told["meanings"]]
    assert ids[0] == "community-union"
    assert set(ids) == {"community-union", "community-commons", "community-cooperative"}
    first = told["meanings"][0]
    assert first["context"] == ["syndicat"]
    assert first["labels"][0]["language"] == "français"
    assert first["definitions"][0]["language"] == "français"


def test_users_stand_under_how_they_use_it_with_details_in_words() -> None:
    (meaning,) = registers.term(found("en"), "asset-lock", FR)["meanings"]
    (use,) = [use for use in meaning["uses"] if use["users"][0]["id"] == "nicole-alix"]
    (user,) = use["users"]
    assert user["about"] == "expert·e, communs"
    assert "d’accord" in user["details"]
    assert "Locking assets to a purpose" in user["details"]
    assert user["sources"]


def test_every_use_of_every_term_is_told_once() -> None:
    for term in found("en")["terms"]:
        (meaning, *_) = registers.term(found("en"), term["id"], EN)["meanings"]
        assert sum(len(use["users"]) for use in meaning["uses"]) == len(term["used_by"])


@pytest.mark.parametrize("identifier", ["", "nothing", "<b>", "etuc"])
def test_what_is_no_term_or_problem_is_not_found(identifier: str) -> None:
    with pytest.raises(NotFound):
        registers.term(found("en"), identifier, EN)
    with pytest.raises(NotFound):
        registers.problem(problems(sample_graph()), identifier, EN)


def test_a_problem_is_told_with_how_it_was_overcome_and_why_to_ask() -> None:
    told = registers.problem(problems(sample_graph(), "fr"), "competition-in-public-procurement", FR)
    assert told["status_word"] == "surmonté en partie"
    assert [who["id"] for who in told["faced_by"]] == ["reves"]
    (brescia,) = told["overcome_by"]
    assert (brescia["name"], brescia["about"]) == ("City of Brescia", "organisation, ville")
    assert brescia["why"].startswith("No tender")
    assert (told["ask"][0]["id"], told["ask"][0]["why"]) == ("brescia", "l'a surmonté")


def test_problem_rows_know_sectors_and_the_topics_around() -> None:
    listed = {row["id"]: row for row in registers.problem_rows(problems(sample_graph()), EN)}
    row = listed["competition-in-public-procurement"]
    assert row["sectors"] == ["city", "network"]
    assert (row["faced_by"], row["overcome_by"]) == (["REVES"], ["City of Brescia"])
    assert len(listed) == len(problems(sample_graph())["problems"])


def test_topics_around_a_problem_are_those_above_it_at_any_remove_and_beside() -> None:
    names = ("problem", "above", "top", "beside", "below")
    nodes = [Node(name, "Topic", {"label": name.title(), "kind": "challenge"}) for name in names]
    ends = (
        ("BROADER", "problem", "above"),
        ("BROADER", "above", "top"),
        ("BROADER", "top", "problem"),
        ("RELATED", "beside", "problem"),
        ("BROADER", "below", "problem"),
    )
    ties = [Relationship(type_, start, end, "", {}) for type_, start, end in ends]
    register = {one["id"]: one for one in problems(Graph(nodes, ties))["problems"]}
    assert [topic["id"] for topic in register["problem"]["topics"]] == ["above", "top", "beside"]
