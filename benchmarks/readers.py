"""How much of polluted tables readers get right: ours beside DuckDB, clevercsv, polars, pandas and csv.

    .venv/bin/pip install 'cocommuns_graph[benchmarks]'
    .venv/bin/python benchmarks/readers.py [--seeds 1 2 3] [--spectrum FOLDER] [--kinds] [--misses]

Files are made by `pollute.py` from each seed, one kind of pollution each. A reader that is not installed is
left out. Each gets the path alone, with what it can find out by itself switched on; those that find no
encoding get the one charset-normalizer names. The score of a file, between 0 and 1, is the mean of three:
whether the column names are right, F1 over whole rows, F1 over cells. A reader that fails has 0. With
--spectrum, also how many files of csv-spectrum parse to their expected JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib.util
import io
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from charset_normalizer import from_path  # noqa: E402
from pollute import Polluted, Rows, pollutions  # noqa: E402

Read = tuple[list[str], Rows]


def _encoding(path: Path) -> str:
    best = from_path(path).best()
    name = best.encoding if best else "utf-8"
    return "utf-8-sig" if name in ("utf_8", "ascii") else name


def ours(path: Path) -> Read:
    from cocommuns_graph.reading import open_tables

    tables = open_tables(path)
    return tables[0].columns, [list(row.cells.values()) for table in tables for row in table.rows()]


def standard(path: Path) -> Read:
    text = path.read_bytes().decode(_encoding(path), "replace")
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[: 1 << 16])
    except csv.Error:
        dialect = csv.excel
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), dialect) if row]
    return rows[0], rows[1:]


def pandas(path: Path) -> Read:
    import pandas as pd

    frame = pd.read_csv(
        path, sep=None, engine="python", dtype=str, keep_default_na=False, encoding=_encoding(path),
        on_bad_lines="skip",
    )  # fmt: skip
    return list(map(str, frame.columns)), frame.fillna("").astype(str).to_numpy().tolist()


def polars(path: Path) -> Read:
    import polars as pl

    text = path.read_bytes().decode(_encoding(path), "replace").encode()
    frame = pl.read_csv(text, infer_schema=False, truncate_ragged_lines=True)
    return frame.columns, [["" if cell is None else cell for cell in row] for row in frame.rows()]


def duckdb(path: Path) -> Read:
    import duckdb as engine

    name = _encoding(path)
    name = {"utf_16": "utf-16", "utf_16_le": "utf-16", "cp1252": "CP1252"}.get(name, name.replace("_", "-"))
    for extra in ("", f", encoding='{name}'", ", null_padding=true, ignore_errors=true, parallel=false"):
        with contextlib.suppress(engine.Error):
            found = engine.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true{extra})")
            rows = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
            return found.columns, rows
    raise ValueError("not read")


def clevercsv(path: Path) -> Read:
    import clevercsv as clever

    rows = [row for row in clever.read_table(str(path), encoding=_encoding(path)) if row]
    return rows[0], rows[1:]


READERS: dict[str, tuple[str, Callable[[Path], Read]]] = {
    "ours": ("cocommuns_graph", ours),
    "duckdb": ("duckdb", duckdb),
    "clevercsv": ("clevercsv", clevercsv),
    "polars": ("polars", polars),
    "pandas": ("pandas", pandas),
    "csv": ("csv", standard),
}


def f1(found: Iterable[Hashable], wanted: Iterable[Hashable], free: int = 0) -> float:
    """Of what was found and wanted as bags; `free` things found besides cost nothing."""
    have, want = Counter(found), Counter(wanted)
    hits = (have & want).total()
    surplus = max(0, have.total() - hits - free)
    return 1.0 if not want and not surplus else 2 * hits / (want.total() + hits + surplus)


def score(file: Polluted, read: Read) -> float:
    columns, rows = read
    width = len(file.columns)
    by_row = f1(map(tuple, map(_trimmed, rows)), map(tuple, map(_trimmed, file.rows)), file.free)
    cells = [cell for row in rows for cell in row if cell.strip()]
    wanted = [cell for row in file.rows for cell in row if cell.strip()]
    by_cell = f1(cells, wanted, file.free * 2 * width)
    return (float([name.strip() for name in columns] == file.columns) + by_row + by_cell) / 3


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row


def spectrum(folder: Path, read: Callable[[Path], Read]) -> str:
    right = files = 0
    for path in sorted((folder / "csvs").glob("*.csv")):
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        files += 1
        with contextlib.suppress(Exception):
            columns, rows = read(path)
            found = [dict(zip(columns, row, strict=True)) for row in rows]
            right += _comparable(found) == _comparable(expected)
    return f"{right} of {files}"


def _comparable(rows: list[dict[str, str]] | dict[str, str]) -> list[dict[str, str]]:
    """Rows without what stored copies of csv-spectrum may have lost: carriage returns, a telephone number."""
    listed = rows if isinstance(rows, list) else [rows]
    return [
        {name: cell.replace("\r\n", "\n") for name, cell in row.items() if name != "Contact Phone Number"}
        for row in listed
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--spectrum", type=Path)
    parser.add_argument("--kinds", action="store_true", help="a line for each kind of pollution")
    parser.add_argument("--misses", action="store_true", help="only kinds in which ours is below 1")
    options = parser.parse_args()
    readers = {name: read for name, (module, read) in READERS.items() if importlib.util.find_spec(module)}
    scores: dict[str, dict[str, list[float]]] = {}
    failed: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "polluted.csv"
        for seed in options.seeds:
            for file in pollutions(seed):
                path.write_bytes(file.data)
                for name, read in readers.items():
                    began = time.perf_counter()
                    try:
                        got = score(file, read(path))
                    except Exception:  # whatever a reader raises, it did not read the file
                        got = 0.0
                        failed[name] += 1
                    spent[name] += int(1e6 * (time.perf_counter() - began))
                    scores.setdefault(file.kind, {}).setdefault(name, []).append(got)
    report(scores, readers, failed, spent, options)


def report(
    scores: dict[str, dict[str, list[float]]],
    readers: dict[str, Callable[[Path], Read]],
    failed: Counter[str],
    spent: Counter[str],
    options: argparse.Namespace,
) -> None:
    width = max(map(len, scores))
    print(" " * width, *(f"{name:>9}" for name in readers))
    groups: dict[str, list[str]] = {}
    for kind in scores:
        groups.setdefault(kind.partition(":")[0], []).append(kind)
    for group, kinds in groups.items():
        if options.kinds or options.misses:
            for kind in kinds:
                if not options.misses or statistics.mean(scores[kind]["ours"]) < 0.9995:
                    print(f"{kind:<{width}}", *(f"{statistics.mean(scores[kind][n]):>9.3f}" for n in readers))
        else:
            means = (statistics.mean(s for kind in kinds for s in scores[kind][n]) for n in readers)
            print(f"{group:<{width}}", *(f"{mean:>9.3f}" for mean in means))
    print(f"{'all files':<{width}}", *(f"{statistics.mean(s for k in scores for s in scores[k][n]):>9.3f}" for n in readers))  # fmt: skip  # noqa: E501
    files = sum(len(each["ours"]) for each in scores.values())
    print(f"{'files not read at all':<{width}}", *(f"{failed[name]:>9}" for name in readers), f"of {files}")
    print(f"{'seconds':<{width}}", *(f"{spent[name] / 1e6:>9.1f}" for name in readers))
    if options.spectrum:
        print(f"{'csv-spectrum':<{width}}", *(f"{spectrum(options.spectrum, read):>9}" for read in readers.values()))  # fmt: skip  # noqa: E501


if __name__ == "__main__":
    main()
