"""A team as a page and a table: hostile text stays text."""

from __future__ import annotations

from typing import Any

from cocommuns_graph.reports import table_csv, team_page, team_table
from cocommuns_graph.wording import wording

EVIL = "=1+1</p><script>alert(1)</script>"
META = {"filters": EVIL, "version": "cocommuns_graph 0", "date": "2026-11-24", "viewer": "public"}
REASON = {"need": EVIL, "name": EVIL, "kind": "expertise", "text": EVIL, "ids": ["a"], "sources": [EVIL]}
MEMBER = {"id": "a", "name": EVIL, "word": "expert", "load": 2, "names": [EVIL], "reasons": [REASON]}
FOUND: dict[str, Any] = {
    "why": EVIL,
    "members": [MEMBER],
    "missing": [{"name": EVIL, "kind": "topic", "why": EVIL}, {"name": "nl", "kind": "language", "why": ""}],
    "alternatives": [{"members": [MEMBER]}],
}


def test_hostile_text_stays_text() -> None:
    page = team_page(FOUND, EVIL, META, wording("fr"))
    assert "<script" not in page
    assert "déjà 2 engagements" in page
    assert "Langue nl" in page
    table = table_csv(team_table(FOUND, wording("en")), META).decode("utf-8")
    assert f"1,'{EVIL},a,expert,'{EVIL},'{EVIL},'{EVIL},2" in table
    assert f"2,'{EVIL},a,expert" in table
