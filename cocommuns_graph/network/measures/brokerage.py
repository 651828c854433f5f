"""Who stands between groups: the E-I index and the five roles of Gould and Fernandez."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cocommuns_graph.model.declare import Words
from cocommuns_graph.network.measures.products import masked
from cocommuns_graph.network.measures.registry import Groups, Values, measure
from cocommuns_graph.network.measures.ties import Ties, ties_of

_SOURCE = "Gould & Fernandez (1989), Structures of mediation"
_UNKNOWN = -1
F = TypeVar("F", bound=Callable[..., Values])


def _role(word: Words, says: Words, classes: str) -> Callable[[F], F]:
    return measure(
        word,
        Words(
            f"A high value means {says.en}; an isolate gets 0, an actor of unknown group nothing.",
            f"Une valeur élevée signifie {says.fr} ; un acteur isolé obtient 0, un acteur de groupe inconnu "
            "rien.",
        ),
        formula=f"number of ordered pairs with a→v→b and not a→b, groups of a, v, b: {classes}",
        source=_SOURCE,
        follows_direction=True,
        grouped=True,
        whole=True,
    )


@measure(
    Words("E-I index", "indice E-I"),
    Words(
        "A high value means contacts in other groups: -1 none, 1 all of them; an isolate's is undefined.",
        "Une valeur élevée signifie des contacts dans d'autres groupes, -1 tous dedans, 1 tous dehors ; "
        "indéfini pour un acteur isolé.",
    ),
    formula="(ties to other groups - ties inside one's own) / (both), a tie in either direction",
    source="Krackhardt & Stern (1988), Informal networks and organizational crises",
    grouped=True,
)
def ei_index(graph: nx.Graph[Any], groups: Groups) -> Values:
    """External minus internal contacts over all of them; contacts of unknown group are left out.

    None for who has no contact of known group, or is of unknown group itself.

    >>> ei_index(nx.path_graph(3), {0: "a", 1: "a", 2: "b"})
    {0: -1.0, 1: 0.0, 2: 1.0}
    """
    ties = ties_of(graph)
    numbers = _numbers(ties, groups)
    same, other = _split(ties.either, numbers)
    inside, outside = np.diff(same.indptr).astype(float), np.diff(other.indptr).astype(float)
    both = inside + outside
    return ties.by_node(np.divide(outside - inside, both, out=np.full(ties.size, np.nan), where=both > 0))


@_role(
    Words("coordinator", "coordinateur"),
    Words("linking members of one's own group", "relier des membres de son propre groupe"),
    "A A A",
)
def coordinator(graph: nx.Graph[Any], groups: Groups) -> Values:
    """How many ordered pairs of one's own group each node links that have no tie from first to second."""
    return _counted(graph, groups, 0)


@_role(
    Words("itinerant broker", "courtier itinérant"),
    Words("linking members of one other group", "relier des membres d'un même autre groupe"),
    "A B A",
)
def itinerant(graph: nx.Graph[Any], groups: Groups) -> Values:
    """How many ordered pairs of one other group each node links (also called consultant)."""
    return _counted(graph, groups, 1)


@_role(
    Words("representative", "représentant"),
    Words("leading from one's own group to others", "mener de son groupe vers d'autres"),
    "A A B",
)
def representative(graph: nx.Graph[Any], groups: Groups) -> Values:
    """How many ordered pairs each node links that lead from its own group to another."""
    return _counted(graph, groups, 2)


@_role(
    Words("gatekeeper", "gardien"),
    Words("leading from others into one's own group", "mener d'autres groupes vers le sien"),
    "A B B",
)
def gatekeeper(graph: nx.Graph[Any], groups: Groups) -> Values:
    """How many ordered pairs each node links that lead from another group to its own."""
    return _counted(graph, groups, 3)


@_role(
    Words("liaison", "liaison"),
    Words("linking two groups that are not one's own", "relier deux groupes dont aucun n'est le sien"),
    "A B C",
)
def liaison(graph: nx.Graph[Any], groups: Groups) -> Values:
    """How many ordered pairs each node links that are of two groups, neither of them its own."""
    return _counted(graph, groups, 4)


_last: WeakKeyDictionary[Ties, tuple[NDArray[np.int64], NDArray[np.float64]]] = WeakKeyDictionary()


def _counted(graph: nx.Graph[Any], groups: Groups, role: int) -> Values:
    ties = ties_of(graph)
    numbers = _numbers(ties, groups)
    before = _last.get(ties)
    if before is not None and np.array_equal(before[0], numbers):
        counts = before[1]
    else:
        counts = _roles(ties.out, numbers)
        _last[ties] = (numbers, counts)
    known = numbers != _UNKNOWN
    return {
        node: int(count) if is_known else None
        for node, count, is_known in zip(ties.nodes, counts[role], known, strict=True)
    }


def _roles(out: Any, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """The five counts, one row each, in the order of their declarations.

    All ordered pairs around each node are counted by group, then those with a tie from first to second, found
    with masked products of the ties inside groups and between them, are taken away.
    """
    same, other = _split(out, numbers)
    every = sparse.csr_array(same + other)
    same_in, other_in = sparse.csr_array(same.T), sparse.csr_array(other.T)
    own_in, own_out = _sums(same_in), _sums(same)
    other_in_sums, other_out_sums = _sums(other_in), _sums(other)
    member = _membership(numbers)
    one_other = _sums((other_in @ member).multiply(other @ member))
    coordinating = own_in * own_out - _sums(same_in.multiply(same)) - _sums(masked(same_in, every, same))
    roaming = one_other - _sums(other_in.multiply(other)) - _sums(masked(other_in, same, other))
    representing = own_in * other_out_sums - _sums(masked(same_in, every, other))
    keeping = other_in_sums * own_out - _sums(masked(other_in, every, same))
    linking = other_in_sums * other_out_sums - one_other - _sums(masked(other_in, other, other))
    return np.rint(np.vstack([coordinating, roaming, representing, keeping, linking]))


def _numbers(ties: Ties, groups: Groups) -> NDArray[np.int64]:
    """The group of each node as a number from 0, -1 where it is unknown."""
    seen: dict[Any, int] = {}
    return np.array(
        [
            _UNKNOWN if (group := groups.get(node)) is None else seen.setdefault(group, len(seen))
            for node in ties.nodes
        ],
        dtype=np.int64,
    )


def _split(rows: Any, numbers: NDArray[np.int64]) -> tuple[Any, Any]:
    """The ties inside groups and those between them; those with an end of unknown group are in neither."""
    found = rows.tocoo()
    start, end = numbers[found.row], numbers[found.col]
    known = (start != _UNKNOWN) & (end != _UNKNOWN)
    parts = []
    for chosen in (known & (start == end), known & (start != end)):
        parts.append(
            sparse.csr_array((found.data[chosen], (found.row[chosen], found.col[chosen])), shape=rows.shape)
        )
    return parts[0], parts[1]


def _membership(numbers: NDArray[np.int64]) -> Any:
    known = np.flatnonzero(numbers != _UNKNOWN)
    width = int(numbers.max(initial=_UNKNOWN)) + 1
    return sparse.csr_array(
        (np.ones(len(known)), (known, numbers[known])), shape=(len(numbers), max(width, 1))
    )


def _sums(rows: Any) -> NDArray[np.float64]:
    return np.asarray(rows.sum(axis=1)).ravel()
