"""Sheets to check an entry by: given out, mended, brought back; only what was changed counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph import importing
from cocommuns_graph.changes import Outcome
from cocommuns_graph.importing import as_csv, as_workbook, check_words, given_tables, words_in
from cocommuns_graph.model import MODEL, Graph, Node, Relationship
from cocommuns_graph.model.claims import Existing, LinkClaim, NodeClaim, Row
from cocommuns_graph.model.errors import InvalidValue, UnreadableFile
from cocommuns_graph.model.kinds import LINE, PROSE
from tests.changes.fake import Memory, plan

Rows = list[dict[str, Any]]


def filled(values: Mapping[str, Any] | None = None) -> Memory:
    """An organisation with one person, both linked to a topic."""
    memory = Memory()
    row = Row("first.csv:2", "first.csv", 2)
    row.nodes = [
        NodeClaim("Organisation", "open", {"name": "Open", "country": "BE", "languages": ["fr", "nl"],
                                           **(values or {})}),
        NodeClaim("Expert", "ada", {"name": "Ada", "role": "chair", "contact": ["ada@example.org"]}),
        NodeClaim("Topic", "law", {"label": "Law", "label_fr": "Droit"}),
    ]  # fmt: skip
    row.links = [
        LinkClaim("AFFILIATED_WITH", Existing("ada"), Existing("open"), {"role": "chair", "since": "2016"}),
        LinkClaim("EXPERT_IN", Existing("ada"), Existing("law"), {"level": 3}),
        LinkClaim("WORKS_ON", Existing("open"), Existing("law"), {"mode": "offers"}),
    ]
    plan(memory, [row])
    return memory


def graph_of(memory: Memory) -> Graph:
    nodes = [Node(i, memory.labels[i], dict(memory.values[i])) for i in sorted(memory.labels)]
    return Graph(nodes, [Relationship(t, s, e, k, dict(v)) for (s, t, e, k), v in memory.ties.items()])


def given_out(memory: Memory, folder: Path, form: str, language: str = "fr") -> Path:
    words = words_in(language)
    tables = given_tables(graph_of(memory), "open", words)
    if form == "xlsx":
        path = folder / "open.xlsx"
        path.write_bytes(as_workbook(tables, words))
        return path
    folder = folder / "open"
    folder.mkdir(exist_ok=True)
    for table in tables:
        (folder / f"{table.table}.csv").write_bytes(as_csv(table, words))
    return folder


def returned(memory: Memory, path: Path, unit: str = "back") -> tuple[Outcome, list[str]]:
    """What an import of it does, and every note."""
    reading = importing.read([path])
    outcome = plan(memory, reading.rows(), unit)
    problems = importing.report(reading, outcome)["problems"]
    return outcome, [problem["reason"] for problem in problems]


def mended(path: Path, table: str, mend: Callable[[Rows], Rows]) -> None:
    """Opens a csv of a sheet as a person would, by its headings, and saves it with semicolons as they do."""
    file = path / f"{table}.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    above = [line for line in lines if line.startswith("# ")]
    rows = list(csv.DictReader(lines[len(above) :]))
    columns = next(csv.reader(lines[len(above) :]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=";")
    writer.writeheader()
    writer.writerows(mend(rows))
    file.write_text("\n".join(f"{line};;;" for line in above) + "\n" + text.getvalue(), encoding="utf-8-sig")


def changing(**cells: str) -> Callable[[Rows], Rows]:
    return lambda rows: [{**row, **cells} for row in rows]


def content(memory: Memory) -> object:
    return {**memory.values}, {**memory.ties}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", list(check_words()))
def test_an_untouched_sheet_changes_nothing(tmp_path: Path, form: str, language: str) -> None:
    memory = filled()
    before = repr(content(memory))
    outcome, notes = returned(memory, given_out(memory, tmp_path, form, language))
    assert [vars(counts) for counts in outcome.verdicts.values()] == [
        {"created": 0, "updated": 0, "unchanged": rows, "rejected": 0} for rows in (1, 1, 3)
    ]
    assert notes == []
    assert repr(content(memory)) == before


def test_a_date_confirms_and_a_changed_cell_updates_and_both_name_the_sheet(tmp_path: Path) -> None:
    memory = filled()
    path = given_out(memory, tmp_path, "csv")
    mended(
        path,
        "organisations",
        changing(lieu="Gand", langues="français|anglais", **{"confirmé le": "2026-11-20"}),
    )
    mended(path, "experts", changing(**{"confirmé le": "2026-11-21"}))
    outcome, notes = returned(memory, path)
    assert notes == []
    assert (outcome.nodes.updated, outcome.relationships.updated) == (2, 0)
    organisation = memory.values["open"]
    assert organisation["place"] == "Gand"
    assert organisation["languages"] == ["fr", "en"]
    assert organisation["confirmed_on"] == "2026-11-20"
    assert organisation["sources"] == ["first.csv:2", "organisations.csv:6"]
    assert memory.values["ada"]["confirmed_on"] == "2026-11-21"
    again, _ = returned(memory, path, "once more")
    assert (again.nodes.updated, again.nodes.unchanged) == (0, 2)


def test_what_others_wrote_meanwhile_is_not_taken_back(tmp_path: Path) -> None:
    memory = filled({"place": "Gent"})
    path = given_out(memory, tmp_path, "csv")
    memory.values["open"]["place"] = "Ghent"
    memory.values["open"]["name"] = "Open Coop"
    mended(path, "organisations", changing(**{"site web": "https://open.example"}))
    returned(memory, path)
    organisation = memory.values["open"]
    assert (organisation["place"], organisation["name"]) == ("Ghent", "Open Coop")
    assert organisation["website"] == "https://open.example"


def test_deleted_rows_emptied_cells_and_read_only_columns_are_told_and_nothing_goes(tmp_path: Path) -> None:
    memory = filled()
    path = given_out(memory, tmp_path, "csv")
    mended(path, "experts", lambda rows: [])
    mended(path, "organisations", changing(pays="", **{"dernière confirmation": "1999"}))
    mended(path, "links", lambda rows: [row for row in rows if row["type"] != "WORKS_ON"])
    before = repr(content(memory))
    outcome, notes = returned(memory, path)
    assert any("not in the sheet any more: Ada;" in note for note in notes)
    assert any("not in the sheet any more: Open" in note and "Droit" in note for note in notes)
    assert any(note.startswith("country was emptied") for note in notes)
    assert any("only to be read" in note for note in notes)
    assert outcome.nodes.removed == outcome.relationships.removed == 0
    assert repr(content(memory)) == before


def test_a_changed_link_is_updated_and_one_that_becomes_another_is_told(tmp_path: Path) -> None:
    memory = filled()
    path = given_out(memory, tmp_path, "csv")

    def mend(rows: Rows) -> Rows:
        for row in rows:
            if row["type"] == "EXPERT_IN":
                row["niveau"] = "5"
            if row["type"] == "AFFILIATED_WITH":
                row["fonction"] = "treasurer"
        return rows

    mended(path, "links", mend)
    outcome, notes = returned(memory, path)
    assert memory.ties["ada", "EXPERT_IN", "law", ""]["level"] == 5
    assert {key for key in memory.ties if key[1] == "AFFILIATED_WITH"} == {
        ("ada", "AFFILIATED_WITH", "open", "chair|2016"),
        ("ada", "AFFILIATED_WITH", "open", "treasurer|2016"),
    }
    assert (outcome.relationships.created, outcome.relationships.updated) == (1, 1)
    assert any("another link" in note for note in notes)


def test_a_person_who_was_missing_may_be_added(tmp_path: Path) -> None:
    memory = filled()
    path = given_out(memory, tmp_path, "csv")
    mended(path, "experts", lambda rows: [*rows, {"nom": "Odile Fabre", "pays": "France"}])
    returned(memory, path)
    assert memory.values["expert-odile-fabre"]["country"] == "FR"
    assert memory.values["expert-odile-fabre"]["sources"] == ["experts.csv:7"]


def test_a_sheet_whose_first_lines_were_changed_is_refused(tmp_path: Path) -> None:
    path = given_out(filled(), tmp_path, "csv")
    file = path / "organisations.csv"
    file.write_text(
        file.read_text(encoding="utf-8-sig").replace("check_1: e", "check_1: f"), encoding="utf-8"
    )
    with pytest.raises(UnreadableFile, match="first lines were changed"):
        importing.read([file])


def test_a_sheet_holds_what_the_graph_of_its_reader_holds(tmp_path: Path) -> None:
    graph = graph_of(filled())
    public = Graph([graph.nodes["open"], graph.nodes["law"]],
                   [tie for tie in graph.relationships if tie.type == "WORKS_ON"])  # fmt: skip
    tables = given_tables(public, "open", words_in("en"))
    assert [len(table.rows) for table in tables] == [1, 0, 1]
    assert "ada" not in repr(tables)
    with pytest.raises(InvalidValue, match="accepted: en, "):
        words_in("xx")


def test_the_headings_of_a_table_differ_in_every_language() -> None:
    for words in check_words().values():
        for declared in (*MODEL.public_types[:2], *MODEL.relationship_types):
            headings = [words.heading(each) for each in declared.properties]
            assert len(headings) == len(set(headings)), (words.language, declared)


def test_the_workbook_hides_its_first_rows_and_runs_nothing(tmp_path: Path) -> None:
    path = given_out(filled({"description": '=HYPERLINK("http://evil.example")'}), tmp_path, "xlsx", "en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["how to fill in", "organisation", "people", "links"]
    sheet = book["organisation"]
    assert [sheet.row_dimensions[row].hidden for row in (1, 2, 3, 4)] == [True, True, True, False]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert '\'=HYPERLINK("http://evil.example")' in texts
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


odd = st.one_of(
    st.text(max_size=12),
    st.text("=+-@'\"|;, \tab1", min_size=1, max_size=8),
    st.sampled_from(["'=1", "''@x", "#N/A"]),
)


@pytest.mark.no_cover
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=odd, aliases=st.lists(odd, max_size=3), description=odd)
def test_no_apostrophe_is_added_however_often_a_sheet_goes_out_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, form: str, name: str, aliases: list[str], description: str
) -> None:
    values = {
        "name": LINE.clean(name) or "Open",
        "aliases": list(dict.fromkeys(filter(None, map(LINE.clean, aliases)))),
        "description": PROSE.clean(description),
    }
    memory = filled({key: value for key, value in values.items() if value})
    before = repr(content(memory))
    for turn in range(3):
        folder = tmp_path_factory.mktemp("sheet")
        outcome, _ = returned(memory, given_out(memory, folder, form, "en"), f"turn {turn}")
        assert sum(counts.rejected for counts in outcome.verdicts.values()) == 0
    assert repr(content(memory)) == before
