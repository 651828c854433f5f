from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.formats import BoundFile, built_in
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.claims import Existing, LinkClaim, Mention, NodeClaim
from tests.formats.tables import MadeRow, MadeTable, bound, claims, reasons, table
from tests.formats.tables import built_in as claims_of

PEOPLE = """
[[file]]
name = "people"
columns = ["id", "name"]

  [[file.node]]
  as = "person"
  label = "Expert"
  id = "id"
  properties = { name = "name", country = "country", description = "about", website = "site" }

  [[file.link]]
  type = "EXPERT_IN"
  from = "person"
  to = { mention = "Topic", column = "skills", split = ";" }
"""


def test_a_row_claims_its_node_its_links_and_what_nobody_declared() -> None:
    made = table("id ¦ name ¦ country ¦ skills ¦ Shoe size\n1 ¦ Ada ¦ Belgique ¦ law; governance ¦ 38")
    (row,) = claims(PEOPLE, made, namespace="x")
    assert row.source == "made.csv:2"
    assert list(row.nodes) == [
        NodeClaim("Expert", "x:1", {"name": "Ada", "country": "BE", "Shoe_size": 38}, False, "id")
    ]
    start = Existing("x:1", "id")
    assert list(row.links) == [
        LinkClaim("EXPERT_IN", start, Mention("Topic", "law", "x", "skills"), {}),
        LinkClaim("EXPERT_IN", start, Mention("Topic", "governance", "x", "skills"), {}),
    ]
    assert row.problems == []


def test_a_cell_that_cannot_be_used_is_dropped_and_a_name_or_id_that_cannot_rejects() -> None:
    made = table(
        """
        id ¦ name ¦ country ¦ site
        1 ¦ Ada ¦ Atlantis ¦ nowhere
        2 ¦ ¦ BE ¦
        ¦ Bob ¦ BE ¦
        ada@example.org ¦ Cy ¦ BE ¦
        """
    )
    first, second, third, fourth = claims(PEOPLE, made)
    assert first.nodes[0].properties == {"name": "Ada"}
    assert not first.rejected
    assert [(severity, column) for severity, column, _ in reasons(first)] == [
        ("warning", "country"),
        ("warning", "site"),
    ]
    assert "'Atlantis' is not accepted; accepted: a two-letter ISO 3166 code" in first.problems[0].reason
    assert reasons(second) == [
        ("error", "name", "name is empty or cannot be used, and every Expert needs one")
    ]
    assert reasons(third) == [("error", "id", "the id is empty; give the row one")]
    assert "an e-mail address as id would be seen by everybody" in fourth.problems[0].reason
    for row in (second, third, fourth):
        assert row.rejected
        assert (list(row.nodes), list(row.links)) == ([], [])


def test_an_id_comes_from_the_name_where_the_file_has_none() -> None:
    toml = PEOPLE.replace('columns = ["id", "name"]', 'columns = ["name"]')
    first, second = claims(toml, table("name\nAda Lovelace\n???"), namespace="x")
    assert first.nodes[0] == NodeClaim(
        "Expert", "x:expert-ada-lovelace", {"name": "Ada Lovelace"}, True, "name"
    )
    assert second.rejected
    assert "add an id column" in second.problems[0].reason


def test_ways_to_reach_an_expert_go_to_contact_and_are_refused_elsewhere() -> None:
    made = table(
        """
        id ¦ name ¦ about ¦ Mail ¦ Tel
        1 ¦ Ada ¦ Ask ada@x.org first ¦ a@x.org ¦ 55512
        2 ¦ Bob ¦ ¦ b@x.org ¦
        """
    )
    first, second = claims(PEOPLE, made)
    assert first.nodes[0].properties == {
        "name": "Ada",
        "description": "Ask first",
        "contact": ["ada@x.org", "a@x.org", "55512"],
    }
    assert {problem.severity for problem in first.problems} == {"note"}
    assert second.nodes[0].properties == {"name": "Bob", "contact": ["b@x.org"]}
    assert second.problems == []

    of_organisation = PEOPLE.replace('"Expert"', '"Organisation"').replace("EXPERT_IN", "WORKS_ON")
    first, _ = claims(of_organisation, made)
    assert first.nodes[0].properties == {"name": "Ada", "description": "Ask first"}
    assert [(problem.severity, problem.column) for problem in first.problems] == [
        ("warning", "about"),
        ("warning", "Mail"),
        ("warning", "Tel"),
    ]


def test_a_visibility_that_is_none_hides_the_record_instead_of_showing_it() -> None:
    (row,) = claims_of("inventory", 0, table("name ¦ visibility\nAlpha ¦ secret"))
    assert row.nodes[0].properties == {"name": "Alpha", "visibility": "stewards"}
    assert row.problems[0].severity == "warning"
    assert "only stewards see the record" in row.problems[0].reason


def test_a_name_that_is_an_e_mail_address_makes_neither_a_topic_nor_an_organisation() -> None:
    (row,) = claims(PEOPLE, table("id ¦ name ¦ skills\n1 ¦ Ada ¦ ada@x.org; law"))
    assert [link.end for link in row.links] == [Mention("Topic", "law", "", "skills")]
    assert row.nodes[0].properties["contact"] == ["ada@x.org"]


def test_a_column_of_numbers_alone_becomes_numbers_and_any_other_stays_text() -> None:
    made = table(
        """
        id ¦ name ¦ whole ¦ mixed ¦ fraction ¦ code ¦ empty
        1 ¦ Ada ¦ 3 ¦ 4 ¦ 1.5 ¦ 007 ¦
        2 ¦ Bob ¦ ¦ four ¦ 2 ¦ 008 ¦
        """
    )
    first, second = (row.nodes[0].properties for row in claims(PEOPLE, made))
    assert first == {"name": "Ada", "whole": 3, "mixed": "4", "fraction": 1.5, "code": "007"}
    assert second == {"name": "Bob", "mixed": "four", "fraction": 2.0, "code": "008"}
    assert isinstance(second["fraction"], float)


def test_a_row_of_a_file_can_be_read_again_and_again() -> None:
    found = bound(PEOPLE, table("id ¦ name ¦ Tel\n1 ¦ Ada ¦ 0612345678\n2 ¦ Bob ¦ 0612345679"))
    assert list(found.rows()) == list(found.rows())


def test_a_row_that_could_not_be_read_is_rejected_with_the_reason() -> None:
    class Torn(MadeTable):
        def rows(self):  # type: ignore[no-untyped-def]
            yield MadeRow(7, {"id": "1", "name": "Ada"}, problem="the row has more cells than columns")
            yield MadeRow(8, {"id": "2", "name": "Bob"}, note="a quote was not closed")

    first, second = claims(PEOPLE, Torn(["id", "name"], []))
    assert first.rejected
    assert reasons(first) == [("error", "", "the row has more cells than columns")]
    assert reasons(second) == [("note", "", "a quote was not closed")]
    assert second.nodes


def test_a_huge_cell_costs_the_row_one_cell_or_the_row() -> None:
    huge = "x" * 10_000_000
    made = MadeTable(["id", "name", "about"], [["1", "Ada", huge], ["2", huge, ""], [huge, "Cy", ""]])
    first, second, third = claims(PEOPLE, made)
    assert first.nodes[0].properties == {"name": "Ada"}
    assert second.rejected
    assert third.rejected
    for row in (first, second, third):
        assert all(len(problem.reason) < 300 and len(problem.value) <= 200 for problem in row.problems)


LINKS = """
[[file]]
name = "links"
columns = ["from", "to"]

  [[file.link]]
  type = { column = "type", default = "COLLABORATES_WITH", else = "kind" }
  from = { id = "from" }
  to = { id = "to" }
  declared = true
"""


def test_a_link_is_of_the_type_its_cell_names_exactly_else_of_that_kind() -> None:
    made = table(
        """
        from ¦ type ¦ to ¦ weight ¦ Paper
        a ¦ MEMBER_OF ¦ b ¦ 2 ¦ x
        a ¦ member_of ¦ b ¦ 2 ¦
        a ¦ ¦ a ¦ -1 ¦
        a ¦ ¦ ¦ ¦
        """
    )
    first, second, third, fourth = claims(LINKS, made, namespace="n")
    ends = (Existing("n:a", "from"), Existing("n:b", "to"))
    assert list(first.links) == [LinkClaim("MEMBER_OF", *ends, {"weight": 2, "Paper": "x"})]
    assert list(second.links) == [LinkClaim("COLLABORATES_WITH", *ends, {"weight": 2.0, "kind": "member_of"})]
    assert [link.end for link in third.links] == [Existing("n:a", "to")]
    assert third.links[0].properties == {}
    assert third.problems[0].severity == "warning"
    assert fourth.rejected
    assert fourth.problems[0].column == "to"


def test_without_a_default_a_link_needs_a_type_of_the_model() -> None:
    toml = LINKS.replace(', default = "COLLABORATES_WITH", else = "kind"', "")
    first, second = claims(toml, table("from ¦ type ¦ to\na ¦ KNOWS ¦ b\na ¦ ¦ b"))
    assert first.rejected
    assert second.rejected
    assert first.problems[0].reason.startswith("'KNOWS' is no relationship type; accepted: ABOUT, AFFILIATED")


def test_a_list_of_ids_makes_a_link_each_and_a_missing_optional_end_none() -> None:
    toml = (
        PEOPLE
        + """
  [[file.link]]
  type = "COLLABORATES_WITH"
  from = "person"
  to = { id = "friends", split = ";" }
  properties = { kind = { value = "friend" } }
"""
    )
    first, second = claims(toml, table("id ¦ name ¦ friends\n1 ¦ Ada ¦ 2; 3;2\n2 ¦ Bob ¦"), namespace="x")
    assert [(link.end, link.properties) for link in first.links] == [
        (Existing("x:2", "friends", optional=True), {"kind": "friend"}),
        (Existing("x:3", "friends", optional=True), {"kind": "friend"}),
    ]
    assert list(second.links) == []
    assert not second.rejected


def test_a_name_in_a_cell_that_is_the_rows_own_makes_no_link_to_itself() -> None:
    toml = """
[[file]]
name = "orgs"
columns = ["name"]
  [[file.node]]
  label = "Organisation"
  properties = { name = "name" }
  [[file.link]]
  type = "MEMBER_OF"
  from = "organisation"
  to = { mention = "Organisation", column = "network", split = ";" }
"""
    (row,) = claims(toml, table("name ¦ network\nCode for All ¦ code for  ALL; Commons"))
    assert [link.end for link in row.links] == [Mention("Organisation", "Commons", "", "network")]


def test_the_own_tables_read_properties_languages_and_citations() -> None:
    made = table(
        """
        id ¦ label ¦ label_fr ¦ aliases_fr ¦ context ¦ kind ¦ sources ¦ source ¦ source_line ¦ source_words
        commons ¦ Commons ¦ Communs ¦ biens communs|les communs ¦ a|b ¦ term ¦ old ¦ r.txt ¦ 5 ¦ The Commons
        ¦ Law ¦ ¦ ¦ ¦ ¦ ¦ report.txt ¦ ¦
        """,
        "topics.csv",
    )
    first, second = claims_of("inventory", 2, made)
    assert first.source == 'topics.csv:2 (r.txt line 5: "The Commons")'
    assert list(first.nodes) == [
        NodeClaim(
            "Topic",
            "commons",
            {
                "label": "Commons",
                "label_fr": "Communs",
                "aliases_fr": ["biens communs", "les communs"],
                "context": ["a", "b"],
                "kind": "term",
            },
            False,
            "id",
        )
    ]
    assert second.source == "topics.csv:3 (report.txt)"
    assert second.nodes[0] == NodeClaim("Topic", "topic-law", {"label": "Law"}, True, "label")


def test_the_own_links_read_what_their_type_declares() -> None:
    made = table(
        """
        from ¦ type ¦ to ¦ level ¦ evidence ¦ role ¦ since
        ada ¦ EXPERT_IN ¦ law ¦ 4 ¦ a book ¦ ¦
        ada ¦ AFFILIATED_WITH ¦ smart ¦ ¦ ¦ lawyer ¦ 2016
        """
    )
    first, second = claims_of("inventory", 4, made)
    assert first.links[0].properties == {"level": 4, "evidence": "a book"}
    assert second.links[0].properties == {"role": "lawyer", "since": "2016"}


def test_nodes_of_a_pair_keep_every_column_that_by_may_use() -> None:
    made = table(
        """
        id ¦ type ¦ sector ¦ country ¦ dept ¦ key
        1 ¦ gov ¦ state ¦ BE ¦ 4 ¦ k
        2 ¦ ig ¦ union ¦ FR ¦ 2 ¦ k
        3 ¦ sci ¦ academia ¦ Atlantis ¦ 2 ¦ k
        """
    )
    first, _, third = claims_of("pair", 0, made, namespace="chemnet")
    assert first.nodes[0] == NodeClaim(
        "Organisation",
        "chemnet:1",
        {"name": "1", "type": "gov", "sector_as_given": "state", "country": "BE", "dept": 4, "key": "k"},
        False,
        "id",
    )
    assert third.nodes[0].properties["sector_as_given"] == "academia"
    assert [problem.column for problem in third.problems] == ["country"]
    (other, *_) = claims_of("pair", 0, made, namespace="chemnet", label="Expert")
    assert other.nodes[0].label == "Expert"
    assert other.nodes[0].properties["sector"] == "state"


def test_a_civic_group_is_a_member_of_the_programmes_among_its_tags() -> None:
    made = table(
        """
        name ¦ type ¦ tags ¦ city ¦ country ¦ projects_list_url ¦ rss ¦ events_url
        18F ¦ Government ¦ Government;Code for America ¦ San Francisco ¦ USA ¦ https://github.com/18f ¦ ¦
        """
    )
    (row,) = claims_of("civic-tech", 0, made, namespace="civic")
    properties = {
        "name": "18F",
        "kind": "Government",
        "sector": "public",
        "place": "San Francisco",
        "country": "US",
    }
    tags = ["Government", "Code for America"]
    assert list(row.nodes) == [
        NodeClaim(
            "Organisation",
            "civic:organisation-18f",
            {**properties, "projects_list_url": "https://github.com/18f", "tags": tags},
            True,
            "name",
        )
    ]
    assert [(link.type, link.end) for link in row.links] == [
        ("MEMBER_OF", Mention("Organisation", "Code for America", "civic", "tags"))
    ]


def test_a_civic_project_has_its_owner_its_topics_and_a_website_that_is_one() -> None:
    made = table(
        """
        key ¦ name ¦ organization_name ¦ topics ¦ last_pushed_within ¦ code_url ¦ link_url ¦ created_at
        18F/x ¦ x ¦ 18F ¦ open-data;api ¦ week ¦ https://github.com/18F/x ¦ {} ¦ 2018-06-15T19:19:47Z
        18F/y ¦ y ¦ 18F ¦ ¦ over_a_year ¦ ¦ https://y.org ¦
        """
    )
    first, second = claims_of("civic-tech", 1, made, namespace="civic")
    assert first.nodes[0].id == "civic:18F/x"
    assert first.nodes[0].properties == {
        "name": "x",
        "kind": "project",
        "status": "active",
        "start": "2018-06-15",
        "website": "https://github.com/18F/x",
        "code_url": "https://github.com/18F/x",
        "last_pushed_within": "week",
    }
    owner = LinkClaim(
        "TAKES_PART_IN",
        Mention("Organisation", "18F", "civic", "organization_name"),
        Existing("civic:18F/x", "key"),
        {"role": "owner"},
    )
    assert list(first.links)[-1] == owner
    assert [link.end for link in list(first.links)[:-1]] == [
        Mention("Topic", "open-data", "civic", "topics"),
        Mention("Topic", "api", "civic", "topics"),
    ]
    assert "status" not in second.nodes[0].properties
    assert second.nodes[0].properties["website"] == "https://y.org"


def test_an_open_seeds_talk_is_an_event_known_by_cohort_date_and_title() -> None:
    made = table(
        """
        column_1 ¦ slides ¦ speakers ¦ title ¦ date ¦ cohort ¦ tag ¦ subtag ¦ recording
        0 ¦ ¦ Ada, Bob ¦ Open Data ¦ October 23, 2024 ¦ ols-9 ¦ Open Science ¦ Not tagged ¦ https://youtu.be/x
        """
    )
    (row,) = claims_of("open-seeds", 4, made, namespace="ols")
    assert row.nodes[0].id == "ols:talk-ols-9-october-23-2024-open-data"
    assert row.nodes[0].properties == {
        "name": "Open Data",
        "kind": "event",
        "status": "ended",
        "start": "2024-10-23",
        "end": "2024-10-23",
        "website": "https://youtu.be/x",
        "speakers": ["Ada", "Bob"],
        "cohort": "ols-9",
    }
    assert [link.end for link in row.links] == [Mention("Topic", "Open Science", "ols", "tag")]


def test_a_contact_list_needs_no_ids() -> None:
    made = table(
        """
        Full name ¦ Affiliation ¦ role ¦ expertise ¦ country ¦ languages ¦ E-mail ¦ Phone
        Ada Lovelace ¦ SMart; Cities ¦ lawyer ¦ law, governance ¦ UK ¦ en,fr ¦ ada@x.org ¦ 02 555 12 34
        """
    )
    (row,) = claims_of("contacts", 0, made)
    assert row.nodes[0] == NodeClaim(
        "Expert",
        "expert-ada-lovelace",
        {
            "name": "Ada Lovelace",
            "role": "lawyer",
            "country": "GB",
            "languages": ["en", "fr"],
            "contact": ["ada@x.org", "02 555 12 34"],
        },
        True,
        "Full name",
    )
    assert [
        (link.type, link.end.name, link.properties) for link in row.links if isinstance(link.end, Mention)
    ] == [
        ("AFFILIATED_WITH", "SMart", {"role": "lawyer"}),
        ("AFFILIATED_WITH", "Cities", {"role": "lawyer"}),
        ("EXPERT_IN", "law", {}),
        ("EXPERT_IN", "governance", {}),
    ]


CELLS = st.one_of(
    st.text(max_size=15), st.sampled_from(["", "1", "BE", "a@b.org", "MEMBER_OF", "x|y;z", "2016"])
)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_every_row_read_is_accounted_for_whatever_its_cells(data: st.DataObject) -> None:
    for format_ in built_in():
        for spec in format_.files:
            columns = list(dict.fromkeys([*spec.columns, "country", "type", "x y", "mail"]))
            cells = data.draw(
                st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=3)
            )
            made = MadeTable(columns, cells)
            rows = list(BoundFile(spec, made, MODEL, namespace="n").rows())
            assert [row.line for row in rows] == list(range(2, 2 + len(cells)))
            for row in rows:
                assert row.rejected == any(problem.severity == "error" for problem in row.problems)
                assert not (row.rejected and (row.nodes or row.links))
                for node in row.nodes:
                    node_type = MODEL.node(node.label)
                    assert node.properties[node_type.caption]
                    assert not {"id", "sources", "created_in", "key"} & set(node.properties) - {"key"}
                    for name, value in node.properties.items():
                        declared = node_type.property(name)
                        assert declared is None or declared.kind.clean(value) == value
                for link in row.links:
                    assert link.type in MODEL.types
