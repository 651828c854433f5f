"""The formats that come with the package, and any other by the path of its file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cocommuns_graph import shipped
from cocommuns_graph.formats.declare import Format
from cocommuns_graph.formats.parse import load_format
from cocommuns_graph.formats.sections import nearest
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidFormat, NotFound


@cache
def built_in() -> tuple[Format, ...]:
    """The formats of importers/*.toml, by name.

    Raises:
        InvalidFormat: one of them does not fit the model, or two have the same name.
    """
    found: dict[str, Format] = {}
    for path in sorted(shipped.folder("importers").glob("*.toml")):
        format_ = load_format(path, MODEL)
        if other := found.get(format_.name):
            raise InvalidFormat(f"{path} and {other.path} are both called {format_.name}; rename one")
        found[format_.name] = format_
    return tuple(found[name] for name in sorted(found))


def format_named(name: str | Path) -> Format:
    """The built-in format of that name, or the one in the TOML file of that path.

    Raises:
        InvalidFormat: the file cannot be read or does not fit the model.
        NotFound: there is neither; the text lists the names.
    """
    for format_ in built_in():
        if format_.name == str(name):
            return format_
    if str(name).lower().endswith(".toml") or Path(name).is_file():
        return load_format(Path(name), MODEL)
    names = [format_.name for format_ in built_in()]
    raise NotFound(
        f"no format is called {str(name)!r}; {nearest(str(name), names)}, or the path of a .toml file"
    )
