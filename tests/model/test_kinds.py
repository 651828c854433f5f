"""Each kind of value cleans itself, refuses the rest in one sentence, and cleaning twice changes nothing."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidModel, InvalidValue
from cocommuns_graph.model.kinds import (
    CONTACTS,
    COUNTRY,
    DATE,
    INSTANT,
    LANGUAGES,
    LINE,
    LINES,
    ORCID,
    PROSE,
    URL,
    Kind,
    join_cell,
    number,
    one_of,
    several,
    shorten,
    split_cell,
)

SECTOR = one_of("commons", "social-economy")
KINDS = [LINE, PROSE, DATE, URL, ORCID, COUNTRY, LANGUAGES, LINES, CONTACTS, INSTANT, SECTOR]
KINDS += [number(), number(-90, 90), number(1, 5, whole=True), several(number(whole=True)), several(SECTOR)]
LIKELY = st.sampled_from(
    [
        *(
            "2016",
            "2016-1-5",
            "www.example.org",
            "BE; FR",
            "fr|nl",
            "Social Economy",
            "3,5",
            "1e3",
            "a\\|b|c",
        ),
        *(
            "0000-0002-1825-0097",
            "2016-12-05T09:30:00+01:00",
            "ⅷ",
            "A\u030a",
            "x\x01\u0301",
            "a\r\nb",
            "\x85",
        ),
    ]
)
ANYTHING = LIKELY | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text()) | st.none()


def clean_or_sentence(kind: Kind, value: Any) -> Any:
    """What is stored, or the error that says why nothing is."""
    try:
        return kind.clean(value)
    except InvalidValue as error:
        return error


def refused(kind: Kind, value: Any) -> str:
    """The sentence with which a kind refuses a value."""
    with pytest.raises(InvalidValue) as caught:
        kind.clean(value)
    return str(caught.value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(value=ANYTHING)
def test_cleaning_twice_changes_nothing(kind: Kind, value: Any) -> None:
    once = clean_or_sentence(kind, value)
    if isinstance(once, InvalidValue):
        assert "accepted: " in str(once)
        assert str(once).endswith(kind.accepted.removeprefix("several, each "))
        assert "\n" not in str(once)
        assert len(str(once)) < 300
        return
    assert kind.clean(once) == once
    assert once != ""
    assert once != []
    assert kind.many == isinstance(once, list) or once is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("nothing", [None, "", " \t\n", []])
def test_nothing_is_unknown_not_empty(kind: Kind, nothing: Any) -> None:
    if nothing == [] and not kind.many:
        refused(kind, nothing)
    else:
        assert kind.clean(nothing) is None


@pytest.mark.parametrize("name", ["string", "text", "number", "boolean"])
def test_lists_hold_one_type_each(name: str) -> None:
    """Neo4j refuses a list that mixes types, so no kind may make one."""
    cell = {"string": "a|b", "text": "1|b", "number": "1|2.5|3", "boolean": "true|false"}[name]
    kind = several(number()) if name == "number" else LINES
    assert len({type(item) for item in kind.clean(cell)}) == 1  # type: ignore[union-attr]


class TestTexts:
    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("  Ada   Lovelace ", "Ada Lovelace"),
            ("two\nlines", "two lines"),
            ("two\r\nlines", "two lines"),
            ("an old\rMac", "an old Mac"),
            ("nbsp\u00a0here", "nbsp here"),
            ("nul\x00here \x07", "nulhere"),
            ("bell \x07 between", "bell between"),
            ("half \ud800 a pair", "half a pair"),
            ("e\u0301cole", "école"),
            ("e\x01\u0301cole", "école"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            (12, "12"),
        ],
    )
    def test_a_line_is_one_line_of_printable_text(self, written: Any, stored: str) -> None:
        assert LINE.clean(written) == stored

    def test_prose_keeps_its_paragraphs(self) -> None:
        assert PROSE.clean(" one\r\n\r\ntwo\rthree\x0bfour\tfive ") == "one\n\ntwo\nthree\nfour\tfive"

    @given(st.text())
    def test_no_control_character_is_stored(self, text: str) -> None:
        for kind in (LINE, PROSE):
            stored = str(kind.clean(text) or "")
            assert not [c for c in stored if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0]
            stored.encode("utf-8")
        assert "\n" not in str(LINE.clean(text))

    def test_a_cell_of_ten_megabytes_is_cleaned_in_seconds(self) -> None:
        assert len(str(PROSE.clean("é \x01" * 3_000_000))) > 5_000_000

    def test_a_list_where_one_value_is_wanted_is_refused(self) -> None:
        assert refused(LINE, ["a", "b"]) == "\"['a', 'b']\" is not accepted; accepted: one value, a text"


class TestDates:
    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("2016", "2016"),
            (2016, "2016"),
            ("2016-12", "2016-12"),
            ("2016-1", "2016-01"),
            ("2016-12-05", "2016-12-05"),
            ("2016-2-9", "2016-02-09"),
            ("2016-02-29", "2016-02-29"),
            ("2016-12-05T09:30:00Z", "2016-12-05"),
            ("2016-12-05 00:00:00", "2016-12-05"),
            ("2016-12-05T09:30:00.123+01:00", "2016-12-05"),
            (date(2016, 12, 5), "2016-12-05"),
            (datetime(2016, 12, 5, 9, 30), "2016-12-05"),
        ],
    )
    def test_the_precision_known_is_kept(self, written: Any, stored: str) -> None:
        assert DATE.clean(written) == stored

    @pytest.mark.parametrize(
        "written",
        [
            "16",
            "0000",
            "2016-00",
            "2016-13",
            "2015-02-29",
            "2016-12-32",
            "05/12/2016",
            "December 2016",
            "2016-",
            "2016-12-05 or so",
            "2016T12:30",
            "２０１６",
            "2016-12-05T",
            "-2016",
            "2016.0",
            "now",
            "2016-12-05\x00",
        ],
    )
    def test_what_is_no_date_is_refused(self, written: str) -> None:
        assert "accepted: a year, a month or a day: 2016, 2016-12, 2016-12-05" in refused(DATE, written)

    @given(st.dates())
    def test_every_day_is_a_date(self, day: date) -> None:
        assert DATE.clean(day) == day.isoformat()

    def test_instants_are_stored_in_utc(self) -> None:
        assert INSTANT.clean("2016-12-05T09:30:00+01:00") == "2016-12-05T08:30:00Z"
        assert INSTANT.clean(datetime(2016, 12, 5, tzinfo=UTC)) == "2016-12-05T00:00:00Z"
        for wrong in ("2016-12-05T09:30:00", "2016", "0001-01-01T00:00:00+05:00", "yesterday"):
            refused(INSTANT, wrong)


class TestAddresses:
    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("https://example.org", "https://example.org"),
            ("HTTP://Example.org/A?b=c#d", "HTTP://Example.org/A?b=c#d"),
            ("example.org", "https://example.org"),
            ("www.example.org/a b".replace(" ", "%20"), "https://www.example.org/a%20b"),
            ("example.org:8080/x", "https://example.org:8080/x"),
            ("https://économie.example/é", "https://économie.example/é"),
            ("https://उदाहरण.भारत/", "https://उदाहरण.भारत/"),
            ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
            ("https://example.org/@someone", "https://example.org/@someone"),
            ("archive.example/2020/https://example.org", "https://archive.example/2020/https://example.org"),
        ],
    )
    def test_addresses_people_write(self, written: str, stored: str) -> None:
        assert URL.clean(written) == stored

    @pytest.mark.parametrize(
        "hostile",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)//http://example.org",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://example.org",
            "mailto:someone@example.org",
            "someone@example.org",
            "//example.org",
            "https://",
            "https:///path",
            "https:example.org",
            "https://exa mple.org",
            "https://example.org/a b",
            "https://example.org\n.evil.example",
            "https://example.org\u202egro",
            "https://example.org\u200b",
            "https://\ud800.org",
            "https://bank.example@evil.example/",
            "https://user:password@example.org/",
            "https://good.example\\@evil.example",
            'https://"onmouseover="alert(1)',
            "https://<script>.example",
            "https://example.org:port/",
            "https://example.org:99999/",
            "https://[::1",
            "nowhere",
            "n/a",
        ],
    )
    def test_what_may_not_become_a_link_is_refused(self, hostile: str) -> None:
        assert "accepted: a web address that begins with http:// or https://" in refused(URL, hostile)


class TestOrcid:
    @pytest.mark.parametrize(
        "written",
        [
            "0000-0002-1825-0097",
            "0000000218250097",
            "https://orcid.org/0000-0002-1825-0097",
            "http://www.orcid.org/0000-0002-1825-0097/",
            " 0000-0002-1825-0097 ",
        ],
    )
    def test_every_way_of_writing_one_is_the_same(self, written: str) -> None:
        assert ORCID.clean(written) == "0000-0002-1825-0097"

    def test_a_check_digit_may_be_ten(self) -> None:
        assert ORCID.clean("0000-0002-1694-233x") == "0000-0002-1694-233X"

    @pytest.mark.parametrize(
        "wrong",
        [
            "0000-0002-1825-0098",
            "0000-0002-1825-009",
            "0000-0002-1825-00977",
            "X000-0002-1825-0097",
            "https://evil.example/0000-0002-1825-0097",
            "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧",
        ],
    )
    def test_a_wrong_one_is_refused(self, wrong: str) -> None:
        assert "with its right check digit" in refused(ORCID, wrong)

    @given(st.integers(0, 14), st.integers(1, 9))
    def test_one_wrong_digit_is_always_noticed(self, place: int, shift: int) -> None:
        """The point of a check digit, for a single slip of the finger."""
        digits = list("000000021825009")
        digits[place] = str((int(digits[place]) + shift) % 10)
        refused(ORCID, "".join(digits) + "7")


class TestNumbers:
    @pytest.mark.parametrize(
        ("written", "stored"),
        [
            ("3", 3.0),
            ("3.5", 3.5),
            ("3,5", 3.5),
            ("-0,25", -0.25),
            ("+2", 2.0),
            (".5", 0.5),
            ("1e3", 1000.0),
            (4, 4.0),
            (4.5, 4.5),
            (" 7 ", 7.0),
        ],
    )
    def test_numbers_people_write(self, written: Any, stored: float) -> None:
        assert number().clean(written) == stored

    @pytest.mark.parametrize(
        "wrong",
        [
            "nan",
            "inf",
            "-Infinity",
            "1e999",
            math.nan,
            math.inf,
            "1,234.5",
            "1.234,5",
            "1,2,3",
            "1_000",
            "0x10",
            "ten",
            "١٢",
            "5 %",
            "--1",
            "1e",
            ",",
            True,
            "9" * 5000,
        ],
    )
    def test_what_is_no_number_is_refused(self, wrong: Any) -> None:
        assert "accepted: a number" in refused(number(), wrong)
        assert "accepted: a whole number" in refused(number(whole=True), wrong)

    def test_bounds_are_part_of_the_kind(self) -> None:
        latitude = number(-90, 90)
        assert (latitude.clean("90"), latitude.clean("-90")) == (90.0, -90.0)
        assert refused(latitude, "90,1") == "'90,1' is not accepted; accepted: a number from -90 to 90"
        assert refused(number(0), "-1") == "'-1' is not accepted; accepted: a number of at least 0"

    def test_whole_numbers_are_exact(self) -> None:
        whole = number(whole=True)
        assert whole.clean("9007199254740993") == 9007199254740993
        assert whole.clean("4.0") == 4
        assert isinstance(whole.clean("4.0"), int)
        refused(whole, "4.5")
        refused(whole, str(2**63))  # more than a database integer holds


class TestWords:
    @pytest.mark.parametrize(
        "written", ["social-economy", "Social Economy", "SOCIAL_ECONOMY", " social economy "]
    )
    def test_case_and_separators_do_not_matter(self, written: str) -> None:
        assert SECTOR.clean(written) == "social-economy"

    def test_another_word_is_refused_with_the_accepted_ones(self) -> None:
        assert refused(SECTOR, "Commns") == "'Commns' is not accepted; accepted: commons, social-economy"

    def test_a_choice_is_declared_once(self) -> None:
        with pytest.raises(InvalidModel, match="list each accepted word once"):
            one_of("a", "a")
        with pytest.raises(InvalidModel, match="list each accepted word once"):
            one_of()


class TestLists:
    @pytest.mark.parametrize(
        ("cell", "items"),
        [
            ("a;b\nc", ["a", "b", "c"]),
            ("a, b", ["a, b"]),
            ("a|b;c", ["a", "b;c"]),
            (r"a\|b|c", ["a|b", "c"]),
            (r"C:\new|D:\old", [r"C:\new", r"D:\old"]),
            ("one|", ["one"]),
            ("||", []),
            ("a|b\\", ["a", "b\\"]),
            (" a ; ; a ", ["a", "a"]),
        ],
    )
    def test_how_a_cell_is_split(self, cell: str, items: list[str]) -> None:
        assert split_cell(cell) == items

    @given(st.lists(st.text().map(str.strip).filter(bool)))
    @example(["a|b", "c\\"])
    @example(["\\|"])
    @example(["a;b"])
    @example(["x\\"])
    def test_what_is_joined_is_split_again(self, items: list[str]) -> None:
        for separators in (";\n", ";,\n", ""):
            assert split_cell(join_cell(items), separators) == items

    def test_repeats_are_kept_once_in_the_order_given(self) -> None:
        assert LINES.clean("b;a; b ;c") == ["b", "a", "c"]
        assert LINES.clean(["b", "", " a", "b"]) == ["b", "a"]

    def test_one_value_is_a_list_of_one(self) -> None:
        assert LINES.clean(5) == ["5"]
        assert several(number()).clean(2.5) == [2.5]

    @pytest.mark.parametrize(
        "cell", ["fr;nl", "fr, nl", "fr/nl", "fr|nl", "French\nDutch", "français; néerlandais"]
    )
    def test_languages_of_one_cell(self, cell: str) -> None:
        assert LANGUAGES.clean(cell) == ["fr", "nl"]

    def test_one_wrong_item_refuses_the_list_and_is_named(self) -> None:
        assert refused(LANGUAGES, "fr; klingonese") == (
            "'klingonese' is not accepted; accepted: an ISO 639 code (fr, en, nld) or a language's name"
        )


def test_a_country_is_its_code() -> None:
    assert COUNTRY.clean("Belgique") == "BE"
    assert "a two-letter ISO 3166 code" in refused(COUNTRY, "Atlantis")


@given(st.text())
def test_a_refused_value_is_shown_shortened_on_one_line(text: str) -> None:
    shown = shorten(text)
    assert len(shown) <= 60
    assert "\n" not in shown


def test_every_kind_of_the_model_says_how_it_is_typed_in() -> None:
    inputs = {declared.kind.input for node in MODEL for declared in node.properties}
    assert inputs <= {"text", "area", "date", "url", "choice", "country", "language", "number"}
