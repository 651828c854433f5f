"""Engines for the desk's own tests."""

from tests.engines.fixtures import embedded_address, neo4j_address  # noqa: F401
from tests.engines.stores import store  # noqa: F401
