"""Query files: what a header may say, and every mistake named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph import questions, shipped
from cocommuns_graph.model import COORDINATOR, MEMBER, STEWARD, VISITOR, Visibility
from cocommuns_graph.model.errors import InvalidQuery
from cocommuns_graph.questions.tokens import tokens

GOOD = """\
// title: Who is in a country?
// title_fr: Qui est dans un pays ?
// explanation: The people
//   of one country.
// role: visitor
// parameter: country (country, required) Which country.
// parameter_fr: country Quel pays.
// parameter: limit (integer, default 5) How many at most.

MATCH (e:Expert)
WHERE e.visibility IN $visible AND e.country = $country
RETURN e.name AS name ORDER BY name LIMIT $limit
"""


def loaded(tmp_path: Path, text: str, name: str = "who.cypher") -> questions.Question:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return questions.load(tmp_path)[name.removesuffix(".cypher")]


def refused(tmp_path: Path, text: str, name: str = "who.cypher") -> str:
    with pytest.raises(InvalidQuery) as raised:
        loaded(tmp_path, text, name)
    return str(raised.value)


def test_a_header_gives_words_role_and_typed_parameters(tmp_path: Path) -> None:
    question = loaded(tmp_path, GOOD)
    assert question.name == "who"
    assert (question.title.en, question.title.fr) == ("Who is in a country?", "Qui est dans un pays ?")
    assert question.explanation.en == "The people of one country."
    assert question.explanation.fr == question.explanation.en
    assert question.role is Visibility.PUBLIC
    country, limit = question.parameters
    assert (country.name, country.type, country.required, country.default) == (
        "country",
        "country",
        True,
        None,
    )
    assert country.description.fr == "Quel pays."
    assert (limit.required, limit.default) == (False, 5)
    assert question.statement.startswith("MATCH (e:Expert")
    assert question.may_be_asked_by(VISITOR)


def test_without_a_role_a_query_is_for_stewards(tmp_path: Path) -> None:
    question = loaded(tmp_path, GOOD.replace("// role: visitor\n", ""))
    assert [question.may_be_asked_by(viewer) for viewer in (MEMBER, COORDINATOR, STEWARD)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("// title: Who is in a country?\n", "", "who.cypher:1: there is no title"),
        ("// explanation: The people\n//   of one country.\n", "", "there is no explanation"),
        ("// role: visitor", "// role: king", "who.cypher:5: 'king' is no role"),
        ("// role: visitor", "// colour: red", "who.cypher:5: 'colour' is no entry of a header"),
        ("// role: visitor", "// role: visitor\n// role: member", "who.cypher:6: role is given twice"),
        ("// role: visitor", "// role: visitor\n// something else", "who.cypher:6: this line of the header"),
        ("(country, required)", "(land, required)", "who.cypher:6: 'land' is no type"),
        ("(country, required)", "(country, perhaps)", "who.cypher:6: 'perhaps' is not accepted"),
        ("(country, required) Which country.", "", "who.cypher:6: write `// parameter: NAME"),
        ("default 5", "default five", "who.cypher:8: the default does not fit: 'five'"),
        ("// parameter_fr: country", "// parameter_fr: land", "who.cypher:7: 'land' is described in French"),
        ("// parameter: limit", "// parameter: country", "who.cypher:8: the parameter country is"),
        (GOOD.splitlines()[7] + "\n", "", "$limit is used and not declared"),
        (" LIMIT $limit", "", "the parameter limit is declared and not used"),
        ("// parameter: limit", "// parameter: visible", "visible is given by the store"),
        ("e:Expert", "e:Person", "who.cypher:10: 'Person' is no label"),
        ("e.name", "e.surname", "who.cypher:12: Expert has no property 'surname'"),
        ("e.name", "e.sector", "who.cypher:12: Expert has no property 'sector'"),
        ("e.country = $country", "e.land = $country", "who.cypher:11: Expert has no property 'land'"),
        ("(e:Expert)", "(e:Expert {country: $country})", "who.cypher:10: a record may keep country for"),
        ("e.country =", "head(collect(e)).country =", "who.cypher:11: .country is read of no variable"),
        ("e.name AS name", "e {.place} AS name", "who.cypher:12: .place is read of no variable"),
        ("WHERE", "MATCH (e)-[:KNOWS]->(e) WHERE", "'KNOWS' is no relationship type"),
        ("e.visibility IN $visible AND ", "", "must filter by $visible"),
        ("WHERE", "MATCH (o:Organisation) WHERE", "o is not filtered"),
        ("WHERE", "MATCH (:Organisation)<--(e) WHERE", "a matched node has no name"),
        ("WHERE", "MATCH (e)-[:AFFILIATED_WITH*1..2]-(e) WHERE", "the nodes inside a path are not filtered"),
        ("e.name AS", "e.contact AS", "Expert.contact is for coordinators"),
        ("e.name AS", "properties(e) AS", "would show private properties"),
        ("e.name AS", "e {.*} AS", "would show private properties"),
        ("e.name AS", "e['contact'] AS", "may be a private one"),
        ("RETURN", "SET e.name = 'x' RETURN", "SET writes"),
        ("ORDER BY name", "", "add ORDER BY"),
        ("e.name AS name", "e.name", "who.cypher:12: a column has no name"),
        ("LIMIT $limit", "LIMIT $limit; MATCH (e) RETURN e", "there is a second statement"),
        (GOOD[GOOD.index("MATCH") :], "", "there is no statement below the header"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    assert expected in refused(tmp_path, GOOD.replace(old, new, 1))


def test_all_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.cypher").write_text(GOOD.replace("e.name", "e.surname"), encoding="utf-8")
    said = refused(tmp_path, GOOD.replace("e:Expert", "e:Person"), "b.cypher")
    assert "a.cypher:12:" in said
    assert "b.cypher:10:" in said
    assert "b.cypher:1: has the title of a.cypher" in said


def test_names_that_no_command_line_could_take_are_refused(tmp_path: Path) -> None:
    assert "the file's name must be lower-case" in refused(tmp_path, GOOD, "Who Is.cypher")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuery, match="cannot be read"):
        questions.load(tmp_path / "none")


def test_a_file_that_is_not_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.cypher").write_bytes(b"// title: \xff\xfe")
    with pytest.raises(InvalidQuery, match="not UTF-8"):
        questions.load(tmp_path)


def test_words_in_texts_and_comments_are_no_names(tmp_path: Path) -> None:
    text = GOOD.replace("RETURN", "// SET x.y :Nope\n AND e.name <> 'SET (a:Nope) $none' RETURN")
    assert loaded(tmp_path, text).name == "who"


def test_tokens_keep_ranges_apart_from_numbers() -> None:
    assert [token.text for token in tokens("[*1..3] 1.5 a.b")] == [
        "[", "*", "1", "..", "3", "]", "1.5", "a", ".", "b",
    ]  # fmt: skip


def test_the_columns_are_known_without_asking(tmp_path: Path) -> None:
    text = GOOD.replace(
        "e.name AS name", "CASE WHEN e.place IN ['a', 'b'] THEN 1 END AS here, e.name AS name"
    )
    assert loaded(tmp_path, text).columns == ["here", "name"]


TYPES = """\
// title: Types
// explanation: One parameter of each type.
// parameter: a (text, optional) A.
// parameter: b (number, optional) B.
// parameter: c (boolean, default no) C.
// parameter: d (date, optional) D.
// parameter: e (language, optional) E.
// parameter: f (Organisation.sector, optional) F.
// parameter: g (topic, optional) G.
// parameter: h (id, optional) H.
// parameter: i (integer, optional) I.
// parameter: j (Expert.languages, optional) J.
RETURN $a AS a, $b AS b, $c AS c, $d AS d, $e AS e, $f AS f, $g AS g, $h AS h, $i AS i, $j AS j ORDER BY a
"""


def test_text_becomes_the_type_that_was_declared(tmp_path: Path) -> None:
    question = loaded(tmp_path, TYPES)
    typed = {
        "a": "  two  words ", "b": "1,5", "c": "oui", "d": "2016-12", "e": "français", "f": "Union",
        "g": "topic-care", "h": "expert-ada", "i": "-7", "j": "Dutch",
    }  # fmt: skip
    assert question.bind(typed) == {
        "a": "two words", "b": 1.5, "c": True, "d": "2016-12", "e": "fr", "f": "union", "g": "topic-care",
        "h": "expert-ada", "i": -7, "j": "nl",
    }  # fmt: skip
    assert question.bind({}) == dict.fromkeys("abdefghij") | {"c": False}


def test_each_wrong_value_gets_its_sentence(tmp_path: Path) -> None:
    question = loaded(tmp_path, TYPES)
    with pytest.raises(InvalidQuery) as raised:
        question.bind({"b": "many", "c": "maybe", "f": "club", "i": "1.5", "z": "1"})
    said = str(raised.value)
    assert "b: 'many' is not accepted; accepted: a number" in said
    assert "c: 'maybe' is not accepted; accepted: yes or no" in said
    assert "f: 'club' is not accepted; accepted: commons, cooperative" in said
    assert "i: '1.5' is not accepted; accepted: a whole number" in said
    assert "types has no parameter 'z'; it has a, b" in said.replace("who has", "types has")


def test_what_is_required_must_be_there(tmp_path: Path) -> None:
    question = loaded(tmp_path, GOOD)
    with pytest.raises(InvalidQuery, match="who needs country: a two-letter"):
        question.bind({"country": "  "})
    assert question.bind({"country": "Belgique"}) == {"country": "BE", "limit": 5}


def test_records_are_resolved_by_name_where_somebody_can(tmp_path: Path) -> None:
    asked: list[tuple[str, str | None]] = []

    def resolve(text: str, label: str | None) -> str:
        asked.append((text, label))
        return f"id-of-{text}"

    bound = loaded(tmp_path, TYPES).bind({"g": "Care work", "h": "Ada", "a": "plain"}, resolve)
    assert (bound["a"], bound["g"], bound["h"]) == ("plain", "id-of-Care work", "id-of-Ada")
    assert asked == [("Care work", "Topic"), ("Ada", None)]


def test_the_shipped_queries_are_sound() -> None:
    shipped_questions = questions.load(shipped.folder("queries"))
    assert len(shipped_questions) >= 6
    assert sum(bool(question.parameters) for question in shipped_questions.values()) >= 4
    for question in shipped_questions.values():
        assert question.title.fr != question.title.en
        assert question.explanation.fr != question.explanation.en
        assert all(p.description.fr != p.description.en for p in question.parameters)


COLUMNS = GOOD.replace("\n\nMATCH", "\n// column: name (Expert.name) who\n// column_fr: name qui\n\nMATCH")


def test_a_header_may_say_what_stands_above_a_column(tmp_path: Path) -> None:
    column = loaded(tmp_path, COLUMNS).described["name"]
    assert (column.words.en, column.words.fr) == ("who", "qui")
    assert column.kind is not None
    assert loaded(tmp_path, COLUMNS.replace("(Expert.name) ", "")).described["name"].kind is None
    assert loaded(tmp_path, GOOD).described == {}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("// column: nobody who", "the answer has no column 'nobody'; there are name"),
        ("// column: name (colour) who", "'colour' is no type"),
        ("// column: name", "write `// column: NAME what it is`"),
        ("// column_fr: name qui", "'name' is described in French only"),
        ("// column: name who\n// column: name what", "the column name is described twice"),
        ("// column: name who\n// column_fr: name", "write `// column_fr: NAME what it is in French`"),
    ],
)
def test_a_column_that_is_described_wrongly_is_named(tmp_path: Path, line: str, reason: str) -> None:
    assert reason in refused(tmp_path, GOOD.replace("\n\nMATCH", f"\n{line}\n\nMATCH"))
