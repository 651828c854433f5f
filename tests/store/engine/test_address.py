"""Addresses: from the environment, and where homes are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store.engine import Address, default_home, demo_home, from_environment


def test_no_uri_means_no_neo4j() -> None:
    assert from_environment({}) is None
    assert from_environment({"NEO4J_URI": "  ", "NEO4J_PASSWORD": "x"}) is None


def test_aura_variables_are_taken_as_they_are() -> None:
    env = {
        "NEO4J_URI": "neo4j+s://abc.example.org",
        "NEO4J_USERNAME": "u",
        "NEO4J_PASSWORD": " p w ",
        "NEO4J_DATABASE": "d",
    }
    assert from_environment(env) == Address(
        "neo4j+s://abc.example.org", "u", " p w ", "d", None, None, "neo4j"
    )


def test_username_and_database_have_defaults() -> None:
    address = from_environment({"NEO4J_URI": "bolt://localhost:7687", "NEO4J_PASSWORD": "p"})
    assert address is not None
    assert (address.username, address.database) == ("neo4j", "neo4j")


@pytest.mark.parametrize("scheme", ["neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc", "BOLT"])
def test_every_scheme_of_the_driver_is_accepted(scheme: str) -> None:
    assert from_environment({"NEO4J_URI": f"{scheme}://[::1]:7687"}) is not None


@pytest.mark.parametrize(
    ("uri", "names"),
    [
        ("localhost:7687", "'localhost'"),
        ("http://localhost:7474", "'http'"),
        ("bolt://", "no host"),
        ("localhost", "no scheme"),
        ("bolt://host:seven", "seven"),
        ("bolt://[::1", "usable"),
        ("bolt://neo4j:secret@host", "NEO4J_PASSWORD"),
    ],
)
def test_unusable_uri_is_one_sentence_that_names_the_fault(uri: str, names: str) -> None:
    with pytest.raises(EngineError, match="NEO4J_URI") as caught:
        from_environment({"NEO4J_URI": uri})
    assert names in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_repr_hides_passwords() -> None:
    address = Address("bolt://h", "u", "hush-1", "d", "r", "hush-2", "embedded")
    assert "hush" not in repr(address)
    assert "hush" not in f"{address}"


def test_home_is_the_variable_else_in_the_user_data_folder(tmp_path: Path) -> None:
    assert default_home({"COCOMMUNS_HOME": str(tmp_path)}) == tmp_path
    assert demo_home({"COCOMMUNS_HOME": str(tmp_path)}) == tmp_path
    assert default_home({}).is_absolute()
    assert demo_home({}).parent == default_home({}).parent
    assert demo_home({}).name == "demo"
    assert demo_home({}) != default_home({})


def test_home_may_be_relative_or_begin_with_a_tilde() -> None:
    assert default_home({"COCOMMUNS_HOME": "here"}) == Path.cwd() / "here"
    assert default_home({"COCOMMUNS_HOME": "~/there"}) == Path.home() / "there"
