from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cocommuns_graph.importing import read
from cocommuns_graph.model.claims import Existing
from cocommuns_graph.model.errors import CocommunsError, InvalidFormat, NotFound, UnreadableFile
from tests.importing.files import write_small
from tests.shared import shared_path


def read_as(*paths: Path, **options: str) -> list[tuple[str, str | None, str]]:
    """File, format and namespace of each source, in the order they are read."""
    return [
        (Path(source.path).name, source.format.name if source.format else None, source.namespace)
        for source in read(list(paths), **options).sources  # type: ignore[arg-type]
    ]


def test_a_folder_is_read_by_the_formats_that_claim_its_files(tmp_path: Path) -> None:
    write_small(tmp_path)
    assert read_as(tmp_path / "ols") == [
        ("organizations.csv", "open-seeds", "ols"),
        ("people.csv", "open-seeds", "ols"),
        ("projects.csv", "open-seeds", "ols"),
        ("person_project.csv", "open-seeds", "ols"),
        ("artifacts_projects.csv", None, ""),
    ]
    reading = read([tmp_path / "ols"])
    (note,) = [problem for problem in reading.problems if "artifacts" in problem.path]
    assert note.severity == "note"
    assert "open-seeds leaves it aside" in note.reason


def test_the_order_of_arguments_does_not_matter_and_a_file_counts_once(tmp_path: Path) -> None:
    write_small(tmp_path)
    ols = tmp_path / "ols"
    files = [ols / "people.csv", tmp_path / "net_nodes.csv", ols / "projects.csv"]
    assert read_as(*files) == read_as(*reversed(files))
    assert [row.source for row in read(files).rows()] == [row.source for row in read(files[::-1]).rows()]
    assert len(read_as(ols, *files, ols / "people.csv")) == len(read_as(ols)) + 1


def test_a_pair_shares_the_namespace_of_its_nodes(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    expected = [("net_nodes.csv", "pair", "net"), ("net_advice_edges.csv", "pair", "net")]
    assert read_as(tmp_path) == expected
    assert read_as(tmp_path / "net_advice_edges.csv") == expected[1:]
    assert read_as(tmp_path, namespace="x") == [(name, format_, "x") for name, format_, _ in expected]
    (tmp_path / "net_nodes.csv").unlink()
    assert read_as(tmp_path / "net_advice_edges.csv") == [("net_advice_edges.csv", "pair", "net_advice")]


def test_the_nearest_of_several_pairs_is_the_one(tmp_path: Path) -> None:
    for name in ("a_nodes", "a_b_nodes", "ab_nodes"):
        (tmp_path / f"{name}.csv").write_text("id\n1\n")
    for name in ("a_edges", "a_b_edges", "a_b_c_edges", "ab_edges", "a_c_edges"):
        (tmp_path / f"{name}.csv").write_text("source,target\n1,1\n")
    found = {name: namespace for name, _, namespace in read_as(tmp_path)}
    assert found == {
        "a_nodes.csv": "a",
        "a_b_nodes.csv": "a_b",
        "ab_nodes.csv": "ab",
        "a_edges.csv": "a",
        "a_b_edges.csv": "a_b",
        "a_b_c_edges.csv": "a_b",
        "ab_edges.csv": "ab",
        "a_c_edges.csv": "a",
    }


def test_the_label_of_a_pair_can_be_chosen(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    rows = list(read([tmp_path], label="expert").rows())
    assert {node.label for row in rows for node in row.nodes} == {"Expert"}
    with pytest.raises(
        CocommunsError, match=r"--label topic does not fit .* accepted here: expert, organisation"
    ):
        read([tmp_path], label="topic")
    with pytest.raises(
        CocommunsError, match="--label 'person' is no kind of record; accepted: expert, initiative"
    ):
        read([tmp_path], label="person")


def test_a_workbook_with_sheets_called_as_the_tables_is_the_inventory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "links"  # type: ignore[union-attr]
    book["links"].append(["from", "type", "to"])
    book["links"].append(["ada", "EXPERT_IN", "law"])
    for name, columns, row in (
        ("topics", ["id", "label"], ["law", "Law"]),
        ("experts", ["id", "name"], ["ada", "Ada"]),
        ("remarks", ["who", "what"], ["me", "later"]),
    ):
        book.create_sheet(name).append(columns)
        book[name].append(row)
    path = tmp_path / "all.xlsx"
    book.save(path)
    reading = read([path])
    assert [(source.path, source.format and source.format.name) for source in reading.sources] == [
        (f"{path}/experts", "inventory"),
        (f"{path}/topics", "inventory"),
        (f"{path}/links", "inventory"),
        (f"{path}/remarks", None),
    ]
    rows = list(reading.rows())
    assert [row.source for row in rows] == ["all.xlsx/experts:2", "all.xlsx/topics:2", "all.xlsx/links:2"]
    assert rows[2].links[0].end == Existing("law", "to")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_same_table_is_the_same_in_every_dress(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["id,name,aliases,country", "a,Économie sociale,ESS|SSE,Belgique", "b,Coopérative,,FR"]
    path = tmp_path / "organisations.csv"
    path.write_bytes("\r\n".join(lines).replace(",", delimiter).encode(encoding))
    first, second = read([path]).rows()
    assert first.nodes[0].properties == {
        "name": "Économie sociale",
        "aliases": ["ESS", "SSE"],
        "country": "BE",
    }
    assert second.nodes[0].properties == {"name": "Coopérative", "country": "FR"}


def test_a_file_that_no_format_knows_is_refused_if_named_and_listed_if_found(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv")
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(
        UnreadableFile, match=r"odd\.csv: no format knows its columns a, b, c; name one with --format"
    ):
        read([odd])
    assert read_as(tmp_path) == [("net_nodes.csv", "pair", "net"), ("odd.csv", None, "")]


def test_a_format_that_is_named_goes_by_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "anything.csv"
    path.write_text("from,type,to\na,MEMBER_OF,b\n")
    assert read_as(path, format="inventory") == [("anything.csv", "inventory", "")]
    path.write_text("id,name\na,A\n")
    with pytest.raises(
        CocommunsError, match="could be any of the inventory tables organisations, experts, init"
    ):
        read([path], format="inventory")
    (row,) = read([path], format="inventory", label="expert").rows()
    assert row.nodes[0].label == "Expert"
    with pytest.raises(
        CocommunsError, match="has the columns id, name, which the format civic-tech does not know"
    ):
        read([path], format="civic-tech")
    with pytest.raises(NotFound, match="no format is called 'nope'"):
        read([path], format="nope")


def test_a_format_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text(
        'name = "mine"\ntitle = "Mine"\nnamespace = "m"\n[[file]]\nname = "*"\ncolumns = ["Nr", "Who"]\n'
        '[[file.node]]\nlabel = "Expert"\nid = "Nr"\nproperties = { name = "Who" }\n'
    )
    data = tmp_path / "list.csv"
    data.write_text("Nr;Who\n7;Ada\n")
    (row,) = read([data], format=str(toml)).rows()
    assert (row.nodes[0].id, row.nodes[0].properties) == ("m:7", {"name": "Ada"})
    toml.write_text("name = 1")
    with pytest.raises(InvalidFormat, match=r"mine\.toml has \d+ mistakes"):
        read([data], format=str(toml))


def test_a_contact_list_is_known_by_its_columns_alone(tmp_path: Path) -> None:
    path = tmp_path / "friends.csv"
    path.write_text("Name,Organisation,Topics,E-mail\nAda,SMart,law,ada@x.org\n")
    assert read_as(path) == [("friends.csv", "contacts", "")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04rubbish", ""),
        (b"a,b\n", "no format knows its columns a, b"),
    ],
)
def test_a_named_file_that_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "organisations.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read([path])
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_of_its_column_row_alone_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("id,name\n")
    assert list(read([path]).rows()) == []


def test_a_workbook_renamed_csv_is_read_as_the_workbook_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "name"])
    book.worksheets[0].append(["a", "Alpha"])
    path = tmp_path / "organisations.csv"
    book.save(tmp_path / "x.xlsx")
    (tmp_path / "x.xlsx").rename(path)
    reading = read([path])
    assert [row.nodes[0].id for row in reading.rows()] == ["a"]
    assert any("holds a workbook" in problem.reason for problem in reading.problems)


def test_a_cell_of_ten_megabytes_is_left_out_and_the_row_kept(tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("id,name,description,kind\na,Alpha," + "x" * 10_000_000 + ",union\n")
    (row,) = read([path]).rows()
    assert row.nodes[0].properties == {"name": "Alpha", "kind": "union"}
    assert [(problem.severity, problem.column) for problem in row.problems] == [("warning", "description")]
    assert "10,000,000 characters" in row.problems[0].reason


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="has no files in it"):
        read([tmp_path])
    (tmp_path / "note.json").write_text("{}")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(UnreadableFile, match="no table that a format knows is in"):
        read([tmp_path])


def test_a_broken_file_in_a_folder_does_not_keep_the_others_out(tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv")
    (tmp_path / "junk.csv").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "empty.csv").write_text("")
    reading = read([tmp_path])
    assert [source.format is None for source in reading.sources] == [False, True, True]
    assert {problem.severity for problem in reading.problems} == {"note"}
    assert len(list(reading.rows())) == 2


@pytest.mark.parametrize("namespace", ["a:b", " x", "a\nb", "x|y"])
def test_a_namespace_that_would_garble_ids_is_refused(tmp_path: Path, namespace: str) -> None:
    write_small(tmp_path, "net_nodes.csv")
    with pytest.raises(CocommunsError, match="cannot be put before ids"):
        read([tmp_path], namespace=namespace)


def test_two_formats_that_claim_a_file_alike_are_both_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cocommuns_graph.formats import format_named
    from cocommuns_graph.importing import sources

    toml = tmp_path / "twin.toml"
    text = format_named("pair").path
    assert text is not None
    toml.write_text(text.read_text().replace('"pair"', '"twin"'))
    monkeypatch.setattr(sources, "built_in", lambda: (format_named("pair"), format_named(toml)))
    write_small(tmp_path, "net_nodes.csv")
    with pytest.raises(
        CocommunsError, match="fits the formats pair and twin alike; choose one with --format"
    ):
        read([tmp_path / "net_nodes.csv"])


def test_every_row_of_open_seeds_is_used() -> None:
    reading = read([shared_path("data/ols-open-seeds")])
    rows = list(reading.rows())
    counts = {Path(source.path).name: 0 for source in reading.claimed}
    for row in rows:
        counts[Path(row.path).name] += 1
    assert counts == {
        "organizations.csv": 19,
        "people.csv": 702,
        "projects.csv": 327,
        "person_project.csv": 901,
        "artifacts_library_talks.csv": 314,
    }
    assert not any(row.rejected for row in rows)
    warned = [(problem.column, problem.value) for row in rows for problem in row.problems]
    assert warned == [("country", "India / France"), ("country", "United Kingdom / Ukraine")]


def test_every_row_of_the_civic_index_is_used() -> None:
    reading = read([shared_path("data/civic-brigade-index")])
    rows = list(reading.rows())
    assert len(rows) == 221 + 7893
    assert not any(row.rejected for row in rows)
    assert [(problem.column, problem.value) for row in rows for problem in row.problems] == [
        ("link_url", "opengovernment")
    ]
    aside = {Path(source.path).name for source in reading.sources if source.format is None}
    assert aside == {"SOURCE.txt", "topics_by_frequency.csv", "brigade-information_organizations.json"}
