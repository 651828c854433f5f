"""What the graph says of a record that may tell whether it is another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cocommuns_graph.duplicates.naming import Name, named
from cocommuns_graph.duplicates.vocabulary import SHARED_HOSTS
from cocommuns_graph.model import MODEL, Graph, Node, fold

_MOST_NAMES = 30
_SHARED_BY = 3


@dataclass(frozen=True)
class Record:
    """A record as it is compared: its names, the caption first, and what else tells it from others."""

    node: Node
    names: tuple[Name, ...]
    site: str
    emails: frozenset[str]
    place: str
    neighbours: frozenset[str]

    @property
    def id(self) -> str:
        """Its id."""
        return self.node.id


def records(graph: Graph, label: str) -> list[Record]:
    """The records of a label, as whoever sees this graph sees them."""
    nodes = graph.of_label(label)
    hosts = Counter(host for node in nodes if (host := _host(node.text("website"))))
    return [
        Record(
            node,
            _names(node),
            _site(node.text("website"), hosts),
            frozenset(text.casefold() for text in node.texts("contact") if "@" in text),
            fold(node.text("place").split(",")[0]),
            frozenset(link.other(node.id) for link in graph.links_of.get(node.id, ())),
        )
        for node in nodes
    ]


def _names(node: Node) -> tuple[Name, ...]:
    """What a record is called: its caption, its aliases, and of a topic both in every language."""
    caption = MODEL.node(node.label).caption
    texts: dict[str, None] = {node.name: None}
    for name in sorted(node.properties):
        if name.split("_")[0] in (caption, "aliases"):
            texts.update(dict.fromkeys(node.texts(name)))
    return tuple(named(text, node.label) for text in list(texts)[:_MOST_NAMES])


def _host(website: str) -> str:
    address = website if "//" in website else f"//{website}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _site(website: str, hosts: Mapping[str, int]) -> str:
    """Where a record is on the web: its host; host and path where many have a page there."""
    host = _host(website)
    if not host:
        return ""
    shared = any(host == one or host.endswith(f".{one}") for one in _parents(host))
    if not shared and hosts[host] <= _SHARED_BY:
        return host
    if host not in SHARED_HOSTS and shared and host.count(".") > 1:
        return host
    path = urlsplit(website if "//" in website else f"//{website}").path.strip("/").casefold()
    return f"{host}/{path}" if path else ""


def _parents(host: str) -> Iterable[str]:
    parts = host.split(".")
    return (parent for at in range(len(parts) - 1) if (parent := ".".join(parts[at:])) in SHARED_HOSTS)
