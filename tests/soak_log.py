"""Writes what a soak run found into a document: one dated entry a run, the newest first."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

import cocommuns_graph

MARK = "<!-- entries: the newest first -->\n"


class SoakLog:
    """A pytest plugin that collects each soak test's outcome, seconds and recorded properties.

    A soak test tells its figures by pytest's `record_property("kills", 20)`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[tuple[str, str, float, str]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps the report of the call, or of a phase before or after it that did not pass."""
        if report.when != "call" and report.passed:
            return
        figures = ", ".join(f"{name} {value}" for name, value in report.user_properties)
        outcome = report.outcome if report.when == "call" or report.skipped else f"{report.when} failed"
        self.rows.append((report.nodeid.split("::", 1)[-1], outcome, report.duration, figures))

    def pytest_sessionfinish(self) -> None:
        """Puts the entry of this run under the mark in the document, above the older ones."""
        if not self.rows:
            return
        text = self.path.read_text(encoding="utf-8")
        before, mark, after = text.partition(MARK)
        self.path.write_text(f"{before}{mark or MARK}\n{entry(self.rows)}{after}", encoding="utf-8")


def entry(rows: list[tuple[str, str, float, str]]) -> str:
    """The entry of one run as Markdown: when, what and where it ran, then a row a test."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"Version {cocommuns_graph.__version__}, commit {_commit()}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GB memory.",
        "",
        "| test | outcome | seconds | figures |",
        "|---|---|---:|---|",
        *(
            f"| {name} | {outcome} | {seconds:.1f} | {figures.replace('|', '/')} |"
            for name, outcome, seconds, figures in rows
        ),
        "",
    ]
    return "\n".join(lines) + "\n"


def _commit() -> str:
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
