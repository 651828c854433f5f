"""Where the folders that travel with the package are: beside it in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

from cocommuns_graph.model.errors import CocommunsError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `importers`, `queries`, `app` or `sample_data`.

    Raises:
        CocommunsError: the installation lacks it.
    """
    for candidate in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise CocommunsError(f"the installation lacks its folder {name}; install cocommuns_graph again")
