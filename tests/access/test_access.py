"""What somebody may not see is in no answer, and no answer would be another if it had never been there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cocommuns_graph.model import Visibility
from cocommuns_graph.store.door import Store
from cocommuns_graph.store.engine import Address
from tests.access.surfaces import Answers, answers, desk_of
from tests.access.worlds import TOKEN, World

ROLES = [level for level in Visibility if level is not Visibility.STEWARDS]


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as context:
        yield context


@pytest.fixture(scope="module")
def told(
    embedded_address: Address, patch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Answers]:
    """All answers by role, in the whole community and, behind `without`, where nothing hidden ever was."""
    folder = tmp_path_factory.mktemp("access")
    store = Store(embedded_address)
    found: dict[str, Answers] = {}
    World(store, patch)
    for level in Visibility:
        desk = desk_of(store, level, folder / "whole" / "home")
        found[level.word] = answers(desk, patch, folder / "whole" / level.word)
    for level in ROLES:
        World(store, patch, level)
        desk = desk_of(store, level, folder / f"without-{level.word}" / "home")
        found[f"{level.word} without"] = answers(desk, patch, folder / f"without-{level.word}" / level.word)
    store.close()
    return found


@pytest.mark.parametrize("level", ROLES, ids=lambda level: level.word)
def test_nothing_shows_what_its_reader_may_not_see(told: dict[str, Answers], level: Visibility) -> None:
    asked = {(call, found[0].lower()) for call in told[level.word] for found in TOKEN.finditer(call)}
    leaks = {
        (call, found[0])
        for call, answer in told[level.word].items()
        for found in TOKEN.finditer(answer)
        if int(found[1]) > level and (call, found[0].lower()) not in asked
    }
    assert not leaks


@pytest.mark.parametrize("level", ROLES, ids=lambda level: level.word)
def test_no_answer_would_be_another_without_what_is_hidden(
    told: dict[str, Answers], level: Visibility
) -> None:
    whole, without = told[level.word], told[f"{level.word} without"]
    assert whole.keys() == without.keys()
    different = {
        call: _difference(whole[call], without[call])
        for call in whole
        # Whoever corrects is told that there is something they may not see, rather than writing over it.
        if whole[call] != without[call] and "is not for you to see" not in whole[call]
    }
    assert not different


def test_what_is_planted_is_found_by_who_may_see_it(told: dict[str, Answers]) -> None:
    def seen(answers: Answers) -> set[str]:
        return {found[0] for answer in answers.values() for found in TOKEN.finditer(answer)}

    every = seen(told["stewards"])
    assert {token[2] for token in every} == {"0", "1", "2", "3"}
    for level in ROLES:
        lost = {token for token in every if int(token[2]) <= level} - seen(told[level.word])
        assert not lost, "what they may see is kept from them"


def _difference(one: str, other: str) -> tuple[str, str]:
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return one[max(0, at - 120) : at + 160], other[max(0, at - 120) : at + 160]
