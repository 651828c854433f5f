"""The command line: every command parses, calls one method of the desk and shows what came back."""

from cocommuns_graph.cli.entry import main

__all__ = ["main"]
