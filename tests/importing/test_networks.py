"""GraphML, GEXF and exported workbooks as sources of an import, on both engines and in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph import importing, shipped
from cocommuns_graph.exporting import export
from cocommuns_graph.importing import read, words
from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.errors import CocommunsError, UnreadableFile
from cocommuns_graph.store.door import Store
from tests.changes.fake import Memory, plan
from tests.exporting.graphs import META
from tests.importing.test_import_end_to_end import load, verdicts
from tests.shared import shared_path

BODY = (
    '<graphml><key id="s" for="node" attr.name="sector"/><key id="w" for="edge" attr.name="weight"/>'
    '<key id="t" for="edge" attr.name="type"/><key id="l" for="node" attr.name="label"/>'
    '<key id="f" for="edge" attr.name="frequency"/><graph>'
    '<node id="a"><data key="l">Ada</data><data key="s">union</data></node><node id="b"/>'
    '<edge source="a" target="b"><data key="w">2</data><data key="t">advice</data>'
    '<data key="f">often</data></edge>'
    '<edge source="b" target="b"><data key="t">MEMBER_OF</data></edge>'
    '<edge source="b" target="nobody"/></graph></graphml>'
)


def network(tmp_path: Path, name: str = "advice.graphml") -> Path:
    path = tmp_path / name
    path.write_text(BODY, encoding="utf-8")
    return path


def test_a_network_of_others_is_read_as_a_pair(tmp_path: Path) -> None:
    reading = read([network(tmp_path)])
    assert [(source.path, source.namespace) for source in reading.claimed] == [
        (f"{tmp_path}/advice.graphml/advice_nodes", "advice"),
        (f"{tmp_path}/advice.graphml/advice_edges", "advice"),
    ]
    memory = Memory()
    outcome = plan(memory, reading.rows())
    assert memory.labels == {"advice:a": "Organisation", "advice:b": "Organisation"}
    assert memory.values["advice:a"]["sector"] == "union"
    assert memory.values["advice:b"]["name"] == "b"
    advice = memory.ties["advice:a", "COLLABORATES_WITH", "advice:b", "advice"]
    assert (advice["kind"], advice["weight"], advice["frequency"]) == ("advice", 2.0, "often")
    assert advice["sources"] == ["advice.graphml/advice_edges:1"]
    assert ("advice:b", "MEMBER_OF", "advice:b", "") in memory.ties
    assert [problem.sentence().removeprefix(f"{tmp_path}/") for problem in outcome.problems] == [
        "advice.graphml/advice_edges, tie 3, column target: no record has the id 'advice:nobody'; "
        "import it first or correct the id"
    ]
    said = "\n".join(words(importing.report(reading, outcome)))
    assert "advice_edges, tie 3, column target" in said


def test_label_and_namespace_are_for_networks_too(tmp_path: Path) -> None:
    memory = Memory()
    reading = read([network(tmp_path)], label="expert", namespace="n")
    plan(memory, reading.rows())
    assert memory.labels == {"n:a": "Expert", "n:b": "Expert"}
    with pytest.raises(CocommunsError, match="--label topic does not fit"):
        read([network(tmp_path)], label="topic")


def test_rejected_ties_can_be_mended_and_imported(tmp_path: Path) -> None:
    reading = read([network(tmp_path)])
    memory = Memory()
    outcome = plan(memory, reading.rows())
    (rejects,) = importing.write_rejects(reading, outcome, tmp_path / "rejects.csv")
    rejects.write_text(rejects.read_text("utf-8-sig").replace("nobody", "a"), encoding="utf-8")
    again = plan(memory, read([rejects]).rows(), "u2")
    assert again.rejected == []
    assert ("advice:b", "COLLABORATES_WITH", "advice:a", "") in memory.ties


def test_in_a_folder_other_xml_is_passed_over_and_named_it_is_refused(tmp_path: Path) -> None:
    network(tmp_path)
    (tmp_path / "drawing.svg").write_text("<?xml version='1.0'?><svg/>", encoding="utf-8")
    reading = read([tmp_path])
    assert [Path(source.path).name for source in reading.sources if source.bound is None] == ["drawing.svg"]
    with pytest.raises(UnreadableFile, match="is XML, not a table or a network"):
        read([tmp_path / "drawing.svg"])


def test_a_network_and_a_pair_of_the_same_name_are_the_same_network(tmp_path: Path) -> None:
    (tmp_path / "advice_nodes.csv").write_text("id,name,sector\na,Ada,union\nb,b,\n", encoding="utf-8")
    memory = Memory()
    plan(memory, read([tmp_path / "advice_nodes.csv"]).rows())
    outcome = plan(memory, read([network(tmp_path)]).rows(), "u2")
    assert outcome.nodes.unchanged == 2


@pytest.mark.parametrize(
    ("name", "nodes", "ties"),
    [("gephi_football.graphml", 115, 613), ("gephi_LesMiserables.gexf", 77, 254)],
)
def test_files_of_gephi_are_imported_and_again_unchanged(
    store: Store, name: str, nodes: int, ties: int
) -> None:
    path = shared_path(f"data/peer-tool-examples/{name}")
    stem = path.stem
    assert verdicts(load(store, path)) == {
        f"{stem}_nodes": (nodes, 0, 0, 0),
        f"{stem}_edges": (ties, 0, 0, 0),
    }
    assert verdicts(load(store, path)) == {
        f"{stem}_nodes": (0, 0, nodes, 0),
        f"{stem}_edges": (0, 0, ties, 0),
    }


@pytest.mark.parametrize("name", ["out.xlsx", "out.graphml", "out.gexf"])
def test_the_sample_travels_from_one_home_to_another(store: Store, tmp_path: Path, name: str) -> None:
    load(store, Path(shipped.folder("sample_data")))
    before = store.read(STEWARD)
    export(before, tmp_path / name, None, META)
    again = load(store, tmp_path / name)
    assert again["nodes"] == {"created": 0, "updated": 0, "unchanged": len(before.nodes), "removed": 0}
    assert again["relationships"]["unchanged"] == len(before.relationships)
    after = store.read(STEWARD)
    assert after.nodes == before.nodes
    assert after.relationships == before.relationships
