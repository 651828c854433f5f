"""The embedded engine of a home and the address of a graph.

One small supervisor process for each home owns Java; every process that uses the graph calls `ensure`.
Nothing here imports the database driver: it hands out an `Address`.
"""

from cocommuns_graph.store.engine.address import Address, default_home, demo_home, from_environment
from cocommuns_graph.store.engine.client import (
    EngineStatus,
    disk_problem,
    ensure,
    release,
    status,
    stop,
    stop_if_unused,
)

__all__ = [
    "Address",
    "EngineStatus",
    "default_home",
    "demo_home",
    "disk_problem",
    "ensure",
    "from_environment",
    "release",
    "status",
    "stop",
    "stop_if_unused",
]
