"""A million rows in one file: all of them arrive, in bounded memory, and a second time nothing changes."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cocommuns_graph.desk import stop_engine

ROWS = 1_000_000
MEGABYTES = 1_500


@pytest.mark.soak
def test_a_million_rows(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    file = tmp_path / "organisations.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(("id", "name", "sector", "country", "place"))
        writer.writerows(
            (f"m{n}", f"Organisation {n}", "commons", "BE", f"Place {n % 997}") for n in range(ROWS)
        )
    home = tmp_path / "home"
    env = {**os.environ, "COCOMMUNS_HOME": str(home)}
    env.pop("NEO4J_URI", None)
    try:
        for verdict in ("created", "unchanged"):
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-m", "cocommuns_graph.cli", "import", str(file), "--json"],
                env=env, capture_output=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr.decode()
            (told,) = json.loads(done.stdout)["files"]
            assert (told["rows"], told[verdict], told["rejected"]) == (ROWS, ROWS, 0)
            record_property(f"{verdict} in s", round(time.monotonic() - began))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        record_property("peak MB", round(peak))
        assert peak < MEGABYTES
    finally:
        stop_engine(home, env)
