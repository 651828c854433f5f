"""Processes are told apart by number and start, and a dead one is never taken for a living one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.store.engine import users
from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.lock import try_lock
from cocommuns_graph.store.engine.processes import ProcessId, kill, process_id, this_process, wait_until_gone
from tests.store.engine.conftest import ROOT


def _sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])


def test_same_number_with_another_start_is_another_process() -> None:
    me = this_process()
    assert me.pid == os.getpid()
    assert me.alive
    assert not ProcessId(me.pid, me.started + "0").alive
    kill(ProcessId(me.pid, "another start"))  # must not end this test
    assert process_id(me.pid) == me


def test_ended_process_is_gone_even_before_its_parent_collects_it() -> None:
    with _sleeper() as child:
        found = process_id(child.pid)
        assert found is not None
        assert found.alive
        kill(found)
        assert wait_until_gone(found, 10)
        assert child.returncode is None


def test_wait_gives_up() -> None:
    assert not wait_until_gone(this_process(), 0.1)


@given(st.integers(min_value=1, max_value=2**31), st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_written_and_read_again(pid: int, started: str) -> None:
    assert ProcessId.parse(str(ProcessId(pid, started))) == ProcessId(pid, started)


@given(st.text())
def test_any_text_is_a_process_or_none(text: str) -> None:
    found = ProcessId.parse(text)
    assert found is None or isinstance(found.pid, int)


def test_only_living_users_count_and_the_others_are_forgotten(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    layout.prepare()
    me = this_process()
    with _sleeper() as child:
        other = process_id(child.pid)
        assert other is not None
        users.register(layout, me)
        users.register(layout, me)
        users.register(layout, other)
        (layout.users / f"{me.pid}-1.2").touch()
        (layout.users / "no process at all").touch()
        assert users.living(layout) == sorted([me, other], key=lambda user: user.pid)
        child.kill()
    assert users.living(layout) == [me]
    users.unregister(layout, me)
    users.unregister(layout, me)
    assert users.living(layout) == []
    assert list(layout.users.iterdir()) == []


def test_lock_is_for_one_and_free_when_its_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path; from cocommuns_graph.store.engine.lock import try_lock;"
        "held = try_lock(Path(sys.argv[1])); print(held is not None, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"True"
        assert try_lock(path) is None
        holder.kill()
    held = try_lock(path)
    assert held is not None
    os.close(held)
