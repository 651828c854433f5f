"""All there is comes back from an archive: records, provenance, journal, lists, on either engine."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.desk import Desk
from cocommuns_graph.model import STEWARD, VISITOR
from cocommuns_graph.model.errors import NotAllowed
from cocommuns_graph.store import writing
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.whole import NotEmpty
from tests.engines.stores import wipe
from tests.store.claims import expert, link, organisation, row, topic, write


def told(desk: Desk) -> list[Any]:
    """The history of a record; one engine lists properties in the order in which they were set."""
    events = desk.history("ada")
    for event in events:
        event["changes"].sort(key=lambda change: change["property"])
    return events


@pytest.mark.parametrize("size", [200_000, 6])
def test_a_restored_inventory_makes_the_same_archive(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    write(store, [row(2, expert("ada", priors=3, contact=["a@b.org"]), organisation("o", latitude=4.0))])
    write(store, [row(3, topic("t"), expert("ada", role="chair"), link("EXPERT_IN", "ada", "t", level=2))])
    desk = Desk(store, STEWARD, tmp_path)
    shortlist = desk.new_shortlist("Whom to ask")
    assert shortlist
    store.note("licence", "CC BY", who="ada")
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert desk.backup(first).left_out == 0
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    history = told(desk)

    with pytest.raises(NotEmpty, match="--replace"):
        desk.restore(first)
    wipe(store)
    monkeypatch.setattr(writing, "UNIT_SIZE", size)
    counted = desk.restore(first)
    assert (counted["nodes"]["Expert"], counted["nodes"]["Shortlist"]) == (1, 1)
    assert store.incomplete() == []
    desk.backup(second)
    assert second.read_bytes() == first.read_bytes()
    assert told(desk) == history

    write(store, [row(9, organisation("stray"))])
    desk.restore(first, replace=True)
    desk.backup(second)
    assert second.read_bytes() == first.read_bytes()


def test_an_archive_is_for_stewards_only(tmp_path: Path, store: Store) -> None:
    visitor = Desk(store, VISITOR, tmp_path)
    with pytest.raises(NotAllowed, match="for stewards only"):
        visitor.export(tmp_path / "a.zip", "archive")
    with pytest.raises(NotAllowed, match="for stewards only"):
        visitor.restore(tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
