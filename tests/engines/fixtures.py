"""Both engines as pytest fixtures, each started once for a whole run; conftest.py makes them known."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cocommuns_graph.store import engine
from cocommuns_graph.store.engine import Address
from tests.engines.neo4j_server import CannotStart, start_neo4j


def skip_or_fail(reason: str) -> None:
    """Skip a test whose engine is missing here; under COCOMMUNS_TEST_STRICT=1, as in CI, fail instead."""
    if os.environ.get("COCOMMUNS_TEST_STRICT") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def embedded_address() -> Iterator[Address]:
    """The embedded engine of a home of its own, ended with the run."""
    with tempfile.TemporaryDirectory(prefix="cocommuns-test-") as folder:
        home = Path(folder) / "home"
        yield engine.ensure(home)
        engine.stop(home)


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A real Neo4j: that of NEO4J_TEST_URI, _USERNAME, _PASSWORD and _DATABASE, else one started here."""
    given = {
        name.replace("NEO4J_TEST_", "NEO4J_"): value
        for name, value in os.environ.items()
        if name.startswith("NEO4J_TEST_")
    }
    address = engine.from_environment(given)
    if address is not None:
        yield address
        return
    try:
        uri, user, password, stop = start_neo4j(tmp_path_factory.mktemp("neo4j") / "data")
    except CannotStart as error:
        skip_or_fail(str(error))
        raise
    try:
        yield Address(uri, user, password, "neo4j", None, None, "neo4j")
    finally:
        stop()
