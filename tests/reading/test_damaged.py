"""Files damaged at random and files made to exhaust: read or refused in a sentence, in time and in memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.reading.damaging import LONGEST, check, fuzz

PIECES = st.sampled_from([*"\"',;\t|\n\r\\aé1 \0", "\n\n", "2024-01-02", "x@y.z", "Total"])


def test_files_damaged_at_random_are_read_or_refused(tmp_path: Path) -> None:
    tried, _, _ = fuzz(tmp_path, 20_261_124, lambda tried: tried >= 250)
    assert tried == 250


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]),
)
@example(text="b\nc\n1\n", encoding="utf-8")
@example(text='a,b,c\n"x\r,y,z"\n1,2,3\n', encoding="utf-8")
def test_any_text_is_read_or_refused(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    check(path)


@pytest.mark.parametrize(
    "data",
    [
        b"a,b,c\n" * 20_000,
        b"a,b\n" + b"\n" * 200_000,
        b"a,b\n" + b"," * 200_000,
        b"a,b\n" + b'"' * 200_000,
        b"a,b\n" + b'"\n' * 60_000,
        b'a,b\n1,"' + b"x,y\n" * 20_000,
        b"k;v;n\n1;2;3\n\nq;r\n1;2\n\n" * 3_000,
        b"a,b\n1,2\nx,y,z\n" * 12_000,
    ],
)
def test_files_made_to_exhaust_take_less_than_ten_times_their_size(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "much.csv"
    path.write_bytes(data)
    check(path)
    tracemalloc.start()
    try:
        check(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # What does not grow with the file: the chunks that are read and looked at in one go.
    assert peak < 10 * len(data) + (24 << 20)


@pytest.mark.soak
def test_half_an_hour_of_damaged_files(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    end = time.monotonic() + 1800
    files, longest, slowest, seed = 0, 0.0, "", 0
    while time.monotonic() < end:
        seed += 1
        tried, took, which = fuzz(tmp_path, seed, lambda tried: tried >= 500 or time.monotonic() > end)
        files += tried
        if took > longest:
            longest, slowest = took, which
    record_property("files", files)
    record_property("longest", f"{longest:.2f} s ({slowest})")
    assert longest < LONGEST
