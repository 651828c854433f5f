"""The name somebody may have meant: the closest one that is known, for as many names as there is time for."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

_CLOSE = 0.85
_MOST_NAMES = 5_000
_MOST_ASKED = 100


class Nearby:
    """Finds misspelt names among known ones, folded; gives up where the comparing would take too long."""

    def __init__(self) -> None:
        self._asked = 0

    def to(self, folded: str, known: Collection[str]) -> str | None:
        """The known name closest to one that is not known; None if none is close."""
        self._asked += 1
        if self._asked > _MOST_ASKED or len(known) > _MOST_NAMES:
            return None
        found = get_close_matches(folded, list(known), 1, _CLOSE)
        return found[0] if found else None
