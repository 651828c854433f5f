"""A prepared and empty store on each engine, for every test that reads or writes a real graph."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address

ENGINES = ("embedded", "neo4j")


def address_of(engine: str, request: pytest.FixtureRequest) -> Address:
    """The address of one engine, started if this run has not needed it yet."""
    found: Address = request.getfixturevalue(f"{engine}_address")
    return found


def run(address: Address, statement: str, **parameters: object) -> list[dict[str, object]]:
    """A statement run as the owner, outside the store, so that tests see what is really there."""
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        return [record.data() for record in session.run(statement, parameters)]


def clear(address: Address) -> None:
    """Removes every node and relationship; in many transactions, which is much faster than in one."""
    run(address, "MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS")


def wipe(store: Store) -> None:
    """Removes every node and relationship and prepares the store again."""
    clear(store.address)
    store.prepare()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store, once on each engine."""
    opened = Store(address_of(request.param, request))
    opened.prepare()
    wipe(opened)
    yield opened
    opened.close()
