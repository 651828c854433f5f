"""What looking as a member costs beside looking as a steward: reading, `find` and `metrics`, in one run.

    .venv/bin/python benchmarks/views.py [--repeat 5] FOLDER_OR_FILE ...

The files, such as Open Seeds, are imported into a home of their own. Both viewers then ask the same in turns,
each time with nothing kept, so that neither is helped by the other or by what the machine does meanwhile.
Printed: the median seconds of each, and their ratio; 1.2 is the most that is wanted.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cocommuns_graph.desk import Desk, open_desk
from cocommuns_graph.model import MEMBER, STEWARD, Viewer
from cocommuns_graph.store import engine

WORK: dict[str, Callable[[Desk], object]] = {
    "read": lambda desk: desk.graph(),
    "find": lambda desk: desk.find("community energy"),
    "metrics": lambda desk: desk.metrics(),
}


def seconds(desk: Desk, viewer: Viewer, work: Callable[[Desk], object]) -> float:
    """How long a viewer waits for an answer of a desk that has kept nothing."""
    fresh = Desk(desk.store, viewer, desk.home)
    began = time.perf_counter()
    work(fresh)
    return time.perf_counter() - began


def main() -> None:
    """Imports, asks in turns, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cocommuns-views-") as folder:
        home = Path(folder) / "home"
        try:
            with open_desk(home) as desk:
                desk.import_files(asked.paths)
                for name, work in WORK.items():
                    seconds(desk, STEWARD, work)
                    times: dict[str, list[float]] = {"member": [], "steward": []}
                    for _ in range(asked.repeat):
                        for viewer in (MEMBER, STEWARD):
                            times[viewer.name].append(seconds(desk, viewer, work))
                    member, steward = (statistics.median(times[who]) for who in ("member", "steward"))
                    print(f"{name:8} member {member:.3f} s, steward {steward:.3f} s: {member / steward:.2f}")
        finally:
            engine.stop(home)


if __name__ == "__main__":
    main()
