"""The sample inventory says what the report says, where it says it, in words of its own."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from cocommuns_graph.model import MODEL, SECTORS, fold, join_key
from cocommuns_graph.model.kinds import split_cell
from tests.shared import shared_path

FOLDER = Path(__file__).resolve().parents[2] / "sample_data"
REPORT = "deep-dive-report.txt"
LABELS = {
    "organisations": "Organisation",
    "experts": "Expert",
    "topics": "Topic",
    "initiatives": "Initiative",
}
TABLES = (*LABELS, "links")
LANGUAGES = ("en", "fr", "es", "it", "de")
SOURCE = ("source", "source_line", "source_words")
COPIED = 8
Row = dict[str, str]

# What the list of participants says: line, person, structures.
PARTICIPANTS = {
    "nicole-alix": (347, {"la-coop-des-communs"}),
    "bruno-carballa": (348, {"dimmons", "commons-network"}),
    "guillaume-compain": (349, {"la-coop-des-communs"}),
    "pat-conaty": (350, {"co-operatives-uk"}),
    "louis-cousin": (351, {"cooperatives-europe"}),
    "sarah-de-heusch": (352, {"smart"}),
    "lieza-dessain": (353, {"smart"}),
    "hyungsik-eum": (354, {"cecop-cicopa-europe"}),
    "erdmuthe-klaer": (355, {"reves"}),
    "julien-lecaille": (356, {"la-coop-des-communs"}),
    "alex-pazaitis": (357, {"p2p-foundation", "p2p-lab"}),
    "bruno-roelants": (358, {"cecop-cicopa-europe"}),
    "alison-tate": (359, {"ituc"}),
    "stacco-troncoso": (360, {"p2p-foundation"}),
    "thiebaut-weber": (361, {"etuc"}),
}
# Named without anything said of a tie to another record.
UNTIED = {"european-commission", "podemos"}
# Every town the report names has to be found: as a municipality that acts or as somebody's place.
TOWNS = {
    "Barcelona": "ES",
    "Berlin": "DE",
    "Brescia": "IT",
    "Brussels": "BE",
    "Lille": "FR",
    "London": "GB",
    "Messina": "IT",
    "Tournai": "BE",
}
COUNTRIES_SAID = {
    "co-operatives-uk": "GB",
    "british-community-land-trusts": "GB",
    "mondragon": "ES",
    "social-policies-in-poland": "PL",
    "french-law-on-social-enterprises": "FR",
    "fight-for-15": "US",
    "civil-rights-movement": "US",
}
# Proper names of the report that must be a record's name or alias.
NAMED = """
    SMart; Confrontation Europe; P2P Foundation; CECOP-CICOPA Europe; CECOP; Ouishare; P2P Lab; Mondragon; ICA
    La Coop des Communs; European Economic and Social Council; EESC; Social Economy Europe; CEP-CMAF
    European Council; European Parliament; European Commission; ILO; ETUC; ITUC; REVES; Reves Network
    Co-operatives UK; Cooperatives Europe; Dimmons; IGOP; Commons Network; Barcelona en Comu; Podemos; Uber
    AirBnb; POP; Commons Assembly of Lille; Pfefferwerk Foundation; Community Foundation in Messina; Brescia
    Barcelona; Communecter; La Comunificadora; Procomuns; Fight for 15; Civil Rights Movement; Wikipedia; TSR
    Territorial Social Responsability; Social Services Charters; Peer Production License; Co-Communs
    General Political License; Legal Service for Commons; Le Temps des Communs; Co-Construire
    David Bollier; Guy Standing; Ostrom; Bruno Roleants; Sarah De Heusch
"""


@cache
def table(name: str) -> tuple[Row, ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def labels() -> dict[str, str]:
    return {row["id"]: label for name, label in LABELS.items() for row in table(name)}


@cache
def report() -> tuple[str, ...]:
    return tuple(shared_path(f"report/{REPORT}").read_text(encoding="utf-8").splitlines())


def links(*types: str) -> list[Row]:
    return [row for row in table("links") if row["type"] in types]


def topic(id_: str) -> Row:
    return next(row for row in table("topics") if row["id"] == id_)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def terms(row: Row, language: str) -> set[str]:
    """What a topic is called in a language, folded; names of no language count in each."""
    cells = [row[f"label_{language}"], *split_cell(row[f"aliases_{language}"]), *split_cell(row["aliases"])]
    return {fold(cell) for cell in cells if cell}


def cells() -> list[tuple[str, int, str, str]]:
    return [
        (name, line, column, value)
        for name in TABLES
        for line, row in enumerate(table(name), start=2)
        for column, value in row.items()
        if value
    ]


def test_files_are_plain_utf8_tables_without_byte_order_mark() -> None:
    for name in TABLES:
        raw = (FOLDER / f"{name}.csv").read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        assert raw.decode("utf-8").endswith("\n")
        width = len(next(csv.reader(raw.decode("utf-8").splitlines())))
        assert {len(row) for row in csv.reader(raw.decode("utf-8").splitlines())} == {width}


def test_columns_are_properties_of_the_model() -> None:
    for name, label in LABELS.items():
        declared = MODEL.node(label)
        for column in table(name)[0]:
            assert column in SOURCE or declared.property(column), f"{name}: {column}"
    known = {column for type_ in MODEL.types for column in MODEL.relationship(type_).by_name}
    assert set(table("links")[0]) <= {"from", "type", "to", *SOURCE} | known


def test_values_are_accepted_and_stored_as_they_stand() -> None:
    for name, label in LABELS.items():
        for row in table(name):
            for column, value in row.items():
                declared = MODEL.node(label).property(column)
                if not value or declared is None:
                    continue
                cleaned = declared.kind.clean(value)
                shown = cleaned if not isinstance(cleaned, list) else "|".join(map(str, cleaned))
                assert str(shown) == value, f"{name} {row['id']} {column}"


def test_required_cells_are_filled() -> None:
    for name, label in LABELS.items():
        required = [declared.name for declared in MODEL.node(label).properties if declared.required]
        for row in table(name):
            assert all(row[column] for column in required), f"{name}: {row['id'] or row}"
    for row in table("topics"):
        assert row["kind"]
        assert row["definition"]
        assert row["label"] == row["label_en"]


def test_ids_are_plain_and_unique_across_all_tables() -> None:
    ids = [row["id"] for name in LABELS for row in table(name)]
    assert [id_ for id_, count in Counter(ids).items() if count > 1] == []
    assert [id_ for id_ in ids if id_ != fold(id_)] == []


@pytest.mark.parametrize("name", TABLES)
def test_each_row_is_found_in_the_report_at_its_line(name: str) -> None:
    for line, row in enumerate(table(name), start=2):
        where = f"{name}.csv:{line}"
        assert row["source"] == REPORT, where
        cited = report()[int(row["source_line"]) - 1]
        assert row["source_words"].strip(), where
        assert row["source_words"] in cited, f"{where}: {row['source_words']!r} is not in {cited[:80]!r}"
        assert len(words(row["source_words"])) <= COPIED, where


def test_no_run_of_eight_words_is_copied() -> None:
    report_runs = runs(" ".join(report()), COPIED)
    copied = [
        (name, line, column, value)
        for name, line, column, value in cells()
        if column != "source_words" and runs(value, COPIED) & report_runs
    ]
    assert copied == []


def test_every_link_joins_labels_its_type_allows() -> None:
    for line, row in enumerate(table("links"), start=2):
        declared = MODEL.relationship(row["type"])
        assert labels().get(row["from"]) in declared.starts, f"links.csv:{line} {row['from']}"
        assert labels().get(row["to"]) in declared.ends, f"links.csv:{line} {row['to']}"
        for column, value in row.items():
            if value and column not in ("from", "type", "to", *SOURCE):
                found = declared.property(column)
                assert found is not None, f"links.csv:{line}: {row['type']} has no {column}"
                assert str(found.kind.clean(value)) == value, f"links.csv:{line}"


def test_no_link_is_given_twice() -> None:
    identities = Counter(
        (
            row["from"],
            row["type"],
            row["to"],
            join_key(row[key] or None for key in MODEL.relationship(row["type"]).keys),
        )
        for row in table("links")
    )
    assert [identity for identity, count in identities.items() if count > 1] == []


def test_a_tie_read_both_ways_is_entered_once() -> None:
    pairs = Counter(
        (row["type"], row["kind"], *sorted((row["from"], row["to"])))
        for row in table("links")
        if not MODEL.relationship(row["type"]).directed
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert [row for row in table("links") if row["from"] == row["to"]] == []


def test_two_topics_are_either_broader_or_related() -> None:
    pairs = Counter(frozenset((row["from"], row["to"])) for row in links("BROADER", "RELATED"))
    assert [sorted(pair) for pair, count in pairs.items() if count > 1] == []


def test_broader_topics_make_no_circle() -> None:
    above = defaultdict(set)
    for row in links("BROADER"):
        above[row["from"]].add(row["to"])
    for start in list(above):
        reached: set[str] = set()
        waiting = list(above[start])
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting.extend(above.get(here, ()))
        assert start not in reached


def test_challenges_are_faced_or_solved_and_nothing_else_is() -> None:
    kinds = {row["id"]: row["kind"] for row in table("topics")}
    faced = {row["to"] for row in links("FACES", "SOLVED")}
    assert faced == {id_ for id_, kind in kinds.items() if kind == "challenge"}
    assert all(row["how"] for row in links("SOLVED"))
    assert all(row["statement"] and row["stance"] for row in links("POSITION_ON"))
    assert all(row["evidence"] for row in links("EXPERT_IN", "WORKS_ON"))
    assert all(row["mode"] for row in links("WORKS_ON"))


def test_records_without_a_link_are_the_few_known_ones() -> None:
    tied = {row[end] for row in table("links") for end in ("from", "to")}
    assert set(labels()) - tied == UNTIED


@pytest.mark.parametrize("person", PARTICIPANTS)
def test_participants_are_there_with_their_structures(person: str) -> None:
    line, structures = PARTICIPANTS[person]
    affiliations = {row["to"] for row in links("AFFILIATED_WITH") if row["from"] == person}
    assert structures <= affiliations
    at_the_list = {
        row["to"]
        for row in links("AFFILIATED_WITH")
        if row["from"] == person and row["source_line"] == str(line)
    }
    assert at_the_list == structures
    [row] = [row for row in table("experts") if row["id"] == person]
    assert any(fold(name) in fold(report()[line - 1]) for name in (row["name"], *split_cell(row["aliases"])))
    took_part = {
        link["role"]
        for link in links("TAKES_PART_IN")
        if link["from"] == person and link["to"] == "deep-dive-encounter"
    }
    assert "participant" in took_part


def test_the_list_of_participants_is_complete() -> None:
    assert [line for line, text in enumerate(report(), start=1) if 347 <= line <= 361 and text.strip()] == [
        line for line, _ in PARTICIPANTS.values()
    ]


def test_people_are_public_and_carry_no_contact() -> None:
    for row in table("experts"):
        assert row["visibility"] == "public"
        assert not row["contact"]
        assert not row["orcid"]


def test_nothing_the_report_does_not_say_is_filled_in() -> None:
    assert not any(
        row[column]
        for row in table("organisations")
        for column in ("latitude", "longitude", "languages", "website")
    )
    assert not any(row[column] for row in table("experts") for column in ("country", "languages", "website"))
    assert not any(row["website"] for row in table("initiatives"))
    assert not any(row["level"] or row["urgency"] or row["weight"] for row in table("links"))


def test_a_country_is_that_of_the_place_or_said_by_the_report() -> None:
    rows = [*table("organisations"), *table("initiatives")]
    towns = {"near Brussels": "BE", **TOWNS}
    for row in rows:
        if row["place"]:
            assert row["country"] == towns[row["place"]], row["id"]
        else:
            assert row["country"] == COUNTRIES_SAID.get(row["id"], ""), row["id"]


def test_dates_are_the_report_s() -> None:
    dated = {row["id"]: (row["start"], row["end"]) for row in table("initiatives") if row["start"]}
    assert dated == {
        "fair-sharing-economy-conference": ("2016-12-05", "2016-12-05"),
        "deep-dive-encounter": ("2017-07-11", "2017-07-12"),
        "co-communs": ("2017-07", ""),
        "council-resolution-on-sse": ("2015", "2015"),
    }


def test_what_the_report_names_is_a_name_or_alias() -> None:
    known = {
        fold(name)
        for table_name in ("organisations", "experts", "initiatives")
        for row in table(table_name)
        for name in (row["name"], *split_cell(row["aliases"]))
    }
    wanted = [name.strip() for line in NAMED.splitlines() for name in line.split(";") if name.strip()]
    assert [name for name in wanted if fold(name) not in known] == []


def test_actors_and_initiatives_do_not_share_a_name() -> None:
    owners = defaultdict(set)
    for name in ("organisations", "experts", "initiatives"):
        for row in table(name):
            for called in (row["name"], *split_cell(row["aliases"])):
                owners[fold(called)].add(row["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("town", TOWNS)
def test_each_town_is_a_municipality_or_a_place(town: str) -> None:
    rows = [*table("organisations"), *table("initiatives")]
    assert any(
        town in row["place"] or (row.get("sector") == "city" and town in row["name"]) for row in rows
    ), town


def test_sectors_are_families_of_the_model() -> None:
    assert {row["sector"] for row in table("organisations")} - {""} <= set(SECTORS)
    assert {context for row in table("topics") for context in split_cell(row["context"])} <= set(SECTORS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_of_two_topics_is_a_homonym_that_families_use_differently(language: str) -> None:
    owners: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table("topics"):
        for term in terms(row, language):
            owners[term].append(row)
    for term, rows in owners.items():
        if len(rows) == 1:
            continue
        assert len({fold(row["label"]) for row in rows}) == 1, f"{term}: {[row['id'] for row in rows]}"
        contexts = [set(split_cell(row["context"])) for row in rows]
        assert all(contexts), term
        assert sum(len(context) for context in contexts) == len(set().union(*contexts)), term


def test_a_word_of_one_language_is_no_other_topic_in_another() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("topics"):
        for language in LANGUAGES:
            for term in terms(row, language):
                owners[term].add(fold(row["label"]))
    assert {term: found for term, found in owners.items() if len(found) > 1} == {}


def test_an_alias_says_more_than_the_label() -> None:
    for row in table("topics"):
        for language in LANGUAGES:
            aliases = [fold(alias) for alias in split_cell(row[f"aliases_{language}"])]
            assert fold(row[f"label_{language}"]) not in aliases, f"{row['id']} {language}"
            assert len(set(aliases)) == len(aliases), f"{row['id']} {language}"


def test_words_that_mean_different_things_to_families_are_several_topics() -> None:
    families = defaultdict(set)
    for row in table("topics"):
        families[row["label"]].add(row["context"])
    homonyms = {label: contexts for label, contexts in families.items() if len(contexts) > 1}
    shared = Counter(row["label"] for row in table("topics"))
    assert {label for label, count in shared.items() if count > 1} == set(homonyms)
    assert {"Openness", "Community", "Autonomy", "Work"} <= set(homonyms)
    assert {"cooperative", "union"} <= set(homonyms["Autonomy"])


@pytest.mark.parametrize(
    ("id_", "called"),
    [
        ("trade-unions", ("Trade unions", "Syndicats", "Sindicatos", "Sindacati", "Gewerkschaften")),
        ("cooperatives", ("Cooperatives", "Coopératives", "Cooperativas", "Cooperative", "Genossenschaften")),
        ("decent-work", ("Decent work", "Travail décent", "Trabajo decente", "Lavoro dignitoso", None)),
        ("common-good", ("Common good", "Bien commun", "Bien común", "Bene comune", "Gemeinwohl")),
    ],
)
def test_usual_terms_in_five_languages(id_: str, called: tuple[str | None, ...]) -> None:
    row = topic(id_)
    for language, term in zip(LANGUAGES, called, strict=True):
        assert term is None or row[f"label_{language}"] == term


def test_abbreviations_lead_to_their_topic() -> None:
    for term, language, id_ in (
        ("ESS", "fr", "social-and-solidarity-economy"),
        ("SSE", "en", "social-and-solidarity-economy"),
        ("SCIC", "fr", "scic"),
        ("UBI", "en", "universal-basic-income"),
        ("BGE", "de", "universal-basic-income"),
        ("P2P", "it", "peer-to-peer"),
    ):
        assert fold(term) in terms(topic(id_), language), term


def test_presenters_are_experts_in_what_they_presented() -> None:
    presenters = {
        row["from"]
        for row in links("TAKES_PART_IN")
        if row["to"] == "deep-dive-encounter" and row["role"] == "presenter"
    }
    cited = {row["from"] for row in links("EXPERT_IN")}
    assert len(presenters) == 10
    assert cited - presenters == {"david-bollier", "guy-standing", "elinor-ostrom"}
    assert presenters <= cited


def test_trade_unions_were_presented_by_three_people() -> None:
    experts = {row["from"] for row in links("EXPERT_IN") if row["to"] == "trade-unions"}
    assert experts == {"thiebaut-weber", "alison-tate", "pat-conaty"}
    unions = {row["id"] for row in table("organisations") if row["sector"] == "union"}
    assert {row["from"] for row in links("AFFILIATED_WITH") if row["to"] in unions} == {
        "thiebaut-weber",
        "alison-tate",
    }


def test_every_social_mission_is_somebody_s_position() -> None:
    spoken = [
        line
        for line, text in enumerate(report(), start=1)
        if re.match(r"\w+( [A-Z]\.)?: ", text) and line > 365
    ]
    assert len(spoken) == 13
    entered = {int(row["source_line"]) for row in links("POSITION_ON")}
    bruno_roelants = 383  # his sentence goes on in the three lines of a list
    assert set(spoken) - {bruno_roelants} <= entered
    assert {385, 386, 387} <= entered


def test_homonymous_first_names_are_kept_apart() -> None:
    at = {int(row["source_line"]): row["from"] for row in links("POSITION_ON")}
    assert at[391] == "bruno-carballa"
    assert {at[385], at[386], at[387]} == {"bruno-roelants"}
