"""What goes wrong between us and the database, as one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from cocommuns_graph.model.errors import CocommunsError, EngineError, InvalidQuery, WriteRefused
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.store.engine import Address

_CONFLICTS = ("ConcurrentModification", "NeedRetry", "DeadlockDetected", "LockTimeout", "TimeoutException")
# Two processes that make one index at once: `IF NOT EXISTS` does not keep Neo4j from refusing the second.
_MADE_MEANWHILE = ("EquivalentSchemaRuleAlreadyExists", "IndexAlreadyExists", "ConstraintAlreadyExists")
_FAILED_COMMIT = "Transaction error on commit"
_REFUSALS = (
    "Security.Forbidden",
    "AccessMode",
    "SecurityException",
    "not authorized",
    "not allowed to",
    "read access mode",
    "DeleteConnectedNode",
)


def is_transient(error: Exception) -> bool:
    """Whether the same transaction may succeed when tried again: a conflict, or a lost connection.

    A broken constraint is a conflict: nothing is created but what planning did not find, so another writer
    created it meanwhile.
    """
    if isinstance(error, TransientError | ServiceUnavailable | SessionExpired | ConstraintError):
        return True
    if isinstance(error, Neo4jError):
        made = str(error.code).endswith(_MADE_MEANWHILE)
        return made or error.is_retryable() or is_conflict(str(error))
    return False


def is_lost(error: Exception) -> bool:
    """Whether nobody answers, or no longer."""
    return isinstance(error, ServiceUnavailable | SessionExpired | OSError)


def is_unexplained(error: Exception) -> bool:
    """Whether the message says no more than that the engine failed, as when it cannot write to its disk."""
    return isinstance(error, Neo4jError) and _FAILED_COMMIT in str(error.message)


def is_conflict(text: str) -> bool:
    """Whether a message says that two writers met."""
    return any(word in text for word in _CONFLICTS)


def sentence(error: Exception, address: Address) -> CocommunsError:
    """The error a person can act on, for one that the driver raised."""
    where = "the embedded engine" if address.kind == "embedded" else f"Neo4j at {address.uri}"
    text = f"{error.code} {error.message}" if isinstance(error, Neo4jError) else str(error)
    if isinstance(error, AuthError):
        return EngineError(
            f"{where} refused the user {address.username!r}; check NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        advice = "try the command again" if address.kind == "embedded" else "check NEO4J_URI and that it runs"
        return EngineError(f"{where} does not answer or went away; nothing unconfirmed was kept; {advice}")
    if isinstance(error, ConstraintError) or is_conflict(text):
        return EngineError(
            f"others kept writing to {where} at the same time; nothing was written; try the command again"
        )
    if isinstance(error, ConfigurationError | ValueError):
        return EngineError(f"{where} cannot be reached as configured: {shorten(text, 160)}")
    if "DatabaseNotFound" in text or "database does not exist" in text.lower():
        return EngineError(f"{where} has no database {address.database!r}; set NEO4J_DATABASE to one it has")
    if "TransactionTimedOut" in text:
        return EngineError(f"the query took {where} too long and was stopped; ask for less")
    if "No space left" in text or "disk full" in text.lower():
        return EngineError(f"the disk of {where} is full; free some space and try again")
    if any(word.lower() in text.lower() for word in _REFUSALS):
        return WriteRefused(f"this may only read; {where} refused it: {shorten(text, 160)}")
    if is_unexplained(error):
        return EngineError(f"{where} could not commit; nothing was written; try the command again")
    if isinstance(error, ClientError) or "Unknown procedure/function" in text:
        return InvalidQuery(f"{where} does not understand the query: {shorten(text, 300)}")
    return EngineError(f"{where} failed: {shorten(text, 300)}")


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Lets no error of the driver through but as a sentence."""
    try:
        yield
    except (Neo4jError, DriverError, OSError) as error:
        raise sentence(error, address) from error
