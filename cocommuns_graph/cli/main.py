"""Where a command begins and every error ends as one sentence with the exit code of the contract."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from cocommuns_graph.cli import output
from cocommuns_graph.cli.commands import cocommuns
from cocommuns_graph.model.errors import CocommunsError

DONE, OUR_FAULT, REFUSED, REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 done, 2 refused, 3 done but rows were rejected, 1 our fault, 130 Ctrl-C."""
    output.speak_utf8()
    try:
        code = cocommuns.main(args=arguments, prog_name="cocommuns", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        output.say(f"cocommuns: {_usage(error)}")
        return REFUSED
    except CocommunsError as error:
        output.say(f"cocommuns: {error}")
        return REFUSED
    except (KeyboardInterrupt, click.Abort, EOFError):
        output.say("cocommuns: stopped; nothing unconfirmed was kept")
        return INTERRUPTED
    except BrokenPipeError:
        output.give_up_stdout()
        return DONE
    except Exception as error:
        output.say(
            f"cocommuns: something went wrong on our side ({type(error).__name__}); "
            f"please report it with the file {_log(error)}"
        )
        return OUR_FAULT


def _usage(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see {context.command_path} --help" if context else message


def _log(error: Exception) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    handle, name = tempfile.mkstemp(prefix=f"cocommuns-{stamp}-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
        log.write("".join(traceback.format_exception(error)))
    return Path(name)
