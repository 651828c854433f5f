"""A case of the ranking benchmark as tables that the product's own importer reads.

A case is a folder with actors.csv (actor_id, declared_topics, affiliation), initiatives_train.csv
(initiative_id, time, title, topics, text), edges_train.csv (actor_id, initiative_id, role),
queries_SETTING.csv (query_id and the question) and qrels_SETTING.txt. Nothing here looks at the name of a
case or at its answer key.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

ACTOR = "actor-"
# Ordinal times (cohort 0, 1, 2) become years from here on: only their order and distance matter.
_FIRST_YEAR = 2001
_OF_ORGANISATIONS = ("owner", "host", "publisher", "funder", "partner", "organisation", "organization")

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a csv file in UTF-8, missing cells as empty text; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: (cell or "").strip() for name, cell in row.items() if name is not None}
            for row in csv.DictReader(file)
        ]


def settings(case: Path) -> list[str]:
    """The settings a case asks in, by its queries_SETTING.csv files: usually text and topics."""
    return sorted(path.stem.removeprefix("queries_") for path in case.glob("queries_*.csv"))


def questions(case: Path, setting: str) -> list[tuple[str, str]]:
    """The id of every query and what is asked; topics as people type a list."""
    found = []
    for row in rows(case / f"queries_{setting}.csv"):
        asked = next((cell for name, cell in row.items() if name != "query_id"), "")
        if setting == "topics":
            asked = "; ".join(_listed(asked))
        found.append((row["query_id"], asked))
    return found


def write_tables(case: Path, folder: Path) -> dict[str, str]:
    """Writes the inventory's tables of a case into a folder; the actors' ids of the case by ours."""
    actors = rows(case / "actors.csv")
    initiatives = rows(case / "initiatives_train.csv")
    edges = rows(case / "edges_train.csv")
    listed = dict.fromkeys(row["actor_id"] for row in [*actors, *edges] if row["actor_id"])
    ids = {actor: f"{ACTOR}{number}" for number, actor in enumerate(listed, 1)}
    works = dict.fromkeys(row["initiative_id"] for row in [*initiatives, *edges] if row["initiative_id"])
    numbers = {work: f"initiative-{number}" for number, work in enumerate(works, 1)}
    people = are_people(actors, edges)
    topics: dict[str, str] = {}
    places: dict[str, str] = {}
    links: list[Sequence[str]] = []

    def topic(label: str) -> str:
        return topics.setdefault(" ".join(label.casefold().split()), f"topic-{len(topics) + 1}")

    for row in actors:
        for label in _listed(row.get("declared_topics", "")):
            links.append((ids[row["actor_id"]], "EXPERT_IN" if people else "WORKS_ON", topic(label), ""))
        if people and row.get("affiliation"):
            place = places.setdefault(row["affiliation"], f"affiliation-{len(places) + 1}")
            links.append((ids[row["actor_id"]], "AFFILIATED_WITH", place, ""))
    for row in initiatives:
        for label in _listed(row.get("topics", "")):
            links.append((numbers[row["initiative_id"]], "ABOUT", topic(label), ""))
    for row in edges:
        if row["actor_id"] and row["initiative_id"]:
            start, end = ids[row["actor_id"]], numbers[row["initiative_id"]]
            links.append((start, "TAKES_PART_IN", end, row.get("role", "")))
    described = {} if people else {row["actor_id"]: row.get("affiliation", "") for row in actors}
    named = [(ids[actor], actor.replace("_", " "), described.get(actor, "")) for actor in listed]
    hosts = [(place, name, "") for name, place in places.items()]
    spelt = {topic(label): label for label in _labels(actors, initiatives)}
    told = {row["initiative_id"]: row for row in initiatives}
    dates = dict(zip(told, _dates([row.get("time", "") for row in told.values()]), strict=True))
    folder.mkdir(parents=True, exist_ok=True)
    write = _Writer(folder)
    write("organisations", ("id", "name", "description"), hosts if people else named)
    write("experts", ("id", "name", "description"), named if people else [])
    write("topics", ("id", "label"), spelt.items())
    write(
        "initiatives",
        ("id", "name", "start", "description"),
        (
            (
                number,
                told.get(work, {}).get("title") or work,
                dates.get(work, ""),
                told.get(work, {}).get("text", ""),
            )
            for work, number in numbers.items()
        ),
    )
    write("links", ("from", "type", "to", "role"), links)
    return {ours: actor for actor, ours in ids.items()}


def are_people(actors: Iterable[dict[str, str]], edges: Iterable[dict[str, str]]) -> bool:
    """Whether the actors are experts: some are affiliated, or most roles are not those of organisations."""
    if any(row.get("affiliation") for row in actors):
        return True
    roles = [row.get("role", "").casefold() for row in edges]
    return sum(role.startswith(_OF_ORGANISATIONS) for role in roles) * 2 < len(roles)


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _labels(actors: Iterable[dict[str, str]], initiatives: Iterable[dict[str, str]]) -> Iterator[str]:
    for row in actors:
        yield from _listed(row.get("declared_topics", ""))
    for row in initiatives:
        yield from _listed(row.get("topics", ""))


def _dates(times: Sequence[str]) -> list[str]:
    """Times as dates; where they are not, numbers count as years and other texts by their order."""
    found = [_date(time) for time in times]
    if any(found) or not any(times):
        return found
    try:
        numbers = [float(time) if time else None for time in times]
        first = min(number for number in numbers if number is not None)
        years = [None if number is None else _FIRST_YEAR + round(number - first) for number in numbers]
    except ValueError:
        places = {time: place for place, time in enumerate(sorted({time for time in times if time}))}
        years = [_FIRST_YEAR + places[time] if time else None for time in times]
    return [f"{year:04d}" if year is not None and year <= 9999 else "" for year in years]


def _date(time: str) -> str:
    """The day of an ISO time, a bare year between 1800 and 2200 too; empty for everything else."""
    if len(time) == 4 and time.isdigit() and 1800 <= int(time) <= 2200:
        return time
    try:
        return (
            datetime.fromisoformat(time.replace("Z", "+00:00")).date().isoformat() if len(time) >= 8 else ""
        )
    except ValueError:
        return ""


class _Writer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str, columns: Sequence[str], table: Iterable[Sequence[str]]) -> None:
        with (self._folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(table)
