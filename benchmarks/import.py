"""How fast an import is beside a bare loop with the same driver, on the same file, in the same run.

    .venv/bin/python benchmarks/import.py [--rows 100000] [--repeat 3]

Three ways to bring one csv of organisations with ten fields into an empty graph, each in a process and a home
of its own with a freshly started engine, in turn:

    import  `Desk.import_files`: read, checked, planned, written with provenance and journal
    bare    csv.DictReader and our own CREATE statement with the same properties, in batches of 5,000
    least   csv.DictReader and the least that makes the same nodes: no provenance, no visibility

and then the same file again into the graph of `import`. Printed: seconds, CPU seconds, peak memory, ratios
of medians. A ratio above 1 means that the import is faster than its peer. With NEO4J_URI set, everything
runs on that Neo4j instead, whose organisations are deleted between runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FIELDS = (
    "id",
    "name",
    "aliases",
    "sector",
    "kind",
    "country",
    "place",
    "languages",
    "website",
    "description",
)
BATCH = 5_000
LISTS = ("aliases", "languages")
OWN = "UNWIND $rows AS row CREATE (n:Organisation) SET n = row"


def make_file(path: Path, rows: int) -> None:
    """Writes `rows` organisations; every value is made from the row's number."""
    sectors = ("commons", "cooperative", "union", "city", "network")
    places = (
        ("BE", "Brussels", "fr|nl"),
        ("FR", "Lille", "fr"),
        ("IT", "Messina", "it"),
        ("ES", "Barcelona", "ca|es"),
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        for number in range(rows):
            country, place, languages = places[number % len(places)]
            writer.writerow(
                (
                    f"org-{number}",
                    f"Organisation number {number}",
                    f"O{number}|Org. {number}",
                    sectors[number % len(sectors)],
                    f"kind {number % 97}",
                    country,
                    place,
                    languages,
                    f"https://example.org/organisations/{number}",
                    f"What organisation {number} does, in one sentence of eighty characters, for {place}.",
                )
            )


def bare(store: Any, path: Path, extra: bool) -> None:
    """One loop over the file with the driver alone."""
    driver = store._driver
    with (
        path.open(encoding="utf-8", newline="") as file,
        driver.session(database=store.address.database) as session,
        session.begin_transaction() as transaction,
    ):
        rows: list[dict[str, Any]] = []
        for number, cells in enumerate(csv.DictReader(file), 2):
            row: dict[str, Any] = dict(cells)
            for name in LISTS:
                row[name] = row[name].split("|")
            if extra:
                row["visibility"] = "public"
                row["sources"] = [f"organisations.csv:{number}"]
                row["created_in"] = "2026-01-01T000000-abcdef"
            rows.append(row)
            if len(rows) == BATCH:
                transaction.run(OWN, {"rows": rows}).consume()
                rows = []
        if rows:
            transaction.run(OWN, {"rows": rows}).consume()
        transaction.commit()


def child(way: str, path: Path) -> dict[str, float]:
    """One timed run in this process; the engine is up and the graph prepared before the clock starts."""
    from cocommuns_graph.desk import open_desk

    desk = open_desk()
    if way == "import" and desk.store.address.kind == "neo4j":
        with desk.store._driver.session(database=desk.store.address.database) as session:
            session.run("MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS").consume()
        desk.store.prepare()
    began, cpu = time.perf_counter(), time.process_time()
    if way in ("import", "again"):
        done = desk.import_files([path])
        wanted = "created" if way == "import" else "unchanged"
        file = done.report["files"][0]
        assert file[wanted] == file["rows"], done.report
    else:
        bare(desk.store, path, extra=way == "bare")
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    desk.close()
    return {"seconds": seconds, "cpu": cpu_seconds, "peak_mb": peak}


def run(way: str, path: Path, home: Path) -> dict[str, float]:
    """One run in a process of its own."""
    environment = {**os.environ, "COCOMMUNS_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, __file__, "--child", way, "--file", str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the run {way} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def stop(home: Path) -> None:
    from cocommuns_graph.desk import stop_engine

    stop_engine(home)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child, options.file)))
        return
    figures: dict[str, list[dict[str, float]]] = {"import": [], "again": [], "bare": [], "least": []}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "organisations.csv"
        make_file(path, options.rows)
        for turn in range(options.repeat):
            for ways in (("import", "again"), ("bare",), ("least",)):
                home = Path(name) / f"home-{turn}-{ways[0]}"
                for way in ways:
                    figures[way].append(run(way, path, home))
                    print(f"{way} {figures[way][-1]['seconds']:.2f} s", file=sys.stderr, flush=True)
                stop(home)
    report(figures, options.rows)


def report(figures: dict[str, list[dict[str, float]]], rows: int) -> None:
    medians = {
        way: {key: statistics.median(one[key] for one in runs) for key in runs[0]}
        for way, runs in figures.items()
    }
    print(f"{rows:,} rows of {len(FIELDS)} fields, medians of {len(figures['import'])} runs")
    for way, found in medians.items():
        low = min(one["seconds"] for one in figures[way])
        high = max(one["seconds"] for one in figures[way])
        print(
            f"  {way:<7} {found['seconds']:7.2f} s ({low:.2f}-{high:.2f})  "
            f"CPU of this process {found['cpu']:6.2f} s  peak {found['peak_mb']:5.0f} MB"
        )
    first = medians["import"]["seconds"]
    print(f"  bare / import   {medians['bare']['seconds'] / first:.2f}   (at least 0.9 wanted)")
    print(f"  least / import  {medians['least']['seconds'] / first:.2f}   (at least 0.4 wanted)")
    print(f"  import / again  {first / medians['again']['seconds']:.2f}   (at least 2 wanted)")


if __name__ == "__main__":
    main()
