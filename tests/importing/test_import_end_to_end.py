from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.importing import read, report, write_rejects
from cocommuns_graph.model import STEWARD, Graph
from cocommuns_graph.store.door import Store
from tests.importing.files import write_small
from tests.shared import shared_path


def load(store: Store, *paths: Path, preview: bool = False, **options: str) -> dict[str, Any]:
    """Imports and reports."""
    reading = read(list(paths), **options)  # type: ignore[arg-type]
    return report(reading, store.write(reading.rows, who="test", paths=reading.paths, preview=preview))


def verdicts(found: dict[str, Any]) -> dict[str, tuple[int, int, int, int]]:
    """Created, updated, unchanged and rejected rows by file."""
    return {
        Path(file["path"]).name: tuple(file[name] for name in ("created", "updated", "unchanged", "rejected"))
        for file in found["files"]
        if file["format"]
    }


def content(graph: Graph) -> tuple[object, object]:
    """A graph without what tells when and from where it came."""
    nodes = {
        (
            node.label,
            node.id,
            str(sorted((k, v) for k, v in node.properties.items() if k not in ("created_in", "sources"))),
        )
        for node in graph.nodes.values()
    }
    links = {
        (
            *each.identity,
            str(sorted((k, v) for k, v in each.properties.items() if k not in ("created_in", "sources"))),
        )
        for each in graph.relationships
    }
    return nodes, links


def test_open_seeds_in_small_becomes_the_graph_it_says(store: Store, tmp_path: Path) -> None:
    write_small(tmp_path)
    previewed = load(store, tmp_path / "ols", preview=True)
    assert previewed["import_id"] is None
    assert not store.read(STEWARD).nodes
    found = load(store, tmp_path / "ols")
    assert (
        verdicts(found)
        == verdicts(previewed)
        == {
            "organizations.csv": (1, 0, 0, 0),
            "people.csv": (2, 0, 0, 0),
            "projects.csv": (1, 0, 0, 0),
            "person_project.csv": (0, 0, 2, 0),
        }
    )
    graph = store.read(STEWARD)
    assert {node.id: node.label for node in graph.nodes.values()} == {
        "ols:ossi": "Organisation",
        "ols:ada": "Expert",
        "ols:bob": "Expert",
        "ols:p1": "Initiative",
        "ols:topic-law": "Topic",
        "ols:topic-governance": "Topic",
    }
    assert {each.identity for each in graph.relationships} == {
        ("ols:ada", "AFFILIATED_WITH", "ols:ossi", ""),
        ("ols:ada", "EXPERT_IN", "ols:topic-law", ""),
        ("ols:ada", "EXPERT_IN", "ols:topic-governance", ""),
        ("ols:p1", "ABOUT", "ols:topic-law", ""),
        ("ols:bob", "TAKES_PART_IN", "ols:p1", "participant|"),
        ("ols:ada", "TAKES_PART_IN", "ols:p1", "mentor|"),
    }
    project = graph.nodes["ols:p1"]
    assert (project.text("status"), project.text("graduation"), project.text("description")) == (
        "ended",
        "graduated",
        "Useful",
    )
    assert graph.nodes["ols:ossi"].text("region") == "Europe"
    assert graph.nodes["ols:ada"].texts("sources") == ["people.csv:2"]

    again = load(store, tmp_path / "ols")
    assert again["nodes"]["unchanged"] == 4
    for kind in ("nodes", "relationships"):
        assert again[kind]["created"] == again[kind]["updated"] == again[kind]["removed"] == 0
    assert content(store.read(STEWARD)) == content(graph)


def test_files_one_by_one_in_any_order_end_in_the_same_graph(store: Store, tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    nodes, edges = tmp_path / "net_nodes.csv", tmp_path / "net_advice_edges.csv"
    assert verdicts(load(store, edges)) == {"net_advice_edges.csv": (0, 0, 0, 3)}
    assert verdicts(load(store, nodes)) == {"net_nodes.csv": (2, 0, 0, 0)}
    assert verdicts(load(store, edges)) == {"net_advice_edges.csv": (2, 0, 0, 1)}
    graph = store.read(STEWARD)
    assert {(each.start, each.end): each.properties["weight"] for each in graph.relationships} == {
        ("net:1", "net:2"): 3.0,
        ("net:2", "net:2"): 1.0,
    }
    assert {node.id: node.properties["dept"] for node in graph.nodes.values()} == {"net:1": 4, "net:2": 2}
    edges.write_text("source,target,weight\n1,2,5\n2,2,1\n")
    assert verdicts(load(store, edges)) == {"net_advice_edges.csv": (0, 1, 1, 0)}


def test_rejected_rows_are_mended_and_join_the_rest(store: Store, tmp_path: Path) -> None:
    write_small(tmp_path, "net_nodes.csv", "net_advice_edges.csv")
    reading = read([tmp_path])
    outcome = store.write(reading.rows, who="test", paths=reading.paths)
    (path,) = write_rejects(reading, outcome, tmp_path / "mend.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert "no record has the id 'net:9'" in text
    path.write_text(text.replace("1,9,1", "2,1,1"), encoding="utf-8-sig")
    assert verdicts(load(store, path)) == {"mend.csv": (1, 0, 0, 0)}
    assert ("net:2", "COLLABORATES_WITH", "net:1", "") in {
        each.identity for each in store.read(STEWARD).relationships
    }


def test_bad_rows_are_told_and_the_good_ones_written(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(
        "id,name,country,website\n"
        "a,Alpha,Atlantis,https://a.org\n"
        "a,Beta,BE,\n"
        ",Gamma,,\n"
        ",gamma,,https://other.org\n"
        "d,,FR,\n",
        encoding="utf-8",
    )
    (tmp_path / "links.csv").write_text("from,type,to\na,MEMBER_OF,nobody\na,ABOUT,a\na,MEMBER_OF,a\n")
    (tmp_path / "topics.csv").write_text("id,label\na,Topic\n")
    found = load(store, tmp_path)
    for file in found["files"]:
        assert file["rows"] == sum(file[name] for name in ("created", "updated", "unchanged", "rejected"))
    counts = verdicts(found)
    assert sum(counts["organisations.csv"]) == 5
    assert counts["topics.csv"] == (0, 0, 0, 1)
    assert counts["links.csv"] == (1, 0, 0, 2)
    told = {(problem["row"], problem["severity"]) for problem in found["problems"]}
    assert {(2, "warning"), (6, "error")} <= told


# Tracing makes it three to five times slower, and smaller tests run the same lines.
@pytest.mark.no_cover
@pytest.mark.parametrize("folder", ["ols-open-seeds", "civic-brigade-index", "networks"])
def test_a_real_folder_is_imported_twice_and_every_row_is_accounted_for(store: Store, folder: str) -> None:
    path = shared_path(f"data/{folder}")
    read_rows = {
        source.path: sum(1 for _ in source.bound.rows()) for source in read([path]).claimed if source.bound
    }
    first = load(store, path)
    second = load(store, path)
    for found in (first, second):
        for file in found["files"]:
            assert file["rows"] == read_rows.get(file["path"], 0)
            assert file["rows"] == sum(file[name] for name in ("created", "updated", "unchanged", "rejected"))
    for file in second["files"]:
        assert (file["created"], file["updated"]) == (0, 0)
    rejected = {Path(file["path"]).name: file["rejected"] for file in first["files"] if file["rejected"]}
    assert rejected == ({"chemnet_committee_edges.csv": 180} if folder == "networks" else {})
