"""What a map is asked for beside its picture: by what to colour, what to filter, what to lay over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from cocommuns_graph.model import Graph, Scalar
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.wording import Wording

if TYPE_CHECKING:
    from cocommuns_graph.desk.measuring import Metrics
    from cocommuns_graph.maps.shades import Values

TYPE = "type"
MEASURED = ":"
_GROUPS = ("community", "component")
_ABOUT_DIRECTION = ("indegree", "outdegree", "betweenness_undirected")
_FLAGS = ("articulation_point",)


@dataclass(frozen=True)
class MapView:
    """What a map shows: around what and how far, which records besides, coloured and sized by what (keys of
    `shades`), the filters chosen by kind, whether neighbours of what passes are shown too, which gaps lie
    over it, and between which two, given as ids, a chain is drawn (`chain` is its number, from 0).
    """

    topic: str | None = None
    around: str | None = None
    depth: int = 1
    expand: tuple[str, ...] = ()
    color: str = TYPE
    size: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    near: bool = False
    gaps: str = ""
    pair: tuple[str, str] | None = None
    chain: int = 0

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by kind."""
        return {kind: values for kind, values in self.chosen if values}

    @property
    def in_words(self) -> dict[str, str]:
        """What an exported page says it was asked for, by name."""
        told = {
            "topic": self.topic or "",
            "around": self.around or "",
            "depth": str(self.depth) if self.around else "",
            "expanded": " ".join(self.expand),
            "color": "" if self.color == TYPE else self.color,
            "size": self.size,
            **{kind: "|".join(values) for kind, values in self.filters.items()},
            "gaps": self.gaps,
        }
        return {name: text for name, text in told.items() if text}


def shades(graph: Graph, say: Wording) -> dict[str, str]:
    """By what records can be coloured or sized: keys with their words.

    A property's key is its name, a measure's that of its network and its own: `direct:betweenness`.
    """
    from cocommuns_graph.maps.shades import properties
    from cocommuns_graph.network import NETWORKS
    from cocommuns_graph.network.measures import MEASURES

    found = {TYPE: say("type of record"), **properties(graph, say)}
    for network in NETWORKS:
        for one in MEASURES.values():
            if not one.grouped and one.name not in _ABOUT_DIRECTION:
                found[f"{network}{MEASURED}{one.name}"] = say(
                    "{measure} ({network})", measure=say.words(one.words), network=network_words(network, say)
                )
    return found


def network_words(network: str, say: Wording) -> str:
    """What ties the actors of a network."""
    return {
        "direct": say("direct ties"),
        "initiatives": say("shared initiatives"),
        "topics": say("shared topics"),
    }[network]


def shade_key(graph: Graph, asked: str, say: Wording) -> str:
    """The key of `shades` that is meant: one of them, or a measure's own name for that of direct ties.

    Raises:
        InvalidValue: there is nothing of that name; the text names what there is.
    """
    known = shades(graph, say)
    for key in (asked, f"direct{MEASURED}{asked}"):
        if key in known:
            return key
    own = ", ".join(one for one in known if MEASURED not in one)
    raise InvalidValue(
        f"a map cannot be coloured or sized by {shorten(asked)!r}; accepted: {own}, or a measure such as "
        "betweenness or topics:degree"
    )


def shade_values(graph: Graph, key: str, say: Wording, measure: Callable[[str], Metrics]) -> Values | None:
    """The values of a key of `shades`; None for the type, which the picture itself tells.

    `measure` gives the measures of a network.
    """
    from cocommuns_graph.maps.shades import Values, values_of

    if key in ("", TYPE):
        return None
    title = shades(graph, say)[key]
    network, _, name = key.partition(MEASURED)
    if not name:
        return values_of(graph, key, title, say)
    found = measure(network)
    column = found.columns.index(name)
    there = {row[0]: row[column] for row in found.rows if row[column] is not None}
    unknown = say("not measured")
    if name in _FLAGS:
        of: dict[str, Scalar] = {id_: "yes" if value else "no" for id_, value in there.items()}
        return Values(title, of, False, unknown, ("yes", "no"), {"yes": say("yes"), "no": say("no")})
    if name in _GROUPS:
        words = _group_words(graph, found, column, say)
        of = {id_: str(value) for id_, value in there.items() if str(value) in words}
        return Values(title, of, False, say("alone, or not measured"), words=words)
    return Values(title, {id_: float(value) for id_, value in there.items()}, True, unknown)


def _group_words(graph: Graph, found: Metrics, column: int, say: Wording) -> dict[str, str]:
    """What each group of two or more is called: by its member with the most ties."""
    from cocommuns_graph.network import called

    degree = found.columns.index("degree")
    central: dict[str, tuple[int, str]] = {}
    size: dict[str, int] = {}
    for row in found.rows:
        group = str(row[column])
        size[group] = size.get(group, 0) + 1
        best = (-row[degree], row[0])
        central[group] = min(central.get(group, best), best)
    return {
        group: say("around {name}", name=called(graph.nodes[id_], say))
        for group, (_, id_) in central.items()
        if size[group] > 1
    }


def explained_shade(key: str, say: Wording) -> dict[str, str] | None:
    """What a measure's value means and how it is computed: title, meaning, formula, source, network; None
    where the key is a property."""
    from cocommuns_graph.network.measures import MEASURES

    network, _, name = key.partition(MEASURED)
    if not name or name not in MEASURES:
        return None
    one = MEASURES[name]
    return {
        "title": say.words(one.words),
        "meaning": say.words(one.meaning),
        "formula": one.formula,
        "source": one.source,
        "network": network,
    }


def map_words(say: Wording) -> dict[str, str | tuple[str, str]]:
    """The texts of the live map in a language of screens, by the keys of `maps.words.WORDS`."""
    from cocommuns_graph.maps.words import WORDS

    said: dict[str, str | tuple[str, str]] = {}
    for key, text in WORDS.items():
        if isinstance(text, str):
            said[key] = say.language if key == "language" else say(text)
        else:
            # The browser fills in the values, so each stands for itself here.
            fields = {
                name: f"{{{name}}}" for whole in text for _, name, _, _ in Formatter().parse(whole) if name
            }
            one, many = (say.count(*text, number, **fields) for number in (1, 1000))
            said[key] = (one, many)
    return said
