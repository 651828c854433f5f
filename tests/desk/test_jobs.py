"""Long work beside a page: told, ended, and what it raised handed on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from cocommuns_graph.desk import Desk, Upload
from cocommuns_graph.desk.jobs import Job, Progress
from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.errors import Cancelled, UnreadableFile
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from tests.engines.stores import clear

MANY = Upload(
    "experts.csv", b"id,name,role\n" + b"".join(b"p%d,Person %d,x\n" % (n, n) for n in range(5_000))
)


@pytest.fixture(scope="module")
def desk(embedded_address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clear(embedded_address)
    store = Store(embedded_address)
    store.prepare()
    yield Desk(store, STEWARD, tmp_path_factory.mktemp("home"))
    store.close()


def test_a_job_tells_how_far_it_is_and_ends_where_it_is_told() -> None:
    told, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        progress(1000)
        told.set()
        ended.wait(30)
        progress(2000)
        return "done"

    job = Job(work)
    assert told.wait(30)
    assert (job.rows, job.is_running, job.is_cancelled) == (1000, True, False)
    with pytest.raises(TimeoutError):
        job.result(0)
    job.cancel()
    ended.set()
    with pytest.raises(Cancelled):
        job.result(30)
    assert (job.rows, job.is_running, job.is_cancelled) == (2000, False, True)


def test_a_job_hands_on_what_came_of_the_work() -> None:
    assert Job(lambda progress: 7).result(30) == 7

    def fails(progress: Progress) -> None:
        raise UnreadableFile("x.csv is no table")

    with pytest.raises(UnreadableFile, match="is no table"):
        Job(fails).result(30)


def test_a_cancelled_import_leaves_nothing(desk: Desk) -> None:
    calls: list[int] = []

    def stop(rows: int) -> None:
        calls.append(rows)
        if rows == 5_000 and calls.count(5_000) == 2:
            raise Cancelled("it was cancelled")

    with pytest.raises(Cancelled):
        desk.import_uploads([MANY], preview=False, progress=stop)
    assert calls == [1_000, 2_000, 3_000, 4_000, 5_000, 5_000]
    assert desk.is_empty()
    assert desk.unfinished() == []
    assert desk.past_imports() == []


def test_an_import_job_writes_and_names_who_is_new(desk: Desk) -> None:
    small = Upload("experts.csv", b"id,name,role\na,Ada,chair\nb,Bo,member\n")
    preview = desk.import_job([small], preview=True).result(60)
    assert preview.report["newcomers"] == {"Expert": {"count": 2, "names": ["Ada", "Bo"]}}
    assert desk.is_empty()
    written = desk.import_job([small], preview=False).result(60)
    assert written.report["files"][0]["path"] == "experts.csv"
    assert desk.came_with(written.report["import_id"], "Expert") == [
        {"id": "a", "name": "Ada"},
        {"id": "b", "name": "Bo"},
    ]
    assert desk.came_with("another", "Expert") == []
