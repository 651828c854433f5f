from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cocommuns_graph.formats.cells import (
    LONGEST_LINE,
    cleaner,
    getter,
    iso_date,
    number_type,
    plain_text,
    split_items,
)
from cocommuns_graph.formats.declare import ValueSpec
from cocommuns_graph.formats.naming import Headers
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidValue
from cocommuns_graph.model.kinds import LINE, PROSE, URL, Kind

KINDS = {each.kind.accepted: each.kind for node in MODEL.public_types for each in node.properties}
CELL = st.one_of(
    st.text(max_size=40),
    st.text("ab |;\\\n\r\té\u0301\u00a0\x00'", max_size=12),
    st.from_regex(r"https?://[a-z.-]{1,8}(:[0-9x]{0,3})?(/[a-zé ?#%=]{0,6})?", fullmatch=True),
    st.sampled_from(["BE", "Belgique", "fr|en", "2016-12-05", "4,5", "union", "  ", "a|b\\|c", "-0", "nan"]),
)


def outcome(clean: Any, cell: str) -> object:
    try:
        return clean(cell)
    except InvalidValue:
        return InvalidValue


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: f"{kind.name}: {kind.accepted[:20]}")
def test_the_short_way_gives_what_the_model_gives(kind: Kind) -> None:
    clean = cleaner(kind)

    @settings(deadline=None, max_examples=60)
    @given(CELL)
    @example("a\u0301")
    @example("a  b")
    @example("http://a:b/")
    @example("x|x||y\\")
    def check(cell: str) -> None:
        for _ in range(2):
            assert outcome(clean, cell) == outcome(kind.clean, cell)

    check()


def test_a_list_that_is_remembered_is_not_shared() -> None:
    clean = cleaner(MODEL.node("Expert").by_name["languages"].kind)
    first = clean("fr|en")
    assert isinstance(first, list)
    first.append("xx")  # type: ignore[arg-type]
    assert clean("fr|en") == ["fr", "en"]


@pytest.mark.parametrize("kind", [LINE, URL])
def test_a_cell_of_ten_megabytes_is_refused_in_a_short_sentence(kind: Kind) -> None:
    with pytest.raises(InvalidValue, match="10,000,000 characters") as caught:
        cleaner(kind)("x" * 10_000_000)
    assert len(str(caught.value)) < 200
    assert cleaner(LINE)("x" * LONGEST_LINE)
    with pytest.raises(InvalidValue):
        cleaner(PROSE)("x" * 10_000_000)


def get(spec: ValueSpec, **cells: str) -> object:
    found = getter(spec, Headers(list(cells), {}))
    assert found is not None
    return found(cells)


def test_a_value_is_made_from_cells_as_the_format_says() -> None:
    assert get(ValueSpec(("a",)), a="x") == "x"
    assert get(ValueSpec(("a", "b")), a=" ", b="y") == "y"
    assert get(ValueSpec(("a", "b"), skip=frozenset(["n/a"])), a="N/A", b="y") == "y"
    assert get(ValueSpec(("a",), default="none"), a="") == "none"
    assert get(ValueSpec(literal="fixed"), a="x") == "fixed"
    assert get(ValueSpec(template="{a}-{b}"), a="1", b="2") == "1-2"
    assert get(ValueSpec(template="{a}-{b}"), a="1", b="") == ""
    assert get(ValueSpec(("a",), values={"graduated": "ended"}), a=" Graduated ") == "ended"
    assert get(ValueSpec(("a",), skip=frozenset(["na"])), a="NA") == ""
    assert get(ValueSpec(("a",), only=frozenset(["yes"])), a="no") == ""
    assert get(ValueSpec(("a",), lower=True, trim=",."), a="Ansys,.") == "ansys"
    assert get(ValueSpec(("a",), split=(";",), trim=",."), a="Ansys,; x;;x") == ["Ansys", "x"]
    assert get(ValueSpec(("a",), split=(";",)), a=" ") == []
    assert get(ValueSpec(("a",), html=True), a="a<br>b &amp; <a href='x'>c</a>") == "a\nb & c"


def test_a_value_of_a_column_that_is_not_there_is_nothing() -> None:
    assert getter(ValueSpec(("b",)), Headers(["a"], {})) is None
    assert getter(ValueSpec(template="{a}{b}"), Headers(["a"], {})) is None


def test_a_cell_is_cut_at_the_first_separators_that_occur() -> None:
    assert split_items("governance, housing", (";\n", ",")) == ["governance", "housing"]
    assert split_items("equity, diversity; law", (";\n", ",")) == ["equity, diversity", "law"]
    assert split_items("a|b, c;d", (",",)) == ["a", "b, c;d"]
    assert split_items(r"a\|b|c", (";",)) == ["a|b", "c"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("October 23, 2024", "2024-10-23"),
        ("23/10/2024", "2024-10-23"),
        ("10/2024", "2024-10"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_read_in_the_patterns_of_the_format(text: str, iso: str) -> None:
    assert iso_date(text, ("%B %d, %Y", "%d/%m/%Y", "%m/%Y")) == iso


@pytest.mark.parametrize(
    ("cell", "type_"),
    [("0", int), ("-12", int), ("1.5", float), ("1e-05", float), ("007", None), ("1,5", None), ("", None),
     ("+1", None), ("nan", None), ("1e999", None), ("9" * 30, None), ("1.", None), ("٣", None)],
)  # fmt: skip
def test_what_a_cell_is_a_number_as(cell: str, type_: type | None) -> None:
    assert number_type(cell) is type_


def test_markup_becomes_plain_text() -> None:
    assert plain_text("<p>One</p><p>two &lt;3</p>") == "One\ntwo <3"
    assert plain_text("a < b and c > d") == "a < b and c > d"
    assert plain_text("plain") == "plain"


def test_cells_are_joined_where_no_column_gives_the_value() -> None:
    spec = ValueSpec(columns=("full",), join=("first", "name", "last"))
    get = getter(spec, Headers(["first", "last", "full", "name"], {}))
    assert get is not None
    cells = {"first": " Ada ", "last": "Martin  Gil", "full": "", "name": ""}
    assert get(cells) == "Ada Martin Gil"
    assert get({**cells, "full": "A. M."}) == "A. M."
    assert get({**cells, "name": "ada martin gil"}) == "ada martin gil"
    assert get({**cells, "first": "Gil", "last": "Gil"}) == "Gil Gil"
    assert get(dict.fromkeys(cells, "")) == ""
    lone = getter(ValueSpec(join=("first", "last")), Headers(["last"], {}))
    assert lone is not None
    assert lone({"last": "Martin"}) == "Martin"
    assert getter(ValueSpec(join=("first",)), Headers(["x"], {})) is None


def test_every_column_of_a_name_adds_to_the_list() -> None:
    aliases = {"mail": ["e-mail"], "phone": ["tel"]}
    spec = ValueSpec(columns=("mail", "phone"), every=True, contacts=True)
    get = getter(spec, Headers(["tel 1", "e-mail", "e-mail 2", "note"], aliases))
    assert get is not None
    cells = {
        "tel 1": "02 555 12 34 / 0470 12 34 56",
        "e-mail": "Ada Martin <a@x.org>; b@x.org",
        "e-mail 2": "b@x.org, only in the morning",
        "note": "c@x.org",
    }
    assert get(cells) == [
        "a@x.org",
        "b@x.org",
        "only in the morning",
        "02 555 12 34",
        "0470 12 34 56",
    ]
    assert get(dict.fromkeys(cells, " ")) == []
    assert getter(spec, Headers(["note"], aliases)) is None
