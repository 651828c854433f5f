"""Statements that read of each record what it lets their readers see."""

from __future__ import annotations

import pytest

from cocommuns_graph.questions import guarded

_SEEN = "CASE WHEN coalesce(e.place_visibility, 'public') IN $visible THEN e.place END"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("RETURN e.place AS place", f"RETURN {_SEEN} AS place"),
        ("WHERE e.place = 'e.place' RETURN e.id", f"WHERE {_SEEN} = 'e.place' RETURN e.id"),
        ("RETURN e.`place`, e.name // e.place", f"RETURN {_SEEN}, e.name // e.place"),
        ("RETURN e.visibility, r.since, toLower(e.id)", "RETURN e.visibility, r.since, toLower(e.id)"),
        ("RETURN apoc.place(e)", "RETURN apoc.place(e)"),
    ],
)
def test_only_what_a_record_may_keep_for_fewer_is_read_through_its_level(given: str, made: str) -> None:
    assert guarded(given) == made


def test_a_language_is_kept_for_fewer_with_its_family() -> None:
    assert guarded("RETURN t.definition_fr AS text") == (
        "RETURN CASE WHEN coalesce(t.definition_fr_visibility, 'public') IN $visible AND "
        "coalesce(t.definition_visibility, 'public') IN $visible THEN t.definition_fr END AS text"
    )
