"""Whether an engine answers, asked with the standard library alone so that the supervisor stays small."""

from __future__ import annotations

import base64
import http.client
import json
import socket

import psutil

from cocommuns_graph.store.engine.state import DATABASE, EngineState

_BOLT_GREETING = bytes.fromhex("6060b01700040404000001040000000400000003")


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listened on a moment ago; another process may still be faster."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


def answers_bolt(port: int, timeout: float = 2) -> bool:
    """Whether something at that port of 127.0.0.1 agrees on a version of Bolt."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout) as connection:
            connection.sendall(_BOLT_GREETING)
            answer = connection.recv(4)
    except OSError:
        return False
    return len(answer) == 4 and answer != b"\0\0\0\0"


def owns_port(pid: int, port: int) -> bool:
    """Whether that process, and not somebody faster, listens at a port."""
    try:
        found = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True  # not allowed to look: some systems keep it from the process's own user
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in found)


def query_works(state: EngineState, timeout: float = 10) -> bool:
    """Whether the engine has opened the database and lets our user read it."""
    return (
        _post(state, f"/api/v1/query/{DATABASE}", {"language": "sql", "command": "SELECT 1"}, timeout) == 200
    )


def shut_down(state: EngineState) -> bool:
    """Ask the engine to close its files and end; False when it could not be asked."""
    return _post(state, "/api/v1/server", {"command": "shutdown"}, timeout=5) in (200, 204)


def _post(state: EngineState, path: str, body: dict[str, str], timeout: float) -> int | None:
    token = base64.b64encode(f"{state.username}:{state.password}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", state.http_port, timeout=timeout)
    try:
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(body), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
