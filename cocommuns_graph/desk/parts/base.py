"""What every part of the desk stands on: the store, who looks, and what was made of the graph."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from cocommuns_graph import __version__
from cocommuns_graph.desk.files import Written, write_bytes
from cocommuns_graph.desk.memory import Memory
from cocommuns_graph.model import (
    Graph,
    Viewer,
    Visibility,
)
from cocommuns_graph.model.errors import NotAllowed
from cocommuns_graph.wording import ENGLISH, wording

if TYPE_CHECKING:
    from cocommuns_graph.exporting import Meta
    from cocommuns_graph.finding import Finder
    from cocommuns_graph.store import Store


T = TypeVar("T")


class Base:
    """The store, someone who looks at it, and the language in which screens tell it to them."""

    def __init__(
        self,
        store: Store,
        viewer: Viewer,
        home: Path,
        memory: Memory | None = None,
        language: str = ENGLISH,
        asker: Visibility | None = None,
    ) -> None:
        self.store = store
        self.viewer = viewer
        self.home = home
        self.say = wording(language)
        self._memory = memory or Memory()
        self._asker = viewer.level if asker is None else asker
        self._glances = False
        self._has_looked = False
        self._remembered_stamp: str | None = None

    @property
    def language(self) -> str:
        """The language of what is meant for a screen: words of the model, sentences."""
        return self.say.language

    def for_viewer(self, level: Visibility) -> Self:
        """This desk as somebody who may see less (or more) would find it."""
        viewer = Viewer(level, self.viewer.name)
        return type(self)(self.store, viewer, self.home, self._memory, self.language)

    def for_readers(self, level: Visibility) -> Self:
        """This desk as the readers of a file would find it that this viewer writes for them.

        A steward who writes it is told how much its readers do not see; nobody else is, in no other way.

        Raises:
            NotAllowed: the readers would see more than this viewer.
        """
        if not self.viewer.may_see(level):
            raise NotAllowed(f"only {level.word} may write a file for {level.word}")
        viewer = Viewer(level, self.viewer.name)
        return type(self)(self.store, viewer, self.home, self._memory, self.language, self._asker)

    def speaking(self, language: str) -> Self:
        """This desk in another language of screens (`wording.available()`), English where it is not known."""
        return type(self)(self.store, self.viewer, self.home, self._memory, language, self._asker)

    def glancing(self) -> Self:
        """This desk for one moment, such as one drawing of a page: it asks once whether the graph changed.

        What is written through it, it sees.
        """
        made = type(self)(self.store, self.viewer, self.home, self._memory, self.language, self._asker)
        made._glances = True
        return made

    def close(self) -> None:
        """Closes the connection; the engine goes on for others."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *stray: object) -> None:
        self.close()

    def graph(self) -> Graph:
        """All that this viewer may see; read again only after the graph changed."""
        memory = self._memory
        with memory.lock:
            if not (self._glances and self._has_looked):
                memory.renew(self.store.stamp())
                self._has_looked = True
            return memory.kept(("graph", self.viewer.level), lambda: self.store.read(self.viewer))

    def _made(self, what: tuple[Hashable, ...], make: Callable[[Graph], T]) -> T:
        """Something made from the graph as it is now, once for everybody until it changes."""
        with self._memory.lock:
            graph = self.graph()
            return self._memory.kept((*what, self.viewer.level), lambda: make(graph))

    def _look_again(self) -> None:
        """Lets what this desk has just written be seen."""
        self._has_looked = False

    def _finder(self) -> Finder:
        from cocommuns_graph.finding import Finder

        return self._made(("finder",), Finder)

    def resolve(self, text: str, labels: Sequence[str] | None = None) -> str:
        """The id of what has this id or exact name; of an id that was merged away, what it is part of now.

        Raises:
            NotFound: nothing has it.
            Ambiguous: several have it; the text lists their ids.
        """
        from cocommuns_graph.finding import resolve

        graph = self.graph()
        if text not in graph.nodes and (now := self._merged().get(text.strip())) in graph.nodes:
            return resolve(graph, str(now), labels)
        return resolve(graph, text, labels)

    def _merged(self) -> dict[str, str]:
        """Each id that was merged away, with the id of the record it is now part of.

        Of records only that this viewer might have seen: another id tells them nothing, as if it never was.
        """
        return self._made(("merged",), lambda graph: self.store.merged(self.viewer))

    @property
    def _sees_all(self) -> bool:
        return self.viewer.level is Visibility.STEWARDS

    def _check_may_write(self) -> None:
        """Makes sure that this viewer may change the inventory.

        Raises:
            NotAllowed: they are neither coordinator nor steward.
        """
        if not self.viewer.may_see(Visibility.COORDINATORS):
            raise NotAllowed("only coordinators and stewards may change the inventory; ask one of them")

    def _written(self, files: Mapping[Path, bytes]) -> Written:
        """Writes all files or none, and says what their readers do not see."""
        from cocommuns_graph.exporting import write_all

        write_all({path: partial(write_bytes, data=data) for path, data in files.items()})
        return self._told_written(tuple(files))

    def _told_written(self, paths: Sequence[Path]) -> Written:
        """What was written; a steward is told how much its readers do not see."""
        if self._asker is not Visibility.STEWARDS:
            return Written(tuple(paths), None, None)
        graph = self.graph()
        return Written(tuple(paths), graph.hidden, graph.hidden_details)

    def _meta(self, network: str, filters: Mapping[str, str], *, direction: str = "as stored") -> Meta:
        from cocommuns_graph.exporting import Meta

        return Meta(
            network=network,
            direction=direction,
            filters=", ".join(f"{name}={value}" for name, value in filters.items() if value),
            version=__version__,
            imports=self._imports(),
            date=date.today().isoformat(),
            viewer=self.viewer.level.word,
        )

    def _imports(self) -> tuple[str, ...]:
        """The finished units of writing that a file rests on, oldest first: all, or for others than stewards
        those that made something they see."""

        def read(graph: Graph) -> tuple[str, ...]:
            ids = [str(unit["id"]) for unit in self.store.imports()]
            if self._sees_all:
                return tuple(ids)
            made = {node.text("created_in") for node in graph.nodes.values()}
            made |= {link.text("created_in") for link in graph.relationships}
            return tuple(one for one in ids if one in made)

        return self._made(("imports",), read)
