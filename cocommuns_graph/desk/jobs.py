"""Long work beside a page that goes on: how far it is, and how to end it before it wrote anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from cocommuns_graph.model.errors import Cancelled

T = TypeVar("T")
Progress = Callable[[int], None]


class Job(Generic[T]):
    """Work in a thread of its own; it is handed a function to tell how many rows it has done.

    That function ends the work with `Cancelled` once somebody called `cancel`, so that whatever transaction
    it is in is rolled back.
    """

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self.rows = 0
        self._work = work
        self._cancelled = threading.Event()
        self._begun = time.monotonic()
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result.append(self._work(self._progress))
        except BaseException as error:
            self._error = error

    def _progress(self, rows: int) -> None:
        self.rows = rows
        if self._cancelled.is_set():
            raise Cancelled("it was cancelled")

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self._begun

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._thread.is_alive()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to end; it may go on for a moment."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Asks it to end; what is written already, a moment before, stays written."""
        self._cancelled.set()

    def result(self, wait: float | None = None) -> T:
        """What the work made, once it is done; waits for it at most `wait` seconds, or as long as it takes.

        Raises:
            Cancelled: it was ended before it had written anything.
            TimeoutError: it goes on.
            Whatever the work raised.
        """
        self._thread.join(wait)
        if self._thread.is_alive():
            raise TimeoutError("the work goes on")
        if self._error is not None:
            raise self._error
        return self._result[0]
