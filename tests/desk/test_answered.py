"""Named queries as forms, and their answers in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph import questions, shipped
from cocommuns_graph.desk import answered, asking
from cocommuns_graph.questions import Question
from cocommuns_graph.wording import wording
from tests.sample_graph import sample_graph

EN, FR = wording("en"), wording("fr")
QUERY = """\
// title: Which of all kinds?
// explanation: One parameter of each kind.
// parameter: topic (topic, required) The topic.
// parameter: anybody (id, optional) Anybody.
// parameter: family (Organisation.sector, required) The family.
// parameter: country (country, optional) Where.
// parameter: since (date, default 2016-12) From when.
// parameter: most (integer, default 5) How many.
// parameter: share (number, optional) What share.
// parameter: sure (boolean, default no) Only sure ones.
// parameter: word (text, optional) A word.
// column: how (WORKS_ON.mode) how
// column_fr: how comment
// column: first (date) first day
MATCH (t:Topic {id: $topic})<-[w:WORKS_ON]-(o:Organisation)
WHERE o.sector = $family AND ($country IS NULL OR o.country = $country)
  AND ($anybody IS NULL OR o.id = $anybody)
  AND ($word IS NULL OR o.name CONTAINS $word) AND o.confirmed_on >= $since AND $share IS NULL AND $sure
RETURN 'Organisation' AS type, o.name AS name, o.country AS country, o.sector AS sector, w.mode AS how,
       o.confirmed_on AS first, o.languages AS languages, 3 AS in_all, o.id AS id, t.id AS topic_id
ORDER BY name LIMIT $most
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    (tmp_path / "all-kinds.cypher").write_text(QUERY, encoding="utf-8")
    return questions.load(tmp_path)["all-kinds"]


def test_a_form_has_a_field_for_each_parameter_by_its_type(question: Question) -> None:
    form = answered.form(question, FR)
    assert (form["name"], form["role"]) == ("all-kinds", "stewards")
    fields = {one["name"]: one for one in form["parameters"]}
    assert {name: one["input"] for name, one in fields.items()} == {
        "topic": "record",
        "anybody": "record",
        "family": "choice",
        "country": "country",
        "since": "date",
        "most": "integer",
        "share": "number",
        "sure": "choice",
        "word": "text",
    }
    assert (fields["topic"]["label"], fields["anybody"]["label"]) == ("Topic", "")
    assert {"value": "union", "word": "syndicat"} in fields["family"]["choices"]
    assert [fields[name]["default"] for name in ("since", "most", "sure", "share")] == [
        "2016-12",
        "5",
        "no",
        "",
    ]
    assert (fields["topic"]["required"], fields["most"]["required"]) == (True, False)
    assert fields["most"]["words"] == "How many"


def answer(question: Question, *rows: list[Any]) -> dict[str, Any]:
    return {"query": question.name, "columns": question.columns, "rows": list(rows)}


def test_an_answer_is_told_in_words_and_its_ids_are_records(question: Question) -> None:
    row = [
        "Organisation",
        "etuc",
        "BE",
        "union",
        "offers",
        "2016-12",
        ["fr", "nl"],
        3,
        "etuc",
        "trade-unions",
    ]
    told = answered.table(question, answer(question, row), sample_graph(), FR)
    assert [column["words"] for column in told["columns"]] == [
        "type",
        "nom",
        "pays",
        "secteur",
        "comment",
        "first day",
        "langues",
        "in all",
    ]
    (shown,) = told["rows"]
    assert shown["cells"] == [
        "organisation",
        "etuc",
        "Belgique",
        "syndicat",
        "propose",
        "décembre 2016",
        "français, néerlandais",
        3,
    ]
    assert [one["id"] for one in shown["records"]] == ["etuc", "trade-unions"]
    assert shown["records"][0]["name"] == "European Trade Union Confederation"


def test_records_nobody_may_see_and_empty_ids_are_left_out(question: Question) -> None:
    row = [None, "x", None, "no-sector", "strange", None, None, None, "hidden", None]
    (shown,) = answered.table(question, answer(question, row), sample_graph(), EN)["rows"]
    assert shown["records"] == []
    assert shown["cells"] == [None, "x", None, "no-sector", "strange", None, None, None]


def test_names_are_never_translated(question: Question) -> None:
    row = ["Expert", "network", "BE", "network", "works", "", [], 0, "etuc", ""]
    (shown,) = answered.table(question, answer(question, row), sample_graph(), FR)["rows"]
    assert shown["cells"][1] == "network"
    assert shown["cells"][3] == "réseau"


def test_every_shipped_question_has_a_form_in_french_with_every_column_in_words() -> None:
    for question in questions.load(shipped.folder("queries")).values():
        form = answered.form(question, FR)
        assert form["title"] != question.title.en
        assert all(
            one["words"] != english["words"]
            for one, english in zip(
                form["parameters"], answered.form(question, EN)["parameters"], strict=True
            )
        )
        for name in question.columns:
            words = answered.table(question, answer(question), sample_graph(), FR)["columns"]
            assert all("_" not in one["words"] for one in words), name


def test_a_query_file_that_comes_or_changes_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "folder", lambda name: tmp_path)
    path = tmp_path / "first.cypher"
    path.write_text(QUERY, encoding="utf-8")
    assert list(asking.all_questions()) == ["first"]
    (tmp_path / "second.cypher").write_text(QUERY.replace("Which", "What"), encoding="utf-8")
    assert list(asking.all_questions()) == ["first", "second"]
    path.write_text(QUERY.replace("Which of all", "Who of all the"), encoding="utf-8")
    assert asking.all_questions()["first"].title.en == "Who of all the kinds?"
    path.unlink()
    assert list(asking.all_questions()) == ["second"]
