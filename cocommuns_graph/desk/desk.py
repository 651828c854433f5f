"""The desk: one method for each thing a person can ask for; the only thing a command or a page talks to.

Results are plain JSON-ready values in the shapes of the contract, or a `Written` for what left as a file.
"""

from __future__ import annotations

import getpass
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cocommuns_graph import __version__, shipped
from cocommuns_graph import store as stores
from cocommuns_graph.desk.files import Written, check_place, check_places, write_bytes, write_whole
from cocommuns_graph.desk.memory import Memory
from cocommuns_graph.desk.profiles import profile
from cocommuns_graph.desk.uploads import Upload, kept_in_a_folder, named_by_sender
from cocommuns_graph.model import (
    MODEL,
    STEWARD,
    Graph,
    Node,
    Relationship,
    Value,
    Viewer,
    Visibility,
)
from cocommuns_graph.model.errors import InvalidValue, NotAllowed, NotFound
from cocommuns_graph.model.kinds import shorten
from cocommuns_graph.store import engine

if TYPE_CHECKING:
    import networkx as nx

    from cocommuns_graph.changes import Outcome
    from cocommuns_graph.desk.frames import Frames
    from cocommuns_graph.desk.measuring import Metrics
    from cocommuns_graph.exporting import Meta
    from cocommuns_graph.finding import Finder
    from cocommuns_graph.gaps import Gaps
    from cocommuns_graph.maps import Picture
    from cocommuns_graph.questions import Question
    from cocommuns_graph.store import Store

Progress = Callable[[int], None]
T = TypeVar("T")
KINDS = {node_type.label.lower(): node_type.label for node_type in MODEL.public_types}
_COMPLETENESS = {
    node_type.label: [
        declared.name
        for declared in node_type.properties
        if not declared.managed and declared.name not in ("id", "visibility", "confirmed_on")
    ]
    for node_type in MODEL.public_types
}


@dataclass(frozen=True)
class Imported:
    """What an import did or would do: the report of the contract, the same in words, the rejects files.

    The files of rejected rows are paths where they were written, else `contents`: their bytes by name.
    """

    report: dict[str, Any]
    words: list[str]
    rejects: tuple[Path, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def rejected(self) -> bool:
        """Whether any row was rejected."""
        return any(file["rejected"] for file in self.report["files"])


class Desk:
    """The store and someone who looks at it. `for_viewer` gives the same desk to somebody else."""

    def __init__(self, store: Store, viewer: Viewer, home: Path, memory: Memory | None = None) -> None:
        self.store = store
        self.viewer = viewer
        self.home = home
        self._memory = memory or Memory()

    def for_viewer(self, level: Visibility) -> Desk:
        """This desk as somebody who may see less (or more) would find it."""
        return Desk(self.store, Viewer(level, self.viewer.name), self.home, self._memory)

    def close(self) -> None:
        """Closes the connection; the engine goes on for others."""
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *stray: object) -> None:
        self.close()

    # -- what is there --------------------------------------------------------------------------------

    def graph(self) -> Graph:
        """All that this viewer may see; read again only after the graph changed."""
        memory = self._memory
        with memory.lock:
            memory.renew(self.store.stamp())
            return memory.kept(("graph", self.viewer.level), lambda: self.store.read(self.viewer))

    def _made(self, what: tuple[Hashable, ...], make: Callable[[Graph], T]) -> T:
        """Something made from the graph as it is now, once for everybody until it changes."""
        with self._memory.lock:
            graph = self.graph()
            return self._memory.kept((*what, self.viewer.level), lambda: make(graph))

    def _finder(self) -> Finder:
        from cocommuns_graph.finding import Finder

        return self._made(("finder",), Finder)

    def resolve(self, text: str, labels: Sequence[str] | None = None) -> str:
        """The id of what has this id or exact name.

        Raises:
            NotFound: nothing has it.
            Ambiguous: several have it; the text lists their ids.
        """
        from cocommuns_graph.finding import resolve

        return resolve(self.graph(), text, labels)

    def status(self) -> dict[str, Any]:
        """What is in the home, how complete it is, what is unfinished: the contract's `status`."""
        graph = self.graph()
        running = engine.status(self.home) if self.store.address.kind == "embedded" else None
        completeness = {}
        for label, names in _COMPLETENESS.items():
            nodes = graph.of_label(label)
            if nodes:
                completeness[label] = {
                    name: round(sum(name in node.properties for node in nodes) / len(nodes), 3)
                    for name in names
                }
        return {
            "home": str(self.home),
            "engine": {
                "kind": self.store.address.kind,
                "address": self.store.address.uri,
                "pid": running.pid if running else None,
                "users": list(running.users) if running else [],
            },
            "nodes": {label: len(graph.of_label(label)) for label in MODEL.labels},
            "relationships": {type_: len(graph.of_type(type_)) for type_ in MODEL.types},
            "incomplete": self.store.incomplete(),
            "completeness": completeness,
            "version": __version__,
        }

    def unfinished(self) -> list[str]:
        """One sentence for each import that was begun and not finished."""
        return [
            f"import {begun['id']} of {', '.join(begun['paths'])} is incomplete: "
            "import the same files again to finish it"
            for begun in self.store.incomplete()
        ]

    def is_empty(self) -> bool:
        """Whether there is nothing in the inventory that this viewer may see."""
        return not self.graph().nodes

    def choices(self, name: str) -> list[str]:
        """The values a property has in the inventory, for a filter to choose from, most frequent first."""

        def count(graph: Graph) -> list[str]:
            found = Counter(text for node in graph.nodes.values() for text in node.texts(name))
            return sorted(found, key=lambda text: (-found[text], text))

        return self._made(("choices", name), count)

    def records(self, *labels: str) -> dict[str, str]:
        """The id of every record and what to call it, by name, for pickers."""

        def named(graph: Graph) -> dict[str, str]:
            nodes = graph.of_label(*labels) if labels else list(graph.nodes.values())
            nodes.sort(key=lambda node: (node.name.casefold(), node.id))
            return {node.id: f"{node.name} · {MODEL.node(node.label).singular.en}" for node in nodes}

        return self._made(("records", labels), named)

    def counts(self) -> list[tuple[str, int]]:
        """How many records of each type there are, with the word for that many of them."""
        graph = self.graph()
        counted = [(declared, len(graph.of_label(declared.label))) for declared in MODEL.public_types]
        return [
            ((declared.singular if number == 1 else declared.plural).en, number)
            for declared, number in counted
        ]

    def busiest_topics(self, most: int = 1) -> list[dict[str, str]]:
        """The id and label of the topics with the most links, where a map or a question may begin."""

        def ranked(graph: Graph) -> list[Node]:
            return sorted(
                graph.of_label("Topic"), key=lambda node: (-len(graph.links_of.get(node.id, [])), node.id)
            )

        return [{"id": node.id, "label": node.name} for node in self._made(("busiest",), ranked)[:most]]

    def topics(self) -> list[dict[str, str]]:
        """Every topic with its labels in all languages, for pickers: id, label, terms."""
        return [
            {
                "id": node.id,
                "label": node.name,
                "terms": " · ".join(
                    dict.fromkeys(
                        node.text(name)
                        for name in node.properties
                        if name == "label" or name.startswith("label_")
                    )
                ),
            }
            for node in sorted(self.graph().of_label("Topic"), key=lambda node: node.name.casefold())
        ]

    # -- finding --------------------------------------------------------------------------------------

    def find(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        sector: str | None = None,
        country: str | None = None,
        place: str | None = None,
        language: str | None = None,
        start: str | None = None,
        limit: int = 10,
    ) -> dict[str, Any]:
        """Ranked collaborators with reasons: the contract's `find`.

        Raises:
            InvalidValue: a filter or the limit is not one that exists.
            NotFound: `start` is no record.
        """
        answer = self._finder().find(
            text,
            kinds=tuple(kinds),
            where=where or {},
            sector=sector,
            country=country,
            place=place,
            language=language,
            start=self.resolve(start) if start else None,
            limit=limit,
        )
        return answer.as_dict()

    def show(self, text: str) -> dict[str, Any]:
        """One record with its links, sources and dates: the contract's `show`."""
        from cocommuns_graph.finding import resolve

        graph = self.graph()
        node = graph.nodes[resolve(graph, text)]
        links = [_link(graph, node, link) for link in graph.links_of.get(node.id, [])]
        links.sort(key=lambda link: (link["type"], link["direction"], link["name"], link["id"]))
        return {
            "id": node.id,
            "type": node.label,
            "name": node.name,
            "properties": _properties(node.properties),
            "links": links,
            "sources": node.texts("sources"),
        }

    def profile(self, text: str) -> dict[str, Any]:
        """The same record for a reader: facts in words, links by what they say; `profiles.profile`'s shape.

        Raises:
            NotFound, Ambiguous: as for `resolve`.
        """
        from cocommuns_graph.finding import resolve

        graph = self.graph()
        return profile(graph, resolve(graph, text))

    def path(self, a: str, b: str, limit: int = 3) -> dict[str, Any]:
        """Who introduces whom: the contract's `path`, and a `why` where there is no chain."""
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.network import chains

        graph = self.graph()
        start, end = resolve(graph, a), resolve(graph, b)
        found = chains(graph, start, end, limit=limit)
        why = ""
        if start == end:
            why = f"{graph.nodes[start].name} is on both ends"
        elif not found:
            why = f"nothing in the inventory links {graph.nodes[start].name} and {graph.nodes[end].name}"
        return {
            "paths": [
                {
                    "ids": list(chain.ids),
                    "names": [graph.nodes[identifier].name for identifier in chain.ids],
                    "steps": [
                        {
                            "type": step.relationships[0].type if step.relationships else "",
                            "text": step.text,
                            "sources": list(step.sources),
                        }
                        for step in chain.steps
                    ],
                }
                for chain in found
            ],
            "why": why,
        }

    # -- measuring ------------------------------------------------------------------------------------

    def measure(self, network: str = "direct", *, directed: bool = False, by: str | None = None) -> Metrics:
        """The measures of a network, with what was estimated or drawn.

        Raises:
            InvalidValue: there is no such network, or no actor that this viewer sees has a property `by`.
        """
        from cocommuns_graph.desk import measuring

        def work(graph: Graph) -> Metrics:
            return measuring.measure(graph, network, directed=directed, by=by)

        try:
            return self._made(("metrics", network, directed, by), work)
        except InvalidValue as error:
            if by is None or self.viewer.level == Visibility.STEWARDS:
                raise
            seen = self.viewer.level.word
            raise InvalidValue(f"{error}, as far as {seen} may see: more with --as coordinators") from None

    def metrics(
        self, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> list[dict[str, Any]]:
        """One row an actor: the contract's `metrics`.

        Raises:
            InvalidValue: as for `measure`.
        """
        return self.measure(network, directed=directed, by=by).as_dicts()

    def write_metrics(
        self, path: Path, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> Written:
        """The same as a csv file that says what it is in lines beginning with `# `."""
        check_place(path)
        return self._written({path: self.metrics_file(network, directed=directed, by=by)})

    def metrics_file(
        self, network: str = "direct", *, directed: bool = False, by: str | None = None
    ) -> bytes:
        """What `write_metrics` writes.

        Raises:
            InvalidValue: as for `measure`.
        """
        from cocommuns_graph.desk import measuring

        found = self.measure(network, directed=directed, by=by)
        meta = self._meta(network, {"by": by or ""}, direction=found.direction).lines()
        return measuring.as_csv(found, meta)

    @property
    def frames(self) -> Frames:
        """The answers as pandas DataFrames, for a notebook or a script."""
        from cocommuns_graph.desk.frames import Frames

        return Frames(self)

    def networkx(self, network: str | None = None, *, directed: bool = False) -> nx.Graph[str]:
        """The graph for networkx: all of it as a MultiDiGraph with every property, or one network of actors.

        Raises:
            InvalidValue: there is no such network.

        >>> everything = desk.networkx()
        >>> everything.is_multigraph(), everything.is_directed()
        (True, True)
        >>> len(everything) == len(desk.frames.nodes())
        True
        >>> shared = desk.networkx("topics")
        >>> sorted({kind for _, kind in shared.nodes(data="type")})
        ['Expert', 'Organisation']
        """
        from cocommuns_graph.network import as_networkx, projection

        if network is None:
            return as_networkx(self.graph())
        return projection(self.graph(), network, directed=directed)

    # -- questions ------------------------------------------------------------------------------------

    def ask(self, name: str, values: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a named query: the contract's `ask`.

        Raises:
            NotFound: there is no query of that name.
            NotAllowed: it is for others.
            InvalidQuery: a parameter is unknown, missing or does not fit.
        """
        question = _question(name)
        if not question.may_be_asked_by(self.viewer):
            raise NotAllowed(f"the query {name} is for {question.role.word} and above")
        bound = question.bind(
            values, resolve=lambda text, label: self.resolve(text, [label] if label else None)
        )
        answer = self.store.ask(self.viewer, question.statement, bound)
        return {"query": name, "columns": answer.columns or question.columns, "rows": answer.rows}

    # -- files in -------------------------------------------------------------------------------------

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        format_name: str | None = None,
        namespace: str | None = None,
        label: str | None = None,
        preview: bool = False,
        sync: bool = False,
        rejects: Path | None = None,
        who: str | None = None,
        called: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Imported:
        """Reads files or folders and writes what they say, or says what that would do.

        `called` is how the journal names them, if not by their paths.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue: nothing was written; the text says why.
            UnwritableFile: the rejected rows cannot be written to `rejects`, so nothing else was either.
            EngineError: the graph cannot be reached.
        """
        from cocommuns_graph import importing

        if rejects is not None:
            check_place(rejects)
        reading = importing.read(
            [Path(path) for path in paths],
            format=format_name,
            namespace=namespace,
            label=_kind(label) if label else None,
        )
        written: list[Path] = []

        def keep_rejects(outcome: Outcome) -> None:
            if rejects is not None:
                written[:] = importing.write_rejects(reading, outcome, rejects)

        outcome = self.store.write(
            reading.rows,
            who=who or account(),
            paths=list(called) or [os.fsencode(path).decode("utf-8", "replace") for path in paths],
            preview=preview,
            sync=reading.table_names if sync else frozenset(),
            progress=progress,
            before_commit=keep_rejects,
        )
        report = importing.report(reading, outcome)
        words = importing.words(report)
        words += [f"rejected rows, to mend and import again: {path}" for path in written]
        return Imported(report, words, tuple(written))

    def import_uploads(
        self, uploads: Sequence[Upload], *, preview: bool, progress: Progress | None = None
    ) -> Imported:
        """The same for files that a browser sent: everything names them as their sender did.

        Raises:
            UnreadableFile, InvalidFormat, InvalidValue, EngineError: as for `import_files`.
        """
        with kept_in_a_folder(uploads) as (folder, paths):
            place = folder / "rejected"
            place.mkdir()
            done = self.import_files(
                paths,
                preview=preview,
                rejects=place / ("rejected.xlsx" if len(paths) > 1 else "rejected.csv"),
                called=[path.name for path in paths],
                progress=progress,
            )
            contents = {path.name: path.read_bytes() for path in done.rejects}
        report = named_by_sender(done.report, folder)
        return Imported(report, [], contents=contents)

    # -- pictures and files out -----------------------------------------------------------------------

    def picture(
        self, *, topic: str | None = None, around: str | None = None, depth: int = 1
    ) -> dict[str, Any]:
        """The map as the live canvas draws it; positions stay where they were while the graph changes."""
        return self._made(
            ("drawn", topic, around, depth), lambda graph: self._picture(topic, around, depth).to_json()
        )

    def _picture(self, topic: str | None, around: str | None, depth: int) -> Picture:
        from cocommuns_graph.finding import resolve
        from cocommuns_graph.maps import picture

        def draw(graph: Graph) -> Picture:
            topic_id = resolve(graph, topic, ["Topic"]) if topic else None
            around_id = resolve(graph, around) if around else None
            whole = topic_id is None and around_id is None
            positions = self._memory.positions.get(self.viewer.level) if whole else None
            made = picture(graph, topic=topic_id, around=around_id, depth=depth, positions=positions)
            if whole:
                self._memory.positions[self.viewer.level] = made.positions
            return made

        return self._made(("picture", topic, around, depth), draw)

    def write_map(
        self, path: Path, *, topic: str | None = None, around: str | None = None, depth: int = 1
    ) -> Written:
        """The map as one page that works alone, from disk, offline."""
        check_place(path)
        write_whole(path, self.map_page(topic=topic, around=around, depth=depth))
        graph = self.graph()
        return Written((path,), graph.hidden, graph.hidden_details)

    def map_page(self, *, topic: str | None = None, around: str | None = None, depth: int = 1) -> str:
        """The text of that page."""
        from cocommuns_graph.maps import page

        drawn = self._picture(topic, around, depth)
        filters = {"topic": topic or "", "around": around or "", "depth": str(depth) if around else ""}
        return page(drawn, meta=self._meta("inventory", filters).lines())

    def export(self, path: Path, format_name: str | None = None) -> Written:
        """The graph as this viewer may see it, in csv, xlsx, graphml, gexf or json."""
        from cocommuns_graph.exporting import export

        check_place(path)
        graph = self.graph()
        written = export(graph, path, format_name, self._meta("inventory", {}))
        return Written(tuple(written), graph.hidden, graph.hidden_details)

    def glossary(self, language: str = "en") -> dict[str, Any]:
        """Every term in the languages of the data, with who uses it: `reports.glossary`'s shape.

        `language` is a code or a name; the terms are in the order of its dictionaries.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph import reports

        code = reports.language_code(language)
        return self._made(("glossary", code), lambda graph: reports.glossary(graph, code))

    def problems(self, language: str = "en") -> dict[str, Any]:
        """Problems open and overcome, who faces them, who could be asked: `reports.problems`'s shape.

        Raises:
            InvalidValue: there is no such language.
        """
        from cocommuns_graph import reports

        code = reports.language_code(language)
        return self._made(("problems", code), lambda graph: reports.problems(graph, code))

    def write_glossary(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The glossary as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import glossary_files

        check_places(html, csv)
        found = self.glossary(language)
        meta = self._meta("glossary", {"language": found["language"]}).lines()
        return self._written(glossary_files(found, meta, html, csv))

    def write_problems(
        self, *, language: str = "en", html: Path | None = None, csv: Path | None = None
    ) -> Written:
        """The register of problems as a page to print, a table, or both."""
        from cocommuns_graph.desk.reporting import problems_files

        check_places(html, csv)
        found = self.problems(language)
        meta = self._meta("problems", {"language": found["language"]}).lines()
        return self._written(problems_files(found, meta, html, csv))

    def find_gaps(self, *, by: str | None = None, language: str = "en", seed: int | None = None) -> Gaps:
        """What is missing in the network as this viewer sees it, with the tables behind it.

        Raises:
            InvalidValue: there is nothing to make families by, or gaps are not told in the language.
        """
        from cocommuns_graph.gaps import find_gaps
        from cocommuns_graph.reports import language_code

        code = language_code(language)

        def search(graph: Graph) -> Gaps:
            if seed is None:
                return find_gaps(graph, by=by, language=code)
            return find_gaps(graph, by=by, language=code, seed=seed)

        return self._made(("gaps", by, code, seed), search)

    def gaps(self, *, by: str | None = None, language: str = "en", seed: int | None = None) -> dict[str, Any]:
        """What is missing in the network, and who should meet: the contract's `gaps`.

        Raises:
            InvalidValue: there is nothing to make families by, or gaps are not told in the language.
        """
        return self.find_gaps(by=by, language=language, seed=seed).as_dict()

    def write_gaps(
        self,
        *,
        by: str | None = None,
        language: str = "en",
        seed: int | None = None,
        html: Path | None = None,
        csv: Path | None = None,
    ) -> Written:
        """The gap report as a page to print, as a folder of csv files with every table, or both."""
        from cocommuns_graph.desk.reporting import gap_files
        from cocommuns_graph.exporting import make_folder

        check_places(html, csv)
        found = self.find_gaps(by=by, language=language, seed=seed)
        filters = {"by": found.by, "language": found.language}
        meta = {**self._meta("direct", filters, direction="undirected").lines(), "seed": str(found.seed)}
        files = gap_files(self.graph(), found, meta, html, csv)
        if csv is not None:
            make_folder(csv)
        return self._written(files)

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


def account() -> str:
    """The name of the system account, for the journal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def _kind(word: str) -> str:
    try:
        return KINDS[word.strip().lower()]
    except KeyError:
        raise InvalidValue(f"{shorten(word)!r} is no kind of record; accepted: {', '.join(KINDS)}") from None


def _questions() -> dict[str, Question]:
    from cocommuns_graph.questions import load

    return load(shipped.folder("queries"))


def _question(name: str) -> Question:
    found = _questions()
    if name not in found:
        raise NotFound(f"no query is called {shorten(name)!r}; there are {', '.join(found)}")
    return found[name]


def check_question(name: str, values: Mapping[str, str]) -> None:
    """Makes sure, before any graph is opened, that there is such a query and that its parameters fit.

    Raises:
        NotFound: there is no query of that name.
        InvalidQuery: a parameter is unknown, missing or does not fit.
    """
    _question(name).bind(values)


def _properties(properties: Mapping[str, Value], but: Iterable[str] = ("id", "sources")) -> dict[str, Value]:
    left_out = set(but)
    return {name: value for name, value in properties.items() if name not in left_out}


def _link(graph: Graph, node: Node, link: Relationship) -> dict[str, Any]:
    outgoing = link.start == node.id
    other = link.end if outgoing else link.start
    declared = MODEL.relationship(link.type)
    return {
        "type": link.type,
        "direction": "out" if outgoing else "in",
        "id": other,
        "name": graph.nodes[other].name,
        "text": (declared.text if outgoing else declared.reverse).en,
        "properties": _properties(link.properties, ("sources", "key")),
        "sources": link.texts("sources"),
    }


def questions(viewer: Viewer = STEWARD) -> list[Question]:
    """The named queries somebody may ask."""
    return [question for question in _questions().values() if question.may_be_asked_by(viewer)]
