"""Errors a person can act on, named for what happened; mouths print them as one sentence."""

from __future__ import annotations


class CocommunsError(Exception):
    """Base of every error this package raises on purpose; its text is one sentence saying what to do."""


class InvalidModel(CocommunsError):
    """A declaration of the model is wrong; the text names the declaration and the fix."""


class InvalidFormat(CocommunsError):
    """An importers/*.toml file does not fit the model; the text lists every mistake in it."""


class InvalidQuery(CocommunsError):
    """A queries/*.cypher file or a parameter given to it is wrong."""


class InvalidValue(CocommunsError):
    """A value does not fit the kind of its property; the text says what is accepted."""


class UnreadableFile(CocommunsError):
    """A file cannot be read as a table; the text names the file and why."""


class UnwritableFile(CocommunsError):
    """A file cannot be written there; the text names the file and why, and nothing half-written is left."""


class NotFound(CocommunsError):
    """Nothing has that id or exact name."""


class Ambiguous(CocommunsError):
    """Several records have that name; the text lists their ids."""


class EngineError(CocommunsError):
    """The database engine cannot be started, reached or used; the text says what to do."""


class NotAllowed(CocommunsError):
    """The viewer may not do or see this."""


class WriteRefused(CocommunsError):
    """A statement that must only read tried to write."""


class Cancelled(CocommunsError):
    """Somebody ended the work before it was done; what it had not committed is undone."""


class TakenOver(CocommunsError):
    """A large unit of writing was resumed or undone by somebody else while it was still being written."""
