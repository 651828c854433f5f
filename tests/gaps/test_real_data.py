"""On data of others: people without sectors, and organisations without experts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph.importing import read
from cocommuns_graph.model import Graph
from tests.changes.fake import Memory, plan
from tests.gaps.found import of_kind, search, subjects
from tests.shared import shared_path

# Tracing makes it three to five times slower, and smaller tests run the same lines.
pytestmark = pytest.mark.no_cover


def graph_of(*paths: Path, **options: str) -> Graph:
    memory = Memory()
    plan(memory, read(list(paths), **options).rows())  # type: ignore[arg-type]
    return Graph(map(memory._node, memory.labels), memory._links())


def test_open_seeds_by_country() -> None:
    found = search(graph_of(shared_path("data/ols-open-seeds")))
    assert found.by == "country"
    kinds = {gap.kind for gap in found.gaps}
    assert {"topic-without-expert", "topic-on-one", "broker", "cut-point", "isolate"} <= kinds
    assert len(found.introductions) == 30
    assert "shared-need" not in kinds


def test_the_civic_index_has_no_experts_and_is_not_said_to_lack_any() -> None:
    found = search(graph_of(shared_path("data/civic-brigade-index")))
    assert of_kind(found, "topic-without-expert") == []
    assert of_kind(found, "topic-on-one") != []
    assert found.introductions


@pytest.mark.parametrize(("name", "cut_points"), [("karate", ["karate:1"]), ("florentine_marriage", None)])
def test_plain_pairs(name: str, cut_points: list[str] | None) -> None:
    found = search(
        graph_of(*(shared_path(f"data/networks/{name}_{kind}.csv") for kind in ("nodes", "edges")))
    )
    assert found.introductions == ()
    if cut_points is not None:
        assert subjects(found, "cut-point") == [(one,) for one in cut_points]
    else:
        assert len(of_kind(found, "isolate")) == found.network["isolates"] == 1
