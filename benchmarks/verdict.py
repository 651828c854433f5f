"""From a file to its verdict: read, validated, matched to what is stored; nothing is written.

    .venv/bin/pip install 'cocommuns_graph[benchmarks]'
    .venv/bin/python benchmarks/verdict.py [--rows 100000] [--repeat 3]

Three ways judge one csv of organisations with ten fields, half of which are stored already, each in a process
of its own, in turn:

    ours      `importing.read`, the rules of the model, a preview against a memory of that half
    pydantic  pandas reads, a pydantic model with the same rules judges row by row, ids are in a dict
    polars    polars reads, the same rules run by column in polars, ids are joined, records made

The same rules: an id of up to 200 characters; a name; sector one of the model's; an ISO country; ISO codes of
languages; an http(s) website; texts without e-mail addresses or telephone numbers; lists split at `|`; spaces
tidied. Ours also tells, cell by cell, what changes. Printed: processor seconds, peak memory, how many rows
each found new, known and wrong, ratios of medians.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

SECTORS = [
    *("commons", "cooperative", "social-economy", "union", "city"),
    *("network", "public", "research", "business", "other"),
]
MAIL = r"[^\s@]+@[^\s@]+\.[a-z]{2,}"
TELEPHONE = r"(?:\+|\b00|\b0)\d[\d ()./-]{6,}\d"
TEXTS = ("name", "kind", "place", "description")


def _codes() -> tuple[frozenset[str], frozenset[str]]:
    import pycountry

    countries = frozenset(country.alpha_2 for country in pycountry.countries)
    languages = frozenset(each.alpha_2 for each in pycountry.languages if hasattr(each, "alpha_2"))
    return countries, languages


def ours(path: Path, stored: int) -> dict[str, int]:
    from cocommuns_graph import importing
    from cocommuns_graph.changes import Planner, Unit
    from cocommuns_graph.formats import built_in
    from cocommuns_graph.model import MODEL
    from tests.changes.fake import Memory

    memory = Memory()
    for number in range(stored):
        memory.labels[f"org-{number}"] = "Organisation"
        memory.values[f"org-{number}"] = {"id": f"org-{number}", "name": f"Organisation number {number}"}
    built_in()  # the formats are there once for all files, as the imports of the other two are
    began = time.process_time()
    reading = importing.read([path])
    planner = Planner(MODEL, memory, Unit("u", "ada", "2026-11-24T00:00:00Z", "import"), preview=True)
    for _ in planner.batches(reading.rows()):
        pass
    [found] = planner.outcome.verdicts.values()
    known = found.updated + found.unchanged
    return _told(began, found.created, known, found.rejected)


def pydantic(path: Path, stored: int) -> dict[str, int]:
    import pandas as pd
    import pydantic as checks

    countries, languages = _codes()
    contact = re.compile(f"{MAIL}|{TELEPHONE}")
    known = {f"org-{number}": f"Organisation number {number}" for number in range(stored)}

    class Organisation(checks.BaseModel):
        id: str = checks.Field(min_length=1, max_length=200)
        name: str = checks.Field(min_length=1)
        aliases: list[str]
        sector: str
        kind: str
        country: str
        place: str
        languages: list[str]
        website: str
        description: str

        @checks.field_validator("aliases", "languages", mode="before")
        @classmethod
        def split(cls, value: str) -> list[str]:
            return [item.strip() for item in value.split("|") if item.strip()]

        @checks.field_validator("name", "kind", "place", "description")
        @classmethod
        def tidy(cls, value: str) -> str:
            value = " ".join(value.split())
            if contact.search(value):
                raise ValueError("holds contact data")
            return value

        @checks.field_validator("sector")
        @classmethod
        def one_of(cls, value: str) -> str:
            if value and value not in SECTORS:
                raise ValueError("no sector")
            return value

        @checks.field_validator("country")
        @classmethod
        def in_countries(cls, value: str) -> str:
            if value and value not in countries:
                raise ValueError("no country")
            return value

        @checks.field_validator("languages")
        @classmethod
        def in_languages(cls, value: list[str]) -> list[str]:
            if any(item not in languages for item in value):
                raise ValueError("no language")
            return value

        @checks.field_validator("website")
        @classmethod
        def address(cls, value: str) -> str:
            if value and not re.match(r"https?://[^\s/]+\.[^\s]+", value):
                raise ValueError("no address")
            return value

    began = time.process_time()
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    new = old = wrong = 0
    for _, row in frame.iterrows():
        try:
            found = Organisation(**row)
        except checks.ValidationError:
            wrong += 1
            continue
        old += found.id in known
        new += found.id not in known
    return _told(began, new, old, wrong)


def polars(path: Path, stored: int) -> dict[str, int]:
    import polars as pl

    countries, languages = _codes()
    known = pl.DataFrame({"id": [f"org-{number}" for number in range(stored)]}).with_columns(known=True)
    began = time.process_time()
    frame = pl.read_csv(path, infer_schema=False).with_columns(pl.all().fill_null(""))
    texts = [pl.col(name).str.replace_all(r"\s+", " ").str.strip_chars() for name in TEXTS]
    lists = [pl.col(name).str.split("|") for name in ("aliases", "languages")]
    frame = frame.with_columns(*texts, *lists)
    fits = (
        pl.col("id").str.len_chars().is_between(1, 200)
        & (pl.col("name") != "")
        & pl.col("sector").is_in(["", *SECTORS])
        & pl.col("country").is_in(["", *countries])
        & pl.col("languages").list.eval(pl.element().is_in(["", *languages])).list.all()
        & ((pl.col("website") == "") | pl.col("website").str.contains(r"^https?://[^\s/]+\.[^\s]+"))
        & ~pl.any_horizontal(pl.col(name).str.contains(f"{MAIL}|{TELEPHONE}") for name in TEXTS)
    )
    judged = frame.with_columns(fits=fits).join(known, on="id", how="left")
    # The verdict names each row and what it holds, as the other two have it: records, not columns.
    records = judged.to_dicts()
    wrong = sum(not record["fits"] for record in records)
    old = sum(bool(record["fits"] and record["known"]) for record in records)
    return _told(began, len(records) - wrong - old, old, wrong)


def _told(began: float, new: int, known: int, wrong: int) -> dict[str, int]:
    spent = int(1000 * (time.process_time() - began))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return {"ms": spent, "peak_mb": peak, "new": new, "known": known, "wrong": wrong}


WAYS = {"ours": ours, "pydantic": pydantic, "polars": polars}


def run(way: str, path: Path, rows: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--child", way, "--file", str(path), "--rows", str(rows)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the run {way} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(WAYS[options.child](options.file, options.rows // 2)))
        return
    found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "organisations.csv"
        importlib.import_module("import").make_file(path, options.rows)
        for _ in range(options.repeat):
            for way, runs in found.items():
                runs.append(run(way, path, options.rows))
    medians = {way: statistics.median(one["ms"] for one in runs) for way, runs in found.items()}
    for way, runs in found.items():
        last = runs[-1]
        print(
            f"{way:<9} {medians[way] / 1000:7.2f} s  peak {last['peak_mb']:5} MB  "
            f"{last['new']:,} new, {last['known']:,} known, {last['wrong']:,} wrong"
        )
    print(f"pydantic / ours  {medians['pydantic'] / medians['ours']:.2f}  (at least 4 wanted)")
    print(f"ours / polars    {medians['ours'] / medians['polars']:.2f}  (at most 2 wanted)")


if __name__ == "__main__":
    main()
