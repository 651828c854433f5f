"""The desk takes units back for coordinators, tells what stays, and resumes what was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.changes.state import chunks
from cocommuns_graph.desk import Desk, undone_words
from cocommuns_graph.desk.parts.files_in import Imported
from cocommuns_graph.model import STEWARD, Visibility
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.store import pipeline, writing
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from tests.engines.stores import wipe


@pytest.fixture
def desk(embedded_address: Address, tmp_path: Path) -> Iterator[Desk]:
    store = Store(embedded_address)
    store.prepare()
    wipe(store)
    with Desk(store, STEWARD, tmp_path) as opened:
        yield opened


def written(folder: Path, places: list[str]) -> Path:
    rows = "".join(f"e{n},Expert {n},{place}\n" for n, place in enumerate(places))
    (folder / "experts.csv").write_text(f"id,name,place\n{rows}", encoding="utf-8")
    return folder / "experts.csv"


def test_an_undo_tells_what_stays_and_names_itself(desk: Desk, tmp_path: Path) -> None:
    desk.import_files([written(tmp_path, ["Ghent"])], who="Ada")
    desk.import_files([written(tmp_path, ["Lille", "Rome"])], who="Ada")
    change = next(entry for entry in desk.history("e0") if entry["action"] == "update")
    assert (change["source"], change["files"]) == ("experts.csv:2", [str(tmp_path / "experts.csv")])
    desk.set("e0", "place", "Oslo", who="Bo")
    newest, second, _ = desk.units()
    assert (newest["who"], second["files"]) == ("Bo", [str(tmp_path / "experts.csv")])
    done = desk.undo(second["short"], who="Eve", preview=True)
    assert done["unit"] is None
    done = desk.undo(second["short"], who="Eve")
    (kept,) = done["kept"]
    assert (kept["id"], kept["property"], kept["value"], kept["instead"]) == ("e0", "place", "Oslo", "Ghent")
    assert kept["unit"] == newest["unit"]
    assert done["nodes"]["removed"] == 1
    lines = list(undone_words(done, desk.say))
    assert "Expert 1 was removed" in lines
    assert lines[-1] == f"to take this back: cocommuns undo {done['short']}"
    assert desk.units()[0]["text"] == f"Eve undid {second['short']}"
    assert [entry["action"] for entry in desk.history("e1")] == ["remove", "create"]
    desk.undo(done["short"], who="Eve")
    assert [entry["action"] for entry in desk.history("e1")] == ["restore", "remove", "create"]
    with pytest.raises(NotAllowed):
        desk.for_viewer(Visibility.MEMBERS).undo("last")


class Broken(Exception):
    pass


def test_an_interrupted_import_is_resumed_with_its_options(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound, match="nothing is incomplete"):
        desk.resume()
    monkeypatch.setattr(writing, "UNIT_SIZE", 10)
    monkeypatch.setattr(chunks, "__defaults__", (5,))
    monkeypatch.setattr(pipeline, "_CHUNK", 1)
    sent: list[object] = []
    send = writing.Writing.send

    def breaking(self: writing.Writing, batch: Any) -> None:
        sent.append(batch)
        if len(sent) > 5:
            raise Broken
        send(self, batch)

    path = written(tmp_path, ["Ghent"] * 40)
    with monkeypatch.context() as patched:
        patched.setattr(writing.Writing, "send", breaking)
        with pytest.raises(Broken):
            desk.import_files([path], namespace="n", who="Ada")
    (begun,) = desk.status()["incomplete"]
    assert 0 < len(desk.graph().nodes) < 40
    assert "'resume' finishes it" in desk.unfinished()[0]
    done = desk.resume()
    assert isinstance(done, Imported)
    assert done.report["import_id"] == begun["id"]
    graph = desk.graph()
    assert set(graph.nodes) == {f"n:e{n}" for n in range(40)}
    assert {node.text("created_in") for node in graph.nodes.values()} == {begun["id"]}
    assert desk.unfinished() == []
    assert desk.units()[0]["nodes"]["created"] == 40
    desk.undo("last")
    with pytest.raises(InvalidValue, match="undone already"):
        desk.undo(desk.units()[1]["short"])
