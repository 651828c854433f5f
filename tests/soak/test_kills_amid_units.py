"""Killing importer or engine amid an import of several transactions: named as incomplete, resumed, undone.

Each round imports the same files in units of a few hundred elements and kills the victim after a random time
(seeded). What is left must be nothing, all, or named as incomplete. `resume` must then leave the graph of an
import that was never interrupted, apart from times and ids of units; `undo` must leave the graph before it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.desk import open_desk
from tests.soak.test_kills import ROWS, Place, embedded, make_folder, neo4j

__all__ = ["embedded", "neo4j"]

KILLS = 30
SEED = 20_261_124
IN_SMALL_UNITS = (
    "import sys; from cocommuns_graph.store import writing; "
    "from cocommuns_graph.changes.state import chunks; "
    "writing.UNIT_SIZE = 300; chunks.__defaults__ = (100,); "
    "from cocommuns_graph.cli.entry import main; sys.exit(main())"
)


def run(place: Place, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", IN_SMALL_UNITS, *arguments],
        env=place.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def done(place: Place, *arguments: str) -> float:
    began = time.monotonic()
    process = run(place, *arguments)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - began


def state(place: Place) -> tuple[list[Any], list[Any], int]:
    """The graph with its provenance, units called alike, and how many units are incomplete."""
    desk = open_desk(place.home, env=place.env)
    try:
        graph = desk.graph()
        nodes = [
            [n.id, n.label, sorted({**n.properties, "created_in": ""}.items())] for n in graph.nodes.values()
        ]
        links = [
            [*t.identity, sorted({**t.properties, "created_in": ""}.items())] for t in graph.relationships
        ]
        assert len({n.text("created_in") for n in graph.nodes.values()}) <= 2
        return sorted(nodes), sorted(links), len(desk.unfinished())
    finally:
        desk.close()


@pytest.mark.soak
@pytest.mark.parametrize("victim", ["importer", "engine"])
@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_killed_many_times_amid_units(
    engine: str,
    victim: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    place: Place = request.getfixturevalue(engine)
    chance = random.Random(f"{SEED}-{victim}-{engine}")
    done(place, "import", str(make_folder(tmp_path, 0, ROWS)))
    before = state(place)
    folder = str(make_folder(tmp_path, 1, ROWS))
    usual = done(place, "import", folder)
    whole = state(place)
    done(place, "undo", "last")
    assert state(place) == before
    outcomes: Counter[str] = Counter()
    for number in range(KILLS):
        importer = run(place, "import", folder)
        time.sleep(chance.uniform(0.3, 1.0) * usual)
        if victim == "importer":
            os.kill(importer.pid, signal.SIGKILL)
        else:
            place.kill_engine()
        _, errors = importer.communicate(timeout=300)
        assert b"Traceback" not in errors
        place.revive()
        found = state(place)
        if found[2]:
            outcomes["incomplete"] += 1
            if number % 2:
                done(place, "resume")
                outcomes["resumed"] += 1
        else:
            assert found in (before, whole)
            outcomes["whole" if found == whole else "not there"] += 1
        found = state(place)
        if not found[2] and found != before:
            assert found == whole
        if found != before:
            done(place, "undo", "last")
            outcomes["undone"] += 1
        assert state(place) == before
    record_property("kills", KILLS)
    for name, count in outcomes.items():
        record_property(name, count)
    assert outcomes["incomplete"], "no kill hit the middle"
