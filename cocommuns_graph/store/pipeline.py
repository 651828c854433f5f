"""Reading, planning and sending at once: while the engine writes one batch, the next is read and planned."""

from __future__ import annotations

import gc
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Generic, TypeVar

T = TypeVar("T")
_CHUNK = 1_000
_AHEAD = 4


class Sender(Generic[T]):
    """Sends things in order from one thread of its own, at most one while the next is made.

    `wait` returns when everything given so far was sent; it and `send` raise what sending raised. `left` is
    called by what sends once a thing is on its way and just the answer is awaited.
    """

    def __init__(self, send: Callable[[T], None]) -> None:
        self._send = send
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sender")
        self._under_way: Future[None] | None = None
        self._left = threading.Event()
        self.left = self._left.set

    def send(self, thing: T) -> None:
        """Hands over one thing once the one before it was sent, and returns when it has left.

        Two threads of Python never compute at once: the next thing is better made while the engine works
        than in turns with the packing of this one, which would keep the engine waiting.
        """
        self.wait()
        self._left.clear()
        self._under_way = self._pool.submit(self._sent, thing)
        self._left.wait()

    def _sent(self, thing: T) -> None:
        try:
            self._send(thing)
        finally:
            self.left()

    def wait(self) -> None:
        """Returns when nothing is under way."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def close(self) -> None:
        """Ends the thread, waiting for what is under way whatever became of it."""
        self._pool.shutdown(wait=True)


class Telling(list[T]):
    """A list that calls `read` whenever somebody has gone through it: the driver, when it is packed."""

    def __init__(self, items: Iterable[T], read: Callable[[], None]) -> None:
        super().__init__(items)
        self._read = read

    def __iter__(self) -> Iterator[T]:
        yield from super().__iter__()
        self._read()


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same items, made by a thread that runs a few thousand ahead; its errors are raised here."""
    ready: queue.Queue[list[T] | BaseException | None] = queue.Queue(_AHEAD)
    stopped = threading.Event()

    def put(thing: list[T] | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                ready.put(thing, timeout=0.1)
            except queue.Full:
                continue
            return

    def make() -> None:
        try:
            iterator = iter(items)
            while not stopped.is_set() and (chunk := list(islice(iterator, _CHUNK))):
                put(chunk)
            put(None)
        except BaseException as error:
            put(error)

    maker = threading.Thread(target=make, name="reader", daemon=True)
    maker.start()
    try:
        while (found := ready.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield from found
    finally:
        stopped.set()
        maker.join()


@contextmanager
def no_cyclic_collection() -> Iterator[None]:
    """Keeps the cycle collector from walking the many small acyclic objects of a large import."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
