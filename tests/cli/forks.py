"""Commands as processes that are forked from one which has imported everything already.

A command spends most of its time on imports. A server, started once, forks a process for each; in all else it
is one as people start it: arguments, environment, folder, streams and exit code are its own.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_PRELOADED = (
    "cocommuns_graph.cli.run",
    "cocommuns_graph.store.door",
    "cocommuns_graph.finding",
    "cocommuns_graph.gaps",
    "cocommuns_graph.importing",
    "cocommuns_graph.exporting",
    "cocommuns_graph.maps",
    "cocommuns_graph.network.measures",
    "cocommuns_graph.reports",
)


class Forks:
    """The server's other end."""

    def __init__(self, root: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="cocommuns-forks-")
        self._path = str(Path(self._folder.name) / "socket")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forks", self._path],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path | None, seconds: float
    ) -> tuple[int, bytes, bytes]:
        """The exit code, standard output and standard error of one command.

        Raises:
            TimeoutError: it did not end within these seconds; it is killed.
        """
        with (
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            socket.socket(socket.AF_UNIX) as connection,
        ):
            connection.connect(self._path)
            request = json.dumps([list(arguments), dict(env), str(cwd or Path.cwd())]).encode()
            socket.send_fds(connection, [len(request).to_bytes(4, "big")], [out.fileno(), err.fileno()])
            connection.sendall(request)
            pid = int.from_bytes(_exactly(connection, 4), "big")
            connection.settimeout(seconds)
            try:
                code = int.from_bytes(_exactly(connection, 4), "big", signed=True)
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                raise
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()

    def close(self) -> None:
        """Ends the server."""
        self._process.communicate(timeout=30)
        self._folder.cleanup()


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = connection.recv(size - len(found))
        if not part:
            raise EOFError("the process that runs commands went away")
        found += part
    return found


def _serve(path: str) -> None:
    for module in _PRELOADED:
        __import__(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        if os.fork() == 0:
            # The server ends with the one who started it.
            sys.stdin.buffer.read()
            os.kill(os.getppid(), signal.SIGKILL)
            os._exit(0)
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _attend(connection)
            connection.close()


def _attend(connection: socket.socket) -> None:
    """Forks one command and tells its process id, then its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, streams, _, _ = socket.recv_fds(connection, 4, 2)
    arguments, env, cwd = json.loads(_exactly(connection, int.from_bytes(size, "big")))
    pid = os.fork()
    if pid == 0:
        connection.close()
        _become(arguments, env, cwd, streams)
    for stream in streams:
        os.close(stream)
    connection.sendall(pid.to_bytes(4, "big"))
    _, status = os.waitpid(pid, 0)
    connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
    os._exit(0)


def _become(arguments: Sequence[str], env: Mapping[str, str], cwd: str, streams: Sequence[int]) -> None:
    """Runs a command as this process and ends it."""
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, stream in enumerate((nothing, *streams)):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(env)
        random.seed()
        sys.argv = ["cocommuns", *arguments]
        from cocommuns_graph.cli.entry import main

        code = main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
