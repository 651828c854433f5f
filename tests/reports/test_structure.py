"""What every report is: one page that loads nothing, whose structure a screen reader can follow."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re

import pytest

from cocommuns_graph.model import Graph
from tests.reports.made import LANGUAGES, META, NAMES, page_of, sample_page
from tests.reports.pages import Element, parsed

every_report = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in NAMES for language in LANGUAGES]
)


def body(name: str, language: str) -> Element:
    return parsed(sample_page(name, language)).all("body")[0]


@every_report
def test_nothing_is_loaded_and_nothing_runs(name: str, language: str) -> None:
    page = sample_page(name, language)
    root = parsed(page)
    assert not root.all(
        "script", "link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"
    )
    style = root.all("style")
    assert len(style) == 1
    assert "url(" not in "".join(style[0].pieces)
    assert "@import" not in "".join(style[0].pieces)
    for element in root.all():
        assert not any(attribute.startswith("on") for attribute in element.attributes)
        assert not {"style", "src", "srcset", "xlink:href"} & set(element.attributes)
        assert element.tag == "a" or "href" not in element.attributes


@every_report
def test_the_policy_allows_the_own_style_alone(name: str, language: str) -> None:
    page = sample_page(name, language)
    policy = next(
        meta.get("content")
        for meta in parsed(page).all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")


@every_report
def test_headings_are_in_order(name: str, language: str) -> None:
    levels = [int(one.tag[1]) for one in body(name, language).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(one.text for one in body(name, language).all("h1", "h2", "h3", "h4"))


@every_report
def test_every_reference_on_the_page_leads_somewhere(name: str, language: str) -> None:
    root = parsed(sample_page(name, language))
    ids = [one.get("id") for one in root.all() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in root.all():
        if one.get("href").startswith("#"):
            assert one.get("href")[1:] in ids
        for name_ in ("aria-labelledby", "aria-describedby"):
            assert all(each in ids for each in one.get(name_).split())
    assert all(one.text or one.get("aria-label") for one in root.all("a"))


@every_report
def test_the_page_says_its_language_and_has_one_main_part(name: str, language: str) -> None:
    root = parsed(sample_page(name, language))
    assert root.all("html")[0].get("lang") == language
    assert len(root.all("main")) == 1
    assert root.all("title")[0].text == root.all("h1")[0].text
    assert root.all("body")[0].all("a")[0].get("href") == "#main"


@every_report
def test_tables_have_captions_and_headed_columns_and_rows(name: str, language: str) -> None:
    for table in body(name, language).all("table"):
        assert table.all("caption")[0].text
        head, rows = table.all("thead")[0].all("th"), table.all("tbody")[0].all("tr")
        assert head
        assert rows
        assert all(cell.get("scope") == "col" and cell.text for cell in head)
        for row in rows:
            assert len(row.inside) == len(head)
            assert row.inside[0].tag == "th"
            assert row.inside[0].get("scope") == "row"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_text(language: str) -> None:
    figures = body("gaps", language).all("figure")
    assert len(figures) == 4
    for figure in figures:
        drawing = next(svg for svg in figure.all("svg") if svg.get("role") == "img")
        title, says = (drawing.all(tag)[0] for tag in ("title", "desc"))
        assert drawing.get("aria-labelledby").split() == [title.get("id"), says.get("id")]
        assert len(says.text.split()) > 8
        caption = figure.all("figcaption")[0].text
        assert title.text in caption
        assert says.text in caption
        for svg in figure.all("svg"):
            assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"


@every_report
def test_how_to_cite_it_says_everything_needed_to_make_it_again(name: str, language: str) -> None:
    cited = next(one for one in body(name, language).all("p") if one.get("class") == "cite").text
    for part in (META["version"], META["imports"], META["seed"]):
        assert part in cited
    assert {"en": "24 November 2026", "fr": "24 novembre 2026"}[language] in cited
    values = [one.text for one in body(name, language).all("dd")]
    assert all(value in values for value in META.values())


@every_report
def test_an_empty_inventory_is_said_to_be_empty(name: str, language: str) -> None:
    page = parsed(page_of(name, Graph(), language)).all("main")[0]
    assert len(page.text.split()) > 20
    assert not page.all("figure", "article")


def test_headlines_are_three_to_seven_sentences_to_act_on() -> None:
    first = next(one for one in body("gaps", "en").all("section") if one.get("class") == "headline")
    points = first.all("li")
    assert 3 <= len(points) <= 7
    for point in points:
        assert re.search(r"\(\d+\)\.$", point.all("strong")[0].text)
        assert point.text.endswith(".")
    order = [one.text for one in body("gaps", "en").all("h1", "h2")]
    assert order[1] == first.all("h2")[0].text
