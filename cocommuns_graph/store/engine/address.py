"""Where a graph is and how to log in: the embedded engine of a home, or a Neo4j named by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from cocommuns_graph.model.errors import EngineError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True)
class Address:
    """How to reach a graph over Bolt; its repr keeps passwords out of logs and tracebacks.

    The reader is a user the engine itself keeps from writing. It exists on the embedded engine only; on
    Neo4j a session opened for reading does the same, and both reader fields are None.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    reader_username: str | None
    reader_password: str | None = field(repr=False)
    kind: Literal["embedded", "neo4j"]


def from_environment(env: Mapping[str, str]) -> Address | None:
    """The Neo4j named by NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE; None without a URI.

    Args:
        env: usually os.environ. Username and database are `neo4j` where not given.

    Raises:
        EngineError: the URI has no host or another scheme than those the driver speaks.
    """
    uri = env.get("NEO4J_URI", "").strip()
    if not uri:
        return None
    try:
        parts = urlsplit(uri)
        scheme, host, _port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise EngineError(f"NEO4J_URI is not a usable address ({error}); write bolt://HOST:7687.") from None
    if scheme not in SCHEMES or not host:
        raise EngineError(
            f"NEO4J_URI must look like neo4j+s://HOST or bolt://HOST:7687, with one of the schemes "
            f"{', '.join(SCHEMES)}; what is set has {_what_is_wrong(scheme, host)}."
        )
    if parts.username or parts.password:
        raise EngineError(
            "NEO4J_URI must not hold a user name or password; put them in NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    return Address(
        uri=uri,
        username=env.get("NEO4J_USERNAME", "").strip() or "neo4j",
        password=env.get("NEO4J_PASSWORD", ""),
        database=env.get("NEO4J_DATABASE", "").strip() or "neo4j",
        reader_username=None,
        reader_password=None,
        kind="neo4j",
    )


def _what_is_wrong(scheme: str, host: str | None) -> str:
    if not scheme:
        return "no scheme"
    return (
        f"the scheme {scheme!r}" if scheme not in SCHEMES else "no host" if not host else "an unusable host"
    )


def default_home(env: Mapping[str, str]) -> Path:
    """The home folder: COCOMMUNS_HOME, else `cocommuns` in the user data folder of the platform."""
    named = env.get("COCOMMUNS_HOME", "").strip()
    return Path(named).expanduser().absolute() if named else _user_data() / "cocommuns"


def demo_home(env: Mapping[str, str]) -> Path:
    """Where `demo` keeps its graph, apart from one's own data.

    COCOMMUNS_HOME where set, else the folder `demo` beside the default home.
    """
    return default_home(env) if env.get("COCOMMUNS_HOME", "").strip() else _user_data() / "demo"


def _user_data() -> Path:
    import platformdirs  # here, not above: the supervisor imports this module and never asks for it

    return Path(platformdirs.user_data_dir("cocommuns", appauthor=False))
