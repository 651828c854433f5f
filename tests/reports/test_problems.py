"""The register of problems: which are open, who has overcome them, whom to ask, as a table."""

from __future__ import annotations

from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.reports import problems, problems_page, problems_table, table_csv
from tests.gaps.found import search
from tests.reports.made import META
from tests.reports.pages import parsed
from tests.reports.test_glossary import read_back
from tests.sample_graph import sample_graph


def by_id(graph: Graph, language: str = "en") -> dict[str, dict]:
    return {one["id"]: one for one in problems(graph, language)["problems"]}


def test_the_problems_of_the_sample_and_their_state() -> None:
    """Counted by hand in sample_data/topics.csv and links.csv."""
    found = problems(sample_graph())
    assert found["counts"] == {"open": 38, "partly overcome": 4, "overcome": 1}
    assert len(found["problems"]) == 43
    known = by_id(sample_graph())
    assert known["community-left-implicit"]["status"] == "overcome"
    assert known["community-left-implicit"]["overcome_by"][0]["when"] == "1995"
    procurement = known["competition-in-public-procurement"]
    assert procurement["status"] == "partly overcome"
    assert [one["id"] for one in procurement["faced_by"]] == ["reves"]
    assert [one["id"] for one in procurement["overcome_by"]] == ["brescia"]
    assert procurement["overcome_by"][0]["how"].startswith("No tender")
    assert procurement["overcome_by"][0]["sources"] == ["links.csv:354"]


def test_who_has_overcome_a_problem_is_asked_first() -> None:
    asked = by_id(sample_graph())["competition-in-public-procurement"]["ask"]
    assert (asked[0]["id"], asked[0]["why"]) == ("brescia", "solved")


def test_whom_to_ask_and_why() -> None:
    """The solver, then its people, then who knows the problem, then who knows a topic beside it; who only
    faces it is not asked."""
    nodes = [
        Node("p", "Topic", {"label": "P", "kind": "challenge"}),
        Node("near", "Topic", {"label": "Near"}),
        *(Node(id_, "Organisation", {"name": id_.upper()}) for id_ in ("solver", "facing", "offering")),
        *(Node(id_, "Expert", {"name": id_.upper()}) for id_ in ("member", "left", "expert", "beside")),
    ]
    ties = [
        Relationship("SOLVED", "solver", "p"),
        Relationship("FACES", "facing", "p"),
        Relationship("WORKS_ON", "facing", "p", "works", {"mode": "works"}),
        Relationship("AFFILIATED_WITH", "member", "solver"),
        Relationship("AFFILIATED_WITH", "left", "solver", "", {"until": "2001"}),
        Relationship("EXPERT_IN", "expert", "p"),
        Relationship("WORKS_ON", "offering", "p", "offers", {"mode": "offers"}),
        Relationship("RELATED", "near", "p"),
        Relationship("EXPERT_IN", "beside", "near"),
    ]
    asked = by_id(Graph(nodes, ties))["p"]["ask"]
    assert [(one["id"], one["why"], one["topic"]) for one in asked] == [
        ("solver", "solved", ""),
        ("member", "member", "SOLVER"),
        ("expert", "expert", ""),
        ("offering", "offers", ""),
        ("beside", "expert", "Near"),
    ]


def test_the_gaps_and_the_register_name_the_same_problems_states_and_people() -> None:
    graph = sample_graph()
    rows = {row["topic_id"]: row for row in search(graph).tables["problems"].as_dicts()}
    register = {one["id"]: one for one in problems(graph)["problems"]}
    assert rows.keys() == register.keys()
    for topic_id, row in rows.items():
        one = register[topic_id]
        assert row["status"] == one["status"]
        for column, people in (
            ("faced_by", "faced_by"),
            ("solved_by", "overcome_by"),
            ("who_could_be_asked", "ask"),
        ):
            assert row[column] == "; ".join(dict.fromkeys(who["name"] for who in one[people]))


def test_who_overcame_a_part_is_asked_and_the_whole_is_not_overcome() -> None:
    nodes = [
        Node("p", "Topic", {"label": "P", "kind": "challenge"}),
        Node("part", "Topic", {"label": "Part"}),
        *(Node(id_, "Organisation", {"name": id_.upper()}) for id_ in ("solver", "knowing", "speaking")),
    ]
    ties = [
        Relationship("BROADER", "part", "p"),
        Relationship("SOLVED", "solver", "part", "", {"how": "Slowly."}),
        Relationship("WORKS_ON", "knowing", "part", "works", {"mode": "works"}),
        Relationship("POSITION_ON", "speaking", "p", "s", {"statement": "S."}),
    ]
    one = by_id(Graph(nodes, ties))["p"]
    assert one["status"] == "partly overcome"
    assert [(who["id"], who["how"]) for who in one["overcome_by"]] == [("solver", "Slowly.")]
    assert [(who["id"], who["why"], who["topic"]) for who in one["ask"]] == [
        ("solver", "solved", ""),
        ("knowing", "works", "Part"),
        ("speaking", "spoke", ""),
    ]


def test_a_challenge_nobody_is_linked_with_is_open() -> None:
    one = by_id(Graph([Node("p", "Topic", {"label": "P", "kind": "challenge"})]))["p"]
    assert (one["status"], one["faced_by"], one["overcome_by"], one["ask"]) == ("open", [], [], [])


def test_what_is_faced_is_a_problem_whatever_its_kind() -> None:
    graph = Graph(
        [Node("t", "Topic", {"label": "T", "kind": "field"}), Node("o", "Organisation", {"name": "O"})],
        [Relationship("FACES", "o", "t")],
    )
    assert by_id(graph)["t"]["status"] == "open"
    assert by_id(Graph([Node("t", "Topic", {"label": "T", "kind": "field"})])) == {}


def test_an_inventory_without_problems_says_so() -> None:
    assert problems(Graph())["why"]


def test_the_page_names_all_of_them_by_state() -> None:
    page = parsed(problems_page(problems(sample_graph(), "fr"), META))
    articles = page.all("article")
    assert len(articles) == 43
    assert [one.text for one in page.all("h2")][:3] == [
        "Ouverts",
        "Surmontés par certains, affrontés par d'autres",
        "Surmontés",
    ]
    assert all("Qui interroger" in one.text or "ne nomme personne" in one.text for one in articles)
    notes = next(one for one in page.all("ol") if one.get("class") == "notes").all("li")
    assert "links.csv:354" in [one.text for one in notes]


def test_the_table_reads_back() -> None:
    found = problems(sample_graph())
    meta, rows = read_back(table_csv(problems_table(found), META))
    assert meta["table"] == "problems"
    assert [row["id"] for row in rows] == [one["id"] for one in found["problems"]]
    row = next(row for row in rows if row["id"] == "community-left-implicit")
    assert (row["status"], row["when"]) == ("Overcome", "1995")
    assert row["overcome_by_ids"] == "international-cooperative-alliance"
