"""Files of other projects, read as their authors meant them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cocommuns_graph.reading import Table, open_tables
from tests.shared import SHARED, shared_path

CSV_SPECTRUM = sorted(path.name for path in (SHARED / "data/csv-spectrum/csvs").glob("*.csv"))
ALL_CSV = sorted(str(path.relative_to(SHARED)) for path in (SHARED / "data").glob("**/*.csv"))
NOT_COMMA = {
    "spreadsheet__adj_list.csv": ";",
    "spreadsheet__complex_matrix.csv": ";",
    "manynet_testCSVSemiColon.csv": ";",
    "spreadsheet__edges_table_with_timeset_intervals.csv": " ",
    "spreadsheet__edges_table_with_timeset_timestamps.csv": " ",
}


def only_table(path: Path) -> Table:
    [table] = open_tables(path)
    return table


@pytest.mark.parametrize("name", CSV_SPECTRUM or ["simple.csv"])
def test_csv_spectrum_parses_to_its_expected_json(name: str) -> None:
    path = shared_path(f"data/csv-spectrum/csvs/{name}")
    loaded = json.loads(path.parent.with_name("json").joinpath(f"{path.stem}.json").read_text("utf-8"))
    expected = loaded if isinstance(loaded, list) else [loaded]
    rows = [row.cells for row in only_table(path).rows()]
    if name == "newlines_crlf.csv" and b"\r" not in path.read_bytes():
        # The stored copy lost its carriage returns; the expectation has them.
        rows = [{key: cell.replace("\n", "\r\n") for key, cell in row.items()} for row in rows]
    if name == "location_coordinates.csv":
        # The telephone number of the stored copy is another one than in the expectation.
        for row in [*rows, *expected]:
            del row["Contact Phone Number"]
    assert rows == expected


@pytest.mark.parametrize("relative", ALL_CSV or ["data/networks/karate_nodes.csv"])
def test_every_csv_gets_its_delimiter_and_column_count(relative: str) -> None:
    path = shared_path(relative)
    delimiter = NOT_COMMA.get(path.name, ",")
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = [record for record in csv.reader(file, delimiter=delimiter) if any(record)]
    table = only_table(path)
    rows = list(table.rows())
    assert table.delimiter == delimiter
    assert table.encoding in ("utf-8", "utf-8-sig")
    if not table.header_line:
        nameless = [place for place in range(len(records[0])) if not any(record[place] for record in records)]
        records = [[*record[:place], *record[place + 1 :]] for place in nameless for record in records]
    assert len(table.columns) == len(records[0])
    below = records[1:] if table.header_line else records
    assert len(rows) == len(below)
    for row, record in zip(rows, below, strict=True):
        if len(record) <= len(table.columns):
            assert list(row.cells.values()) == record + [""] * (len(table.columns) - len(record))
            assert not row.problem
        else:
            assert "more cells" in row.problem


def test_workbooks_of_peers_give_one_table_for_each_sheet() -> None:
    tables = open_tables(shared_path("data/peer-tool-examples/onodo_Game_of_Thrones.xlsx"))
    assert [(table.name, len(table.columns)) for table in tables] == [
        ("onodo_Game_of_Thrones.xlsx/Nodes", 4),
        ("onodo_Game_of_Thrones.xlsx/Relations", 4),
    ]
    assert next(tables[1].rows()).cells["Target"] == "Dyanna Dayne"
