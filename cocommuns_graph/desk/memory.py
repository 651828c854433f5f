"""What was read of a graph, kept until it changes, for all who look at it through one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

from cocommuns_graph.desk.places import Places

T = TypeVar("T")
_MOST_KEPT = 200


class Memory:
    """Values made from one state of the graph, the least recently used given up beyond a bound.

    Safe to share between threads that hold `lock` while they renew and read it: a value is made once however
    many ask for it at the same time. Places on maps outlive a change, so that
    maps stay as they were.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self.lock = RLock()
        self._places: Places | None = None
        self._most = most
        self._stamp = ""
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def renew(self, stamp: str) -> None:
        """Forgets what was made from a graph of another stamp."""
        if stamp != self._stamp:
            self._stamp = stamp
            self._kept.clear()

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made if it is not there."""
        with self.lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return cast(T, self._kept[key])

    def forget(self, *first: str) -> None:
        """Forgets everything whose key is a tuple that begins with one of these words."""
        with self.lock:
            for key in [key for key in self._kept if isinstance(key, tuple) and key[0] in first]:
                del self._kept[key]

    def places(self, home: Path) -> Places:
        """Where things stand on the maps of a home."""
        with self.lock:
            if self._places is None:
                self._places = Places(home)
            return self._places
