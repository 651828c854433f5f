"""A shared inventory of who knows what, as a property graph.

`open_desk` is the door for a notebook or a script; see `cocommuns_graph.desk.frames`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "open_desk"]


def __getattr__(name: str) -> Any:
    """`open_desk`, imported when it is asked for: most who import this package need much less."""
    if name == "open_desk":
        return import_module("cocommuns_graph.desk").open_desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
