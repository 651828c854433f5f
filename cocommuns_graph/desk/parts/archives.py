"""The whole inventory as one file for stewards, and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cocommuns_graph import __version__
from cocommuns_graph.desk.files import Written, check_place
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model import Visibility
from cocommuns_graph.model.errors import NotAllowed

_ONLY_OWNER = 0o600


class Archives(Base):
    """Backup and restore."""

    def backup(self, path: Path) -> Written:
        """Writes everything there is, the journal and what people keep among it, into one archive.

        The file may be read by its owner alone. The same inventory makes the same bytes.

        Raises:
            NotAllowed: the viewer is no steward.
            UnwritableFile: it cannot be written; nothing half-written is left.
        """
        from cocommuns_graph.exporting import Archive, write_all, write_archive
        from cocommuns_graph.store.whole import read_whole

        self._refuse_others()
        check_place(path)
        archive = Archive(*read_whole(self.store))
        writer = partial(write_archive, archive=archive, version=__version__)
        return Written(tuple(write_all({Path(path): writer}, mode=_ONLY_OWNER)), 0)

    def restore(self, path: Path, *, replace: bool = False) -> dict[str, Any]:
        """Makes the inventory what an archive holds; all of it is checked before anything is written.

        Returns `path`, and under `nodes` and `relationships` how many there are of each label and type.

        Raises:
            NotAllowed: the viewer is no steward.
            UnreadableFile: it is no archive, or damaged, or of a newer program.
            NotEmpty: something is there already and `replace` is not asked for.
        """
        from collections import Counter

        from cocommuns_graph.exporting import read_archive
        from cocommuns_graph.store.whole import write_whole

        self._refuse_others()
        archive = read_archive(Path(path))
        write_whole(self.store, archive.nodes, archive.links, replace=replace, path=Path(path).name)
        self._look_again()
        return {
            "path": str(path),
            "nodes": dict(sorted(Counter(node.label for node in archive.nodes).items())),
            "relationships": dict(sorted(Counter(link.type for link in archive.links).items())),
        }

    def _refuse_others(self) -> None:
        if self.viewer.level < Visibility.STEWARDS:
            raise NotAllowed(
                "an archive holds everything, private details among it, so it is for stewards only; "
                "add --as stewards, or choose another format"
            )
