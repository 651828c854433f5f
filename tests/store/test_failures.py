"""Which failures may pass by themselves."""

from __future__ import annotations

import pytest
from neo4j.exceptions import Neo4jError

from cocommuns_graph.store.failures import is_transient


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        ("Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists", True),
        ("Neo.ClientError.Schema.IndexAlreadyExists", True),
        ("Neo.ClientError.Statement.SyntaxError", False),
    ],
)
def test_what_somebody_else_made_meanwhile_is_found_at_the_next_try(code: str, passes: bool) -> None:
    told = type("Told", (Neo4jError,), {"code": code, "message": "said the engine"})
    assert is_transient(told("said the engine")) is passes
