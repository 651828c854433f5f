"""The Java server inside the arcadedb-embedded package: where it is, its settings, its start."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psutil

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store.engine.guard import Guard
from cocommuns_graph.store.engine.home import HomeLayout, write_private
from cocommuns_graph.store.engine.processes import ProcessId
from cocommuns_graph.store.engine.state import DATABASE, JAVA_OPTIONS_VARIABLE

MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
MAX_MESSAGE_BYTES = 64 * 1024 * 1024
MAX_ELEMENTS_PER_OPERATION = 20_000_000
COMMAND_SECONDS = 600
"""How long one statement may run; the engine does not heed the time a client gives its transaction."""

# Never loaded: other protocols and tools of the server, which would listen or answer beyond what we use.
_UNUSED_JARS = (
    "arcadedb-console",
    "arcadedb-graphql",
    "arcadedb-mcp",
    "arcadedb-postgresw",
    "arcadedb-python-bridge",
    "arcadedb-redisw",
)
_MEBIBYTE = 1024 * 1024

# Everything but reading is absent from `reader`; the engine refuses the rest whatever the statement says.
_GROUPS = {
    "version": 1,
    "databases": {
        "*": {
            "groups": {
                "admin": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
                    "types": {
                        "*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}
                    },
                },
                "reader": {
                    "resultSetLimit": -1,
                    "readTimeout": -1,
                    "access": [],
                    "types": {"*": {"access": ["readRecord"]}},
                },
                "*": {"resultSetLimit": -1, "readTimeout": -1, "access": [], "types": {"*": {"access": []}}},
            }
        }
    },
}

_LOGGING = """\
handlers = java.util.logging.FileHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
java.util.logging.FileHandler.level = INFO
java.util.logging.FileHandler.pattern = {folder}/engine.%g.log
java.util.logging.FileHandler.formatter = com.arcadedb.log.LogFormatter
java.util.logging.FileHandler.encoding = UTF-8
java.util.logging.FileHandler.limit = 1000000
java.util.logging.FileHandler.count = 3
java.util.logging.FileHandler.append = false
"""


@dataclass(frozen=True)
class Installation:
    """Where Java and the jars of the engine are."""

    java: Path
    jars: tuple[Path, ...]


@dataclass(frozen=True)
class Credentials:
    """The two users of one run of the engine; drawn anew at every start."""

    password: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    reader_password: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    username: str = "root"
    reader_username: str = "reader"


def find_installation() -> Installation:
    """Java and the jars that came with the package arcadedb-embedded; nothing of it is imported.

    Raises:
        EngineError: the package is not installed, as on platforms it is not made for, or is incomplete.
    """
    spec = find_spec("arcadedb_embedded")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise EngineError(
            f"The embedded engine is not available for this platform ({sys.platform}, {_machine()}); set "
            "NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to use a Neo4j 5.26 or newer instead."
        )
    folder = Path(folders[0])
    java = folder / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java")
    jars = tuple(
        jar for jar in sorted((folder / "jars").glob("*.jar")) if not jar.name.startswith(_UNUSED_JARS)
    )
    if not java.is_file() or not any(jar.name.startswith("arcadedb-bolt") for jar in jars):
        raise EngineError(
            f"The embedded engine in {folder} is incomplete; reinstall it with "
            "pip install --force-reinstall arcadedb-embedded, or set NEO4J_URI."
        )
    return Installation(java, jars)


def _machine() -> str:
    import platform

    return platform.machine() or "unknown processor"


def heap_mebibytes(total_bytes: int | None = None) -> int:
    """How much memory Java may take for its objects: a quarter of the machine's, from 384 MB to 2 GB."""
    total = (_memory_limit() if total_bytes is None else total_bytes) // _MEBIBYTE
    return int(max(min(total // 4, 2048), min(384, max(total // 2, 128))))


def _memory_limit() -> int:
    total = int(psutil.virtual_memory().total)
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            total = min(total, int(Path(name).read_text(encoding="ascii")))
        except (OSError, ValueError):
            continue
    return total


def write_configuration(layout: HomeLayout) -> None:
    """Write the folder of the server's settings anew: two groups, no users yet, small logs.

    The former log steps aside, so that what is read in the log from now on is of this start.

    Raises:
        OSError: the home cannot be written.
    """
    shutil.rmtree(layout.server, ignore_errors=True)
    layout.java_output.unlink(missing_ok=True)
    if layout.java_log.exists():
        layout.java_log.replace(layout.logs / "engine.1.log")
    config = layout.server / "config"
    config.mkdir(parents=True, mode=0o700)
    write_private(config / "server-groups.json", json.dumps(_GROUPS))
    logging = _LOGGING.format(folder=layout.logs.as_posix().replace("%", "%%"))
    write_private(layout.server / "logging.properties", _ascii_properties(logging))


def _ascii_properties(text: str) -> str:
    """Java reads property files as Latin-1: other characters are written as its \\u escapes."""
    units = text.encode("utf-16-be")
    codes = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(chr(code) if code < 128 else f"\\u{code:04x}" for code in codes)


def java_arguments(
    layout: HomeLayout,
    installation: Installation,
    credentials: Credentials,
    bolt_port: int,
    http_port: int,
    heap: int,
    options: Sequence[str] = (),
) -> list[str]:
    """Everything Java is started with, in the order of its command line; `options` win over ours."""
    settings = {
        "java.awt.headless": "true",
        "java.util.logging.config.file": layout.server / "logging.properties",
        "arcadedb.server.name": "cocommuns",
        # Not production: that mode answers every mistake in a statement with "check the server log".
        "arcadedb.server.mode": "development",
        "arcadedb.server.rootPath": layout.server,
        "arcadedb.server.configDirectory": layout.server / "config",
        "arcadedb.server.logsDirectory": layout.server / "log",
        "arcadedb.server.databaseDirectory": layout.databases,
        "arcadedb.server.rootPassword": credentials.password,
        "arcadedb.server.defaultDatabases": (
            f"{DATABASE}[{credentials.reader_username}:{credentials.reader_password}:reader]"
        ),
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.server.httpIncomingHost": "127.0.0.1",
        "arcadedb.server.httpIncomingPort": http_port,
        "arcadedb.server.httpWorkerThreads": 4,
        "arcadedb.bolt.host": "127.0.0.1",
        "arcadedb.bolt.port": bolt_port,
        "arcadedb.bolt.defaultDatabase": DATABASE,
        "arcadedb.bolt.maxMessageSize": MAX_MESSAGE_BYTES,
        "arcadedb.bolt.packstream.maxValueLength": MAX_MESSAGE_BYTES,
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
        "arcadedb.queryMaxHeapElementsAllowedPerOp": MAX_ELEMENTS_PER_OPERATION,
        "arcadedb.command.timeout": COMMAND_SECONDS * 1000,
        "arcadedb.polyglotEngineEnabled": "false",
        "arcadedb.serverMetrics": "false",
        "arcadedb.txWalFlush": 1,
    }
    return [
        f"-Xmx{heap}m",
        "-Xms64m",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:+ExitOnOutOfMemoryError",
        f"-XX:ErrorFile={layout.logs / 'java-crash.log'}",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        *(f"-D{name}={value}" for name, value in settings.items()),
        *options,
        "-cp",
        os.pathsep.join(str(jar) for jar in installation.jars),
        MAIN_CLASS,
    ]


def java_options(env: Mapping[str, str]) -> list[str]:
    """The options for Java that COCOMMUNS_JAVA_OPTIONS adds, separated by spaces; quotes keep spaces in one.

    Raises:
        EngineError: a quote is not closed, or a word is not an option.
    """
    # A backslash stands for itself, as in the names of folders on Windows.
    reader = shlex.shlex(env.get(JAVA_OPTIONS_VARIABLE, ""), posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.commenters, reader.escape = True, "", ""
    try:
        options = list(reader)
    except ValueError as error:
        raise EngineError(f"{JAVA_OPTIONS_VARIABLE} has a quote that is not closed.") from error
    for option in options:
        if not option.startswith("-"):
            raise EngineError(
                f"{JAVA_OPTIONS_VARIABLE} holds {option!r}, which is no option of Java: each begins with -."
            )
    return options


def argument_file(arguments: list[str]) -> str:
    """The text of a Java argument file: one quoted argument a line."""
    escaped = (text.replace("\\", "\\\\").replace('"', '\\"') for text in arguments)
    return "".join(f'"{text}"\n' for text in escaped)


def child_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The few variables a child needs: no passwords, and no options of other people's Java."""
    kept = (
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SYSTEMROOT",
        "WINDIR",
        "TZ",
    )
    return {name: value for name, value in env.items() if name.upper() in kept}


def start_java(
    layout: HomeLayout, installation: Installation, arguments: Path, guard: Guard
) -> subprocess.Popen[bytes]:
    """Start the server with an argument file; it dies with this process.

    Raises:
        OSError: Java cannot be run.
    """
    with layout.java_output.open("wb") as output:
        process = subprocess.Popen(
            [str(installation.java), f"@{arguments}"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=layout.server,
            env=child_environment(os.environ),
            **guard.options,
        )
    guard.watch(process)
    return process


def is_our_java(process: ProcessId, layout: HomeLayout) -> bool:
    """Whether a process is the Java that an ended supervisor of this home left behind.

    One that is just being ended by the system has no command line any more and counts too.
    """
    if not process.alive:
        return False
    try:
        command = psutil.Process(process.pid).cmdline()
    except psutil.Error:
        return False
    return not command or any(part.startswith(f"@{layout.run}") for part in command)
