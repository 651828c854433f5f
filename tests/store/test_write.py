"""Writing: what is created, updated, unchanged and rejected, on both engines."""

from __future__ import annotations

import pytest

from cocommuns_graph.model import STEWARD
from cocommuns_graph.model.claims import NodeClaim, Row
from cocommuns_graph.store.door import Store
from tests.engines.stores import run
from tests.store.claims import (
    changes,
    counts,
    expert,
    link,
    links,
    mention,
    nodes,
    organisation,
    row,
    said,
    topic,
    verdicts,
    write,
)

CHAIR = ("AFFILIATED_WITH", "ada", "smart")
ROWS = [
    row(2, expert("ada", place="Ghent"), organisation("smart", sector="cooperative")),
    row(3, link("AFFILIATED_WITH", "ada", "smart", role="chair", since="2016")),
    row(4, expert("bo"), link("AFFILIATED_WITH", "bo", "smart")),
    row(2, topic("care"), path="b.csv"),
]


def test_a_first_write_creates_with_defaults_keys_and_provenance(store: Store) -> None:
    outcome = write(store, ROWS, paths=["a.csv", "b.csv"])
    assert counts(outcome) == ((4, 0, 0, 0), (2, 0, 0, 0))
    assert verdicts(outcome) == {"a.csv": (3, 0, 0, 0), "b.csv": (1, 0, 0, 0)}
    assert said(outcome) == []
    assert nodes(store) == {
        "ada": {"": "Expert", "name": "Ada", "place": "Ghent", "visibility": "members"},
        "bo": {"": "Expert", "name": "Bo", "visibility": "members"},
        "smart": {"": "Organisation", "name": "Smart", "sector": "cooperative", "visibility": "public"},
        "care": {"": "Topic", "label": "Care", "visibility": "public"},
    }
    assert links(store) == {
        ("ada", "AFFILIATED_WITH", "smart", "chair|2016"): {"role": "chair", "since": "2016"},
        ("bo", "AFFILIATED_WITH", "smart", ""): {},
    }
    graph = store.read(STEWARD)
    assert graph.nodes["ada"].properties["sources"] == ["a.csv:2"]
    assert graph.nodes["ada"].properties["created_in"] == outcome.import_id
    assert {link_.text("created_in") for link_ in graph.relationships} == {outcome.import_id}
    assert changes(store) == []
    (unit,) = store.imports()
    assert (unit["id"], unit["who"], unit["action"], unit["paths"]) == (
        outcome.import_id, "ada", "import", ["a.csv", "b.csv"],
    )  # fmt: skip
    assert store.incomplete() == []


def test_a_second_write_changes_nothing(store: Store) -> None:
    write(store, ROWS)
    before = store.read(STEWARD)
    outcome = write(store, ROWS)
    assert counts(outcome) == ((0, 0, 4, 0), (0, 0, 2, 0))
    assert verdicts(outcome) == {"a.csv": (0, 0, 3, 0), "b.csv": (0, 0, 1, 0)}
    after = store.read(STEWARD)
    assert after.nodes == before.nodes
    assert after.relationships == before.relationships
    assert changes(store) == []


def test_a_changed_value_is_updated_and_told_with_before_and_after(store: Store) -> None:
    write(store, ROWS)
    outcome = write(
        store,
        [
            row(9, expert("ada", place="Liège", aliases=["A"]), path="c.csv"),
            row(10, link(*CHAIR, role="chair", since="2016", until="2020"), path="c.csv"),
        ],
        who="bo",
    )  # fmt: skip
    assert counts(outcome) == ((0, 1, 0, 0), (0, 1, 0, 0))
    assert verdicts(outcome) == {"c.csv": (0, 2, 0, 0)}
    assert nodes(store)["ada"] == {
        "": "Expert", "name": "Ada", "place": "Liège", "aliases": ["A"], "visibility": "members",
    }  # fmt: skip
    told = {change["type"]: change for change in changes(store)}
    assert set(told) == {"Expert", "AFFILIATED_WITH"}
    assert told["Expert"]["element"] == "ada"
    # What a second file says again too, so that undoing the first leaves it.
    assert told["Expert"]["before"] == {"place": "Ghent", "aliases": None, "name": "Ada"}
    assert told["Expert"]["after"] == {"place": "Liège", "aliases": ["A"], "name": "Ada"}
    assert (told["Expert"]["who"], told["Expert"]["action"], told["Expert"]["unit"]) == (
        "bo", "update", outcome.import_id,
    )  # fmt: skip
    assert told["AFFILIATED_WITH"]["element"] == '["ada", "AFFILIATED_WITH", "smart", "chair|2016"]'
    assert told["AFFILIATED_WITH"]["before"] == {"role": "chair", "since": "2016", "until": None}
    assert told["AFFILIATED_WITH"]["after"] == {"role": "chair", "since": "2016", "until": "2020"}


def test_provenance_is_added_and_never_replaced(store: Store) -> None:
    write(store, ROWS)
    outcome = write(
        store,
        [
            row(7, expert("ada"), path="c.csv"),
            row(8, link("AFFILIATED_WITH", "bo", "smart"), path="c.csv"),
        ],
    )
    assert verdicts(outcome) == {"c.csv": (0, 0, 2, 0)}
    assert counts(outcome) == ((0, 0, 1, 0), (0, 0, 1, 0))
    graph = store.read(STEWARD)
    assert graph.nodes["ada"].properties["sources"] == ["a.csv:2", "c.csv:7"]
    assert [r.properties["sources"] for r in graph.relationships if r.start == "bo"] == [
        ["a.csv:4", "c.csv:8"]
    ]
    assert changes(store) == []


def test_the_first_value_of_an_import_wins_and_the_other_is_a_note(store: Store) -> None:
    outcome = write(
        store,
        [
            row(2, expert("ada", place="Ghent")),
            row(3, expert("ada", place="Liège", country="BE")),
            row(4, expert("ada", place="Ghent")),
        ],
    )
    assert verdicts(outcome) == {"a.csv": (1, 1, 1, 0)}
    assert counts(outcome)[0] == (1, 0, 0, 0)
    assert nodes(store)["ada"] == {
        "": "Expert", "name": "Ada", "place": "Ghent", "country": "BE", "visibility": "members",
    }  # fmt: skip
    assert said(outcome) == [
        (3, "note", "ada was already given place 'Ghent' in this import; 'Liège' is left out")
    ]
    again = write(store, [row(3, expert("ada", place="Liège", country="BE"))])
    assert verdicts(again) == {"a.csv": (0, 1, 0, 0)}


def test_true_and_one_are_different_values(store: Store) -> None:
    write(store, [row(2, organisation("o", open=1))])
    outcome = write(store, [row(2, organisation("o", open=True))])
    assert counts(outcome)[0] == (0, 1, 0, 0)
    assert nodes(store)["o"]["open"] is True


def test_a_row_is_rejected_whole_with_every_row_that_needed_it(store: Store) -> None:
    outcome = write(
        store,
        [
            row(2, expert("ada"), link("AFFILIATED_WITH", "ada", "nowhere")),
            row(3, organisation("smart"), link("MEMBER_OF", "smart", "club")),
            row(4, organisation("club"), link("COLLABORATES_WITH", "club", "ada")),
            row(5, expert("bo"), link("AFFILIATED_WITH", "bo", "hub")),
            row(6, organisation("hub")),
        ],
    )
    assert verdicts(outcome) == {"a.csv": (2, 0, 0, 3)}
    assert set(nodes(store)) == {"bo", "hub"}
    assert set(links(store)) == {("bo", "AFFILIATED_WITH", "hub", "")}
    assert said(outcome) == [
        (2, "error", "no record has the id 'nowhere'; import it first or correct the id"),
        (3, "error", "the row that would have created 'club' was rejected; mend that row first"),
        (4, "error", "the row that would have created 'ada' was rejected; mend that row first"),
    ]
    assert [(path, line) for path, line, _ in outcome.rejected] == [("a.csv", 2), ("a.csv", 3), ("a.csv", 4)]
    assert outcome.problems[0].column == "to"


def test_a_row_that_came_rejected_is_counted_and_claims_nothing(store: Store) -> None:
    bad = Row("a.csv:2", "a.csv", 2)
    bad.problem("name", "", "the name is empty", "error")
    outcome = store.write(lambda: [bad, row(3, expert("ada"))], who="ada")
    assert verdicts(outcome) == {"a.csv": (1, 0, 0, 1)}
    assert outcome.rejected == [("a.csv", 2, "the name is empty")]


def test_a_link_must_join_what_the_model_lets_meet(store: Store) -> None:
    outcome = write(
        store, [row(2, expert("ada"), topic("care")), row(3, link("AFFILIATED_WITH", "ada", "care"))]
    )
    assert verdicts(outcome) == {"a.csv": (1, 0, 0, 1)}
    assert said(outcome) == [
        (3, "error", "AFFILIATED_WITH ends at Organisation, but 'care' is of type Topic")
    ]


def test_an_id_of_another_label_is_rejected_within_and_across_imports(store: Store) -> None:
    outcome = write(store, [row(2, expert("same")), row(3, organisation("same")), row(4, organisation("o"))])
    assert verdicts(outcome) == {"a.csv": (2, 0, 0, 1)}
    outcome = write(store, [row(9, topic("o"))])
    assert verdicts(outcome) == {"a.csv": (0, 0, 0, 1)}
    assert said(outcome) == [
        (9, "error", "the id 'o' already belongs to the Organisation 'O'; give this Topic another id")
    ]
    assert nodes(store)["same"][""] == "Expert"


def test_a_new_record_needs_a_name_and_a_known_one_does_not(store: Store) -> None:
    write(store, [row(2, expert("ada"))])
    nameless = [NodeClaim("Expert", "ada", {"place": "Ghent"}), NodeClaim("Expert", "bo", {"place": "Ghent"})]
    outcome = write(store, [row(3, nameless[0]), row(4, nameless[1])])
    assert verdicts(outcome) == {"a.csv": (0, 1, 0, 1)}
    assert said(outcome)[0][2].startswith("a new Expert needs a name")
    assert set(nodes(store)) == {"ada"}


def test_a_mention_finds_by_label_and_alias_in_any_language(store: Store) -> None:
    write(store, [row(2, topic("care", label="Care", label_fr="Soin", aliases_es=["Cuidados"]))])
    outcome = write(
        store,
        [
            row(2, expert("a"), link("EXPERT_IN", "a", mention("Topic", "SOIN"))),
            row(3, expert("b"), link("EXPERT_IN", "b", mention("Topic", "cuidados"))),
            row(4, expert("c"), link("EXPERT_IN", "c", mention("Topic", "Water", namespace="x"))),
            row(5, expert("d"), link("EXPERT_IN", "d", mention("Topic", "wáter"))),
        ],
    )
    assert verdicts(outcome) == {"a.csv": (4, 0, 0, 0)}
    assert {(start, end) for start, _, end, _ in links(store)} == {
        ("a", "care"), ("b", "care"), ("c", "x:topic-water"), ("d", "x:topic-water"),
    }  # fmt: skip
    assert nodes(store)["x:topic-water"] == {"": "Topic", "label": "Water", "visibility": "public"}
    assert store.read(STEWARD).nodes["x:topic-water"].properties["sources"] == ["a.csv:4"]


def test_a_mention_finds_what_the_same_import_brings_wherever_it_stands(store: Store) -> None:
    outcome = write(
        store,
        [
            row(2, expert("a"), link("AFFILIATED_WITH", "a", mention("Organisation", "smart coop"))),
            row(3, organisation("o1", name="SMart", aliases=["Smart Coop"])),
            row(4, expert("b"), link("AFFILIATED_WITH", "b", mention("Organisation", "SMART"))),
        ],
    )
    assert counts(outcome) == ((3, 0, 0, 0), (2, 0, 0, 0))
    assert {end for _, _, end, _ in links(store)} == {"o1"}


@pytest.mark.parametrize(("optional", "severity"), [(True, "warning"), (False, "error")])
def test_an_ambiguous_mention_drops_the_link_or_rejects_the_row(
    store: Store, optional: bool, severity: str
) -> None:
    write(
        store, [row(2, topic("t1", label="Union")), row(3, topic("t2", label="Syndicate", aliases=["union"]))]
    )
    outcome = write(
        store, [row(2, expert("a"), link("EXPERT_IN", "a", mention("Topic", "Union", optional=optional)))]
    )
    assert said(outcome) == [(2, severity, "'Union' may be any of t1, t2; say which by its full name")]
    assert ("a" in nodes(store)) is optional
    assert links(store) == {}


def test_a_mention_that_makes_no_id_is_a_problem_of_its_row(store: Store) -> None:
    outcome = write(store, [row(2, expert("a"), link("EXPERT_IN", "a", mention("Topic", "***")))])
    assert said(outcome) == [(2, "warning", "'***' has no letter or digit to name it by")]
    assert set(nodes(store)) == {"a"}


def test_a_mention_is_not_given_an_id_of_another_label(store: Store) -> None:
    write(store, [row(2, expert("topic-care"))])
    outcome = write(
        store, [row(2, expert("a"), link("EXPERT_IN", "a", mention("Topic", "Care", optional=False)))]
    )
    assert verdicts(outcome) == {"a.csv": (0, 0, 0, 1)}
    assert "belongs to a Expert" in said(outcome)[0][2] or "belongs to an Expert" in said(outcome)[0][2]


def test_two_people_of_one_derived_id_are_never_made_one(store: Store) -> None:
    def person(line: int, **properties: object) -> Row:
        claim = NodeClaim("Expert", "expert-ada", {"name": "Ada", **properties}, True, "name")  # type: ignore[dict-item]
        return row(line, claim)

    outcome = write(store, [person(2, contact=["a@x.org"]), person(3, contact=["b@x.org"])])
    assert verdicts(outcome) == {"a.csv": (0, 0, 0, 2)}
    assert [reason for _, _, reason in said(outcome)] == [
        "'Ada' appears with different values of contact, so it may be two; add an id column that tells "
        "them apart"
    ] * 2
    write(
        store, [person(2, contact=["a@x.org"]), person(3, place="Ghent"), person(4, website="https://x.org/")]
    )
    assert nodes(store)["expert-ada"]["place"] == "Ghent"
    other = person(9, website="https://other.org")
    later = write(store, [Row("b.csv:9", "b.csv", 9, other.nodes)])
    assert verdicts(later) == {"b.csv": (0, 0, 0, 1)}
    same = write(store, [person(9, website="http://www.x.org")])
    assert verdicts(same)["a.csv"][3] == 0


def test_a_file_that_says_another_address_than_before_speaks_of_the_same_person(store: Store) -> None:
    def person(path: str, **properties: object) -> Row:
        claim = NodeClaim("Expert", "expert-ada", {"name": "Ada", **properties}, True, "name")  # type: ignore[dict-item]
        return Row(f"{path}:2", path, 2, [claim])

    write(store, [person("a.csv", contact=["a@x.org", "02 555 12 34"], orcid="0000-0002-1825-0097")])
    shared = write(store, [person("b.csv", contact=["A@x.org", "02 555 12 35"])])
    assert verdicts(shared) == {"b.csv": (0, 1, 0, 0)}
    later = write(store, [person("a.csv", contact=["ada@new.org"])])
    assert verdicts(later) == {"a.csv": (0, 1, 0, 0)}
    assert said(later) == [
        (
            2,
            "note",
            "'Ada' has another contact than when a.csv was last imported and is taken for the same person; "
            "if it is somebody else, add an id column",
        )
    ]
    assert nodes(store)["expert-ada"]["contact"] == ["ada@new.org"]
    stranger = write(store, [person("c.csv", contact=["ada@elsewhere.org"])])
    assert verdicts(stranger) == {"c.csv": (0, 0, 0, 1)}
    another = write(store, [person("a.csv", orcid="0000-0001-5109-3700")])
    assert verdicts(another) == {"a.csv": (0, 0, 0, 1)}


def test_a_file_that_gives_a_link_another_role_keeps_the_first_and_says_so(store: Store) -> None:
    def said_by(role: str, path: str = "a.csv") -> list[Row]:
        return [
            row(2, expert("e"), organisation("o"), link("AFFILIATED_WITH", "e", "o", role=role), path=path)
        ]

    write(store, said_by("lawyer"))
    assert said(write(store, said_by("lawyer"))) == []
    assert said(write(store, said_by("member", "b.csv"))) == []
    outcome = write(store, said_by("chair"))
    assert said(outcome) == [
        (
            2,
            "note",
            "E is affiliated with O as 'chair' now and, as this file said before, as 'lawyer'; "
            "--sync removes what it no longer says",
        )
    ]
    assert {key for *_, key in links(store)} == {"lawyer|", "member|", "chair|"}
    synced = write(store, said_by("chair"), sync=frozenset(["a.csv"]))
    assert synced.relationships.removed == 1
    assert {key for *_, key in links(store)} == {"member|", "chair|"}


def test_a_preview_says_the_same_and_writes_nothing(store: Store) -> None:
    write(store, ROWS[:1])
    rows = [*ROWS, row(9, expert("ada", place="Liège")), row(10, link("MEMBER_OF", "smart", "none"))]
    stamp, before = store.stamp(), run(store.address, "MATCH (n) RETURN count(n) AS n")
    preview = write(store, rows, preview=True)
    assert preview.import_id is None
    assert (store.stamp(), run(store.address, "MATCH (n) RETURN count(n) AS n")) == (stamp, before)
    real = write(store, rows)
    assert real.import_id is not None
    assert counts(preview) == counts(real)
    assert verdicts(preview) == verdicts(real)
    assert said(preview) == said(real)
    assert preview.rejected == real.rejected


def test_the_stamp_changes_with_every_write(store: Store) -> None:
    stamps = [store.stamp()]
    for number in range(3):
        write(store, [row(2, topic(f"t{number}"))])
        stamps.append(store.stamp())
    assert len(set(stamps)) == 4
    assert store.stamp() == stamps[-1]


def test_rows_that_fail_while_being_read_leave_nothing(store: Store) -> None:
    def failing():
        yield row(2, expert("ada"))
        raise RuntimeError("the file went away")

    with pytest.raises(RuntimeError, match="the file went away"):
        store.write(failing, who="ada", paths=["a.csv"])
    assert nodes(store) == {}
    assert store.incomplete() == []
    assert store.imports() == []
    write(store, ROWS)


def test_progress_is_told_every_thousand_rows(store: Store) -> None:
    def rows():
        for number in range(2, 2502):
            bad = Row(f"a.csv:{number}", "a.csv", number)
            bad.problem("name", "", "the name is empty", "error")
            yield bad

    told: list[int] = []
    outcome = store.write(rows, who="ada", progress=told.append)
    assert told == [1000, 2000]
    assert verdicts(outcome) == {"a.csv": (0, 0, 0, 2500)}


def test_a_loop_and_both_directions_are_kept_apart(store: Store) -> None:
    rows = [
        row(2, organisation("a"), organisation("b")),
        row(3, link("PARTNER_OF", "a", "b", kind="x")),
        row(4, link("PARTNER_OF", "b", "a", kind="x")),
        row(5, link("PARTNER_OF", "a", "a")),
        row(6, link("PARTNER_OF", "a", "b", kind="x", weight=2.0)),
    ]
    outcome = write(store, rows)
    assert counts(outcome) == ((2, 0, 0, 0), (3, 0, 0, 0))
    assert verdicts(outcome) == {"a.csv": (4, 1, 0, 0)}
    assert counts(write(store, rows)) == ((0, 0, 2, 0), (0, 0, 3, 0))
    assert links(store)["a", "PARTNER_OF", "b", "x"] == {"kind": "x", "weight": 2.0}


def test_what_is_stored_in_a_foreign_form_is_told_from_what_a_row_says(store: Store) -> None:
    said_of_ada = row(2, expert("ada", place="Ghent", aliases=["A", "B"], languages=["fr"]))
    write(store, [said_of_ada])
    foreign = "MATCH (n:Expert {id: 'ada'}) SET n.place = ['Ghent'], n.aliases = 'A', n.languages = [1, 2]"
    run(store.address, foreign)
    assert counts(write(store, [said_of_ada]))[0] == (0, 1, 0, 0)
    ada = store.read(STEWARD).nodes["ada"].properties
    assert (ada["place"], ada["aliases"], ada["languages"]) == ("Ghent", ["A", "B"], ["fr"])


@pytest.mark.parametrize("part", ["\x1f", "\x1e"])
def test_a_value_with_a_separator_in_it_is_not_taken_for_two(store: Store, part: str) -> None:
    ada = expert("ada", place=f"a{part}b", aliases=[f"x{part}y"])
    write(store, [row(2, ada, expert("bo", aliases=["x"]))])
    outcome = write(store, [row(3, ada, expert("bo", aliases=[f"x{part}"]))])
    assert counts(outcome)[0] == (0, 1, 1, 0)
    outcome = write(store, [row(4, expert("ada", aliases=["x", "y"]), expert("bo", aliases=["x", "z"]))])
    assert counts(outcome)[0] == (0, 2, 0, 0)
    assert store.read(STEWARD).nodes["ada"].properties["aliases"] == ["x", "y"]


def test_a_row_that_says_less_than_is_stored_changes_nothing(store: Store) -> None:
    write(store, [row(2, expert("ada", place="Ghent", orcid="0000", extra=5)), row(3, expert("bo", extra=1))])
    outcome = write(store, [row(4, expert("ada")), row(5, expert("bo", extra=1), path="b.csv")])
    assert counts(outcome)[0] == (0, 0, 2, 0)
    held = store.read(STEWARD).nodes
    assert held["ada"].properties["sources"] == ["a.csv:2", "a.csv:4"]
    assert held["bo"].properties["sources"] == ["a.csv:3", "b.csv:5"]
    assert held["ada"].properties["extra"] == 5


def test_two_rows_of_one_import_about_a_stored_node_are_both_seen(store: Store) -> None:
    write(store, [row(2, expert("ada", place="Ghent", orcid="0000"))])
    outcome = write(store, [row(2, expert("ada", place="Ghent")), row(3, expert("ada", orcid="0000"))])
    assert counts(outcome)[0] == (0, 0, 1, 0)
    outcome = write(store, [row(2, expert("ada", place="Ghent")), row(3, expert("ada", place="Lille"))])
    assert counts(outcome)[0] == (0, 0, 1, 0)
    assert [line for line, _, reason in said(outcome) if "'Lille' is left out" in reason] == [3]
