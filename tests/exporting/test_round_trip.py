"""Out, into an empty inventory, and out again: the same content, sources among it, whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocommuns_graph import importing, shipped
from cocommuns_graph.exporting import export
from cocommuns_graph.formats.contacts import find, is_contact_column
from cocommuns_graph.model import MODEL, Graph, Node, Relationship, Value, join_key
from cocommuns_graph.model.kinds import LINE, PROSE
from tests.changes.fake import Memory, plan
from tests.exporting.graphs import META, small
from tests.shared import shared_path
from tests.store.claims import counts

NAMES = ("out", "out.xlsx", "out.graphml", "out.gexf")
UNIT = "i-1"


def graph_of(memory: Memory) -> Graph:
    """What a memory holds, in the order in which the store reads it."""
    nodes = [Node(i, memory.labels[i], memory.values[i]) for i in sorted(memory.labels)]
    return Graph(nodes, [Relationship(t, s, e, k, v) for (s, t, e, k), v in sorted(memory.ties.items())])


def ordered(graph: Graph) -> Graph:
    return Graph(
        sorted(graph.nodes.values(), key=lambda node: node.id),
        sorted(graph.relationships, key=lambda link: link.identity),
    )


def content(graph: Graph) -> dict[object, object]:
    """Every property by what has it, with the type of each value."""
    return {
        **{node.id: (node.label, typed(node.properties)) for node in graph.nodes.values()},
        **{link.identity: typed(link.properties) for link in graph.relationships},
    }


def typed(properties: object) -> dict[str, tuple[str, Value]]:
    assert isinstance(properties, dict)
    return {
        name: (type(value[0] if isinstance(value, list) else value).__name__, value)
        for name, value in properties.items()
    }


def imported(path: Path, memory: Memory | None = None, unit: str = UNIT) -> Memory:
    memory = Memory() if memory is None else memory
    reading = importing.read([path])
    outcome = plan(memory, reading.rows(), unit)
    assert [problem.sentence() for problem in outcome.problems] == []
    return memory


def written(path: Path, graph: Graph) -> dict[str, bytes]:
    """What an export of the graph consists of; a workbook is no bytes to compare, since it holds the time."""
    paths = export(graph, path, None, META)
    return {file.name: file.read_bytes() for file in paths if file.suffix != ".xlsx"}


def assert_lossless(folder: Path, name: str, graph: Graph) -> None:
    graph = ordered(graph)
    first = written(folder / name, graph)
    memory = imported(folder / name)
    assert content(graph_of(memory)) == content(graph)
    (folder / "again").mkdir()
    assert written(folder / "again" / name, graph_of(memory)) == first
    before = content(graph_of(memory))
    outcome = plan(memory, importing.read([folder / name]).rows(), "later")
    assert counts(outcome) == ((0, 0, len(graph.nodes), 0), (0, 0, len(graph.relationships), 0))
    assert content(graph_of(memory)) == before


@pytest.fixture(scope="module")
def sample() -> Graph:
    return graph_of(imported(Path(shipped.folder("sample_data"))))


# Untraced, these and those below take a third of the time; smaller tests run the same lines.
@pytest.mark.no_cover
@pytest.mark.parametrize("name", NAMES)
def test_the_sample_comes_back_with_its_sources(tmp_path: Path, sample: Graph, name: str) -> None:
    smart = sample.nodes["smart"]
    assert smart.properties["sources"] == ['organisations.csv:3 (deep-dive-report.txt line 9: "SMart")']
    assert_lossless(tmp_path, name, sample)


@pytest.mark.parametrize("name", NAMES)
def test_a_small_graph_with_everything_in_it_comes_back(tmp_path: Path, name: str) -> None:
    graph = small()
    for link in graph.relationships:
        assert isinstance(link.properties, dict)
        link.properties["key"] = join_key(
            link.properties.get(each) for each in MODEL.relationship(link.type).keys
        )
    links = [Relationship(r.type, r.start, r.end, str(r.properties["key"]), r.properties)
             for r in graph.relationships]  # fmt: skip
    assert_lossless(tmp_path, name, Graph(graph.nodes.values(), links))


@pytest.mark.no_cover
@pytest.mark.parametrize("folder", ["ols-open-seeds", "civic-brigade-index"])
@pytest.mark.parametrize("name", ["out", "out.graphml"])
def test_real_data_come_back_with_their_sources(tmp_path: Path, folder: str, name: str) -> None:
    memory = Memory()
    plan(memory, importing.read([shared_path(f"data/{folder}")]).rows(), UNIT)
    assert_lossless(tmp_path, name, graph_of(memory))


def innocent(text: object) -> bool:
    """Without anything like an address or number, which the importer would move to contact or refuse."""
    return not find(str(text)).contacts


line = st.text(max_size=15).map(LINE.clean).filter(lambda text: bool(text) and innocent(text))
prose = st.text(max_size=30).map(PROSE.clean).filter(lambda text: bool(text) and innocent(text))
number = st.integers(-(2**62), 2**62)
fraction = st.floats(allow_nan=False, allow_infinity=False)
scalars = (prose, number, fraction, st.booleans())
undeclared = st.one_of(*scalars, *(st.lists(kind, min_size=1, max_size=3) for kind in scalars)).filter(
    lambda value: all(map(innocent, value if isinstance(value, list) else [value]))
)
declared_names = {each.name for type_ in (*MODEL.public_types, *MODEL.relationship_types)
                  for each in type_.properties}  # fmt: skip
odd_name = st.one_of(
    st.text(min_size=1, max_size=6),
    st.sampled_from(
        ["type", "start", "end", "weight", "Label", "key_property", "from", "source", "viz", "?>"]
    ),
).filter(
    lambda name: (
        name[0] != "@"
        and "\0" not in name
        and not is_contact_column(name)
        and not any(type_.property(name) for type_ in (*MODEL.public_types, *MODEL.relationship_types))
    )
)
extras = st.dictionaries(odd_name, undeclared, max_size=4)
sources = st.lists(line, min_size=1, max_size=3, unique=True)
name_of_id = line.filter(lambda text: "@" not in str(text))
key_part = line.filter(lambda text: not set(str(text)) & set("|\\"))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    ids = draw(st.lists(name_of_id, min_size=3, max_size=5, unique=True))
    nodes = []
    for place, id_ in enumerate(ids):
        label = ("Organisation", "Expert", "Topic", "Organisation", "Initiative")[place]
        properties: dict[str, Value] = {
            "id": id_, "label" if label == "Topic" else "name": draw(line),
            "visibility": draw(st.sampled_from(["public", "members", "coordinators", "stewards"])),
            "sources": draw(sources), "created_in": UNIT, **draw(extras),
        }  # fmt: skip
        if draw(st.booleans()):
            properties["aliases"] = draw(st.lists(line, min_size=1, max_size=3, unique=True))
            properties["description" if label != "Topic" else "definition"] = draw(prose)
        if label == "Topic" and draw(st.booleans()):
            properties["label_fr"] = draw(line)
        nodes.append(Node(id_, label, properties))
    links = []
    for type_, start, end in (
        ("AFFILIATED_WITH", ids[1], ids[0]), ("AFFILIATED_WITH", ids[1], ids[0]),
        ("WORKS_ON", ids[0], ids[2]), ("PARTNER_OF", ids[0], ids[0]), ("COLLABORATES_WITH", ids[1], ids[0]),
    ):  # fmt: skip
        properties = {"sources": draw(sources), "created_in": UNIT, **draw(extras)}
        if type_ == "AFFILIATED_WITH":
            properties |= {"role": draw(key_part), "since": draw(st.sampled_from(["2016", "2016-12"]))}
        if type_ in ("PARTNER_OF", "COLLABORATES_WITH"):
            properties |= {"kind": draw(key_part), "weight": draw(st.floats(0, 1e300))}
        key = join_key(properties.get(each) for each in MODEL.relationship(type_).keys)
        links.append(Relationship(type_, start, end, key, {**properties, "key": key}))
    unique = {link.identity: link for link in links}
    return Graph(nodes, unique.values())


@pytest.mark.no_cover
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_whatever_the_model_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, graph: Graph
) -> None:
    assert_lossless(tmp_path_factory.mktemp("trip"), name, graph)


FORBIDDEN = Graph(
    [
        Node(
            "a\ufffe",
            "Organisation",
            {
                "id": "a\ufffe", "name": "A \uffff <&> ]]> ?>", "visibility": "public",
                "odd \ufffe": "x\uffff", "two  spaces": 1, "Two  Spaces": 2.0,
                "sources": ["ä\ufffe.csv:2"], "created_in": UNIT,
            },
        ),
        Node("a\uffff", "Topic", {"id": "a\uffff", "label": "tab", "visibility": "public", "label_fr": "è",
                                  "sources": ["b|c\\d;e,f:3"], "created_in": UNIT}),
    ],
    [
        Relationship("WORKS_ON", "a\ufffe", "a\uffff", "", {
            "key": "", "evidence": "line\nbreak\ttab", "id": "own id", "label": 3, "source": True,
            "sources": ["p"], "created_in": UNIT,
        })
    ],
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_characters_that_xml_forbids_come_back(tmp_path: Path, name: str) -> None:
    assert_lossless(tmp_path, name, FORBIDDEN)


@pytest.mark.parametrize("name", ["out.graphml", "out.gexf"])
def test_what_somebody_changed_in_the_file_counts(tmp_path: Path, name: str) -> None:
    (path,) = export(FORBIDDEN, tmp_path / name, None, META)
    text = path.read_text(encoding="utf-8")
    assert text.count("A \ufffd &lt;") == 2
    path.write_text(text.replace("A \ufffd &lt;", "B &lt;"), encoding="utf-8")
    memory = imported(path)
    assert memory.values["a\ufffe"]["name"] == "B <&> ]]> ?>"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """An export of the small graph as csv of which a person changed a cell."""
    export(small(), tmp_path / "out", None, META)
    path = tmp_path / "out" / "organisations.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path / "out"


def test_a_row_that_changes_something_is_a_source_itself(tmp_path: Path) -> None:
    export(small(), tmp_path / "first", None, META)
    memory = imported(tmp_path / "first")
    outcome = plan(memory, importing.read([changed(tmp_path, ",cooperative,", ",union,")]).rows(), "u2")
    assert counts(outcome)[0] == (0, 1, 4, 0)
    assert memory.values["organisation-smart"]["sector"] == "union"
    assert memory.values["organisation-smart"]["sources"] == ["a.csv:2", "b.csv:3", "organisations.csv:11"]
    assert memory.values["o2"]["sources"] == ["a.csv:2", "b.csv:3"]


def test_a_row_without_sources_is_its_own(tmp_path: Path) -> None:
    path = changed(tmp_path, "a.csv:2|b.csv:3,i-1\no2", ",\no2")
    memory = imported(path)
    assert memory.values["organisation-smart"]["sources"] == ["organisations.csv:11"]


def test_only_an_export_hands_sources_on(tmp_path: Path) -> None:
    (tmp_path / "organisations.csv").write_text("id,name,sources\no,O,somebody:1\n", encoding="utf-8")
    reading = importing.read([tmp_path])
    memory = Memory()
    plan(memory, reading.rows())
    assert memory.values["o"]["sources"] == ["organisations.csv:2"]
    assert reading.table_names == {"organisations.csv"}


def test_what_an_export_leaves_out_is_not_what_its_sources_no_longer_say(tmp_path: Path) -> None:
    """--sync removes what a source no longer says; an export may leave out what its viewer may not see."""
    export(small(), tmp_path / "out", None, META)
    assert importing.read([tmp_path / "out"]).table_names == frozenset()
