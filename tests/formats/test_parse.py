from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph.formats import built_in, format_named, load_format, parse_format
from cocommuns_graph.model import MODEL
from cocommuns_graph.model.errors import InvalidFormat, NotFound

GOOD = """
name = "good"
title = "Good"

[[file]]
name = "people"
columns = ["id", "name"]

  [[file.node]]
  as = "person"
  label = "Expert"
  id = "id"
  properties = { name = "name" }
"""


def mistakes(toml: str) -> list[str]:
    with pytest.raises(InvalidFormat) as caught:
        parse_format(toml, MODEL, Path("importers/bad.toml"))
    first, *found = str(caught.value).splitlines()
    assert first.startswith("importers/bad.toml has ")
    assert first.split()[2] == str(len(found))
    return [line.removeprefix("- ") for line in found]


def test_a_format_that_fits_is_read() -> None:
    found = parse_format(GOOD, MODEL)
    assert (found.name, found.namespace, len(found.files)) == ("good", "", 1)
    assert found.files[0].nodes[0].label == "Expert"


def test_every_mistake_is_reported_together_with_its_place_and_what_is_accepted() -> None:
    found = mistakes(
        """
name = "Bad Name"
namespce = "x"

[[file]]
name = ["people.csv", "a/b", "x[1"]
columns = []

  [[file.node]]
  label = "Expertt"

  [[file.node]]
  as = "org"
  label = "Organisation"
  properties = { nmae = "name", sources = "sources", sector = { column = "s", values = { gov = "state" } } }

  [[file.node]]
  as = "org"
  label = "Organisation"
  properties = { name = "name" }

  [[file.link]]
  type = "EXPERT_IN"
  from = "org"
  to = { mention = "Expert", column = "who" }

  [[file.link]]
  type = "KNOWS"
  from = "nobody"
  to = { column = "x" }
"""
    )
    expected = [
        "name 'Bad Name' is not in small letters, digits and hyphens",
        "title is missing",
        "file 1: name 'people.csv' has an ending; leave it out",
        "file 1: name 'a/b' has a folder in it",
        "file 1: name 'x[1' has a bracket without its partner",
        "file 1: columns is an empty list",
        "file 1, node 1 (Expertt): 'Expertt' is no node type; did you mean Expert? There are ",
        "file 1, node 2 (Organisation), properties: Organisation has no property 'nmae'; did you mean name?",
        "file 1, node 2 (Organisation), properties: sources is written by the inventory itself; drop it",
        "file 1, node 2 (Organisation), properties, sector: sector: 'state' is not accepted; ",
        "file 1, node 2 (Organisation): Organisation needs name, which no column gives",
        "file 1: two nodes are called 'org'",
        "file 1, link 1 (EXPERT_IN), to: 'Expert' cannot be looked up by name; there are Topic, Organisation",
        "file 1, link 1 (EXPERT_IN): EXPERT_IN does not go from Organisation; accepted: Expert",
        "file 1, link 1 (EXPERT_IN): EXPERT_IN does not go to Expert; accepted: Topic",
        "file 1, link 2 (KNOWS): 'KNOWS' is no relationship type; there are AFFILIATED_WITH",
        "file 1, link 2 (KNOWS): from names the node 'nobody'; there are expertt, org",
        "file 1, link 2 (KNOWS), to: says not whose end it is; give id ",
        "'namespce' is not a word of this table; did you mean namespace?",
    ]
    for text in expected:
        assert any(mistake.startswith(text) for mistake in found), f"{text} is not among\n" + "\n".join(found)
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('id = "id"', 'id = "id"\n  properties2 = {}'), "'properties2' is not a word of this table"),
        (('id = "id"', 'id = { column = "id", split = ";" }'), "id has split, but a node has one id"),
        (('id = "id"', "id = 7"), "id is no value; give a column's name"),
        (('id = "id"', 'id = { template = "{id" }'), "template '{id' cannot be read"),
        (('id = "id"', 'id = { template = "x" }'), "template 'x' names no column"),
        (
            ('name = "name" }', 'name = { column = "n", value = "x" } }'),
            "says not where the value comes from",
        ),
        (('name = "name" }', 'name = { value = "x", split = ";" } }'), "value stands for itself"),
        (('name = "name" }', 'name = "name", id = "x" }'), "id is given by id of the node"),
        (
            ('name = "name" }', 'name = "name", "definition_*" = "def_*" }'),
            "definition is not given by language",
        ),
        (('name = "name" }', 'name = "name", website = { value = "no" } }'), "'no' is not accepted"),
        (('name = "name" }', 'name = "name" }\n  extra = { name = "x" }'), "name is declared for Expert"),
        (
            ('name = "name" }', 'name = "name" }\n  extra = { "a b" = "x" }'),
            "'a b' is no name for a property",
        ),
        (('name = "name" }', 'name = { column = "n", dates = "%d.%m" } }'), "lacks %Y or a month"),
        (('id = "id"', 'id = "id"\n  declared = "maybe"'), 'give true, false or "fits"'),
        (('id = "id"', 'id = "id"\n  required = "yes"'), "required is a text (yes); give true or false"),
        (('"people"\n', '"people"\nnamespace = "*"\n'), "namespace is *, but no name has a *"),
        (('"people"\n', '"people"\nnamespace = "x"\n'), "namespace is 'x'; \"*\" takes it from"),
        (('"people"\n', '"people"\nignore = ["name"]\n'), "ignore names the column name, which is used"),
        (('"people"\n', '"people"\nheaders = { a = "x", b = "x" }\n'), "'x' stands for both a and b"),
        (('"people"\n', '"people"\nheaders = { a = "b", b = "a" }\n'), "that is a circle"),
        (('columns = ["id", "name"]', ""), "columns is missing"),
        (('columns = ["id", "name"]', 'columns = ["id", "id"]'), "columns names something twice"),
        (('columns = ["id", "name"]', 'columns = ["id", 3]'), "give a text or a list of texts"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], told: str) -> None:
    assert change[0] in GOOD
    found = mistakes(GOOD.replace(*change))
    assert any(told in mistake for mistake in found), found


def test_two_files_that_claim_the_same_are_refused() -> None:
    twice = GOOD + GOOD[GOOD.index("[[file]]") :]
    assert mistakes(twice) == ["two [[file]] tables claim 'people' with the same columns; keep one"]


def test_text_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(InvalidFormat, match=r"is no TOML: .*line 2"):
        parse_format("name = 'x'\n[[file\nx", MODEL)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"name = 3", b"file = 3", b"[file]\nname = 'x'"])
def test_a_file_that_is_no_format_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidFormat, match=r"x\.toml"):
        load_format(path, MODEL)


def test_a_format_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidFormat, match=r"none\.toml cannot be read: no such file"):
        format_named(str(tmp_path / "none.toml"))
    with pytest.raises(NotFound, match=r"no format is called 'pare'; did you mean pair\?"):
        format_named("pare")


def test_a_format_is_found_by_the_path_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert format_named(path).name == "good"


def test_the_built_in_formats_fit_the_model_and_explain_themselves() -> None:
    assert [each.name for each in built_in()] == [
        *("civic-tech", "contacts", "inventory", "kumu", "littlesis", "murmurations", "onodo"),
        *("open-seeds", "pair"),
    ]
    assert all(each.title and each.description for each in built_in())


RULES = """
name = "rules"
title = "Rules"

[words]
places = ["city", "town"]

[[file]]
name = "people"
one_of = ["name", "full name"]
blank = ["N/A"]
filler = ["Your"]
yields_to = "other"

  [file.headers]
  place = ["@places", "village"]

  [file.fallback_headers]
  name = ["contact"]

  [[file.any_name]]
  has = ["name"]
  some_of = ["place", "topics"]
  without = ["budget"]

  [[file.any_name]]
  has = ["full name"]
  last = true

  [[file.node]]
  as = "person"
  label = "Expert"
  required = false
  properties = { name = { column = "full name", join = ["name"] } }

  [[file.mention]]
  label = "Organisation"
  column = "organisation"
  unless = "person"
  properties = { place = "place" }

  [[file.link]]
  type = "WORKS_ON"
  unless = "person"
  from = { mention = "Organisation", column = "organisation" }
  to = { mention = "Topic", column = "topics", every = true, split = ";", tell_new = true }
"""


def test_rules_say_by_which_columns_a_file_is_known() -> None:
    (file,) = parse_format(RULES, MODEL).files
    assert file.claim_on("people", ["Your name"]) == (True, 5)
    assert file.claim_on("people", ["contact"]) == (True, 5)
    assert file.claim_on("people", ["city"]) is None
    assert file.claim_on("x", ["name", "Village"]) == file.claim_on("x", ["contact", "Town"]) == (False, 2)
    assert file.claim_on("x", ["name", "city", "budget"]) is None
    assert file.claim_on("x", ["name"]) is None
    assert file.claim_on("x", ["full name", "budget"]) == (False, 0)
    assert file.needs == "name or full name"
    assert (file.blank, file.filler, file.yields_to) == ({"n/a"}, {"your"}, ("other",))
    assert file.links[0].unless == "person"
    assert file.links[0].end.tell_new
    assert file.mentions[0].properties.keys() == {"place"}


def test_mistakes_in_rules_words_and_mentions_are_told() -> None:
    found = mistakes(
        RULES.replace('"@places"', '"@place"')
        .replace('some_of = ["place", "topics"]', 'some_of = ["place"]\n  at_least = 2')
        .replace('unless = "person"\n  properties', 'unless = "persn"\n  properties')
        .replace('label = "Organisation"', 'label = "Expert"')
        .replace("every = true, split", "contacts = true, split")
    )
    at = "file 1 (people)"
    assert found == [
        "'@place' names no list of words; did you mean places? There are places",
        f"{at}, link 1 (WORKS_ON), to: contacts cuts a list; give every as well",
        f"{at}, mention 1 (Expert): 'Expert' cannot be looked up by name; there are Topic, Organisation",
        f"{at}, mention 1 (Expert): unless names the node 'persn'; did you mean person? There are person",
        f"{at}, any_name 1: at_least is 2, but some_of names 1 columns",
    ]
    (wrong,) = mistakes(RULES.replace("[words]", "[[words]]").replace('"@places", ', ""))
    assert wrong == "words is no table; give it a list of words for each name"
