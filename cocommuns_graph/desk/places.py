"""Where things stand on maps, kept in the home so that a map looks tomorrow as it looks today.

One file a viewer level, since what a viewer sees on a map is arranged from what that viewer may see alone.
Records are named in it by a digest of their id. It can be deleted at any time: maps are then arranged anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any

from cocommuns_graph.model import Visibility

_LOG = logging.getLogger(__name__)
_FOLDER = "maps"
_MOST_VIEWS = 300
_FARTHEST = 1e7

Point = tuple[float, float]
Heading = tuple[str, Point, str]
View = tuple[dict[str, Point], tuple[Heading, ...]]
"""The places of a view by digest, and its headings: a label, its place, its side."""


def digest(identifier: str) -> str:
    """What stands for an id in the file."""
    return hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Places:
    """The kept places of all views of one home: of the whole ("") and around each centre.

    A file that is damaged, unreadable or cannot be written is passed over with a line in the log; the oldest
    views are given up beyond a bound. Safe to share between threads.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER
        self._lock = RLock()
        self._views: dict[Visibility, OrderedDict[str, View]] = {}

    def of(self, level: Visibility, centre: str, ids: Mapping[str, str]) -> View | None:
        """The places kept for a view; None where there are none.

        `ids` says by digest which id is meant: what is none of them keeps its digest as its id, so that its
        place stays taken.
        """
        with self._lock:
            view = self._read(level).get(digest(centre) if centre else "")
        if view is None:
            return None
        places, headings = view
        return {ids.get(key, key): point for key, point in places.items()}, headings

    def keep(
        self, level: Visibility, centre: str, places: Mapping[str, Point], headings: tuple[Heading, ...]
    ) -> None:
        """Keeps the places of a view, by ids or digests as `of` gave them, here and in the file."""
        with self._lock:
            views = self._read(level)
            key = digest(centre) if centre else ""
            known = set(views[key][0]) if key in views else set()
            view = (
                {id_ if id_ in known else digest(id_): (x, y) for id_, (x, y) in places.items()},
                headings,
            )
            if views.get(key) == view:
                return
            views[key] = view
            self._bound(views)
            self._write(level, views)

    def forget(self, level: Visibility, centre: str) -> None:
        """Gives up the places of a view, so that it is arranged anew."""
        with self._lock:
            views = self._read(level)
            if views.pop(digest(centre) if centre else "", None) is not None:
                self._write(level, views)

    def _bound(self, views: OrderedDict[str, View]) -> None:
        while len(views) > _MOST_VIEWS:
            del views[next(key for key in views if key)]

    def _file(self, level: Visibility) -> Path:
        return self._folder / f"places-{level.word}.json"

    def _read(self, level: Visibility) -> OrderedDict[str, View]:
        if level not in self._views:
            self._views[level] = _parsed(self._file(level))
        return self._views[level]

    def _write(self, level: Visibility, views: Mapping[str, View]) -> None:
        content = {
            key: {"places": {id_: list(point) for id_, point in places.items()}, "headings": headings}
            for key, (places, headings) in views.items()
        }
        path = self._file(level)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # mkstemp makes it readable by its owner alone, and the rename keeps that.
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=path.name)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    json.dump(content, file, separators=(",", ":"))
                os.replace(name, path)
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)
                raise
        except OSError as error:
            _LOG.warning("places on maps are not kept: %s", error)


def _parsed(path: Path) -> OrderedDict[str, View]:
    try:
        content = json.loads(path.read_text(encoding="ascii"))
        return OrderedDict((str(key), _view(view)) for key, view in content.items())
    except FileNotFoundError:
        return OrderedDict()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        _LOG.warning("places on maps are arranged anew: %s is damaged: %s", path, error)
        return OrderedDict()


def _view(content: Mapping[str, Any]) -> View:
    places = {str(id_): _point(point) for id_, point in content["places"].items()}
    headings = tuple((str(label), _point(point), str(side)) for label, point, side in content["headings"])
    return places, headings


def _point(given: Any) -> Point:
    x, y = (float(value) for value in given)
    if not (math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) < _FARTHEST):
        raise ValueError(f"{given!r} is no place on a map")
    return x, y
