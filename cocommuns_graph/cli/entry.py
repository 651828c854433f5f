"""Where the process begins: nothing is imported before Ctrl-C and stray errors are provided for."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Sequence

OUR_FAULT, REJECTED, INTERRUPTED = 1, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; see `cocommuns_graph.cli.run`."""
    try:
        if arguments is None and not sys.warnoptions:
            warnings.simplefilter("ignore")
            sys.unraisablehook = lambda unraisable: None
        if arguments is None:
            # No command uses them, yet the database driver takes half a second to import them where they are.
            sys.modules.update(dict.fromkeys(("pandas", "pyarrow")))  # type: ignore[arg-type]
        from cocommuns_graph.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ImportError as error:
        print(f"cocommuns: this installation is not whole ({error}); install it again", file=sys.stderr)
        return OUR_FAULT
    finally:
        if arguments is None:
            _end_quietly()


def _end_quietly() -> None:
    """Leaves nothing that could raise while Python ends: a second Ctrl-C, a reader that went away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            if stream is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
