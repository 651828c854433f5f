"""A whole inventory in one file: records, links, provenance, journal, lists and decisions, and back again.

The file is a zip of three members: `manifest.json` says what it is, of which version, how many lines the
others have and their SHA-256; `nodes.jsonl` and `links.jsonl` hold one element a line. Order, spelling and
times are fixed, so the same content makes the same bytes. Nothing of it is ever unpacked to disk.
"""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from cocommuns_graph.model import MODEL, Model, Node, Relationship, Value
from cocommuns_graph.model.errors import InvalidValue, UnreadableFile
from cocommuns_graph.model.kinds import shorten

T = TypeVar("T")
KIND = "cocommuns_graph archive"
VERSION = 1
AUDIENCE = "stewards"
"""For whom an archive is: everything is in it."""
_MANIFEST, _NODES, _LINKS = "manifest.json", "nodes.jsonl", "links.jsonl"
_MEMBERS = (_MANIFEST, _NODES, _LINKS)
_LARGEST_MANIFEST = 1 << 20
_LARGEST_MEMBER = 4 << 30
_LONGEST_LINE = 64 << 20
_MOST_RATIO = 200
_SMALL = 16 << 20
_BLOCK = 1 << 20
_LARGEST_WHOLE = 2**63
_LOCK = "Lock"


@dataclass(frozen=True)
class Archive:
    """What an archive holds: every node, of system labels too, and every relationship."""

    nodes: list[Node]
    links: list[Relationship]


# -- out ----------------------------------------------------------------------------------------------


def write_archive(path: Path, archive: Archive, version: str) -> None:
    """Writes an archive, the same bytes for the same content; `version` is that of the program.

    Raises:
        OSError: it cannot be written.
    """
    nodes = sorted(archive.nodes, key=lambda node: (node.label, node.id))
    links = sorted(archive.links, key=lambda link: link.identity)
    members = {
        _NODES: [
            _line({"label": node.label, "id": node.id, "set": _values(node.properties)}) for node in nodes
        ],
        _LINKS: [
            _line({"type": link.type, "from": link.start, "to": link.end, "set": _values(link.properties)})
            for link in links
        ],
    }
    manifest = {
        "kind": KIND,
        "version": VERSION,
        "program": f"cocommuns_graph {version}",
        "audience": AUDIENCE,
        "members": {name: _described(lines) for name, lines in members.items()},
    }
    with zipfile.ZipFile(path, "w") as packed:
        with packed.open(_info(_MANIFEST), "w") as file:
            file.write(json.dumps(manifest, indent=1, sort_keys=True).encode() + b"\n")
        for name, lines in members.items():
            with packed.open(_info(name), "w", force_zip64=True) as file:
                file.writelines(lines)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info


def _line(element: Mapping[str, Any]) -> bytes:
    text = json.dumps(element, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _described(lines: Iterable[bytes]) -> dict[str, Any]:
    digest, size, count = hashlib.sha256(), 0, 0
    for line in lines:
        digest.update(line)
        size += len(line)
        count += 1
    return {"lines": count, "bytes": size, "sha256": digest.hexdigest()}


def _values(properties: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _value(value) for name, value in properties.items() if name != "id"}


def _value(value: Any) -> Any:
    """A value as JSON, which knows no infinite number: that is written as `{"float": "inf"}`."""
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": repr(value)}
    return value


# -- in -----------------------------------------------------------------------------------------------


def read_archive(path: Path, model: Model = MODEL) -> Archive:
    """What an archive holds, once all of it was found to be whole and to fit the model.

    Raises:
        UnreadableFile: it is no archive of ours, is damaged, was changed, unpacks to more than it says, or
            was made by a newer program; the text says which.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            described = _checked(path, packed)
            nodes = list(_elements(path, packed, _NODES, described[_NODES], _node_reader(model)))
            places = {node.id: node.label for node in nodes if not model.node(node.label).system}
            _refuse_twins(path, ((node.label, node.id) for node in nodes))
            read_link = _link_reader(model, places)
            links = list(_elements(path, packed, _LINKS, described[_LINKS], read_link))
            _refuse_twins(path, (link.identity for link in links))
            return Archive(nodes, links)
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path} does not exist") from error
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f"{path} is no archive of an inventory, or it is damaged: {error}") from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    except (EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(f"{path} is damaged: {shorten(error)}") from error


def _checked(path: Path, packed: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """The members the manifest describes, after every name and size in the zip was looked at."""
    infos = packed.infolist()
    names = [info.filename for info in infos]
    if sorted(names) != sorted(_MEMBERS):
        strange = next((name for name in names if name not in _MEMBERS), "")
        what = (
            f"it holds {shorten(strange)!r}"
            if strange
            else f"it does not hold {', '.join(_MEMBERS)} once each"
        )
        raise UnreadableFile(f"{path} is no archive of an inventory: {what}")
    for info in infos:
        limit = _LARGEST_MANIFEST if info.filename == _MANIFEST else _LARGEST_MEMBER
        swollen = info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(1, info.compress_size)
        if info.file_size > limit or swollen:
            raise UnreadableFile(
                f"{path} was not opened: {info.filename} would unpack to {info.file_size:,} bytes"
            )
        if info.flag_bits & 1:
            raise UnreadableFile(f"{path} is locked with a password; unlock it first")
    try:
        manifest = json.loads(packed.read(_MANIFEST))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path} is damaged: its manifest is no JSON") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise UnreadableFile(f"{path} is no archive of an inventory: its manifest says nothing of the kind")
    if manifest.get("version") != VERSION:
        raise UnreadableFile(
            f"{path} is an archive of version {shorten(manifest.get('version'))}; this program reads version "
            f"{VERSION}, so update it first"
        )
    members = manifest.get("members")
    wanted = {"lines": int, "bytes": int, "sha256": str}
    if not isinstance(members, dict) or any(
        not isinstance(members.get(name), dict)
        or any(type(members[name].get(key)) is not kind for key, kind in wanted.items())
        for name in (_NODES, _LINKS)
    ):
        raise UnreadableFile(f"{path} is damaged: its manifest does not describe its members")
    for name in (_NODES, _LINKS):
        _check_whole(path, packed, name, members[name])
    return members


def _check_whole(path: Path, packed: zipfile.ZipFile, name: str, described: Mapping[str, Any]) -> None:
    digest, size = hashlib.sha256(), 0
    with packed.open(name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            if size > described["bytes"]:
                break
    if size != described["bytes"] or digest.hexdigest() != described["sha256"]:
        raise UnreadableFile(f"{path} is damaged or was changed: {name} is not what its manifest says")


def _elements(
    path: Path,
    packed: zipfile.ZipFile,
    name: str,
    described: Mapping[str, Any],
    read: Callable[[Mapping[str, Any]], T],
) -> Iterator[T]:
    number = 0
    with packed.open(name) as file:
        while line := _next_line(path, file):
            number += 1
            try:
                yield read(json.loads(line.decode("utf-8", "surrogatepass")))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidValue) as error:
                raise UnreadableFile(
                    f"{path} is damaged: line {number} of {name} is no element of an inventory "
                    f"({shorten(error)})"
                ) from error
    if number != described["lines"]:
        raise UnreadableFile(f"{path} is damaged: {name} has {number:,} lines, not {described['lines']:,}")


def _next_line(path: Path, file: IO[bytes]) -> bytes:
    line = file.readline(_LONGEST_LINE)
    if len(line) == _LONGEST_LINE:
        raise UnreadableFile(f"{path} has a line of more than {_LONGEST_LINE >> 20} MB")
    return line


def _node_reader(model: Model) -> Callable[[Mapping[str, Any]], Node]:
    levels = {node_type.label: node_type for node_type in model if node_type.label != _LOCK}

    def read(element: Mapping[str, Any]) -> Node:
        label, identifier = element["label"], _text(element["id"])
        if label not in levels:
            raise InvalidValue(f"{shorten(label)!r} is no label")
        properties = _properties(element["set"])
        visibility = levels[label].property("visibility")
        if visibility is not None and not levels[label].system:
            visibility.kind.clean(properties.get("visibility", ""))
        return Node(identifier, label, {"id": identifier, **properties})

    return read


def _link_reader(model: Model, places: Mapping[str, str]) -> Callable[[Mapping[str, Any]], Relationship]:
    types = frozenset(model.types)

    def read(element: Mapping[str, Any]) -> Relationship:
        type_, start, end = element["type"], element["from"], element["to"]
        if type_ not in types:
            raise InvalidValue(f"{shorten(type_)!r} is no relationship type")
        declared = model.relationship(type_)
        if places.get(start) not in declared.starts or places.get(end) not in declared.ends:
            raise InvalidValue(f"{type_} joins nothing that is there: {shorten(start)!r}, {shorten(end)!r}")
        properties = _properties(element["set"])
        return Relationship(type_, start, end, _key(properties), properties)

    return read


def _key(properties: Mapping[str, Value]) -> str:
    key = properties.get("key", "")
    if not isinstance(key, str):
        raise InvalidValue("its key is no text")
    return key


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidValue(f"{shorten(value)!r} is no id")
    return value


def _properties(found: Any) -> dict[str, Value]:
    if not isinstance(found, dict):
        raise InvalidValue("it has no properties")
    return {_text(name): _stored(value) for name, value in found.items()}


def _stored(value: Any) -> Value:
    if isinstance(value, list):
        items = [_scalar(item) for item in value]
        if len({type(item) for item in items}) > 1:
            raise InvalidValue("a list holds values of several kinds")
        return items  # type: ignore[return-value]
    return _scalar(value)


def _scalar(value: Any) -> str | int | float | bool:
    if isinstance(value, dict) and value.keys() == {"float"} and value["float"] in ("inf", "-inf", "nan"):
        return float(value["float"])
    if isinstance(value, int) and not -_LARGEST_WHOLE <= value < _LARGEST_WHOLE:
        raise InvalidValue("a whole number is larger than the graph can hold")
    if not isinstance(value, str | int | float):
        raise InvalidValue(f"{shorten(value)!r} is no value of a property")
    return value


def _refuse_twins(path: Path, identities: Iterable[object]) -> None:
    seen: set[object] = set()
    for identity in identities:
        if identity in seen:
            raise UnreadableFile(f"{path} is damaged: it holds {shorten(identity)} twice")
        seen.add(identity)
