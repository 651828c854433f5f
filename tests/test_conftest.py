"""Where nothing may skip, a skipped test makes the run red and says why; long runs run when asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SUITE = """
import pytest

def test_passes():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_known_failure():
    assert False

@pytest.mark.soak
def test_for_hours(record_property):
    record_property("kills", 20)
"""
SKIPS = """
@pytest.mark.skipif(True, reason="no chromium on this machine")
def test_skips():
    pass
"""


def run(folder: Path, suite: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a suite of its own under this project's conftest, without engines and plugins it does not use."""
    (folder / "conftest.py").write_text("from tests.conftest import *\npytest_plugins = []\n")
    (folder / "test_suite.py").write_text(suite)
    (folder / "pytest.ini").write_text(f"[pytest]\nmarkers = soak: long\npythonpath = {CHECKOUT}\n")
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "COCOMMUNS_TEST_STRICT")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist", *arguments],
        cwd=folder,
        env={**clean, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **env},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_skipped_test_is_no_failure_by_hand(tmp_path: Path) -> None:
    done = run(tmp_path, SUITE + SKIPS)
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped, 1 deselected, 1 xfailed" in done.stdout


@pytest.mark.parametrize(
    ("env", "arguments"), [({"CI": "true"}, []), ({"COCOMMUNS_TEST_STRICT": "1"}, ["-n", "2"])], ids=str
)
def test_a_skipped_test_is_red_where_nothing_may_skip(
    tmp_path: Path, env: dict[str, str], arguments: list[str]
) -> None:
    done = run(tmp_path, SUITE + SKIPS, *arguments, **env)
    assert done.returncode == 1
    assert "this run is red" in done.stdout
    assert "test_suite.py::test_skips: no chromium on this machine" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["one process", "two processes"])
def test_a_whole_file_that_skips_is_red_too(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, "import pytest\npytest.importorskip('a_module_nobody_has')", *arguments, CI="true")
    assert done.returncode != 0
    assert "a_module_nobody_has" in done.stdout.split("this run is red")[1]


def test_nothing_skipped_is_green_where_nothing_may_skip(tmp_path: Path) -> None:
    done = run(tmp_path, SUITE, CI="true")
    assert done.returncode == 0, done.stdout
    assert "this run is red" not in done.stdout


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["one process", "two processes"])
def test_long_runs_are_entered_in_the_log_newest_first(tmp_path: Path, arguments: list[str]) -> None:
    log = tmp_path / "soak.md"
    log.write_text("# Long runs\n\n<!-- entries: the newest first -->\n\n## older\n")
    done = run(tmp_path, SUITE, "-m", "soak", "--soak-log", str(log), *arguments)
    assert done.returncode == 0, done.stdout
    before, _, after = log.read_text().partition("<!-- entries: the newest first -->\n")
    assert before == "# Long runs\n\n"
    assert after.count("| test_for_hours | passed | 0.0 | kills 20 |") == 1
    assert "test_passes" not in after
    assert after.index(" UTC") < after.index("## older")


def test_a_run_without_long_tests_leaves_the_log_alone(tmp_path: Path) -> None:
    log = tmp_path / "soak.md"
    log.write_text("as it was")
    run(tmp_path, SUITE, "-m", "soak", "-k", "nothing_has_this_name", "--soak-log", str(log))
    assert log.read_text() == "as it was"
