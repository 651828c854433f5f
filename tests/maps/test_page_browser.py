"""The exported page as a person uses it: opened from disk, offline, by mouse and by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocommuns_graph.maps.facets import Facets, facets
from cocommuns_graph.maps.looks import look
from cocommuns_graph.maps.page import page
from cocommuns_graph.maps.picture import Picture, picture
from cocommuns_graph.maps.shades import values_of
from cocommuns_graph.model import Graph, Node, Relationship
from cocommuns_graph.wording import wording
from tests.axe import violations
from tests.browser import Chromium, Opened
from tests.maps.labels import overlapping
from tests.maps.made_up import made_up
from tests.maps.payloads import PAYLOADS

pytestmark = pytest.mark.browser

META = {"network": "all ties", "viewer": "public", "version": "0.1.0", "date": "2024-05-01"}


def opened(browser: Chromium, folder: Path, html: str, **options: Any) -> Opened:
    path = folder / "map.html"
    path.write_text(html, encoding="utf-8")
    made = browser.open(path, **options)
    made.page.wait_for_selector("html[data-ready=yes]", timeout=30_000)
    return made


@pytest.fixture
def whole(chromium: Chromium, tmp_path: Path) -> Opened:
    return opened(chromium, tmp_path, page(picture(made_up()), meta=META))


def facets_of(drawn: Picture, graph: Graph) -> Facets:
    number = {node.id: place for place, node in enumerate(drawn.nodes)}
    ties = [(number[edge.source], number[edge.target]) for edge in drawn.edges]
    return facets(graph, list(number), ties, drawn.say)


def filtered(graph: Graph, chosen: dict[str, list[str]]) -> str:
    drawn = picture(graph)
    return page(drawn, meta=META, facets=facets_of(drawn, graph), chosen=chosen)


def clean(made: Opened) -> bool:
    return made.errors == [] and made.outside == []


def names(made: Opened, selector: str) -> list[str]:
    return made.page.locator(selector).all_inner_texts()


def test_search_select_and_read_the_profile(whole: Opened) -> None:
    screen = whole.page
    screen.fill("#search", "ENERGÝ comm")
    assert screen.locator("#results button").count() == 4
    screen.click("#results button >> nth=0")
    assert screen.inner_text("#profile-name") == "energy communities"
    profile = screen.inner_text("#profile")
    assert "What people mean when they say energy communities." in profile
    assert "topics.csv row 4" in profile
    assert "has as expert" in profile.lower()
    assert screen.inner_text("#said").startswith("Selected: energy communities, topic, linked to")
    neighbour = screen.locator(".neighbours button").first
    name = neighbour.inner_text()
    neighbour.click()
    assert screen.inner_text("#profile-name") == name
    assert "energy communities" in names(whole, ".neighbours button")
    assert clean(whole)


def test_filters_by_type_and_topic(whole: Opened) -> None:
    screen = whole.page
    assert "145 records" in screen.inner_text("#count")
    screen.get_by_label("Experts").uncheck()
    assert "85 records" in screen.inner_text("#count")
    assert screen.evaluate("nodes.get({filter: (one) => one.hidden}).length") == 60
    screen.get_by_label("Experts").check()
    assert screen.evaluate("nodes.get({filter: (one) => one.hidden}).length") == 0
    for one in ("Organisations", "Experts", "Topics", "Initiatives"):
        screen.get_by_label(one).uncheck()
    assert "Nothing matches" in screen.inner_text("#count")
    screen.get_by_role("button", name="Clear filters").click()
    assert "145 records" in screen.inner_text("#count")
    assert screen.get_by_label("Experts").is_checked()
    assert clean(whole)


def test_filters_of_one_kind_add_up_and_those_of_different_kinds_narrow(
    chromium: Chromium, tmp_path: Path
) -> None:
    made = opened(chromium, tmp_path, filtered(made_up(), {"topic": ["topic-14"]}))
    screen = made.page
    linked = set(names(made, "#results .row-name"))
    assert "care work" not in linked
    assert "just transition" in linked
    assert 2 < len(linked) < 40
    assert screen.get_by_label("just transition").is_checked()
    screen.get_by_label("right to repair").check()
    both = set(names(made, "#results .row-name"))
    assert linked < both
    screen.get_by_label("Experts").uncheck()
    assert len(names(made, "#results .row-name")) < len(both)
    screen.get_by_role("button", name="Clear filters").click()
    assert "145 records" in screen.inner_text("#count")
    assert clean(made)


def test_colours_gaps_and_the_language_are_those_of_the_screen(chromium: Chromium, tmp_path: Path) -> None:
    graph = made_up()
    french = wording("fr")
    drawn = picture(graph, say=french)
    over = {
        "ties": [{"source": "expert-1", "target": "expert-2", "kind": "missing", "text": "à se voir"}],
        "marks": [{"id": "topic-3", "kind": "nobody", "text": "personne"}],
        "legend": [{"title": "", "text": "Sans lien", "kind": "missing", "count": 1}],
        "told": [{"text": "Il manque quelqu’un", "ids": ["topic-3"], "suggestion": "", "on_map": True}],
    }
    made = opened(
        chromium,
        tmp_path,
        page(
            drawn,
            meta=META,
            look=look(drawn, values_of(graph, "country", "pays", french), None, french),
            facets=facets_of(drawn, graph),
            overlay=over,
        ),
        scheme="dark",
    )
    screen = made.page
    key = screen.inner_text("#key")
    assert "Couleur : pays" in key.replace("\u00a0", " ")
    assert "Belgique" in key
    assert "non renseigné" in key
    colours = screen.evaluate("nodes.get().map((one) => one.color)")
    assert len(set(colours)) == 2
    assert "145 fiches." in screen.inner_text("#count")
    assert screen.evaluate("document.documentElement.lang") == "fr"
    screen.click("#told summary")
    screen.click("#told-list button")
    assert screen.inner_text("#profile-name") == "platform cooperatives (fr)"
    assert "sujet" in screen.inner_text("#said")
    assert violations(screen) == []
    assert clean(made)


def test_axe_finds_nothing_wrong(whole: Opened) -> None:
    whole.page.click("#results button >> nth=3")
    assert violations(whole.page) == []


def test_a_click_on_the_map_opens_what_lies_there(whole: Opened) -> None:
    screen = whole.page
    number = screen.evaluate("nodes.getIds().length") // 3
    at = screen.evaluate(f"network.canvasToDOM(network.getPositions([{number}])[{number}])")
    box = screen.locator("#mynetwork").bounding_box()
    screen.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    screen.wait_for_selector("#profile-name")
    expected = screen.evaluate(
        f"JSON.parse(document.getElementById('picture').textContent).nodes[{number}].name"
    )
    assert screen.inner_text("#profile-name") == expected
    screen.mouse.click(box["x"] + 5, box["y"] + 5)
    screen.wait_for_selector("#profile .hint")
    assert clean(whole)


def test_everything_by_keyboard(whole: Opened) -> None:
    screen = whole.page
    for _ in range(30):
        screen.keyboard.press("Tab")
        if screen.evaluate("document.activeElement.id") == "search":
            break
    screen.keyboard.type("cooper")
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("ArrowDown")
    second = names(whole, "#results .row-name")[1]
    screen.keyboard.press("Enter")
    assert screen.inner_text("#profile-name") == second
    seen = set()
    for _ in range(60):
        screen.keyboard.press("Tab")
        seen.add(screen.evaluate("document.activeElement.className || document.activeElement.tagName"))
        if screen.evaluate("document.activeElement.matches('.neighbours button')"):
            break
    assert "vis-network" in seen
    wanted = screen.evaluate("document.activeElement.innerText")
    screen.keyboard.press("Enter")
    assert screen.inner_text("#profile-name") == wanted
    assert screen.evaluate("document.activeElement.id") == "profile-name"
    screen.keyboard.press("Escape")
    assert screen.locator("#profile .hint").count() == 1
    assert screen.evaluate("document.activeElement.id") == "search"
    screen.keyboard.press("Escape")
    assert screen.input_value("#search") == ""
    assert clean(whole)


def test_arrow_keys_walk_over_the_map(whole: Opened) -> None:
    screen = whole.page
    screen.locator("#mynetwork .vis-network").focus()
    screen.keyboard.press("ArrowRight")
    first = screen.inner_text("#profile-name")
    visited = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        screen.keyboard.press(key)
        visited.add(screen.inner_text("#profile-name"))
    assert len(visited) >= 3
    before = screen.evaluate("network.getScale()")
    screen.keyboard.press("+")
    assert screen.evaluate("network.getScale()") > before
    screen.keyboard.press("Enter")
    assert screen.evaluate("document.activeElement.id") == "profile-name"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (640, 400), (390, 844)])
def test_nothing_is_wider_than_the_screen_and_no_name_covers_another(
    chromium: Chromium,
    tmp_path: Path,
    width: int,
    height: int,
) -> None:
    made = opened(chromium, tmp_path, page(picture(made_up()), meta=META), width=width, height=height)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    made.page.wait_for_function("window.mapLabels && window.mapLabels.length > 3")
    boxes = made.page.evaluate("window.mapLabels")
    assert overlapping(boxes) == []
    assert clean(made)


def test_a_neighbourhood_opens_on_its_centre(chromium: Chromium, tmp_path: Path) -> None:
    made = opened(chromium, tmp_path, page(picture(made_up(), topic="topic-3"), meta=META), scheme="dark")
    assert made.page.inner_text("#profile-name") == "platform cooperatives"
    written = made.page.evaluate("window.mapLabels.map((label) => label.text)")
    assert "platform cooperatives" in written
    assert clean(made)


def test_an_empty_map_says_so(chromium: Chromium, tmp_path: Path) -> None:
    made = opened(chromium, tmp_path, page(picture(Graph()), meta=META))
    assert "Nothing matches" in made.page.inner_text("#count")
    made.page.locator("#mynetwork .vis-network").focus()
    made.page.keyboard.press("ArrowRight")
    made.page.click("#zoom-fit")
    assert clean(made)


def hostile() -> Graph:
    nodes = []
    ties = []
    for text in PAYLOADS:
        more = {"name": text, "description": text, "website": text, "aliases": [text], text: text}
        nodes.append(Node(text, "Organisation", {**more, "sources": [text]}))
        nodes.append(Node(f"topic {text}", "Topic", {"label": text, "definition": text}))
        ties.append(
            Relationship("WORKS_ON", text, f"topic {text}", text, {"evidence": text, "sources": [text]})
        )
    return Graph(nodes, ties)


@pytest.mark.parametrize("centred", [False, True])
def test_no_payload_runs(chromium: Chromium, tmp_path: Path, centred: bool) -> None:
    around = PAYLOADS[1] if centred else None
    meta = {payload: payload for payload in PAYLOADS}
    made = opened(chromium, tmp_path, page(picture(hostile(), around=around), meta=meta))
    screen = made.page
    count = screen.locator("#results button").count()
    assert count >= (2 if centred else 50)
    for number in range(min(count, 100)):
        screen.evaluate(f"document.querySelectorAll('#results button')[{number}].click()")
        screen.evaluate("document.querySelectorAll('.neighbours button').forEach((one) => one.click())")
    for payload in PAYLOADS[:6]:
        screen.fill("#search", payload.replace("\ud800", "").replace("\x00", ""))
    screen.mouse.move(600, 400)
    screen.wait_for_timeout(200)
    assert screen.evaluate("window.owned") is None
    links = screen.evaluate("[...document.querySelectorAll('a')].map((one) => one.href)")
    assert all(link.startswith(("http://", "https://", "mailto:", "file://")) for link in links)
    assert screen.locator("#profile img, #profile script, #profile iframe, #results img").count() == 0
    assert screen.evaluate("Object.prototype.name") is None
    assert clean(made)


def test_the_policy_of_the_page_stops_what_escaping_would_miss(chromium: Chromium, tmp_path: Path) -> None:
    html = page(picture(made_up()), meta=META)
    injected = "<script>window.owned=1</script><img src=x onerror='window.owned=2'>"
    made = opened(chromium, tmp_path, html.replace("</main>", f"</main>{injected}"))
    made.page.wait_for_timeout(200)
    assert made.page.evaluate("window.owned") is None


def test_five_thousand_records_open_within_seconds(chromium: Chromium, tmp_path: Path) -> None:
    html = page(picture(made_up(experts=3000, organisations=1200, initiatives=775)), meta=META)
    made = opened(chromium, tmp_path, html)
    made.page.fill("#search", "energy")
    made.page.press("#search", "Enter")
    made.page.get_by_label("Experts").uncheck()
    assert "record" in made.page.inner_text("#count")
    assert clean(made)
