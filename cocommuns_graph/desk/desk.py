"""The desk: one method for each thing a person can ask for; the only thing a command or a page talks to.

Results are plain JSON-ready values in the shapes of the contract, or a `Written` for what left as a file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cocommuns_graph import store as stores
from cocommuns_graph.desk.parts.about import About
from cocommuns_graph.desk.parts.columns_in import ColumnsIn
from cocommuns_graph.desk.parts.edits import Edits
from cocommuns_graph.desk.parts.files_in import FilesIn
from cocommuns_graph.desk.parts.freshness import Freshness
from cocommuns_graph.desk.parts.numbers import Numbers
from cocommuns_graph.desk.parts.papers import Papers
from cocommuns_graph.desk.parts.past import Journal
from cocommuns_graph.desk.parts.pictures import Pictures
from cocommuns_graph.desk.parts.questions import Questions
from cocommuns_graph.desk.parts.records import Records
from cocommuns_graph.desk.parts.teams import TeamsUp
from cocommuns_graph.desk.parts.twins import Twins
from cocommuns_graph.desk.parts.undoing import Undoings
from cocommuns_graph.desk.parts.watches import Watches
from cocommuns_graph.model import STEWARD, Viewer
from cocommuns_graph.store import engine

if TYPE_CHECKING:
    from cocommuns_graph.desk.frames import Frames


class Desk(
    Records,
    Watches,
    TeamsUp,
    Pictures,
    Numbers,
    Questions,
    Undoings,
    FilesIn,
    ColumnsIn,
    Edits,
    Twins,
    Journal,
    Papers,
    About,
    Freshness,
):
    """The store and someone who looks at it. `for_viewer` gives the same desk to somebody else."""

    @property
    def frames(self) -> Frames:
        """The answers as pandas DataFrames, for a notebook or a script."""
        from cocommuns_graph.desk.frames import Frames

        return Frames(self)


def open_desk(
    home: Path | None = None,
    *,
    viewer: Viewer = STEWARD,
    env: Mapping[str, str] | None = None,
) -> Desk:
    """The desk of a home (the default one if none is named), its graph ready for use.

    Raises:
        EngineError: the graph cannot be started or reached; the text says what to do.
    """
    env = os.environ if env is None else env
    place = engine.default_home(env) if home is None else Path(home)
    return Desk(stores.connect(place, env), viewer, place)
