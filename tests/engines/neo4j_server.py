"""A real Neo4j Community for tests, without Docker: its jars by Maven, started by a small Java launcher.

`python -m tests.engines.neo4j_server --fetch` fetches the jars beforehand.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

VERSION = "5.26.12"
USER = "neo4j"

_HERE = Path(__file__).resolve().parent
_CACHE = _HERE.parents[1] / ".engines" / f"neo4j-{VERSION}"
_START_SECONDS = 120


class CannotStart(Exception):
    """Neo4j cannot be started here; the text says what is missing."""


def fetch() -> Path:
    """Make sure the jars and the compiled launcher are in .engines; returns that folder."""
    jars, classes = _CACHE / "lib", _CACHE / "classes"
    if not (jars / ".complete").exists():
        _need("mvn")
        _run(
            "mvn", "-q", "-B", "-f", str(_HERE / "launcher" / "pom.xml"), "dependency:copy-dependencies",
            f"-DoutputDirectory={jars}",
        )  # fmt: skip
        (jars / ".complete").touch()
    source, compiled = _HERE / "launcher" / "Launcher.java", classes / "Launcher.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        _need("javac")
        classes.mkdir(parents=True, exist_ok=True)
        _run("javac", "-cp", str(jars / "*"), "-d", str(classes), str(source))
    return _CACHE


def start_neo4j(folder: Path) -> tuple[str, str, str, Callable[[], None]]:
    """Start Neo4j with its data in `folder`, on 127.0.0.1 only; returns URI, user, password and stop.

    It ends when `stop` is called and when this process ends, however that ends: its standard input closes.
    """
    cache = fetch()
    _need("java")
    password = secrets.token_urlsafe(16)
    for _attempt in range(3):
        port = _free_port()
        log = folder.parent / f"{folder.name}.log"
        folder.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                # It lives for a few minutes, in which the second compiler would cost more than it gives.
                [
                    "java", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                    os.pathsep.join([str(cache / "classes"), str(cache / "lib" / "*")]),
                    "Launcher", str(folder), str(port),
                ],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LAUNCHER_PASSWORD": password},
            )  # fmt: skip
        if _wait(process, log):
            return f"bolt://127.0.0.1:{port}", USER, password, partial(_stop, process)
        _stop(process)
    raise CannotStart(f"Neo4j did not start: {log.read_text(errors='replace')[-2000:]}")


def _wait(process: subprocess.Popen[bytes], log: Path) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if "ready" in log.read_text(errors="replace").splitlines():
            return True
        time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _need(program: str) -> None:
    if shutil.which(program) is None:
        raise CannotStart(f"{program} is not installed; a JDK 17 or newer and Maven are needed")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotStart(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    if sys.argv[1:] != ["--fetch"]:
        sys.exit("usage: python -m tests.engines.neo4j_server --fetch")
    try:
        print(fetch())
    except CannotStart as error:
        sys.exit(str(error))
