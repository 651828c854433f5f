"""The threads of an import: order, errors, and who waits for whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from cocommuns_graph.store.pipeline import Sender, Telling, ahead


def test_things_are_sent_in_order_and_one_at_a_time() -> None:
    sent: list[int] = []
    sender = Sender(sent.append)
    for number in range(50):
        sender.send(number)
        assert len(sent) >= number
    sender.wait()
    assert sent == list(range(50))
    sender.close()


def test_send_returns_when_the_thing_has_left_while_the_answer_is_awaited() -> None:
    answered = threading.Event()

    def send(thing: list[int]) -> None:
        assert list(Telling(thing, lambda: sender.left())) == [1, 2]
        assert answered.wait(30)

    sender: Sender[list[int]] = Sender(send)
    sender.send([1, 2])
    answered.set()
    sender.wait()
    sender.close()


def test_send_returns_though_nobody_tells_that_the_thing_has_left() -> None:
    sent: list[int] = []

    def slowly(thing: int) -> None:
        time.sleep(0.01)
        sent.append(thing)

    sender = Sender(slowly)
    sender.send(1)
    assert sent == [1]
    sender.close()


def test_what_sending_raises_is_raised_at_the_next_step_and_once() -> None:
    def refuse(thing: int) -> None:
        raise ValueError(f"no {thing}")

    sender = Sender(refuse)
    sender.send(1)
    with pytest.raises(ValueError, match="no 1"):
        sender.send(2)
    sender.send(3)
    with pytest.raises(ValueError, match="no 3"):
        sender.wait()
    sender.wait()
    sender.close()


def test_a_telling_list_tells_at_its_end_and_not_before() -> None:
    told: list[str] = []
    things = Telling("ab", lambda: told.append("read"))
    iterator = iter(things)
    assert [next(iterator), next(iterator)] == ["a", "b"]
    assert told == []
    assert next(iterator, None) is None
    assert told == ["read"]
    assert (len(things), things[1]) == (2, "b")


def test_an_error_of_the_maker_is_raised_where_its_items_are_used() -> None:
    def items() -> Iterator[int]:
        yield from range(1_500)
        raise ValueError("spent")

    made = ahead(items())
    assert [next(made) for _ in range(1_000)] == list(range(1_000))
    with pytest.raises(ValueError, match="spent"):
        next(made)
