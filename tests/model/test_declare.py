"""A wrong declaration fails when it is made, and the message names the declaration and the fix."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cocommuns_graph.model import Model, NodeType, Property, RelationshipType, Visibility, Words, language_of
from cocommuns_graph.model.errors import InvalidModel
from cocommuns_graph.model.kinds import LINE, LINES, one_of

WORDS = Words("thing", "chose")
ID = Property("id", LINE, WORDS, required=True)
NAME = Property("name", LINE, WORDS, required=True)
KEY = Property("key", LINE, WORDS, managed=True)
VISIBILITY = Property("visibility", one_of("public", "members"), WORDS, default="public")
LABEL = Property("label", LINE, WORDS, by_language=True)
STEP = Property("step", LINE, WORDS)


def node(label: str = "Tool", properties: tuple[Property, ...] = (ID, NAME, VISIBILITY), **more) -> NodeType:
    return NodeType(label, WORDS, WORDS, "Something.", properties, **more)


def tie(
    type_: str = "USES", starts=("Tool",), ends=("Tool",), properties=(KEY, STEP), **more
) -> RelationshipType:
    return RelationshipType(
        type_, Words("uses", "emploie"), Words("is used", "sert"), starts, ends, properties, **more
    )


def both_ways(**more) -> RelationshipType:
    return RelationshipType(
        "NEAR", WORDS, WORDS, **{"starts": ("Tool",), "ends": ("Tool",), "properties": (KEY,), **more}
    )


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "words without French": (lambda: Words("tool", ""), "give both"),
    "words of spaces": (lambda: Words(" ", "outil"), "give both"),
    "a property in capitals": (lambda: Property("Name", LINE, WORDS), "'Name' is not lower_case; rename it"),
    "a property that breaks out": (lambda: Property("a` SET n.b", LINE, WORDS), "rename it"),
    "a property that ends in a newline": (lambda: Property("name\n", LINE, WORDS), "rename it"),
    "required and defaulted": (
        lambda: Property("name", LINE, WORDS, required=True, default="x"),
        "name is required and has a default; pick one or the other",
    ),
    "a default that does not fit": (
        lambda: Property("mode", one_of("works", "offers"), WORDS, default="plays"),
        "the default 'plays' of mode does not fit; give works, offers",
    ),
    "a default that is not clean": (
        lambda: Property("mode", one_of("works", "offers"), WORDS, default="Works"),
        "the default 'Works' of mode does not fit",
    ),
    "a label in lower case": (lambda: node("tool"), "'tool' is not a label in CamelCase; rename it"),
    "a label that breaks out": (lambda: node("Tool) DETACH DELETE (n"), "rename it"),
    "a property twice": (
        lambda: node(properties=(ID, NAME, NAME, VISIBILITY)),
        "Tool declares name twice; keep one",
    ),
    "no id": (lambda: node(properties=(NAME, VISIBILITY)), "Tool has no property id; declare one"),
    "a caption of nothing": (
        lambda: node(caption="title"),
        "caption 'title' of Tool is none of its properties; declare it",
    ),
    "a colour by name": (
        lambda: node(color="red"),
        "colour 'red' of Tool is not #rrggbb in lower case; write it so",
    ),
    "no visibility": (lambda: node(properties=(ID, NAME)), "Tool has no property visibility; declare it"),
    "two default visibilities": (
        lambda: node(default_visibility=Visibility.MEMBERS),
        "Tool is for members unless said otherwise, its property visibility says public; give both the same",
    ),
    "product memory that acts": (
        lambda: node(system=True, actor=True),
        "Tool is product memory and an actor; pick one",
    ),
    "a member of a language family": (
        lambda: node(properties=(ID, NAME, VISIBILITY, LABEL, Property("label_fr", LINE, WORDS))),
        "Tool.label_fr is already a member of the language family label; drop it",
    ),
    "a type in lower case": (
        lambda: tie("uses"),
        "'uses' is not a type in CAPITALS_WITH_UNDERSCORES; rename it",
    ),
    "no ends": (lambda: tie(ends=()), "USES says not which labels it joins; give starts and ends"),
    "an end twice": (lambda: tie(ends=("Tool", "Tool")), "USES names Tool, Tool; name each once"),
    "no key property": (lambda: tie(properties=(STEP,)), "USES has no property key; declare it"),
    "a key of nothing": (
        lambda: tie(keys=("since",)),
        "key 'since' of USES is none of its properties; declare it",
    ),
    "a key twice": (lambda: tie(keys=("step", "step")), "USES names step, step; name each once"),
    "a key that is a list": (
        lambda: tie(properties=(KEY, Property("steps", LINES, WORDS)), keys=("steps",)),
        "key 'steps' of USES is a list; a key has one value",
    ),
    "both ways between unlike ends": (
        lambda: both_ways(starts=("Tool",), ends=("Place",), directed=False),
        "NEAR is read both ways but its ends differ; give them the same labels and words, or declare",
    ),
    "both ways with two wordings": (
        lambda: tie(directed=False),
        "USES is read both ways but its ends differ",
    ),
    "a node type twice": (lambda: Model((node(), node()), ()), "Tool is declared twice; keep one"),
    "a relationship twice": (lambda: Model((node(),), (tie(), tie())), "USES is declared twice; keep one"),
    "an end that is not declared": (
        lambda: Model((node(),), (tie(ends=("Place",)),)),
        "USES joins Place, which is not declared; declare it or correct the name",
    ),
    "an end in product memory": (
        lambda: Model((node(), node("Log", (ID, NAME), system=True)), (tie(ends=("Log",)),)),
        "USES joins Log, which is product memory; join actors, topics or initiatives",
    ),
    "an end of a kind that is not there": (
        lambda: Model((node(),), (tie(end_kind="sharp"),)),
        "USES ends at a Tool of kind sharp, which Tool does not declare; declare that kind or leave end_kind",
    ),
    "one colour for two": (
        lambda: Model((node(), node("Place")), ()),
        "two node types share a colour; a legend could not tell them apart",
    ),
}


@pytest.mark.parametrize(("declare", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_declaration_fails_when_made_and_names_the_fix(
    declare: Callable[[], object], said: str
) -> None:
    with pytest.raises(InvalidModel) as caught:
        declare()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_right_declarations_make_a_model() -> None:
    memory = node("Log", (ID, NAME), system=True)
    model = Model(
        (node(actor=True), node("Place", color="#000000"), memory), (tie(), both_ways(directed=False))
    )
    assert model.labels == ("Tool", "Place")
    assert model.actors == ("Tool",)
    assert model.types == ("USES", "NEAR")
    assert [declared.label for declared in model] == ["Tool", "Place", "Log"]
    assert model.node("Log") is memory


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    model = Model((node(),), (tie(),))
    with pytest.raises(InvalidModel, match="'Toll' is no node type; there are Tool"):
        model.node("Toll")
    with pytest.raises(InvalidModel, match="'USED' is no relationship type; there are USES"):
        model.relationship("USED")


def test_a_language_family_has_a_member_for_each_language_code() -> None:
    declared = node(properties=(ID, NAME, VISIBILITY, LABEL))
    assert declared.property("label") is LABEL
    assert declared.property("label_fr") is LABEL
    assert declared.property("label_nld") is None  # Dutch has a two-letter code
    assert declared.property("label_kab") is LABEL  # Kabyle has none
    assert declared.property("label_zz") is None
    assert declared.property("name_fr") is None
    assert declared.property("label_FR") is None


def test_the_language_of_a_family_member() -> None:
    assert language_of("label_fr", "label") == "fr"
    assert language_of("label", "label") is None
    assert language_of("labels", "label") is None


def test_words_fall_back_to_english() -> None:
    assert Words("tool", "outil").in_language("fr") == "outil"
    assert Words("tool", "outil").in_language("nl") == "tool"


def test_who_may_see_a_property() -> None:
    contact = Property("contact", LINES, WORDS, visibility=Visibility.COORDINATORS)
    hidden_step = Property("step", LINE, WORDS, visibility=Visibility.MEMBERS)
    model = Model((node(properties=(ID, NAME, VISIBILITY, contact)),), (tie(properties=(KEY, hidden_step)),))
    assert model.visibility_of("Tool", "name") is Visibility.PUBLIC
    assert model.visibility_of("Tool", "contact") is Visibility.COORDINATORS
    assert model.visibility_of("Tool", "shoe_size") is Visibility.COORDINATORS
    assert model.relationship_visibility_of("USES", "step") is Visibility.MEMBERS
    assert model.relationship_visibility_of("USES", "shoe_size") is Visibility.COORDINATORS
