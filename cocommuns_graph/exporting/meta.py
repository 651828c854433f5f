"""What every exported file says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meta:
    """Where an export comes from: network, direction, filters, version of the program, imports, date, viewer.

    `imports` are the ids of the imports the graph was made by, `date` is ISO 8601, `viewer` the visibility
    word of the one for whom the graph was read.
    """

    network: str
    direction: str
    filters: str
    version: str
    imports: tuple[str, ...]
    date: str
    viewer: str

    def lines(self) -> dict[str, str]:
        """The entries by their names, in the order they are written; none is left out for being empty."""
        return {
            "network": self.network,
            "direction": self.direction,
            "filters": self.filters or "none",
            "version": f"cocommuns_graph {self.version}",
            "imports": ", ".join(self.imports) or "none",
            "date": self.date,
            "viewer": self.viewer,
        }

    def sentence(self) -> str:
        """The entries on one line."""
        return "; ".join(f"{name}: {value}" for name, value in self.lines().items())
