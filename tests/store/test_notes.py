"""What is said of the whole inventory: kept, the newest first, and no record that anybody finds."""

from __future__ import annotations

from cocommuns_graph.model import STEWARD
from cocommuns_graph.store.door import Store


def test_the_newest_note_comes_first_and_none_is_lost(store: Store) -> None:
    stamp = store.stamp()
    assert store.notes("licence") == []
    store.note("licence", "CC BY 4.0 \u2028 '{x}'", who="Ada")
    store.note("licence", "", who="Bo")
    store.note("contact", "ada@example.org", who="Ada")
    assert [(one["text"], one["who"]) for one in store.notes("licence")] == [
        ("", "Bo"),
        ("CC BY 4.0 \u2028 '{x}'", "Ada"),
    ]
    assert store.stamp() != stamp
    assert not store.read(STEWARD).nodes
