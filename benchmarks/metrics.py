"""What all measures of a network cost, beside the same columns from networkx alone, in the same run.

    .venv/bin/python benchmarks/metrics.py [--nodes 10000] [--ties 50000] [--repeat 3] [FOLDER_OR_FILE ...]

A random network with seeded ties in ten groups, undirected and directed, measured in processes of their own:

    ours      `network.measures.measured`: every column of `metrics --by`
    networkx  its own functions for the same columns, betweenness from as many pivots, Louvain for
              communities, and the five roles, which it has not, as a loop over its graph

Each path named besides is imported into a home of its own and measured there through `Desk.metrics`, on all
three networks; networkx then gets the same ties. Printed: CPU seconds, peak memory of the process, and how
often ours fits into networkx, which runs once, since it takes minutes. The peak of a process counts Python,
the libraries and the network itself.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

NETWORKS = ("direct", "initiatives", "topics")
GROUPS = 10
PIVOTS, EXACT_UP_TO = 500, 5_000


def generated(nodes: int, ties: int, directed: bool) -> tuple[nx.Graph[Any], dict[Any, Any]]:
    """A random network and the groups of its nodes."""
    graph = nx.gnm_random_graph(nodes, ties, seed=1, directed=directed)
    return graph, {node: node % GROUPS for node in graph}


def imported(home: Path, network: str) -> tuple[nx.Graph[Any], dict[Any, Any]]:
    """A network of a home, with no groups where nobody's sector is known."""
    from cocommuns_graph.desk import open_desk
    from cocommuns_graph.model.errors import InvalidValue
    from cocommuns_graph.network.measures import groups_by

    with open_desk(home) as desk:
        try:
            groups: dict[Any, Any] = dict(groups_by(desk.graph(), "sector"))
        except InvalidValue:
            groups = {}
        return desk.networkx(network), groups


def ours(graph: nx.Graph[Any], groups: dict[Any, Any]) -> dict[str, float]:
    """All columns, timed together."""
    from cocommuns_graph.network.measures import measured

    began = time.process_time()
    measured(graph, groups)
    return {"all": time.process_time() - began}


def peer(graph: nx.Graph[Any], groups: dict[Any, Any]) -> dict[str, float]:
    """The same columns from networkx, each timed, the long ones last."""
    began = time.process_time()
    simple = nx.Graph(graph.to_undirected(as_view=True))
    pivots = PIVOTS if len(simple) > EXACT_UP_TO else None
    columns: dict[str, Callable[[], object]] = {
        "degrees": lambda: (dict(simple.degree), dict(graph.degree)),
        "pagerank": lambda: nx.pagerank(graph, tol=1e-10, max_iter=1000, weight=None),
        "eigenvector": lambda: [
            nx.eigenvector_centrality_numpy(simple.subgraph(part))
            for part in nx.connected_components(simple)
            if len(part) > 2
        ],
        "coreness": lambda: nx.core_number(simple),
        "articulation_point": lambda: set(nx.articulation_points(simple)),
        "clustering": lambda: nx.clustering(simple),
        "ei_index": lambda: {
            node: sum(groups.get(node) != groups.get(other) for other in simple[node]) for node in simple
        },
        "community": lambda: nx.community.louvain_communities(simple, seed=1),
        "effective_size": lambda: nx.effective_size(simple),
        "constraint": lambda: nx.constraint(simple),
        "roles": lambda: roles(graph, groups),
        "betweenness": lambda: nx.betweenness_centrality(graph, k=pivots, normalized=False, seed=1),
        "closeness": lambda: nx.closeness_centrality(simple, wf_improved=False),
        "harmonic": lambda: nx.harmonic_centrality(simple),
    }
    if graph.is_directed():
        columns["betweenness_undirected"] = lambda: nx.betweenness_centrality(
            simple, k=pivots, normalized=False, seed=1
        )
    found = {}
    for name, column in columns.items():
        start = time.process_time()
        column()
        found[name] = time.process_time() - start
    return {"all": time.process_time() - began, **found}


def roles(graph: nx.Graph[Any], groups: dict[Any, Any]) -> dict[Any, list[int]]:
    """The counts of Gould and Fernandez as one writes them down."""
    before = graph.predecessors if graph.is_directed() else graph.neighbors
    found = {}
    for node in graph:
        counts = [0, 0, 0, 0, 0]
        own = groups.get(node)
        for start in before(node):
            first = groups.get(start)
            onward = graph[start]
            for end in graph[node]:
                if end == start or end in onward:
                    continue
                last = groups.get(end)
                if first == own:
                    counts[0 if last == own else 2] += 1
                elif last == own:
                    counts[3] += 1
                else:
                    counts[1 if first == last else 4] += 1
        found[node] = counts
    return found


def child(options: argparse.Namespace) -> dict[str, Any]:
    """One measured run in this process."""
    if options.home:
        graph, groups = imported(options.home, options.network)
    else:
        graph, groups = generated(options.nodes, options.ties, options.network == "directed")
    seconds = (ours if options.child == "ours" else peer)(graph, groups)
    return {
        "nodes": len(graph),
        "ties": graph.number_of_edges(),
        "seconds": seconds,
        "peak_mb": peak(),
    }


def peak() -> float:
    """The most memory this process ever held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says of a child includes what its parent held before it became this program.
        return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def command(*arguments: object) -> dict[str, Any]:
    """This program again, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"the run {' '.join(map(str, arguments))} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(title: str, repeat: int, *arguments: object, detail: bool = False) -> None:
    """Runs both ways and prints what they cost."""
    runs = [command("--child", "ours", *arguments) for _ in range(repeat)]
    other = command("--child", "networkx", *arguments)
    mine = statistics.median(run["seconds"]["all"] for run in runs)
    theirs = other["seconds"]["all"]
    print(f"{title}: {other['nodes']:,} actors, {other['ties']:,} ties")
    print(f"  ours      {mine:8.2f} s CPU   peak {max(run['peak_mb'] for run in runs):5.0f} MB")
    print(f"  networkx  {theirs:8.2f} s CPU   peak {other['peak_mb']:5.0f} MB")
    print(f"  networkx / ours   {theirs / mine:.1f}")
    if detail:
        parts = sorted(other["seconds"].items(), key=lambda part: -part[1])
        print("  of networkx: " + ", ".join(f"{name} {cost:.2f}" for name, cost in parts if name != "all"))
    sys.stdout.flush()


def through_the_desk(path: Path, repeat: int) -> None:
    """Imports a path into a home of its own and measures all its networks."""
    from cocommuns_graph.desk import open_desk, stop_engine

    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        try:
            with open_desk(home) as desk:
                desk.import_files([path])
                desk.graph()
                for network in NETWORKS:
                    began, cpu = time.perf_counter(), time.process_time()
                    desk.metrics(network)
                    print(
                        f"{path.name}, {network}: Desk.metrics {time.perf_counter() - began:.2f} s, "
                        f"{time.process_time() - cpu:.2f} s CPU"
                    )
            for network in NETWORKS:
                compare(f"{path.name}, {network}", repeat, "--home", home, "--network", network)
        finally:
            stop_engine(home)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="FOLDER_OR_FILE")
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--ties", type=int, default=50_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--network", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options)))
        return
    for path in options.paths:
        through_the_desk(path, options.repeat)
    for direction in ("undirected", "directed"):
        arguments = ("--nodes", options.nodes, "--ties", options.ties, "--network", direction)
        compare(f"random, {direction}", options.repeat, *arguments, detail=True)


if __name__ == "__main__":
    main()
