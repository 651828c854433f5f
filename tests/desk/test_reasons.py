"""What was wrong with rows of a contact list is said in the reader's language; nothing of a file is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.desk import Desk, Upload
from cocommuns_graph.desk.reasons import ACCEPTED, SHAPES, in_words
from cocommuns_graph.model import STEWARD
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from cocommuns_graph.wording import wording
from tests.engines.stores import clear

FRENCH = wording("fr")
SHEET = """name,organisation,role,topics,country,languages,e-mail
Ada,Coop,chair,Beekeeping,Belgium and France,fr,ada@x.example
Ada,Coop,chair,Beekeeping,BE,fr,other@x.example
Bo,Coop,,Housing,Atlantis,Klingonese,
,,member,Housing,,,
,Lone Coop,member,,,,
Cy,call +32 2 555 12 34,,,,,
"""


@pytest.fixture(scope="module")
def desk(embedded_address: Address, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clear(embedded_address)
    store = Store(embedded_address)
    store.prepare()
    yield Desk(store, STEWARD, tmp_path_factory.mktemp("home"))
    store.close()


def test_each_shape_and_what_is_accepted_has_its_french() -> None:
    assert [text for text in (*SHAPES, *ACCEPTED) if FRENCH(text) == text] == []


def test_a_sheet_with_everything_wrong_is_told_in_french(desk: Desk) -> None:
    upload = Upload("people.csv", SHEET.encode())
    english = desk.import_uploads([upload], preview=True).report["problems"]
    french = desk.speaking("fr").import_uploads([upload], preview=True).report["problems"]
    assert [{**problem, "reason": ""} for problem in french] == [{**one, "reason": ""} for one in english]
    same = [
        one["reason"] for one, other in zip(english, french, strict=True) if one["reason"] == other["reason"]
    ]
    assert same == []
    assert any("Atlantis" in problem["reason"] and "pays" in problem["reason"] for problem in french)


@given(st.text(), st.sampled_from(SHAPES))
def test_any_value_of_a_file_comes_through_as_it_is(value: str, shape: str) -> None:
    filled = shape.replace("{value}", repr(value))
    told = in_words(filled, FRENCH)
    assert "{value}" not in shape or repr(value) in told


@given(st.text())
def test_what_is_not_known_stays_as_it_is(reason: str) -> None:
    assert in_words(f"never said: {reason}", FRENCH) == f"never said: {reason}"
    assert in_words(reason, wording("en")) == reason
