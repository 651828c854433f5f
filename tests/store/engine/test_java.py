"""What Java is started with, without starting it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store.engine import diagnosis, java
from cocommuns_graph.store.engine.home import HomeLayout

GIB = 1024**3


@pytest.mark.parametrize(
    ("total", "mebibytes"),
    [(GIB // 4, 128), (GIB // 2, 256), (GIB, 384), (2 * GIB, 512), (6 * GIB, 1536), (64 * GIB, 2048)],
)
def test_heap_suits_the_machine(total: int, mebibytes: int) -> None:
    assert java.heap_mebibytes(total) == mebibytes


def test_java_reads_every_argument_back_as_it_was(tmp_path: Path) -> None:
    """Spaces, quotes, backslashes and umlauts in a home's name reach Java unchanged."""
    home = tmp_path / 'a "b" c\\d #e'
    home.mkdir()
    value = str(home)
    arguments = tmp_path / "args"
    arguments.write_text(
        java.argument_file([f"-Dprobe.home={value}", "-XshowSettings:properties", "-version"])
    )
    run = subprocess.run(
        [str(java.find_installation().java), f"@{arguments}"], capture_output=True, text=True, check=True
    )
    assert f"probe.home = {value}\n" in run.stderr + run.stdout


def test_missing_package_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb_embedded", None)
    with pytest.raises(EngineError, match="set NEO4J_URI"):
        java.find_installation()


def test_incomplete_package_names_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "arcadedb_embedded"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError, match="reinstall"):
        java.find_installation()


def test_child_gets_no_passwords_and_no_foreign_java_options() -> None:
    env = {
        "PATH": "/bin",
        "NEO4J_PASSWORD": "x",
        "JDK_JAVA_OPTIONS": "-Xmx1m",
        "JAVA_TOOL_OPTIONS": "-x",
        "TZ": "Z",
    }
    assert java.child_environment(env) == {"PATH": "/bin", "TZ": "Z"}


def test_more_options_are_read_as_words_and_come_last(tmp_path: Path) -> None:
    env = {"COCOMMUNS_JAVA_OPTIONS": " -Xmx4g  -Da='b c'\t\"-Dd=C:\\e f\" #-x"}
    with pytest.raises(EngineError, match="'#-x'"):
        java.java_options(env)
    options = java.java_options({name: text.replace("#", "") for name, text in env.items()})
    assert options == ["-Xmx4g", "-Da=b c", "-Dd=C:\\e f", "-x"]
    assert java.java_options({}) == java.java_options({"COCOMMUNS_JAVA_OPTIONS": " "}) == []
    with pytest.raises(EngineError, match="not closed"):
        java.java_options({"COCOMMUNS_JAVA_OPTIONS": "-Da='b"})
    layout, found = HomeLayout(tmp_path), java.find_installation()
    arguments = java.java_arguments(layout, found, java.Credentials(), 1, 2, 512, options)
    assert arguments[-7:-3] == options
    assert arguments.index("-Xmx512m") < arguments.index("-Xmx4g")


def test_supervisor_loads_nothing_large() -> None:
    code = (
        "import sys, cocommuns_graph.store.engine.supervisor;"
        "print([m for m in ('neo4j', 'pandas', 'numpy', 'networkx', 'streamlit', 'jpype', 'platformdirs')"
        " if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root)},
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("java.io.IOException: No space left on device", "full"),
        ("FileSystemException: x: Read-only file system", "read-only"),
        ("java.lang.OutOfMemoryError: Java heap space", "memory"),
        ("com.arcadedb.exception.LockException: Database 'x' is locked", "in use by another program"),
        (
            "com.arcadedb.exception.DatabaseOperationException: Error on creating new database instance",
            "damaged",
        ),
        ("Error: Could not create the Java Virtual Machine.", "correct or unset COCOMMUNS_JAVA_OPTIONS"),
        ("nothing of the kind", "its logs are"),
    ],
)
def test_what_java_said_becomes_one_sentence(tmp_path: Path, said: str, sentence: str) -> None:
    layout = HomeLayout(tmp_path)
    layout.prepare()
    layout.java_output.write_text(said)
    found = diagnosis.why_java_ended(layout)
    assert sentence in found
    assert "\n" not in found
