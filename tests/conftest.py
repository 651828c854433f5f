"""What holds for every test of the project.

Long runs (marked soak) are left out unless asked for by `-m soak`. Under CI=true or COCOMMUNS_TEST_STRICT=1
nothing may skip: a run in which a part was missing is red, with the reasons.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import soak_log
from tests.shared import SHARED

pytest_plugins = ["tests.engines.fixtures", "tests.engines.stores"]

_SKIPPED = pytest.StashKey[list[tuple[str, str]]]()


def _strict() -> bool:
    return os.environ.get("COCOMMUNS_TEST_STRICT") == "1" or os.environ.get("CI", "").lower() in ("1", "true")


def _excused(reason: str) -> bool:
    """Reference material is no part of a clone; where it lies beside one, all of it must be there."""
    return not SHARED.exists() and "reference material" in reason


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak-log", metavar="FILE", help="add a dated entry on this run's soak tests to FILE")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SKIPPED] = []
    if path := config.getoption("--soak-log"):
        config.pluginmanager.register(soak_log.SoakLog(Path(path)), "soak-log")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "soak" in config.getoption("markexpr"):
        return
    long_runs = [item for item in items if item.get_closest_marker("soak")]
    if long_runs:
        config.hook.pytest_deselected(items=long_runs)
        items[:] = [item for item in items if not item.get_closest_marker("soak")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        item.config.stash[_SKIPPED].append((report.nodeid, _reason(report.longrepr)))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    report = yield
    if report.skipped:
        collector.config.stash[_SKIPPED].append((report.nodeid, _reason(report.longrepr)))
    return report


def _reason(longrepr: object) -> str:
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return str(text).removeprefix("Skipped: ")


def _forbidden(config: pytest.Config) -> list[tuple[str, str]]:
    if not _strict():
        return []
    return [(where, why) for where, why in config.stash[_SKIPPED] if not _excused(why)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _forbidden(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if forbidden := _forbidden(config):
        terminalreporter.section("skipped, where nothing may skip: this run is red", red=True)
        for where, why in forbidden:
            terminalreporter.line(f"{where}: {why}")
