"""Nobody sees what is meant for others."""

from __future__ import annotations

import pytest

from cocommuns_graph.model import COORDINATOR, MEMBER, STEWARD, VISITOR, Viewer, Visibility
from cocommuns_graph.model.errors import InvalidValue

WHO_SEES = {
    Visibility.PUBLIC: [VISITOR, MEMBER, COORDINATOR, STEWARD],
    Visibility.MEMBERS: [MEMBER, COORDINATOR, STEWARD],
    Visibility.COORDINATORS: [COORDINATOR, STEWARD],
    Visibility.STEWARDS: [STEWARD],
}


@pytest.mark.parametrize(
    ("visibility", "viewers"), WHO_SEES.items(), ids=lambda case: getattr(case, "word", "")
)
def test_who_may_see(visibility: Visibility, viewers: list[Viewer]) -> None:
    everybody = WHO_SEES[Visibility.PUBLIC]
    assert [viewer for viewer in everybody if viewer.may_see(visibility)] == viewers
    assert [viewer for viewer in everybody if visibility.word in viewer.visible] == viewers


@pytest.mark.parametrize("word", ["public", "Members", " COORDINATORS ", "stewards"])
def test_words_name_levels(word: str) -> None:
    assert Visibility.parse(word).word == word.strip().lower()


@pytest.mark.parametrize("word", ["", "everybody", "member", "0", "__class__"])
def test_other_words_are_refused_with_the_accepted_ones(word: str) -> None:
    with pytest.raises(InvalidValue, match="accepted: public, members, coordinators, stewards"):
        Visibility.parse(word)


def test_a_viewer_has_no_default_level() -> None:
    with pytest.raises(TypeError):
        Viewer()  # type: ignore[call-arg]
