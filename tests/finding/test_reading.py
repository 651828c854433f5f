from __future__ import annotations

import pytest

from cocommuns_graph.finding import Finder
from cocommuns_graph.finding.answers import TopicMatch
from cocommuns_graph.model import Graph
from tests.finding.graphs import organisation, topic

GLOSSARY = Graph(
    [
        topic(
            "unions",
            "Trade unions",
            label_en="Trade unions",
            label_fr="Syndicats",
            label_de="Gewerkschaften",
            aliases_en=["labour unions", "TU"],
        ),
        topic("sse", "Social and solidarity economy (SSE)", label_fr="Économie sociale et solidaire"),
        topic("platform", "Platform cooperatives", label_de="Plattform-Genossenschaft"),
        topic("coop", "Cooperatives", label_de="Genossenschaft", label_es="Cooperativas"),
        topic("p2p", "Peer-to-peer"),
        topic("it", "IT", definition="Computers."),
        topic("oikos", "Ökologie"),
        topic("autonomy-a", "Autonomy", definition="Of a cooperative from the state."),
        topic("autonomy-b", "Autonomy", context=["union"]),
        topic("ethics", "AI, ethics and society"),
        topic("plain", "Commons", label_en="Commons"),
        topic("rights", "Labour law", label_de="Arbeitsrecht"),
        topic("housing", "Bostad", label_sv="Bostadsförening"),
        topic("ubi", "UBI"),
        topic("vote", "One person one vote"),
        organisation("etuc", "European Trade Union Confederation", aliases=["ETUC"]),
    ]
)
FINDER = Finder(GLOSSARY)


def topics(text: str) -> list[TopicMatch]:
    return list(FINDER.find(text).topics)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trade unions", {"unions"}),
        ("TRADE-UNION", {"unions"}),
        ("syndicat", {"unions"}),
        ("Gewerkschaft", {"unions"}),
        ("the labour union movement", {"unions"}),
        ("Social and solidarity economy", {"sse"}),
        ("SSE", {"sse"}),
        ("economie sociale et solidaire", {"sse"}),
        ("économies sociales solidaires", {"sse"}),
        ("Plattformgenossenschaften", {"platform"}),
        ("Plattform Genossenschaft", {"platform"}),
        ("platform co-operatives", {"platform"}),
        ("platform cooperatives and unions of trade", {"platform"}),
        ("cooperatives of a platform", {"coop"}),
        ("cooperatives, platform", {"coop"}),
        ("peertopeer", {"p2p"}),
        ("peer to peer", {"p2p"}),
        ("Oekologie", {"oikos"}),
        ("okologie", {"oikos"}),
        ("we work in IT", {"it"}),
        ("is it about work?", set()),
        ("AI, ethics and society", {"ethics"}),
        ("syndicats; cooperativa", {"unions", "coop"}),
        ("Kennt jemand Genossenschaften?", {"coop"}),
        ("platfrom coopertives", {"platform"}),
        ("tarde unions", {"unions"}),
        ("TU", {"unions"}),
        ("tu", {"unions"}),
        ("Gewerkschaftsgenossenschaft", {"unions", "coop"}),
        ("Gewerkschaften- und Genossenschaftsrecht", {"unions", "coop"}),
        ("Genossenschaftsberatung", {"coop"}),
        ("wir suchen Beratung zur Arbeitsrechtsfrage", {"rights"}),
        ("bostadsföreningarna i Malmö", {"housing"}),
        ("Universal Basic Income", {"ubi"}),
        ("who knows about Universal Basic Income here?", {"ubi"}),
        ("our unions became irritated", set()),
        ("U.B.I.", {"ubi"}),
        ("OPOV", {"vote"}),
        ("the opov", set()),
        ("a vote of one person", set()),
        ("d’économie sociale et solidaire", {"sse"}),
        ("« syndicats »", {"unions"}),
        ("'syndicat'", {"unions"}),
        ("‘Peer‑to‑peer’", {"p2p"}),
        ("tradeunions", {"unions"}),
        ("trade uni ons", {"unions"}),
        ("socail and solidarty economy", {"sse"}),
        ("yndicats", {"unions"}),
        ("Eco\u0301nomie sociale et solidaire", {"sse"}),
        ("2016 1.000 % § 42", set()),
        ("", set()),
        ("?!", set()),
        ("quantum chromodynamics", set()),
    ],
)
def test_topics_are_met_however_they_are_written(text: str, expected: set[str]) -> None:
    assert {match.id for match in topics(text)} == expected


@pytest.mark.parametrize(
    "text", ["conditions", "court", "quand", "working", "between", "chaque", "unicorns", "commas"]
)
def test_a_real_word_is_not_taken_for_a_slip(text: str) -> None:
    found = FINDER.find(text)
    assert (found.topics, "read as" in found.why) == ((), False)


def test_the_likelier_of_two_slips_is_taken() -> None:
    finder = Finder(Graph([topic("belgium", "België"), topic("belize", "Belize")]))
    assert [match.id for match in finder.find("belzie").topics] == ["belize"]


def test_the_term_met_and_its_language_are_shown() -> None:
    (match,) = topics("syndicats")
    assert (match.label, match.matched, match.language, match.how) == (
        "Trade unions",
        "Syndicats",
        "fr",
        "as written",
    )
    assert FINDER.find("syndicats").as_dict()["topics"] == [
        {
            "id": "unions",
            "label": "Trade unions",
            "matched": "Syndicats",
            "language": "fr",
            "asked": "syndicats",
            "how": "as written",
        }
    ]


def test_a_plain_label_has_the_language_of_its_equal_else_none() -> None:
    assert topics("commons")[0].language == "en"
    assert topics("peer-to-peer")[0].language is None


def test_a_misspelling_is_said_aloud() -> None:
    answer = FINDER.find("cooperatifes")
    assert answer.topics[0].how.startswith("read as “")
    assert "“cooperatifes” was read as “" in answer.why


def test_a_homonym_asks_which_with_the_definitions() -> None:
    answer = FINDER.find("autonomy")
    assert {match.id for match in answer.topics} == {"autonomy-a", "autonomy-b"}
    assert "which one is meant?" in answer.why
    assert "autonomy-a" in answer.why
    assert "Of a cooperative from the state" in answer.why
    assert "as used by union" in answer.why


def test_the_id_that_an_answer_shows_chooses_the_meaning() -> None:
    answer = FINDER.find("who knows about [autonomy-b]?")
    assert [match.id for match in answer.topics] == ["autonomy-b"]
    assert "which one is meant?" not in answer.why
    assert [match.language for match in FINDER.find("commons").topics] == ["en"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("l’économie  sociale\net solidaire", "économie sociale et solidaire"),
        ("«labour-union» news", "labour-union"),
        ("peer" + " " * 500 + "to peer", "peer to peer"),
        ("trade\u200b unions", "trade unions"),
    ],
)
def test_what_was_asked_is_shown_as_it_was_written(text: str, asked: str) -> None:
    assert [match.asked for match in topics(text)] == [asked]


def test_what_is_unknown_is_named_with_the_nearest_topics() -> None:
    answer = FINDER.find("ecologically")
    assert answer.results == ()
    assert "“ecologically”" in answer.why
    assert "Nothing here has" in answer.why
    assert "Ökologie" in answer.why


def test_nothing_asked() -> None:
    assert FINDER.find(" ").why == "Nothing was asked; write a topic, a name or a sentence."
