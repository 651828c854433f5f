"""Planning without a database: properties that hold for any rows in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cocommuns_graph.changes import state
from cocommuns_graph.model.claims import LinkClaim, NodeClaim, Row, source_file
from tests.changes.fake import Memory, plan, preview
from tests.store.claims import copy, counts, expert, link, mention, organisation, row, said, topic, verdicts

PEOPLE, PLACES, TOPICS = ("e1", "e2", "e3"), ("o1", "o2"), ("t1", "t2", "t3")
KINDS = {"t1": {"kind": "challenge"}, "t2": {"kind": "field"}}
NAMES = ("Care", "care!", "Water", "Soin", "***")


@st.composite
def claims(draw: st.DrawFn) -> list[NodeClaim | LinkClaim]:
    made: list[NodeClaim | LinkClaim] = []
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(["expert", "organisation", "topic"]))
        if kind == "expert":
            made.append(expert(draw(st.sampled_from(PEOPLE))))
        elif kind == "organisation":
            made.append(organisation(draw(st.sampled_from(PLACES))))
        else:
            id_ = draw(st.sampled_from(TOPICS))
            given_kind = KINDS.get(id_, {}) if draw(st.booleans()) else {}
            made.append(topic(id_, label=draw(st.sampled_from(NAMES[:4])), **given_kind))
    for _ in range(draw(st.integers(0, 2))):
        person, place = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from((*PLACES, "e1", "none")))
        if draw(st.booleans()):
            made.append(
                link("AFFILIATED_WITH", person, place, **draw(st.sampled_from([{}, {"role": "chair"}])))
            )
        else:
            name = mention("Topic", draw(st.sampled_from(NAMES)), optional=draw(st.booleans()))
            end = draw(st.sampled_from([name, *TOPICS]))
            made.append(link(draw(st.sampled_from(["EXPERT_IN", "FACES"])), person, end))
    return made


def numbered(groups: list[list[NodeClaim | LinkClaim]]) -> list[Row]:
    return [
        row(number, *group, path=f"{'ab'[number % 2]}.csv") for number, group in enumerate(groups, start=2)
    ]


rows_of_claims = st.lists(claims(), max_size=8).map(numbered)
fixed_names = rows_of_claims.map(
    lambda rows: [
        Row(
            r.source, r.path, r.line,
            [NodeClaim(n.label, n.id, dict.fromkeys(n.properties, n.id), column="id") for n in r.nodes],
            r.links,
        )
        for r in rows
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=rows_of_claims)
def test_every_row_is_accounted_for_and_nothing_hangs_in_the_air(rows: list[Row]) -> None:
    memory = Memory()
    outcome = plan(memory, copy(rows))
    assert sum(found.rows for found in outcome.verdicts.values()) == len(rows)
    assert len(outcome.rejected) == sum(found.rejected for found in outcome.verdicts.values())
    assert outcome.nodes.created == len(memory.labels)
    assert outcome.relationships.created == len(memory.ties)
    assert all(start in memory.labels and end in memory.labels for start, _, end, _ in memory.ties)
    assert all(values["sources"] and values["created_in"] == "u1" for values in memory.values.values())
    assert memory.changes == []
    rejected = {(path, line) for path, line, _ in outcome.rejected}
    told = {(p.path, p.row) for p in outcome.problems if p.severity == "error"}
    assert rejected == told


@settings(max_examples=150, deadline=None)
@given(rows=rows_of_claims)
def test_planning_twice_gives_unchanged_only(rows: list[Row]) -> None:
    memory = Memory()
    first = plan(memory, copy(rows))
    before = ({i: dict(v) for i, v in memory.values.items()}, {k: dict(v) for k, v in memory.ties.items()})
    second = plan(memory, copy(rows), "u2")
    assert (memory.values, memory.ties) == before
    assert memory.changes == []
    accepted = {path: found.rows - found.rejected for path, found in first.verdicts.items()}
    assert {path: found.unchanged for path, found in second.verdicts.items()} == accepted
    assert [r[:2] for r in second.rejected] == [r[:2] for r in first.rejected]


@settings(max_examples=150, deadline=None)
@given(rows=rows_of_claims, seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_change_what_is_created(rows: list[Row], seed: int) -> None:
    # Of two names for one id the first wins, so there the order of rows is meant to matter.
    names = {(c.id, str(c.properties.get("name", c.properties.get("label")))) for r in rows for c in r.nodes}
    assume(len(names) == len({id_ for id_, _ in names}))
    straight, mixed = Memory(), Memory()
    first = plan(straight, copy(rows))
    shuffled = copy(rows)
    random.Random(seed).shuffle(shuffled)
    second = plan(mixed, shuffled)
    assert straight.labels == mixed.labels
    assert set(straight.ties) == set(mixed.ties)
    assert [r[:2] for r in first.rejected] == [r[:2] for r in second.rejected]


@settings(max_examples=100, deadline=None)
@given(stored=rows_of_claims, rows=rows_of_claims)
def test_a_preview_tells_what_the_run_does(stored: list[Row], rows: list[Row]) -> None:
    memory = Memory()
    plan(memory, copy(stored))
    told = preview(memory, copy(rows))
    done = plan(memory, copy(rows), "u2")
    assert counts(told) == counts(done)
    assert verdicts(told) == verdicts(done)
    assert said(told) == said(done)


@settings(max_examples=100, deadline=None)
@given(rows=fixed_names, kept=st.integers(0, 8))
def test_sync_leaves_what_the_rows_say_and_what_is_linked(rows: list[Row], kept: int) -> None:
    memory = Memory()
    plan(memory, copy(rows))
    outcome = plan(memory, copy(rows[:kept]), "u2", sync=frozenset({"a.csv", "b.csv"}))
    assert all(start in memory.labels and end in memory.labels for start, _, end, _ in memory.ties)
    if outcome.rejected:
        assert (outcome.nodes.removed, outcome.relationships.removed) == (0, 0)
        return
    fresh = Memory()
    plan(fresh, copy(rows[:kept]))
    assert set(fresh.ties) <= set(memory.ties)
    assert set(fresh.labels) <= set(memory.labels)
    removed = [change for change in memory.changes if change["action"] == "remove"]
    assert len(removed) == outcome.nodes.removed + outcome.relationships.removed


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state.chunks, "__defaults__", (10,))
    memory = Memory()
    rows = [row(n, topic(f"t{n}"), topic(f"u{n}")) for n in range(2, 102)]
    assert plan(memory, rows).nodes.created == 200
    assert memory.batches >= 20


def test_the_order_of_files_decides_whose_value_wins() -> None:
    one = row(2, expert("e", place="Ghent"), path="a.csv")
    other = row(2, expert("e", place="Liège"), path="b.csv")
    memory = Memory()
    plan(memory, copy([one, other]))
    assert memory.values["e"]["place"] == "Ghent"
    memory = Memory()
    plan(memory, copy([other, one]))
    assert memory.values["e"]["place"] == "Liège"


def test_a_name_that_loses_or_is_given_up_finds_nobody() -> None:
    memory = Memory()
    plan(memory, [row(2, topic("t1", label="Old"))])
    rows = [
        row(2, topic("t1", label="New")),
        row(3, topic("t1", label="Lost")),
        row(4, expert("a"), link("EXPERT_IN", "a", mention("Topic", "New"))),
        row(5, expert("b"), link("EXPERT_IN", "b", mention("Topic", "Lost"))),
        row(6, expert("c"), link("EXPERT_IN", "c", mention("Topic", "Old"))),
    ]
    plan(memory, copy(rows), "u2")
    assert {(start, end) for start, _, end, _ in memory.ties} == {
        ("a", "t1"), ("b", "topic-lost"), ("c", "topic-old"),
    }  # fmt: skip
    assert counts(plan(memory, copy(rows), "u3")) == ((0, 0, 4, 0), (0, 0, 3, 0))


def test_the_first_value_wins_also_where_only_its_row_has_a_link() -> None:
    rows = [
        row(2, organisation("o")),
        row(3, expert("e", place="Ghent"), link("AFFILIATED_WITH", "e", "o")),
        row(4, expert("e", place="Liège")),
    ]
    memory = Memory()
    outcome = plan(memory, rows)
    assert memory.values["e"]["place"] == "Ghent"
    assert said(outcome) == [
        (4, "note", "e was already given place 'Ghent' in this import; 'Liège' is left out")
    ]


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("people.csv:12", "people.csv"),
        ('people.csv:12 (report.txt line 3: "a:4 (b")', "people.csv"),
        ("a:b.csv:12", "a:b.csv"),
        ("book.xlsx/sheet 1:3", "book.xlsx/sheet 1"),
        ("ada", "ada"),
    ],
)
def test_the_file_of_a_source(source: str, file: str) -> None:
    assert source_file(source) == file


def test_a_name_outlives_the_first_row_that_has_it() -> None:
    """That row falls with another one; the next row with the name creates what it names."""
    rows = [
        row(2, link("EXPERT_IN", "e1", mention("Topic", "Care", optional=False))),
        row(3, expert("e1"), link("AFFILIATED_WITH", "e1", "e1")),
        row(4, expert("e3"), link("EXPERT_IN", "e3", mention("Topic", "Care", optional=False))),
    ]
    memory = Memory()
    outcome = plan(memory, rows)
    assert [line for _, line, _ in outcome.rejected] == [2, 3]
    assert memory.labels == {"e3": "Expert", "topic-care": "Topic"}
    assert ("e3", "EXPERT_IN", "topic-care", "") in memory.ties


def test_what_somebody_faces_is_a_challenge_or_the_row_is_refused() -> None:
    rows = [
        row(2, organisation("o"), topic("t1", kind="field"), topic("t2"), topic("t3", kind="challenge")),
        row(3, link("FACES", "o", "t1", how="badly")),
        row(4, link("FACES", "o", "t2")),
        row(5, link("SOLVED", "o", "t3")),
        row(6, link("FACES", "o", mention("Topic", "Rent"))),
    ]
    memory = Memory()
    outcome = plan(memory, copy(rows))
    (reason,) = [told for line, _, told in said(outcome) if line == 3]
    assert reason == (
        "FACES ends at a Topic of kind challenge, but 't1' is of kind 'field'; "
        "name another one, or another type of link"
    )
    assert {end for _, _, end, _ in memory.ties} == {"t2", "t3", "topic-rent"}
    assert [memory.values[end]["kind"] for end in ("t1", "t2", "t3", "topic-rent")] == [
        "field", "challenge", "challenge", "challenge",
    ]  # fmt: skip
    # "Rent" is named by a link alone, and what is only named is not counted.
    assert counts(plan(memory, copy(rows[:1] + rows[2:]), "u2")) == ((0, 0, 4, 0), (0, 0, 3, 0))
    stored = plan(memory, [row(7, link("FACES", "o", "t1"))], "u3")
    assert [line for _, line, _ in stored.rejected] == [7]


def test_a_kind_said_in_a_later_row_is_known_before_links_are_judged() -> None:
    memory = Memory()
    rows = [row(2, organisation("o"), link("FACES", "o", "t1")), row(3, topic("t1", kind="term"))]
    assert [line for _, line, _ in plan(memory, rows).rejected] == [2]
    assert memory.values["t1"]["kind"] == "term"


def test_what_a_refused_row_would_have_made_a_challenge_the_next_row_does() -> None:
    rows = [
        row(2, link("FACES", "e1", "t1")),
        row(3, expert("e1"), link("AFFILIATED_WITH", "e1", "e1")),
        row(4, organisation("o"), link("FACES", "o", "t1")),
        row(5, organisation("p"), link("FACES", "p", "t1")),
        row(6, topic("t1")),
    ]
    memory = Memory()
    outcome = plan(memory, rows)
    assert [line for _, line, _ in outcome.rejected] == [2, 3]
    assert memory.values["t1"]["kind"] == "challenge"
    assert memory.values["t1"]["sources"] == ["a.csv:6", "a.csv:4"]


def test_a_topic_that_is_stored_and_only_named_keeps_its_kind() -> None:
    memory = Memory()
    plan(memory, [row(2, organisation("o")), row(3, topic("t1", label="Housing", kind="field"))])
    rows = [row(4, link("FACES", "o", mention("Topic", "housing")))]
    outcome = plan(memory, copy(rows), "u2")
    assert [line for _, line, _ in outcome.rejected] == [4]
    assert memory.values["t1"]["kind"] == "field"
    assert memory.ties == {}
    freed = plan(memory, [row(5, topic("t1", kind="challenge")), *copy(rows)], "u3")
    assert freed.rejected == []
    assert memory.values["t1"]["kind"] == "challenge"


def test_newcomers_are_counted_and_named_by_label() -> None:
    memory = Memory()
    plan(memory, [row(2, organisation("o"))])
    rows = [row(3, organisation("o")), row(4, topic("t1", label="Housing")), row(5, expert("e", name="Ada"))]
    outcome = plan(memory, rows, "u2")
    assert outcome.newcomers == {"Topic": 1, "Expert": 1}
    assert outcome.newcomers_named == {"Topic": ["Housing"], "Expert": ["Ada"]}
