"""Ends of links that a row can do without, and names that a row says exist."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.model.claims import Existing, LinkClaim, Mention, Row
from tests.changes.fake import Memory, plan, preview
from tests.store.claims import expert, link, mention, organisation, row, said, topic, verdicts


def optional(id_: str) -> Existing:
    return Existing(id_, "mentors", optional=True)


def naming(line: int, *names: Mention, links: tuple[LinkClaim, ...] = ()) -> Row:
    return Row(f"a.csv:{line}", "a.csv", line, (), links, mentions=names)


def test_an_unknown_id_in_a_cell_that_can_be_empty_leaves_its_link_out() -> None:
    memory = Memory()
    outcome = plan(
        memory,
        [
            row(2, expert("a"), link("AFFILIATED_WITH", "a", optional("none"), role="x")),
            row(3, expert("b"), link("AFFILIATED_WITH", "b", optional("o"))),
            row(4, organisation("o")),
            row(5, expert("c"), link("AFFILIATED_WITH", "c", "none")),
        ],
    )
    assert verdicts(outcome) == {"a.csv": (3, 0, 0, 1)}
    assert set(memory.ties) == {("b", "AFFILIATED_WITH", "o", "")}
    assert said(outcome) == [
        (2, "warning", "no record has the id 'none'; the link to it was left out"),
        (5, "error", "no record has the id 'none'; import it first or correct the id"),
    ]


def test_what_a_rejected_row_would_have_created_leaves_optional_links_out() -> None:
    memory = Memory()
    outcome = plan(
        memory,
        [
            row(2, topic("t"), link("ABOUT", "none", "t")),
            row(3, expert("a"), link("FACES", "a", optional("t"))),
            row(4, expert("b"), link("FACES", "b", "t")),
        ],
    )
    assert verdicts(outcome) == {"a.csv": (1, 0, 0, 2)}
    assert set(memory.labels) == {"a"}
    assert [(line, severity) for line, severity, _ in said(outcome)] == [
        (2, "error"), (3, "warning"), (4, "error"),
    ]  # fmt: skip
    assert "row that would have created 't' was rejected" in said(outcome)[2][2]


def test_a_name_alone_makes_a_record_once_and_knows_it_again() -> None:
    memory = Memory()
    rows = [naming(2, mention("Organisation", "Lilac")), naming(3, mention("Organisation", "LILAC"))]
    assert verdicts(preview(memory, rows)) == {"a.csv": (1, 0, 1, 0)}
    assert memory.labels == {}
    assert verdicts(plan(memory, rows)) == {"a.csv": (1, 0, 1, 0)}
    assert memory.labels == {"organisation-lilac": "Organisation"}
    assert verdicts(plan(memory, rows, "u2")) == {"a.csv": (0, 0, 2, 0)}
    ambiguous = [
        row(4, organisation("o", name="Lilac")),
        naming(5, mention("Organisation", "lilac", optional=False)),
    ]
    assert verdicts(plan(memory, ambiguous, "u3")) == {"a.csv": (1, 0, 0, 1)}


def test_a_new_name_is_told_once_by_the_first_row_that_is_written() -> None:
    told = Mention("Topic", "Water", column="topics", told=True)
    rows = [
        row(2, expert("a"), link("EXPERT_IN", "a", told), link("AFFILIATED_WITH", "a", "none")),
        row(3, expert("b"), link("EXPERT_IN", "b", told)),
        row(4, expert("c"), link("EXPERT_IN", "c", told)),
    ]
    outcome = plan(Memory(), rows)
    notes = [(line, reason) for line, severity, reason in said(outcome) if severity == "note"]
    assert notes == [(3, "'Water' is in no language of the glossary, so it becomes a new topic")]


ENDS = st.sampled_from(["o1", "o2", "none", "e1"])


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["e1", "e2"]), ENDS, st.booleans(), st.sampled_from(["", "Lilac", "lilac!"])
        ),
        max_size=6,
    )
)
def test_no_link_hangs_in_the_air_whatever_can_be_left_out(
    drawn: list[tuple[str, str, bool, str]],
) -> None:
    rows = []
    for line, (person, end, may_go, name) in enumerate(drawn, start=2):
        to = Existing(end, "to", optional=may_go)
        made = row(
            line,
            expert(person),
            link("AFFILIATED_WITH", person, to),
            *([organisation("o1")] if line % 2 else []),
        )
        made.mentions = [mention("Organisation", name)] if name else []
        rows.append(made)
    memory = Memory()
    outcome = plan(memory, rows)
    assert sum(found.rows for found in outcome.verdicts.values()) == len(rows)
    assert all(start in memory.labels and stop in memory.labels for start, _, stop, _ in memory.ties)
    assert {(p.path, p.row) for p in outcome.problems if p.severity == "error"} == {
        (path, line) for path, line, _ in outcome.rejected
    }
