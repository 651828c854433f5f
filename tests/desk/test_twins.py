"""Duplicates through the desk: seen by whoever sees both, decided by whoever sees all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import COORDINATOR, STEWARD, VISITOR
from cocommuns_graph.model.errors import InvalidValue, NotAllowed
from cocommuns_graph.store.door import Store
from tests.store.claims import expert, organisation, row, write


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    rows = [
        row(2, organisation("mill", name="The Mill", languages=["fr"], description="Flour.")),
        row(3, organisation("mill2", name="Mill Ltd", languages=["nl"], description="Flour and bread.")),
        row(4, organisation("hid", name="MILL", visibility="stewards"), expert("mill-ada", name="Mill")),
    ]
    write(store, rows)
    return Desk(store, STEWARD, tmp_path)


def test_everybody_sees_the_pairs_of_what_they_see(desk: Desk) -> None:
    def seen(viewer: Desk) -> set[str]:
        return {"=".join(sorted((pair["a"], pair["b"]))) for pair in viewer.duplicates()}

    assert seen(desk) == {"mill=mill2", "hid=mill", "hid=mill2"}
    visitor = desk.for_viewer(VISITOR.level)
    assert seen(visitor) == {"mill=mill2"}
    with pytest.raises(NotAllowed):
        desk.for_viewer(COORDINATOR.level).merge("mill", "mill2")
    told = desk.side_by_side("mill", "mill2")
    assert {field["name"]: (field["merged"], field["wins"]) for field in told["fields"]} == {
        "name": ("The Mill", "a"),
        "aliases": ("Mill Ltd", "same"),
        "languages": ("French, Dutch", "both"),
        "description": ("Flour and bread.", "b"),
        "visibility": ("public", "same"),
    }
    with pytest.raises(InvalidValue, match="two records of one type"):
        desk.merge("mill", "mill-ada")
    desk.not_duplicate("mill", "hid", who="Bo")
    desk.merge("mill", "mill2", wins={"description": "a"}, who="Bo")
    assert seen(desk) == set()
    assert [(one["a"], one["b"], one["decision"]) for one in desk.decided()] == [
        ("mill", "mill2", "merged"),
        ("mill", "hid", "different"),
    ]
    assert len(visitor.decided()) == 1
    assert desk.show("mill2")["properties"]["description"] == "Flour."
