"""Two records made one on a real graph: nothing is lost, later imports know, and it is taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest

from cocommuns_graph.model import MODEL, STEWARD
from cocommuns_graph.model.claims import Row
from cocommuns_graph.model.errors import InvalidValue, NotFound
from cocommuns_graph.store.door import Store
from tests.engines.stores import run
from tests.store.claims import counts, expert, link, organisation, row, topic, write

ROWS = [
    row(2, organisation("etuc", name="ETUC", country="BE", website="https://etuc.org", languages=["en"])),
    row(3, organisation("ces", name="Confédération européenne des syndicats", place="Brussels",
                        description="All of it.", languages=["fr"], visibility="members")),
    row(4, expert("ada"), topic("energy")),
    row(5, link("AFFILIATED_WITH", "ada", "ces", role="chair")),
    row(6, link("WORKS_ON", "etuc", "energy"), link("WORKS_ON", "ces", "energy", evidence="report")),
    row(7, link("PARTNER_OF", "etuc", "ces")),
]  # fmt: skip


def everything(store: Store) -> list[dict[str, Any]]:
    """All of the inventory with every property, its bookkeeping included."""
    nodes = [
        dict(record["n"]) | {"": label}
        for label in MODEL.labels
        for record in run(store.address, f"MATCH (n:{label}) RETURN properties(n) AS n ORDER BY n.id")
    ]
    links = run(
        store.address,
        "MATCH (x)-[tie]->(y) RETURN x.id AS a, type(tie) AS type, y.id AS b, properties(tie) AS r",
    )
    return [*nodes, *sorted(links, key=repr)]


@pytest.fixture
def filled(store: Store) -> Store:
    write(store, ROWS, paths=["a.csv"], tables=["a.csv"])
    return store


def test_a_merge_keeps_all_of_both_and_is_taken_back_exactly(filled: Store) -> None:
    before = everything(filled)
    planned = filled.merge("etuc", "ces", who="Bo", preview=True)
    assert planned.import_id is None
    assert everything(filled) == before

    done = filled.merge("etuc", "ces", who="Bo")
    found = everything(filled)
    (merged,) = [one for one in found if one.get("") == "Organisation"]
    assert merged["name"] == "ETUC"
    assert merged["aliases"] == ["Confédération européenne des syndicats"]
    assert merged["languages"] == ["en", "fr"]
    assert (merged["place"], merged["description"]) == ("Brussels", "All of it.")
    assert merged["visibility"] == "members"
    assert merged["sources"] == ["a.csv:2", "a.csv:3"]
    ties = {(one["a"], one["type"], one["b"]): one["r"] for one in found if "type" in one}
    assert set(ties) == {("ada", "AFFILIATED_WITH", "etuc"), ("etuc", "WORKS_ON", "energy")}
    assert ties["ada", "AFFILIATED_WITH", "etuc"]["sources"] == ["a.csv:5"]
    assert ties["etuc", "WORKS_ON", "energy"]["evidence"] == "report"
    assert filled.merged(STEWARD) == {"ces": "etuc"}
    assert [problem.reason for problem in done.problems] == [
        "that 'etuc' is a partner of 'ces' is left out: they are one record now"
    ]

    filled.undo(done.import_id or "", who="Bo")
    assert everything(filled) == before
    assert filled.merged(STEWARD) == {}


def test_later_imports_know_the_id_that_went(filled: Store) -> None:
    filled.merge("etuc", "ces", chosen={"name": "gone"}, who="Bo")
    before = everything(filled)
    again = write(filled, ROWS, paths=["a.csv"], tables=["a.csv"])
    assert counts(again)[0] == (0, 0, 3, 0)
    assert [one.get("name") for one in everything(filled)] == [one.get("name") for one in before]
    news = [
        row(
            3, organisation("ces", name="Confédération européenne des syndicats", place="Liège"), path="b.csv"
        ),
        row(4, link("WORKS_ON", "ces", "energy", mode="offers"), path="b.csv"),
        row(5, link("PARTNER_OF", "ces", "etuc"), path="b.csv"),
    ]  # fmt: skip
    later = write(filled, news)
    assert not later.rejected
    assert [one["id"] for one in everything(filled) if one.get("") == "Organisation"] == ["etuc"]
    (merged,) = [one for one in everything(filled) if one.get("id") == "etuc"]
    assert (merged["name"], merged["place"]) == ("Confédération européenne des syndicats", "Liège")
    assert merged["aliases"] == ["ETUC"]
    assert ("etuc", "WORKS_ON", "energy", "offers") in {
        (one["a"], one["type"], one["b"], one["r"]["key"]) for one in everything(filled) if "type" in one
    }


def test_what_cannot_be_merged_is_refused_and_nothing_is_written(filled: Store) -> None:
    before = everything(filled)
    for other, error in (("ada", InvalidValue), ("etuc", InvalidValue), ("nobody", NotFound)):
        with pytest.raises(error):
            filled.merge("etuc", other, who="Bo")
    assert everything(filled) == before
    assert [unit["action"] for unit in filled.imports()] == ["import"]


def test_rows_that_arrive_rejected_stay_so(filled: Store) -> None:
    filled.merge("etuc", "ces", who="Bo")
    bad = Row("c.csv:2", "c.csv", 2, rejected=True)
    assert filled.write(lambda: [bad], who="Bo").verdicts["c.csv"].rejected == 1
