"""The domain is what docs/architecture.md promises: labels, properties, ends, keys, who may see what."""

from __future__ import annotations

import pytest

from cocommuns_graph.model import MODEL, SECTORS, NodeType, Property, RelationshipType, Visibility

COMMON = ["visibility", "confirmed_on", "sources", "created_in"]
PROPERTIES = {
    "Organisation": "id name aliases sector kind country place latitude longitude languages website "
    "description",
    "Expert": "id name aliases role country place languages website orcid description contact",
    "Topic": "id label aliases definition context kind",
    "Initiative": "id name aliases kind status start end country place website description",
}
LISTS = {
    "Organisation": {"aliases", "languages", "sources"},
    "Expert": {"aliases", "languages", "contact", "sources"},
    "Topic": {"aliases", "context", "sources"},
    "Initiative": {"aliases", "sources"},
}
CHOICES = {
    (
        "Organisation",
        "sector",
    ): "commons cooperative social-economy union city network public research business other",
    ("Topic", "kind"): "field skill term challenge",
    ("Initiative", "kind"): "project event campaign method publication place tool network",
    ("Initiative", "status"): "idea active ended",
}
# type: (starts, ends, key properties, other properties)
RELATIONSHIPS = {
    "AFFILIATED_WITH": ("Expert", "Organisation", "role since", "until"),
    "MEMBER_OF": ("Organisation", "Organisation", "", "since until"),
    "PARTNER_OF": ("Organisation", "Organisation", "kind", "since until weight"),
    "COLLABORATES_WITH": ("Expert Organisation", "Expert Organisation", "kind", "since until weight"),
    "EXPERT_IN": ("Expert", "Topic", "", "level evidence"),
    "WORKS_ON": ("Organisation", "Topic", "mode", "evidence"),
    "TAKES_PART_IN": ("Expert Organisation", "Initiative", "role since", "until"),
    "ABOUT": ("Initiative", "Topic", "", ""),
    "NEEDS": ("Initiative Organisation", "Topic", "", "urgency note"),
    "POSITION_ON": ("Expert Organisation", "Topic", "statement", "stance"),
    "FACES": ("Expert Organisation Initiative", "Topic", "", "how when"),
    "SOLVED": ("Expert Organisation Initiative", "Topic", "", "how when"),
    "BROADER": ("Topic", "Topic", "", ""),
    "RELATED": ("Topic", "Topic", "", ""),
}
EVERY_PROPERTY = [
    pytest.param(declared, id=f"{owner}.{declared.name}")
    for owner, properties in (
        *((node.label, node.properties) for node in MODEL),
        *((type_, MODEL.relationship(type_).properties) for type_ in MODEL.types),
    )
    for declared in properties
]


def public(label: str) -> NodeType:
    return MODEL.node(label)


def test_the_labels() -> None:
    assert MODEL.labels == tuple(PROPERTIES)
    assert set(MODEL.actors) == {"Expert", "Organisation"}


@pytest.mark.parametrize("label", PROPERTIES)
def test_the_properties_of_each_label(label: str) -> None:
    declared = public(label)
    assert list(declared.by_name) == PROPERTIES[label].split() + COMMON
    assert {name for name, one in declared.by_name.items() if one.kind.many} == LISTS[label]
    assert {name for name, one in declared.by_name.items() if one.managed} == {"sources", "created_in"}
    assert {name for name, one in declared.by_name.items() if one.required} == {"id", declared.caption}


def test_a_topic_speaks_several_languages() -> None:
    families = {name for name, declared in public("Topic").by_name.items() if declared.by_language}
    assert families == {"label", "aliases", "definition"}
    assert not any(
        one.by_language for label in PROPERTIES if label != "Topic" for one in public(label).properties
    )


@pytest.mark.parametrize(("where", "words"), CHOICES.items(), ids=".".join)
def test_the_words_of_closed_lists(where: tuple[str, str], words: str) -> None:
    assert public(where[0]).by_name[where[1]].kind.choices == tuple(words.split())


def test_sectors_are_the_families() -> None:
    assert tuple(CHOICES["Organisation", "sector"].split()) == SECTORS


def test_who_may_see_what() -> None:
    defaults = {label: public(label).default_visibility.word for label in PROPERTIES}
    assert defaults == {
        "Organisation": "public",
        "Expert": "members",
        "Topic": "public",
        "Initiative": "public",
    }
    restricted = {
        (owner.label, one.name): one.visibility
        for owner in MODEL.public_types
        for one in owner.properties
        if one.visibility is not Visibility.PUBLIC
    }
    assert restricted == {("Expert", "contact"): Visibility.COORDINATORS}
    assert MODEL.undeclared is Visibility.COORDINATORS
    for label in PROPERTIES:
        assert public(label).by_name["visibility"].kind.choices == (
            "public",
            "members",
            "coordinators",
            "stewards",
        )


def test_the_relationship_types() -> None:
    assert set(MODEL.types) == set(RELATIONSHIPS)


@pytest.mark.parametrize("type_", RELATIONSHIPS)
def test_each_relationship(type_: str) -> None:
    starts, ends, keys, more = RELATIONSHIPS[type_]
    declared: RelationshipType = MODEL.relationship(type_)
    assert set(declared.starts) == set(starts.split())
    assert set(declared.ends) == set(ends.split())
    assert declared.keys == tuple(keys.split())
    managed = [name for name, one in declared.by_name.items() if one.managed]
    assert managed == ["key", "sources", "created_in"]
    assert sorted(set(declared.by_name) - set(managed)) == sorted((keys + " " + more).split())


def test_what_is_read_both_ways() -> None:
    both_ways = {type_ for type_ in MODEL.types if not MODEL.relationship(type_).directed}
    assert both_ways == {"PARTNER_OF", "COLLABORATES_WITH", "RELATED"}


def test_levels_stances_and_modes() -> None:
    level = MODEL.relationship("EXPERT_IN").by_name["level"].kind
    assert [level.clean(text) for text in ("1", "5", "3.0")] == [1, 5, 3]
    assert MODEL.relationship("POSITION_ON").by_name["stance"].kind.choices == ("agree", "diverge", "open")
    assert MODEL.relationship("WORKS_ON").by_name["mode"].kind.choices == ("works", "offers")


def test_product_memory_is_apart() -> None:
    system = {node.label for node in MODEL if node.system}
    assert {"Import", "Change", "Lock"} <= system
    assert system.isdisjoint(MODEL.labels)


@pytest.mark.parametrize("declared", EVERY_PROPERTY)
def test_every_property_has_words_in_both_languages_and_says_what_it_accepts(declared: Property) -> None:
    assert declared.words.en
    assert declared.words.fr
    assert declared.kind.name
    assert declared.kind.accepted


@pytest.mark.parametrize("label", [node.label for node in MODEL])
def test_every_label_has_words_and_a_description(label: str) -> None:
    declared = MODEL.node(label)
    assert declared.singular != declared.plural
    assert declared.description.endswith(".")


@pytest.mark.parametrize("type_", MODEL.types)
def test_every_tie_reads_as_a_phrase_from_both_ends(type_: str) -> None:
    declared = MODEL.relationship(type_)
    for words in (declared.text, declared.reverse):
        assert words.en == words.en.strip() != type_
        assert words.fr != words.en
