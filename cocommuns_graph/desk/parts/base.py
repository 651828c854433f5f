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
    ) -> None:
        self.store = store
        self.viewer = viewer
        self.home = home
        self.say = wording(language)
        self._memory = memory or Memory()
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

    def speaking(self, language: str) -> Self:
        """This desk in another language of screens (`wording.available()`), English where it is not known."""
        return type(self)(self.store, self.viewer, self.home, self._memory, language)

    def glancing(self) -> Self:
        """This desk for one moment, such as one drawing of a page: it asks once whether the graph changed.

        What is written through it, it sees.
        """
        made = type(self)(self.store, self.viewer, self.home, self._memory, self.language)
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
        """Each id that was merged away, with the id of the record it is now part of."""
        return self._made(("merged",), lambda graph: self.store.merged())

    def _written(self, files: Mapping[Path, bytes]) -> Written:
        """Writes all files or none, and says what their readers do not see."""
        from cocommuns_graph.exporting import write_all

        write_all({path: partial(write_bytes, data=data) for path, data in files.items()})
        graph = self.graph()
        return Written(tuple(files), graph.hidden, graph.hidden_details)

    def _meta(self, network: str, filters: Mapping[str, str], *, direction: str = "as stored") -> Meta:
        from cocommuns_graph.exporting import Meta

        return Meta(
            network=network,
            direction=direction,
            filters=", ".join(f"{name}={value}" for name, value in filters.items() if value),
            version=__version__,
            imports=tuple(str(unit["id"]) for unit in self.store.imports()),
            date=date.today().isoformat(),
            viewer=self.viewer.level.word,
        )
