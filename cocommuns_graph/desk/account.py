"""The name under which somebody writes."""

from __future__ import annotations

import getpass


def account() -> str:
    """The name of the system account, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
