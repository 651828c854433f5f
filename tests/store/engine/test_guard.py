"""A child ends with its parent, by the means of Linux and by the one for systems without such means."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cocommuns_graph.store.engine.processes import process_id, wait_until_gone
from tests.store.engine.conftest import ROOT, kill_9

_PARENT = """
import subprocess, sys, time
from cocommuns_graph.store.engine.guard import Guard
guard = Guard(sys.argv[1])
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], **guard.options)
guard.watch(child)
print(child.pid, flush=True)
if sys.argv[2] == "release":
    guard.release()
    print("released", flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has the first of the two means")
@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize("then", ["stay", "release"])
def test_child_ends_with_a_killed_parent(platform: str, then: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, platform, then],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        child = process_id(int(parent.stdout.readline()))
        assert child is not None
        if then == "release":
            parent.stdout.readline()
        assert child.alive
        parent.kill()
        if (platform, then) == ("darwin", "release"):
            assert not wait_until_gone(child, 0.5)
            kill_9(child.pid)
        assert wait_until_gone(child, 10)
