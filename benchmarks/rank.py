"""Ranks the actors of a case of the ranking benchmark by the product itself, and writes docs/ranking.md.

    .venv/bin/python benchmarks/rank.py CASE_FOLDER OUT
    .venv/bin/python benchmarks/rank.py --docs CASES_FOLDER [OUT] [--before FOLDER --called "commit 18f686a"]

The first form brings a case (see rank_case.py) into a fresh store through the importer, asks every query
of every queries_SETTING.csv through `Desk.find`, and writes TREC runs. OUT is a folder, made where it is
missing, with one file a setting: OUT/run_topics.txt and OUT/run_text.txt. An OUT that ends in .txt, .trec or
.run is a file: the setting is put before its ending (my.txt: my_topics.txt, my_text.txt), and the file itself
holds the queries of all settings where no id of a query is in two of them, else those of the last one.
The second form does it for every case of a folder, scores what comes out with the folder's score_run.py and
writes docs/ranking.md. OUT keeps the runs, a folder a case; `--before` are such runs of an earlier state of
the product, to be compared with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import rank_case
import rank_report

if TYPE_CHECKING:
    from cocommuns_graph.desk import Desk

PAGE = Path(__file__).resolve().parents[1] / "docs" / "ranking.md"
DEPTH = 100
_ENDINGS = (".txt", ".trec", ".run")
_SPARE = 400


@contextmanager
def imported(case: Path) -> Iterator[tuple[Desk, Mapping[str, str]]]:
    """A desk on a fresh store that holds a case, with the actors' ids of the case by ours."""
    from cocommuns_graph.desk import open_desk, stop_engine

    with tempfile.TemporaryDirectory(prefix="cocommuns-rank-") as name:
        tables, home = Path(name) / "tables", Path(name) / "home"
        actors = rank_case.write_tables(case, tables)
        desk = open_desk(home)
        try:
            done = desk.import_files([tables])
            rejected = [one for one in done.report["problems"] if one["severity"] == "error"]
            for problem in rejected[:10]:
                print(f"{problem['path']} row {problem['row']}: {problem['reason']}", file=sys.stderr)
            yield desk, actors
        finally:
            desk.close()
            stop_engine(home)


def ask(desk: Desk, actors: Mapping[str, str], text: str) -> list[tuple[str, float]]:
    """The actors of a case for one question, best first, each with its score."""
    found = desk.find(text, kinds=("expert", "organisation"), limit=DEPTH + _SPARE)
    ranked = [(actors[one["id"]], one["score"]) for one in found["results"] if one["id"] in actors]
    return ranked[:DEPTH]


def run(case: Path, out: Path) -> list[Path]:
    """Writes the runs of a case; the files written."""
    written: dict[str, list[str]] = {}
    asked: list[str] = []
    with imported(case) as (desk, actors):
        for setting in rank_case.settings(case):
            lines = written.setdefault(setting, [])
            for query, text in rank_case.questions(case, setting):
                asked.append(query)
                ranked = ask(desk, actors, text)
                # The scores are rounded, the order is not: written so that no two tie.
                lines += [
                    f"{query} Q0 {actor} {rank} {len(ranked) - rank + 1 + score / 2:.6f} cocommuns"
                    for rank, (actor, score) in enumerate(ranked, 1)
                ]
    if not written:
        raise SystemExit(f"{case} has no queries_topics.csv or queries_text.csv")
    files = _files(written, out, distinct=len(set(asked)) == len(asked))
    for path, lines in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return list(files)


def _files(written: Mapping[str, list[str]], out: Path, *, distinct: bool) -> dict[Path, list[str]]:
    if out.suffix not in _ENDINGS or out.is_dir():
        return {out / f"run_{setting}.txt": lines for setting, lines in written.items()}
    files = {out.with_stem(f"{out.stem}_{setting}"): lines for setting, lines in written.items()}
    together = list(written.values()) if distinct else list(written.values())[-1:]
    return {**files, out: [line for lines in together for line in lines]}


def report(folder: Path, out: Path, before: Path | None, called: str) -> str:
    """The page on how every case of a folder is answered; the runs are kept in `out`."""
    scores = rank_report.scorer(folder)
    rows: list[rank_report.Row] = []
    for case in rank_report.cases(folder):
        print(case.name, file=sys.stderr, flush=True)
        run(case, out / case.name)
        earlier = _runs(before / case.name) if before else {}
        rows += rank_report.score_case(case, _runs(out / case.name), earlier, scores)
    if not rows:
        raise SystemExit(f"{folder} has no case: a folder with actors.csv, queries_*.csv and qrels_*.txt")
    return rank_report.page(rows, called)


def _runs(folder: Path) -> dict[str, Path]:
    return {path.stem.removeprefix("run_"): path for path in sorted(folder.glob("run_*.txt"))}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--docs", action="store_true", help="score every case and write docs/ranking.md")
    parser.add_argument("--before", type=Path, help="with --docs: runs of an earlier state")
    parser.add_argument("--called", default="an earlier state", help="what the earlier state is called")
    options = parser.parse_args()
    if options.docs:
        with tempfile.TemporaryDirectory(prefix="cocommuns-runs-") as kept:
            out = options.out or Path(kept)
            text = report(options.case, out, options.before, options.called)
        PAGE.write_text(text, encoding="utf-8")
        print(PAGE)
        return
    if options.before is not None:
        parser.error("--before goes with --docs")
    if options.out is None:
        parser.error("OUT is missing: a folder or a file for the runs")
    for path in run(options.case, options.out):
        print(path)


if __name__ == "__main__":
    main()
