"""Homes for commands: one with the sample inventory, one to write into, both with engines that are ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.shipped import folder
from cocommuns_graph.store import engine
from tests.cli.runs import Done, cocommuns
from tests.engines.stores import ENGINES, address_of, clear

Run = Callable[..., Done]


def stop(home: Path) -> None:
    with suppress(EngineError):
        engine.stop(home)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the sample inventory; only for reading."""
    home = tmp_path_factory.mktemp("sample") / "home"
    done = cocommuns("import", folder("sample_data"), home=home)
    assert done.code == 0, done
    yield home
    stop(home)


@pytest.fixture(scope="session")
def on_sample(sample_home: Path) -> Run:
    """Runs a command on the sample inventory."""
    return partial(cocommuns, home=sample_home)


@pytest.fixture(scope="session")
def scratch_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home to write into; tests keep apart by the ids they use."""
    home = tmp_path_factory.mktemp("scratch") / "home"
    yield home
    stop(home)


@pytest.fixture(scope="session")
def scratch(scratch_home: Path) -> Run:
    """Runs a command on the home to write into."""
    return partial(cocommuns, home=scratch_home)


@pytest.fixture
def fresh_home(tmp_path: Path) -> Iterator[Path]:
    """A home of one test, not made yet."""
    home = tmp_path / "home"
    yield home
    stop(home)


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a command on an empty graph, once on the embedded engine and once on a real Neo4j."""
    home = tmp_path_factory.mktemp("either") / "home"
    if request.param == "embedded":
        yield partial(cocommuns, home=home)
        stop(home)
        return
    address = address_of("neo4j", request)
    clear(address)
    yield partial(
        cocommuns,
        home=home,
        NEO4J_URI=address.uri,
        NEO4J_USERNAME=address.username,
        NEO4J_PASSWORD=address.password,
        NEO4J_DATABASE=address.database,
    )
    clear(address)
