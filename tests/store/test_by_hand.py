"""Corrections written to a real graph and read back from its journal, on both engines."""

from __future__ import annotations

import json

import pytest

from cocommuns_graph.changes import Outcome, as_key
from cocommuns_graph.model.claims import LinkClaim, NodeClaim, Revision, Row, entered_by
from cocommuns_graph.model.errors import NotAllowed
from cocommuns_graph.store import door
from cocommuns_graph.store.door import Store
from tests.store.claims import changes, counts, expert, link, links, nodes, organisation, row, said, write

TIE = ("ada", "AFFILIATED_WITH", "smart", "chair|")


@pytest.fixture
def filled(store: Store) -> Store:
    write(
        store,
        [
            row(2, expert("ada", place="Ghent", languages=["fr"]), organisation("smart")),
            row(3, link("AFFILIATED_WITH", "ada", "smart", role="chair", until="2020")),
        ],
    )
    return store


def edit(store: Store, *claims: NodeClaim | LinkClaim, action: str = "edit") -> Outcome:
    nodes = [claim for claim in claims if isinstance(claim, NodeClaim)]
    links = [claim for claim in claims if isinstance(claim, LinkClaim)]
    return store.write(lambda: [Row(entered_by("Bo"), "", 0, nodes, links)], who="Bo", action=action)


def test_a_correction_sets_clears_and_counts_items_in_one_transaction(filled: Store) -> None:
    made = NodeClaim(
        "Expert", "ada", {"role": "baker"}, revision=Revision(cleared=["place"], added={"languages": ["nl"]})
    )
    assert counts(edit(filled, made))[0] == (0, 1, 0, 0)
    assert nodes(filled)["ada"] == {
        "": "Expert", "name": "Ada", "role": "baker", "languages": ["fr", "nl"], "visibility": "members",
    }  # fmt: skip
    (change,) = changes(filled)
    assert (change["who"], change["action"]) == ("Bo", "update")
    assert change["before"] == {"languages": ["fr"], "place": "Ghent", "role": None}
    assert change["after"] == {"languages": ["fr", "nl"], "place": None, "role": "baker"}
    assert [unit["action"] for unit in filled.imports()] == ["import", "edit"]


def test_a_link_taken_out_is_gone_and_in_the_journal_with_all_it_had(filled: Store) -> None:
    gone = link("AFFILIATED_WITH", "ada", "smart")
    gone.revision = Revision(removed=True, key="chair|")
    assert counts(edit(filled, gone))[1] == (0, 0, 0, 1)
    assert links(filled) == {}
    for end in ("ada", "smart"):
        (change,) = filled.changes_of(end)
        assert as_key(change["element"], is_link=True) == TIE
        assert change["action"] == "remove"
    assert changes(filled)[0]["before"]["until"] == "2020"
    assert filled.removals_of(["ada"]) == filled.removals_of([]) == []


def test_the_journal_is_read_newest_first_and_by_unit(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("Liège", "Lille", "Rome"):
        edit(filled, NodeClaim("Expert", "ada", {"place": place}, revision=Revision()))
    units = sorted(filled.imports(), key=lambda unit: str(unit["started"]), reverse=True)
    told = list(filled.changes(units))
    assert [json.loads(change["after"])["place"] for change in told] == ["Rome", "Lille", "Liège"]
    assert list(filled.changes(units[:2])) == told[:2]
    monkeypatch.setattr(door, "_CHANGES_AT_ONCE", 0)
    assert list(filled.changes(units)) == told
    assert filled.changes_of("ada") == told
    assert filled.changes_of("smart") == []


def test_confirming_is_called_so_in_the_journal(filled: Store) -> None:
    edit(
        filled,
        NodeClaim("Expert", "ada", {"confirmed_on": "2026-11-24"}, revision=Revision(new=False)),
        action="confirm",
    )
    assert [change["action"] for change in changes(filled)] == ["confirm"]


def test_what_is_raised_before_the_commit_leaves_no_unit(filled: Store) -> None:
    def refuse(outcome: Outcome) -> None:
        raise NotAllowed("no")

    with pytest.raises(NotAllowed):
        filled.write(
            lambda: [Row("entered by Bo", "", 0, [NodeClaim("Expert", "ada", {"place": "Rome"})])],
            who="Bo",
            action="edit",
            before_commit=refuse,
        )
    assert nodes(filled)["ada"]["place"] == "Ghent"
    assert [unit["action"] for unit in filled.imports()] == ["import"]


def test_an_import_says_that_it_overrules_a_person(filled: Store) -> None:
    edit(filled, NodeClaim("Expert", "ada", {"place": "Rome"}, revision=Revision()))
    outcome = write(filled, [row(2, expert("ada", place="Ghent"))])
    assert said(outcome) == [
        (2, "note", "place of ada was 'Rome', entered by Bo; the file's 'Ghent' replaces it")
    ]
    assert said(write(filled, [row(2, expert("ada", place="Lille"))])) == []
