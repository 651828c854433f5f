"""The app as a child process: started on a free port of this machine, announced, ended with its parent."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from cocommuns_graph import shipped
from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.model.look import theme
from cocommuns_graph.store.engine.guard import Guard

FIRST_PORT = 8501
_PORTS = 100
_READY_SECONDS = 90.0
_END_SECONDS = 5.0
_OPTIONS = {
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "200",
    "server.enableStaticServing": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.showSidebarNavigation": "true",
    "runner.magicEnabled": "false",
    "logger.level": "warning",
}
# By a variable, since one that a version of Streamlit does not know is passed over: who may be asked for, so
# that no other site can reach the app through a name that leads to this machine.
_HOSTS = {"server.allowedHosts": "127.0.0.1 localhost"}


def serve(
    home: Path,
    *,
    port: int,
    open_browser: bool,
    announce: Callable[[str], None],
    env: Mapping[str, str],
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Runs the app on a home until an interrupt (`ended_politely`); then nothing of it is left.

    `meanwhile` runs while the app starts, before anybody is told of it; `announce` is given the address once
    a browser can open it.

    Raises:
        EngineError: the log cannot be written, or the app does not start or ends by itself; the text says so.
    """
    log = home / "logs" / "app.log"
    guard = Guard()
    with _opened(log) as output:
        child = subprocess.Popen(
            _command(port),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**env, **_more_options(), "COCOMMUNS_HOME": str(home)},
            **guard.options,
        )
        guard.watch(child)
        try:
            meanwhile()
            _wait_until_ready(child, port, log)
            address = f"http://127.0.0.1:{port}"
            announce(address)
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            child.wait()
            raise EngineError(f"the app ended by itself; its log is {log}")
        finally:
            _end(child)
            guard.release()


def choose_port(wanted: int | None) -> int:
    """The port somebody asked for, else the first free one from 8501.

    Raises:
        EngineError: it is taken, or all are.
    """
    if wanted is not None:
        if not _is_free(wanted):
            raise EngineError(f"port {wanted} is taken; choose another with --port or PORT=")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS):
        if _is_free(port):
            return port
    raise EngineError(f"no port from {FIRST_PORT} to {FIRST_PORT + _PORTS - 1} is free; name one with --port")


@contextmanager
def ended_politely() -> Iterator[None]:
    """Within it Ctrl-C, SIGTERM and a closed terminal raise KeyboardInterrupt, once: what follows would
    only disturb the clean-up. Ctrl-C counts even where a shell made its background jobs deaf to it."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        if number != getattr(signal, "SIGHUP", None) or before[number] is not signal.SIG_IGN:
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(log: Path) -> BinaryIO:
    try:
        for folder in (log.parent.parent, log.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return log.open("wb")
    except OSError as error:
        raise EngineError(
            f"the app's log {log} cannot be written ({error.strerror or error}); "
            "choose another folder with --home"
        ) from error


def _command(port: int) -> list[str]:
    command = [sys.executable, "-m", "streamlit", "run", str(shipped.folder("app") / "main.py")]
    for name, value in {**_OPTIONS, "server.port": str(port)}.items():
        command += [f"--{name}", value]
    return command


def _more_options() -> dict[str, str]:
    options: dict[str, str | list[str]] = {
        **_HOSTS,
        **{f"theme.{name}": value for name, value in theme().items()},
    }
    return {
        _variable(name): value if isinstance(value, str) else json.dumps(value)
        for name, value in options.items()
    }


def _variable(option: str) -> str:
    return "STREAMLIT_" + re.sub("([A-Z])", r"_\1", option).replace(".", "_").upper()


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_until_ready(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    health = f"http://127.0.0.1:{port}/_stcore/health"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise EngineError(f"the app could not start; its log is {log}")
        try:
            with opener.open(health, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise EngineError(f"the app did not answer within {_READY_SECONDS:.0f} seconds; its log is {log}")


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
