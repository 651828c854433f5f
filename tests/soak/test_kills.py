"""Killing importer or engine at random moments loses nothing acknowledged and leaves nothing halved.

Each round imports one more file of organisations with links among them, kills the victim after a random
time (seeded, so that a failure can be run again), and then asks a fresh connection: every file whose import
ended with exit code 0 is there whole, the interrupted one is there whole or not at all, and importing it
again makes it whole. Two rounds for each victim run with the ordinary tests, KILLS in `make soak`.
"""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from cocommuns_graph.desk import engine_status, open_desk, stop_engine
from tests.engines.fixtures import skip_or_fail
from tests.engines.neo4j_server import CannotStart, start_neo4j

KILLS = 20
ROWS = 1_500
FEWER_ROWS = 500
SEED = 20260_711


@dataclass
class Place:
    """One graph to be hurt: its environment, how its engine is killed, how it is brought back."""

    env: dict[str, str]
    kill_engine: Callable[[], None]
    revive: Callable[[], None]
    rows: int = ROWS
    acknowledged: dict[int, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return Path(self.env["COCOMMUNS_HOME"])


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Place]:
    home = tmp_path / "home"
    env = {**os.environ, "COCOMMUNS_HOME": str(home)}
    env.pop("NEO4J_URI", None)

    def kill_engine() -> None:
        pid = engine_status(home, env).get("pid")
        if pid:
            psutil.Process(pid).kill()

    yield Place(env, kill_engine, lambda: None)
    stop_engine(home, env)


@pytest.fixture
def neo4j(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "neo4j"
    stops = []
    place = Place({**os.environ, "COCOMMUNS_HOME": str(tmp_path / "home")}, lambda: None, lambda: None)

    def start() -> None:
        uri, user, password, stop = start_neo4j(folder)
        stops.append(stop)
        place.env |= {"NEO4J_URI": uri, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}

    def kill_engine() -> None:
        process = stops[-1].args[0]
        process.kill()
        process.wait()

    def revive() -> None:
        if stops[-1].args[0].poll() is not None:
            start()

    try:
        start()
    except CannotStart as error:
        skip_or_fail(str(error))
    place.kill_engine, place.revive = kill_engine, revive
    yield place
    stops[-1]()


def make_folder(folder: Path, number: int, rows: int) -> Path:
    folder = folder / f"batch{number}"
    folder.mkdir()
    with (folder / "organisations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "kind"))
        writer.writerows(
            (f"b{number}-{i}", f"Organisation {number} {i}", f"batch {number}") for i in range(rows)
        )
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("from", "type", "to"))
        writer.writerows((f"b{number}-{i}", "MEMBER_OF", f"b{number}-0") for i in range(1, rows))
    return folder


def start_import(place: Place, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cocommuns_graph.cli", "import", str(folder)],
        env=place.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def import_whole(place: Place, folder: Path) -> float:
    began = time.monotonic()
    done = start_import(place, folder)
    _, errors = done.communicate(timeout=180)
    assert done.returncode == 0, errors.decode()
    return time.monotonic() - began


def check(place: Place, last: int) -> bool:
    """Whether the last batch is there; fails where one is halved or an acknowledged one is gone."""
    desk = open_desk(place.home, env=place.env)
    try:
        assert desk.unfinished() == []
        graph = desk.graph()
        nodes = Counter(node.text("kind") for node in graph.of_label("Organisation"))
        links = Counter(f"batch {link.start.split('-')[0][1:]}" for link in graph.of_type("MEMBER_OF"))
    finally:
        desk.close()
    for number in range(last + 1):
        found = (nodes[f"batch {number}"], links[f"batch {number}"])
        assert found in ((place.rows, place.rows - 1), (0, 0)), f"batch {number} is there in part: {found}"
        if number in place.acknowledged:
            assert found[0] == place.rows, f"batch {number} was acknowledged and is gone"
    return bool(nodes[f"batch {last}"])


def hurt(place: Place, victim: str, rounds: int, folder: Path) -> dict[str, int]:
    chance = random.Random(f"{SEED}-{victim}-{rounds}")
    usual = import_whole(place, make_folder(folder, 0, place.rows))
    place.acknowledged[0] = "first"
    outcomes: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        batch = make_folder(folder, number, place.rows)
        importer = start_import(place, batch)
        time.sleep(chance.uniform(0.05, max(usual, 0.5)))
        if victim == "importer":
            os.kill(importer.pid, signal.SIGKILL)
        else:
            place.kill_engine()
        _, errors = importer.communicate(timeout=240)
        assert b"Traceback" not in errors
        if importer.returncode == 0:
            place.acknowledged[number] = "at once"
            outcomes["acknowledged"] += 1
        else:
            assert importer.returncode in (-signal.SIGKILL, 2), errors.decode()
        place.revive()
        outcomes["whole" if check(place, number) else "not there"] += 1
        usual = min(usual, import_whole(place, batch))
        place.acknowledged[number] = "again"
        assert check(place, number)
    return dict(outcomes)


@pytest.mark.parametrize("victim", ["importer", "engine"])
def test_killed_while_importing_embedded(embedded: Place, victim: str, tmp_path: Path) -> None:
    embedded.rows = FEWER_ROWS
    hurt(embedded, victim, 2, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("victim", ["importer", "engine"])
@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_killed_many_times_while_importing(
    engine: str,
    victim: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    place = request.getfixturevalue(engine)
    outcomes = hurt(place, victim, KILLS, tmp_path)
    record_property("kills", KILLS)
    for name, count in outcomes.items():
        record_property(name, count)
