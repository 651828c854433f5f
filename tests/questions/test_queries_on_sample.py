"""The shipped queries asked of the sample inventory; every row expected here was written by hand.

The rows follow sample_data/*.csv, whose lines cite the report they were taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph import importing, questions, shipped
from cocommuns_graph.model import STEWARD, VISITOR
from cocommuns_graph.store.door import Store
from tests.engines.stores import ENGINES, address_of, wipe
from tests.store.claims import expert, link, node, organisation, row, topic, write

QUESTIONS = questions.load(shipped.folder("queries"))


@pytest.fixture(scope="module", params=ENGINES)
def sample(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The sample inventory in each engine."""
    store = Store(address_of(request.param, request))
    store.prepare()
    wipe(store)
    reading = importing.read([Path(shipped.folder("sample_data"))])
    outcome = store.write(reading.rows, who="test")
    assert outcome.rejected == []
    yield store
    store.close()


def ask(store: Store, name: str, *columns: str, **values: str) -> list[tuple[Any, ...]]:
    """The rows of a named query as a visitor gets them, these columns of it alone."""
    question = QUESTIONS[name]
    answer = store.ask(VISITOR, question.statement, question.bind(values))
    if answer.rows:
        assert answer.columns == question.columns
    for found in answer.rows:
        assert all(cell is None or isinstance(cell, str | int | float | bool) for cell in found)
    places = [question.columns.index(column) for column in columns]
    return [tuple(found[place] for place in places) for found in answer.rows]


def test_who_works_on_trade_unions(sample: Store) -> None:
    assert ask(sample, "who-works-on", "name", "type", "how", "id", topic="trade-unions") == [
        ("Alison Tate", "Expert", "knows", "alison-tate"),
        ("European Trade Union Confederation", "Organisation", "works", "etuc"),
        ("International Trade Union Confederation", "Organisation", "works", "ituc"),
        ("Pat Conaty", "Expert", "knows", "pat-conaty"),
        ("Thiébaut Weber", "Expert", "knows", "thiebaut-weber"),
    ]


def test_who_works_on_a_topic_counts_narrower_ones_and_shows_evidence(sample: Store) -> None:
    columns = ("name", "topic", "how", "evidence")
    assert ask(sample, "who-works-on", *columns, topic="local-development") == [
        (
            "Community Foundation in Messina", "Local development", "works",
            "Its aim is the good of the place and of all who live there.",
        ),
        (
            "Erdmuthe Klaer", "Local development", "knows",
            "Presented cities and municipalities at the deep dive of July 2017.",
        ),
        ("Pfefferwerk Foundation", "Urban development", "works", "Example of the approach in Berlin."),
        ("REVES", "Local development", "works", "Its strategy, says the summary."),
    ]  # fmt: skip


def test_every_row_of_who_works_on_names_its_source(sample: Store) -> None:
    found = ask(sample, "who-works-on", "sources", topic="commons")
    assert len(found) == 19
    assert all(text.startswith("links.csv:") and "deep-dive-report.txt line " in text for (text,) in found)


def test_a_topic_nobody_works_on_has_no_rows(sample: Store) -> None:
    assert ask(sample, "who-works-on", "name", topic="works-councils") == []


def test_organisations_in_spain(sample: Store) -> None:
    found = ask(sample, "organisations-in-a-country", "name", "sector", "place", "id", country="Espagne")
    assert found == [
        ("Barcelona en Comú", "other", "Barcelona", "barcelona-en-comu"),
        ("City of Barcelona", "city", "Barcelona", "barcelona"),
        ("Dimmons", "research", "Barcelona", "dimmons"),
        ("IGOP", "research", "Barcelona", "igop"),
        ("Mondragon", "cooperative", None, "mondragon"),
    ]


def test_organisations_of_one_sector_in_a_country(sample: Store) -> None:
    found = ask(sample, "organisations-in-a-country", "name", country="ES", sector="research")
    assert found == [("Dimmons",), ("IGOP",)]
    assert ask(sample, "organisations-in-a-country", "name", country="FR", sector="commons") == [
        ("Commons Assembly of Lille",)
    ]
    assert ask(sample, "organisations-in-a-country", "name", country="PL") == []


def test_who_took_part_in_the_conference_of_2016(sample: Store) -> None:
    day = "2016-12-05"
    found = ask(
        sample, "who-took-part", "name", "type", "role", "since", "until",
        initiative="fair-sharing-economy-conference",
    )  # fmt: skip
    assert found == [
        ("CECOP-CICOPA Europe", "Organisation", "organiser", day, day),
        ("Confrontation Europe", "Organisation", "organiser", day, day),
        ("European Economic and Social Committee", "Organisation", "supporter", day, day),
        ("La Coop des Communs", "Organisation", "organiser", day, day),
        ("Ouishare", "Organisation", "organiser", day, day),
        ("P2P Foundation", "Organisation", "organiser", day, day),
        ("SMart", "Organisation", "organiser", day, day),
    ]


def test_who_takes_part_in_co_communs_and_for_whom(sample: Store) -> None:
    found = ask(sample, "who-took-part", "name", "role", "since", "organisations", initiative="co-communs")
    assert found == [
        ("Alex Pazaitis", "member", "2017-07", "P2P Foundation, P2P Lab"),
        ("Alison Tate", "member", "2017-07", "International Trade Union Confederation"),
        ("Bruno Carballa", "member", "2017-07", "Commons Network, Dimmons"),
        ("Bruno Roelants", "member", "2017-07", "CECOP-CICOPA Europe"),
        ("CECOP-CICOPA Europe", "initiator", None, ""),
        ("Confrontation Europe", "initiator", None, ""),
        ("Erdmuthe Klaer", "member", "2017-07", "REVES"),
        ("Guillaume Compain", "member", "2017-07", "La Coop des Communs"),
        ("Hyungsik Eum", "member", "2017-07", "CECOP-CICOPA Europe"),
        ("Julien Lecaille", "member", "2017-07", "Commons Assembly of Lille, La Coop des Communs"),
        ("La Coop des Communs", "initiator", None, ""),
        ("Lieza Dessain", "member", "2017-07", "SMart"),
        ("Louis Cousin", "member", "2017-07", "Cooperatives Europe"),
        ("Nicole Alix", "member", "2017-07", "La Coop des Communs"),
        ("Ouishare", "initiator", None, ""),
        ("P2P Foundation", "initiator", None, ""),
        ("Pat Conaty", "member", "2017-07", "Co-operatives UK"),
        ("SMart", "initiator", None, ""),
        ("Sarah de Heusch", "member", "2017-07", "SMart"),
        ("Stacco Troncoso", "member", "2017-07", "P2P Foundation"),
        ("Thiébaut Weber", "member", "2017-07", "European Trade Union Confederation"),
    ]


def test_problems_faced_and_not_solved(sample: Store) -> None:
    found = ask(sample, "unsolved-problems", "problem_id", "id", "type")
    assert len(found) == len(set(found)) == 43
    others = [(problem, who) for problem, who, type_ in found if who != "deep-dive-encounter"]
    assert sorted(others) == [
        ("city-region-split", "barcelona"),
        ("initiatives-not-mutualising", "barcelona"),
        ("limited-legal-power-of-cities", "barcelona"),
        ("limited-means-of-cities", "barcelona"),
        ("loss-of-labour-standards", "etuc"),
        ("loss-of-labour-standards", "ituc"),
        ("precarious-work", "etuc"),
        ("precarious-work", "ituc"),
        ("replicating-barcelona", "commons-strategy-for-brussels"),
        ("role-of-unions-in-a-commons-world", "etuc"),
        ("role-of-unions-in-a-commons-world", "ituc"),
    ]
    solved = {
        "social-protection-beyond-employment", "competition-in-public-procurement", "physical-spaces",
        "unrecognised-contributions", "community-left-implicit",
    }  # fmt: skip
    assert solved.isdisjoint(problem for problem, _, _ in found)
    assert {type_ for _, who, type_ in found if who == "barcelona"} == {"Organisation"}


def test_who_needs_what_somebody_offers(sample: Store) -> None:
    columns = ("who_needs", "note", "who_can_help", "how", "helper_id")
    coalition = "Coalition of community land trusts in Great Britain"
    support = "Support from city halls would help to repeat what the coalition did."
    assert ask(sample, "needs-and-offers", *columns, topic="cities-and-municipalities") == [
        ("Co-Communs", "To work with them.", "Erdmuthe Klaer", "knows", "erdmuthe-klaer"),
        ("Co-Communs", "To work with them.", "REVES", "works", "reves"),
        (coalition, support, "Erdmuthe Klaer", "knows", "erdmuthe-klaer"),
        (coalition, support, "REVES", "works", "reves"),
    ]
    assert ask(sample, "needs-and-offers", "who_needs", "who_can_help", "how", topic="mapping") == [
        ("Collaborative inventory of experts and structures", "Commons Assembly of Lille", "offers")
    ]


def test_a_need_nobody_answers_stands_alone(sample: Store) -> None:
    found = ask(sample, "needs-and-offers", "who_needs", "who_can_help", "with_topic", topic="funding")
    assert found == [("City of Barcelona", None, None), ("Co-Communs", None, None)]


def test_all_needs_are_listed_where_no_topic_is_said(sample: Store) -> None:
    found = ask(sample, "needs-and-offers", "id", "topic")
    assert len(set(found)) == 21


def test_positions_on_social_protection_by_family(sample: Store) -> None:
    columns = ("family", "name", "stance", "statement")
    assert ask(sample, "positions-by-family", *columns, topic="social-protection") == [
        (
            "cooperative", "SMart", "agree",
            "Security for all can come only from going past the tie between employer and employee.",
        ),
        ("union", "Alison Tate", "agree", "The social model is wealth that all own together."),
        ("union", "Thiébaut Weber", "agree", "The social model is wealth that all own together."),
    ]  # fmt: skip


def test_people_who_belong_to_several_organisations(sample: Store) -> None:
    assert ask(sample, "several-affiliations", "name", "number", "organisations") == [
        ("Alex Pazaitis", 2, "P2P Foundation, P2P Lab"),
        ("Bruno Carballa", 2, "Commons Network, Dimmons"),
        ("Julien Lecaille", 2, "Commons Assembly of Lille, La Coop des Communs"),
    ]
    assert ask(sample, "several-affiliations", "name", at_least="3") == []


def test_skills_somebody_needs_and_no_expert_has(sample: Store) -> None:
    columns = ("topic", "experts", "needed_by", "faced_by", "worked_on_by", "id")
    assert ask(sample, "topics-without-experts", *columns, kind="skill") == [
        ("Funding", 0, 2, 0, 0, "funding"),
        ("Glossaries and terminology", 0, 2, 0, 0, "terminology"),
        ("Legal services", 0, 2, 0, 0, "legal-services"),
        ("Research", 0, 1, 0, 2, "research"),
        ("Mapping of actors", 0, 1, 0, 1, "mapping"),
        ("Communication and narratives", 0, 1, 0, 0, "communication"),
        ("Political and legal advocacy", 0, 1, 0, 0, "advocacy"),
        ("Training", 0, 1, 0, 0, "training"),
        ("Web hosting", 0, 0, 0, 1, "web-hosting"),
    ]


def test_topics_with_one_expert_count_those_of_narrower_topics(sample: Store) -> None:
    found = ask(sample, "topics-without-experts", "id", "experts", at_most="1", kind="field")
    assert found[:5] == [
        ("cities-and-municipalities", 1),
        ("alliances", 0),
        ("good-practices", 0),
        ("employment-rights", 0),
        ("mutualisation", 0),
    ]
    known = dict(found)
    assert known["local-development"] == 1
    # One expert in it and four in what it comprises.
    assert "social-and-solidarity-economy" not in known
    more = dict(ask(sample, "topics-without-experts", "id", "experts", at_most="5", kind="field"))
    assert (more["social-and-solidarity-economy"], more["cooperatives"]) == (5, 4)


def test_who_could_introduce_commons_to_research(sample: Store) -> None:
    columns = ("name", "type", "in_family", "in_other", "id")
    assert ask(sample, "who-could-introduce", *columns, family="commons", other="research") == [
        ("Bruno Carballa", "Expert", "Commons Network", "Dimmons", "bruno-carballa")
    ]
    assert ask(sample, "who-could-introduce", *columns, family="city", other="research") == [
        ("City of Barcelona", "Organisation", "City of Barcelona", "Dimmons, IGOP", "barcelona"),
        ("Dimmons", "Organisation", "City of Barcelona", "Dimmons", "dimmons"),
        ("IGOP", "Organisation", "City of Barcelona", "IGOP", "igop"),
    ]
    assert ask(sample, "who-could-introduce", "name", family="union", other="Cooperative") == [
        ("Musicians' cooperative in London",),
        ("Musicians' union in London",),
    ]
    assert ask(sample, "who-could-introduce", "name", family="union", other="public") == []
    assert ask(sample, "who-could-introduce", "name", family="city", other="city") == []


def test_what_took_place_in_a_period(sample: Store) -> None:
    columns = ("begins", "ends", "id", "place")
    conference = ("2016-12-05", "2016-12-05", "fair-sharing-economy-conference", "Brussels")
    network = ("2017-07", None, "co-communs", None)
    encounter = ("2017-07-11", "2017-07-12", "deep-dive-encounter", "near Brussels")
    resolution = ("2015", "2015", "council-resolution-on-sse", None)
    everything = [resolution, conference, network, encounter]

    def between(**period: str) -> list[tuple[Any, ...]]:
        return ask(sample, "initiatives-in-a-period", *columns, **period)

    assert between(since="2010") == everything
    assert between(since="2015-06", until="2016") == [resolution, conference]
    assert between(since="2016", until="2016-12-04") == []
    assert between(since="2016-12-05", until="2016-12-05") == [conference]
    assert between(since="2017-07-12") == [network, encounter]
    assert between(since="2017-07-13", until="2017") == [network]
    assert between(since="2016", until="2017", kind="event") == [conference, encounter]


VALUES = {
    "topic": "t", "initiative": "i", "country": "BE", "family": "union", "other": "city", "since": "2016",
    "at_most": "9",
}  # fmt: skip


@pytest.mark.parametrize("hidden", ["nobody", "ada", "bo", "o", "p", "t", "wide", "i"])
def test_no_query_shows_a_visitor_anything_of_a_hidden_record(store: Store, hidden: str) -> None:
    """One record after another is for stewards: no row may name it, or tell that it is there."""

    def seen(id_: str) -> str:
        return "stewards" if id_ == hidden else "public"

    write(
        store,
        [
            row(2, expert("ada", visibility=seen("ada")), expert("bo", visibility=seen("bo"))),
            row(3, organisation("o", country="BE", sector="union", visibility=seen("o"))),
            row(4, organisation("p", sector="city", visibility=seen("p"))),
            row(5, topic("t", visibility=seen("t")), topic("wide", visibility=seen("wide"))),
            row(6, node("Initiative", "i", start="2017", visibility=seen("i")), topic("deep")),
            row(7, link("BROADER", "t", "wide"), link("BROADER", "deep", "t")),
            *(
                row(8, link("EXPERT_IN", who, "deep"), link("TAKES_PART_IN", who, "i"))
                for who in ("ada", "bo")
            ),
            row(9, link("AFFILIATED_WITH", "ada", "o"), link("AFFILIATED_WITH", "ada", "p")),
            row(10, link("NEEDS", "o", "t"), link("NEEDS", "i", "wide"), link("WORKS_ON", "p", "t")),
            row(11, link("POSITION_ON", "ada", "t", statement="s"), link("FACES", "i", "t")),
            row(12, link("FACES", "o", "wide"), link("SOLVED", "p", "wide")),
        ],
    )
    total = 0
    for question in QUESTIONS.values():
        values = needed(question)
        for topic_ in ("t", "wide") if "topic" in values else ("",):
            bound = question.bind({**values, "topic": topic_} if topic_ else values)
            shown = store.ask(VISITOR, question.statement, bound).rows
            total += len(shown)
            for cells in shown:
                for cell in cells:
                    words = str(cell).replace(",", " ").split()
                    assert hidden not in words, question.name
                    assert hidden.title() not in words, question.name
    assert total >= 5
    if hidden == "nobody":
        assert all(store.ask(STEWARD, q.statement, q.bind(needed(q))).rows for q in QUESTIONS.values())
    counted = dict(ask(store, "topics-without-experts", "id", "experts", at_most="9"))
    if hidden in ("nobody", "ada", "bo", "i"):
        assert counted["wide"] == (1 if hidden in ("ada", "bo") else 2)
    assert hidden != "t" or counted == {"wide": 0}


def needed(question: questions.Question) -> dict[str, str]:
    """A value for each parameter without which the question has no rows here."""
    return {p.name: VALUES[p.name] for p in question.parameters if p.required or p.name == "at_most"}
