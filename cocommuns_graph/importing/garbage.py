"""Fewer rounds of the garbage collector while many rows are made that all stay.

Python looks through everything that lives whenever a quarter more has been made. Rows of an import make no
cycles, so nearly all of that is for nothing; on 100,000 rows it is half of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_SELDOM = 500_000

_lock = Lock()
_running = 0
_usual = gc.get_threshold()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collects garbage seldom while it is entered, by however many threads; as before once all have left."""
    global _running, _usual
    with _lock:
        if not _running:
            _usual = gc.get_threshold()
            gc.set_threshold(max(_SELDOM, _usual[0]), *_usual[1:])
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if not _running:
                gc.set_threshold(*_usual)
