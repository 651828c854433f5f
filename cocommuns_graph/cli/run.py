"""One command from its arguments to its exit code: every error ends here as one sentence."""

from __future__ import annotations

import errno
import re
import sys
import threading
from collections.abc import Sequence

import click

from cocommuns_graph.cli import output
from cocommuns_graph.cli.commands import cocommuns
from cocommuns_graph.cli.entry import INTERRUPTED, OUR_FAULT
from cocommuns_graph.cli.failures import write_log
from cocommuns_graph.cli.options import Invocation
from cocommuns_graph.model.errors import CocommunsError

DONE, REFUSED = 0, 2


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 done, 2 refused, 3 done but rows were rejected, 1 our fault, 130 Ctrl-C."""
    output.speak_utf8()
    invocation = Invocation()
    threading.excepthook = lambda stray: _keep(stray.exc_value, invocation)
    try:
        code = cocommuns.main(
            args=None if arguments is None else list(arguments),
            prog_name="cocommuns",
            standalone_mode=False,
            obj=invocation,
        )
        output.flush()
        return code if isinstance(code, int) else DONE
    except click.exceptions.NoArgsIsHelpError as nothing_asked:
        output.show_text(nothing_asked.ctx.get_help() if nothing_asked.ctx else "")
        return DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        return _refuse(_usage(error))
    except CocommunsError as error:
        return _refuse(str(error))
    except (KeyboardInterrupt, click.Abort):
        output.say("cocommuns: stopped; nothing unconfirmed was kept")
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except output.OutputLost as error:
        return _refuse(f"standard output cannot be written: {error}")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _refuse(
                f"{error.filename or 'a file'} cannot be written: the disk is full; free some space"
            )
        log = write_log(error, invocation.home)
        output.say(
            f"cocommuns: something went wrong on our side ({type(error).__name__}); "
            f"please report it with {f'the file {log}' if log else 'what you typed'}"
        )
        return OUR_FAULT


def _refuse(sentence: str) -> int:
    output.say(f"cocommuns: {sentence}".replace("\n", " "))
    return REFUSED


def _usage(error: click.ClickException) -> str:
    """What click says of a mistake in the command itself, as one sentence with the way to the help."""
    message = " ".join(error.format_message().split()).rstrip(".")
    message = re.sub(r"\. \(?Did you mean(?: one of:)? ?:? ?(.+?)[?)]*$", r" (did you mean \1?)", message)
    context = getattr(error, "ctx", None)
    return f"{message}; see {context.command_path} --help" if context else message


def _keep(error: BaseException | None, invocation: Invocation) -> None:
    """A thread that failed says so in a log, never as a traceback in the middle of an answer."""
    if isinstance(error, Exception) and not sys.is_finalizing():
        write_log(error, invocation.home)
