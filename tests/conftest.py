"""What holds for every test of the project.

Long runs (marked soak) are left out unless asked for by `-m soak`. Under CI=true or COCOMMUNS_TEST_STRICT=1
nothing may skip: a run in which a part was missing is red, with the reasons.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from tests import soak_log
from tests.engines import quick_java
from tests.shared import SHARED

pytest_plugins = ["tests.engines.fixtures", "tests.engines.stores"]


def _strict() -> bool:
    return os.environ.get("COCOMMUNS_TEST_STRICT") == "1" or os.environ.get("CI", "").lower() in ("1", "true")


def _excused(reason: str) -> bool:
    """Reference material is no part of a clone; where it lies beside one, all of it must be there."""
    return not SHARED.exists() and "reference material" in reason


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak-log", metavar="FILE", help="add a dated entry on this run's soak tests to FILE")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # As a shell's background job is started; commands under test would inherit it and not heed Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "soak" not in config.getoption("markexpr"):
        quick_java.use()
    if hasattr(config, "workerinput"):
        return
    config.pluginmanager.register(Skips(), "skips")
    if path := config.getoption("--soak-log"):
        config.pluginmanager.register(soak_log.SoakLog(Path(path)), "soak-log")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "soak" in config.getoption("markexpr"):
        return
    long_runs = [item for item in items if item.get_closest_marker("soak")]
    if long_runs:
        config.hook.pytest_deselected(items=long_runs)
        items[:] = [item for item in items if not item.get_closest_marker("soak")]


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item):
    """Lets tests marked no_cover run untraced also where pytest-xdist runs them; pytest-cov does not."""
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    tracers = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        return (yield)
    finally:
        sys.settrace(tracers[0])
        threading.settrace(tracers[1])  # type: ignore[arg-type]


class Skips:
    """Keeps what was skipped and why; the tests themselves may run in processes of their own."""

    def __init__(self) -> None:
        self.skipped: list[tuple[str, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._keep(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._keep(report)

    def _keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        self.skipped.append((report.nodeid, str(text).removeprefix("Skipped: ")))

    def _forbidden(self) -> list[tuple[str, str]]:
        return [(where, why) for where, why in self.skipped if _strict() and not _excused(why)]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self._forbidden() and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if forbidden := self._forbidden():
            terminalreporter.section("skipped, where nothing may skip: this run is red", red=True)
            for where, why in forbidden:
                terminalreporter.line(f"{where}: {why}")
