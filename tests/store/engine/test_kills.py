"""Kills at random moments while another process writes; by `make soak` only."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from cocommuns_graph.store import engine
from tests.store.engine.conftest import ROOT, javas_of, kill_9, running

PER_UNIT = 50
ROUNDS = 20

# Writes units of PER_UNIT nodes and as many relationships, one transaction each, and prints each unit that
# the engine acknowledged; after any error it asks for the engine again.
_WRITER = """
import sys
from pathlib import Path
from neo4j import GraphDatabase
from cocommuns_graph.store import engine
home, unit, per_unit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
address = engine.ensure(home, timeout=120)
with GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
    with driver.session(database=address.database) as session:
        session.run("CREATE CONSTRAINT item_id IF NOT EXISTS FOR (n:Item) REQUIRE n.id IS UNIQUE").consume()
        while True:
            rows = [{"id": f"{unit}-{i}", "unit": unit, "text": "x" * 500} for i in range(per_unit)]
            with session.begin_transaction() as transaction:
                transaction.run("UNWIND $rows AS row CREATE (n:Item) SET n = row", rows=rows).consume()
                transaction.run(
                    "UNWIND $rows AS row MATCH (a:Item {id: row.id}) MATCH (b:Item {id: $first}) "
                    "CREATE (a)-[r:IN_UNIT]->(b) SET r.unit = row.unit",
                    rows=rows, first=f"{unit}-0",
                ).consume()
                transaction.commit()
            print(unit, flush=True)
            unit += 1
"""


@pytest.mark.soak
@pytest.mark.parametrize("victim", ["writer", "java", "supervisor", "all"])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    home: Path, victim: str, record_property: Callable[[str, object], None]
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    record_property("seed", seed)
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    next_unit = 0
    for round_number in range(ROUNDS):
        engine.ensure(home, timeout=120)
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(home), str(next_unit), str(PER_UNIT)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0, 1.5))
            state = running(home)
            assert state.java is not None
            if victim in ("java", "all"):
                kill_9(state.java.pid)
            if victim in ("supervisor", "all"):
                kill_9(state.supervisor.pid)
            if victim in ("writer", "all"):
                writer.kill()
            printed = first + writer.stdout.read()
        acknowledged |= {int(line) for line in printed.split()}
        stored = _units(home)
        assert acknowledged <= set(stored), f"lost in round {round_number}"
        assert all(counts == (PER_UNIT, PER_UNIT) for counts in stored.values()), (
            f"half in round {round_number}"
        )
        assert len(javas_of(home)) == 1
        next_unit = max(stored, default=-1) + 1
    record_property("kills", ROUNDS)
    record_property("units acknowledged", len(acknowledged))
    assert len(acknowledged) >= ROUNDS


def _units(home: Path) -> dict[int, tuple[int, int]]:
    """The nodes and relationships of each unit that are stored, once the engine answers again."""
    address = engine.ensure(home, timeout=120)
    for _attempt in range(50):
        try:
            with (
                GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver,
                driver.session(database=address.database) as session,
            ):
                nodes = dict(session.run("MATCH (n:Item) RETURN n.unit, count(n)").values())
                links = dict(session.run("MATCH (:Item)-[r:IN_UNIT]->() RETURN r.unit, count(r)").values())
                return {unit: (nodes[unit], links.get(unit, 0)) for unit in nodes}
        except Exception:
            time.sleep(0.2)
            address = engine.ensure(home, timeout=120)
    raise AssertionError("the engine did not come back")
