"""The reports in a real browser: nothing hostile runs, nothing is asked for, all of it fits and prints."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.axe import violations
from tests.browser import Chromium, Opened
from tests.maps.payloads import PAYLOADS
from tests.reports.hostile import hostile_graph
from tests.reports.made import LANGUAGES, NAMES, page_of, sample_page

REPEATED = 5
"""How many rows, cards or entries of one sort axe looks at in one place: more of them break no other rule."""
FEWER = """many => {
  for (const parent of document.querySelectorAll('main *, main')) {
    const seen = {};
    for (const child of [...parent.children]) {
      const sort = child.tagName + '.' + child.className;
      seen[sort] = (seen[sort] || 0) + 1;
      if (seen[sort] > many) child.remove();
    }
  }
}"""

every_report = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in NAMES for language in LANGUAGES]
)


def opened(chromium: Chromium, folder: Path, page: str, **options: object) -> Opened:
    path = folder / "report.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    return chromium.open(path, **options)


@cache
def hostile_page(name: str, language: str) -> str:
    return page_of(name, hostile_graph(), language)


@every_report
def test_hostile_texts_are_shown_and_never_run(
    name: str, language: str, chromium: Chromium, tmp_path: Path
) -> None:
    shown = opened(chromium, tmp_path, hostile_page(name, language))
    page = shown.page
    for link in page.query_selector_all("summary"):
        link.click()
    page.mouse.move(300, 300)
    page.wait_for_timeout(200)
    assert page.evaluate("window.owned") is None
    assert shown.errors == []
    assert shown.outside == []
    assert page.url.startswith((tmp_path / "report.html").as_uri())
    assert (
        page.evaluate("document.querySelectorAll('script, iframe, img, base, form, input, video').length")
        == 0
    )
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter("
            "a => a.name.startsWith('on') || (a.name === 'href' && !a.value.startsWith('#'))).length"
        )
        == 0
    )
    text = page.evaluate("document.body.textContent")
    assert sum(payload in text for payload in PAYLOADS) > (20 if name == "gaps" else len(PAYLOADS) - 4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [360, 640, 1280])
def test_the_page_fits_a_phone_and_double_size(
    name: str, width: int, chromium: Chromium, tmp_path: Path
) -> None:
    """640 wide is a screen of 1280 at 200 per cent; French is the longer language."""
    page = opened(chromium, tmp_path, sample_page(name, "fr"), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    out = page.evaluate(
        "[...document.querySelectorAll('p, li, h1, h2, h3, dd')].filter("
        "e => !e.closest('.table, .scroll') && e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert out == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("fr", "dark")])
def test_axe_finds_no_violation(
    name: str, language: str, scheme: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = opened(chromium, tmp_path, sample_page(name, language), scheme=scheme).page
    page.evaluate(FEWER, REPEATED)
    assert [str(violation) for violation in violations(page)] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(name: str, scheme: str, chromium: Chromium, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, sample_page(name, "en"), scheme=scheme).page
    worst = page.evaluate(
        """() => {
          const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          const parts = c => c.match(/[\\d.]+/g).map(Number);
          const light = c => parts(c).slice(0, 3).map(channel)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = getComputedStyle(e).backgroundColor;
              if (parts(c).length < 4 || parts(c)[3] > 0) return c;
            }
            return 'rgb(255, 255, 255)';
          };
          let worst = 21;
          const shown = 'p, li, h1, h2, h3, h4, th, td, dt, dd, a, caption, figcaption, .quiet, .tag';
          for (const e of document.querySelectorAll(shown)) {
            if (!e.textContent.trim()) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
            worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
          }
          return worst;
        }"""
    )
    assert worst >= 4.5


@every_report
def test_the_print_holds_everything_the_page_holds(
    name: str, language: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = opened(chromium, tmp_path, sample_page(name, language)).page
    printed = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    count = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert count >= {"gaps": 10, "glossary": 15, "problems": 5}[name]
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", printed))
    assert len(boxes) == 1
    width, height = (float(part) for part in boxes.pop().split()[2:])
    assert (round(width), round(height)) == (595, 842)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})  # the width of the paper between its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    hidden = page.evaluate(
        "[...document.querySelectorAll('main section, main table, main figure, main article')]"
        ".filter(e => e.getClientRects().length === 0).length"
    )
    assert hidden == 0


def test_the_page_can_be_read_by_keyboard(chromium: Chromium, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, sample_page("gaps", "en")).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#network"
