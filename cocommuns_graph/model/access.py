"""Who looks, and what that lets them see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from cocommuns_graph.model.errors import InvalidValue


class Visibility(IntEnum):
    """How widely a record or a property may be seen, from everybody to stewards only."""

    PUBLIC = 0
    MEMBERS = 1
    COORDINATORS = 2
    STEWARDS = 3

    @property
    def word(self) -> str:
        """The word stored in the graph and typed on the command line."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Visibility:
        """The level a word names, in any case.

        Raises:
            InvalidValue: the word is none of public, members, coordinators, stewards.
        """
        try:
            return cls[word.strip().upper()]
        except KeyError:
            raise InvalidValue(
                f"{word!r} is not a visibility; accepted: {', '.join(level.word for level in cls)}"
            ) from None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone who reads the graph; every read takes one, so nothing is shown by forgetting to filter.

    `level` is the widest restriction this viewer may look behind: a visitor sees what is public, a steward
    everything. `name` is who they are in the journal and may be empty.
    """

    level: Visibility
    name: str = ""

    def may_see(self, visibility: Visibility) -> bool:
        """Whether something of that visibility is shown to this viewer."""
        return visibility <= self.level

    @property
    def visible(self) -> list[str]:
        """The visibility words this viewer may see, the value of `$visible` in a named query."""
        return [level.word for level in Visibility if level <= self.level]


VISITOR = Viewer(Visibility.PUBLIC, "visitor")
MEMBER = Viewer(Visibility.MEMBERS, "member")
COORDINATOR = Viewer(Visibility.COORDINATORS, "coordinator")
STEWARD = Viewer(Visibility.STEWARDS, "steward")
