"""An archive holds all there is, gives all of it back, and is read without trusting it."""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph.exporting import Archive, read_archive, write_archive
from cocommuns_graph.model import MODEL, Node, Relationship
from cocommuns_graph.model.errors import UnreadableFile
from tests.exporting.graphs import small

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WHOLES = st.integers(-(2**63), 2**63 - 1)
SCALARS = st.one_of(TEXTS, WHOLES, st.floats(), st.booleans())
VALUES = st.one_of(SCALARS, *(st.lists(kind, max_size=3) for kind in (TEXTS, WHOLES, st.floats())))
PROPERTIES = st.dictionaries(TEXTS.filter(lambda name: name not in ("", "id", "key")), VALUES, max_size=4)
LABELS = [node_type.label for node_type in MODEL if node_type.label != "Lock"]


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """Nodes of every label, system labels too, with any properties, and links among the organisations."""
    ids = draw(st.lists(TEXTS.filter(bool), unique=True, max_size=6))
    nodes = []
    for identifier in ids:
        label = draw(st.sampled_from(LABELS))
        own = {**draw(PROPERTIES), "id": identifier}
        if not MODEL.node(label).system:
            own["visibility"] = draw(st.sampled_from(["public", "stewards"]))
        nodes.append(Node(identifier, label, own))
    ends = [node.id for node in nodes if node.label == "Organisation"]
    links: dict[object, Relationship] = {}
    for start in ends:
        key = draw(TEXTS)
        link = Relationship(
            "PARTNER_OF", start, draw(st.sampled_from(ends)), key, {**draw(PROPERTIES), "key": key}
        )
        links[link.identity] = link
    return Archive(nodes, list(links.values()))


def same(value: Any) -> Any:
    """A value that is equal to another only if it is of the same type, not-a-number among them."""
    if isinstance(value, list):
        return [same(item) for item in value]
    return (type(value).__name__, "nan" if isinstance(value, float) and math.isnan(value) else value)


def content(archive: Archive) -> Any:
    return (
        {(node.label, node.id): {k: same(v) for k, v in node.properties.items()} for node in archive.nodes},
        {link.identity: {k: same(v) for k, v in link.properties.items()} for link in archive.links},
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archives())
def test_out_and_in_and_out_again_is_the_same_content_and_the_same_bytes(
    tmp_path: Path, archive: Archive
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_archive(first, archive, "1.0")
    found = read_archive(first)
    assert content(found) == content(archive)
    write_archive(second, Archive(found.nodes[::-1], found.links[::-1]), "1.0")
    assert second.read_bytes() == first.read_bytes()


def made(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """An archive of the small graph, its members changed by somebody."""
    graph = small()
    write_archive(path, Archive(list(graph.nodes.values()), graph.relationships), "1.0")
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def described(members: dict[str, bytes]) -> None:
    """Makes the manifest fit members that were changed, as one who wants to deceive would."""
    import hashlib

    manifest = json.loads(members["manifest.json"])
    for name in ("nodes.jsonl", "links.jsonl"):
        data = members[name]
        digest = hashlib.sha256(data).hexdigest()
        manifest["members"][name] = {"lines": data.count(b"\n"), "bytes": len(data), "sha256": digest}
    members["manifest.json"] = json.dumps(manifest).encode()


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)
        if name != "manifest.json":
            described(members)

    return change


def twice(members: dict[str, bytes]) -> None:
    members["nodes.jsonl"] += members["nodes.jsonl"].splitlines(keepends=True)[0]
    described(members)


def swollen(members: dict[str, bytes]) -> None:
    members["nodes.jsonl"] = bytes(64 << 20)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.update({"../../etc/passwd": b"x"}), "it holds '../../etc/passwd'"),
        (lambda members: members.pop("links.jsonl"), "does not hold"),
        (lambda members: members.update({"nodes.jsonl": b"{}\n"}), "is not what its manifest says"),
        (swollen, "would unpack to 67,108,864 bytes"),
        (
            replaced("manifest.json", b'"version": 1', b'"version": 2'),
            "archive of version 2; .* update it first",
        ),
        (replaced("manifest.json", b'"kind"', b'"sort"'), "its manifest says nothing of the kind"),
        (lambda members: members.update({"manifest.json": b"[" * 100_000}), "its manifest is no JSON"),
        (replaced("manifest.json", b'"lines": 5', b'"lines": 6'), "has 5 lines, not 6"),
        (replaced("nodes.jsonl", b'"Topic"', b'"Lock"'), "'Lock' is no label"),
        (replaced("nodes.jsonl", b'"members"', b'"friends"'), "'friends' is not accepted"),
        (replaced("nodes.jsonl", b"50.83", b"null"), "'None' is no value of a property"),
        (replaced("nodes.jsonl", b"50.83", b"9" * 30), "larger than the graph can hold"),
        (replaced("links.jsonl", b'"PARTNER_OF"', b'"x]-() DELETE"'), "is no relationship type"),
        (replaced("links.jsonl", b'"to":"t1"', b'"to":"i1"'), "joins nothing that is there"),
        (twice, "twice"),
    ],
)
def test_what_cannot_be_trusted_is_refused_before_anything_is_written(
    tmp_path: Path, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_archive(made(tmp_path / "a.zip", change))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,role\nAda,chair\n"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="is no archive of an inventory"):
        read_archive(path)
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_archive(tmp_path / "nothing")
