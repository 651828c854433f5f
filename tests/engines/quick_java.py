"""What makes the embedded engines of tests start and answer with half the work: they live for seconds.

Their Java leaves out the second compiler, which would cost more than it gives. It also finds its classes
loaded already, where `python -m tests.engines.quick_java` has kept them in .engines.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from cocommuns_graph.store import engine
from cocommuns_graph.store.engine import java
from cocommuns_graph.store.engine.home import HomeLayout
from cocommuns_graph.store.engine.state import JAVA_OPTIONS_VARIABLE

_ENGINES = Path(__file__).resolve().parents[2] / ".engines"
_FIRST_COMPILER = "-XX:TieredStopAtLevel=1"


def use() -> None:
    """Sets the options for every engine that this process or one it starts will start."""
    kept = _kept()
    options = [_FIRST_COMPILER, *([f"-XX:AOTCache={kept}"] if kept.exists() else [])]
    os.environ.setdefault(JAVA_OPTIONS_VARIABLE, shlex.join(options))


def keep() -> Path:
    """Keeps the classes that an engine loads while it takes the sample and hands it out; returns the file."""
    kept = _kept()
    if kept.exists():
        return kept
    _ENGINES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cocommuns-quick-") as folder:
        seen, made = Path(folder) / "seen", kept.with_suffix(f".{os.getpid()}")
        home = Path(folder) / "home"
        recording = [_FIRST_COMPILER, "-XX:AOTMode=record", f"-XX:AOTConfiguration={seen}"]
        os.environ[JAVA_OPTIONS_VARIABLE] = shlex.join(recording)
        try:
            _use_once(home)
        finally:
            engine.stop(home)
        making = [
            _FIRST_COMPILER,
            "-XX:AOTMode=create",
            f"-XX:AOTConfiguration={seen}",
            f"-XX:AOTCache={made}",
        ]
        found = java.find_installation()
        arguments = java.java_arguments(HomeLayout(home), found, java.Credentials(), 1, 2, 512, making)
        done = subprocess.run([found.java, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0 or not made.exists():
            sys.exit(f"java could not keep its classes: {(done.stdout + done.stderr)[-2000:]}")
        made.replace(kept)
    return kept


def _use_once(home: Path) -> None:
    # Here, since every run of pytest imports this module and only this function needs them.
    from cocommuns_graph import importing, shipped
    from cocommuns_graph.model import STEWARD
    from cocommuns_graph.store.door import Store

    store = Store(engine.ensure(home))
    try:
        store.prepare()
        reading = importing.read([shipped.folder("sample_data")])
        store.write(reading.rows, who="test", paths=reading.paths)
        store.read(STEWARD)
    finally:
        store.close()


def _kept() -> Path:
    return _ENGINES / f"arcadedb-{version('arcadedb-embedded')}.aot"


if __name__ == "__main__":
    print(keep())
