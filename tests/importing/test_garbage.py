"""The garbage collector is back as it was, whoever leaves last."""

from __future__ import annotations

import gc

from cocommuns_graph.importing.garbage import seldom_collected


def test_thresholds_are_back_when_the_last_has_left() -> None:
    before = gc.get_threshold()
    first, second = seldom_collected(), seldom_collected()
    with first:
        second.__enter__()
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold()[0] > before[0]
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
