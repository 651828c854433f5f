"""What goes wrong between the store and a database, as one sentence."""

from __future__ import annotations

import dataclasses
import socket
import time

import pytest
from neo4j.exceptions import ClientError, ConstraintError, ServiceUnavailable, TransientError

from cocommuns_graph.model import VISITOR
from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store import door
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from cocommuns_graph.store.failures import is_transient, sentence

NOWHERE = Address("bolt://127.0.0.1:1", "neo4j", "secret-word", "neo4j", None, None, "neo4j")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_TRIES", 2)


def failure(address: Address) -> str:
    store = Store(address)
    try:
        with pytest.raises(EngineError) as raised:
            store.prepare()
    finally:
        store.close()
    said = str(raised.value)
    assert "\n" not in said
    assert address.password not in said
    return said


def test_a_wrong_password_names_the_variables(store: Store) -> None:
    said = failure(dataclasses.replace(store.address, password="not-the-password"))
    assert "refused the user" in said
    assert "NEO4J_PASSWORD" in said


def test_a_wrong_database_is_named(store: Store) -> None:
    said = failure(dataclasses.replace(store.address, database="nosuchdb"))
    assert "has no database 'nosuchdb'" in said


def test_nothing_at_that_port_is_said_quickly() -> None:
    started = time.monotonic()
    said = failure(NOWHERE)
    assert said.startswith("Neo4j at bolt://127.0.0.1:1 does not answer")
    assert "check NEO4J_URI" in said
    assert time.monotonic() - started < 20


def test_something_else_at_that_port_is_one_sentence() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        listener.settimeout(0.2)

        def hang_up() -> None:
            for _ in range(200):
                try:
                    connection, _ = listener.accept()
                except OSError:
                    if stop:
                        return
                    continue
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.close()

        import threading

        stop: list[bool] = []
        thread = threading.Thread(target=hang_up)
        thread.start()
        try:
            failure(dataclasses.replace(NOWHERE, uri=f"bolt://127.0.0.1:{port}"))
        finally:
            stop.append(True)
            thread.join()


def test_a_lost_engine_is_asked_for_again(store: Store) -> None:
    asked: list[int] = []

    def again() -> Address:
        asked.append(1)
        return store.address

    moved = Store(NOWHERE, again=again)
    try:
        assert moved.read(VISITOR).nodes == {}
        assert moved.address == store.address
        assert asked == [1]
    finally:
        moved.close()


def test_preparing_twice_and_by_two_is_fine(store: Store) -> None:
    store.prepare()
    other = Store(store.address)
    other.prepare()
    other.close()


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (TransientError("x"), True),
        (ServiceUnavailable("x"), True),
        (ConstraintError("x"), True),
        (ClientError("Neo.ClientError.Statement.SyntaxError"), False),
        (ValueError("x"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, transient: bool) -> None:
    assert is_transient(error) is transient


def test_a_conflict_that_never_ends_is_one_sentence() -> None:
    assert "others kept writing" in str(sentence(ConstraintError("already exists"), NOWHERE))
