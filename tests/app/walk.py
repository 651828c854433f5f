"""A walk through every page of the app in one language and one scheme, keeping what was seen on each.

The pages are read from app/main.py, so that a new one is walked to without anybody remembering it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.app.conftest import CHECKOUT
from tests.app.pages import STREAMLITS_OWN, calm
from tests.axe import Violation, violations
from tests.browser import Chromium, Opened

ASKED = {
    "find": "?q=trade+unions&id=pat-conaty",
    "team": "?needs=trade+unions%0Aopenness%0Abeekeeping&id=pat-conaty",
    "profile": "?id=pat-conaty",
    "edit": "?id=pat-conaty",
    "map": "?show=around&around=pat-conaty&id=pat-conaty",
    "glossary": "?term=commons",
    "problems": "?problem=precarious-work",
    "questions": "?question=unsolved-problems",
    "history": "?id=pat-conaty",
}
"""What is asked for on pages that show little before."""

NARROW = (640, 390)
"""Widths in pixels of CSS: a screen of 1280 at 200 per cent, a phone."""

_SCRIPT = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Seen:
    """What one page showed and did."""

    page: str
    tab: str
    titles: list[str]
    language: str
    texts: list[str]
    shown: str
    errors: list[str]
    outside: list[str]
    exceptions: int
    violations: list[Violation]
    too_wide: list[str]


def registry(main: Path = CHECKOUT / "app" / "main.py") -> list[str]:
    """The addresses of all pages, as app/main.py names them."""
    calls = [
        node for node in ast.walk(ast.parse(main.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    ]
    return [
        ast.literal_eval(call.args[0]).rstrip("_")
        for call in calls
        if ast.unparse(call.func) == "page" and call.args and isinstance(call.args[0], ast.Constant)
    ]


class Walk:
    """One browser of a language and a scheme that goes from page to page, to each once."""

    def __init__(self, chromium: Chromium, address: str, *, locale: str, scheme: str) -> None:
        self._opened = chromium.open(f"{address}/", locale=locale, scheme=scheme)
        self._address = address
        self._seen: dict[str, Seen] = {}

    def see(self, name: str) -> Seen:
        """What that page shows and does; looked at on the first call."""
        if name not in self._seen:
            self._seen[name] = _look(self._opened, self._address, name)
        return self._seen[name]


def _too_wide(page: Any) -> list[str]:
    """What stays too wide: tables take a moment to follow the window."""
    for _ in range(30):
        if not (found := page.evaluate("seen.tooWide()")):
            break
        page.wait_for_timeout(100)
    return list(found)


def _look(opened: Opened, address: str, name: str) -> Seen:
    page = opened.page
    opened.errors.clear()
    opened.outside.clear()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/{'' if name == 'find' else name}{ASKED.get(name, '')}")
    page.wait_for_selector(".st-key-unseen", state="attached", timeout=60_000)
    calm(page)
    page.evaluate(_SCRIPT)
    found = violations(page)
    texts = page.evaluate("seen.texts()")
    shown = page.inner_text("body")
    too_wide = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 400 if width == 640 else 844})
        calm(page)
        too_wide += [f"at {width}: {what}" for what in _too_wide(page)]
    return Seen(
        page=name,
        tab=page.title(),
        titles=page.locator("h1").all_inner_texts(),
        language=page.evaluate("document.documentElement.lang"),
        texts=texts,
        shown=shown,
        errors=[error for error in opened.errors if not STREAMLITS_OWN.match(error)],
        outside=list(opened.outside),
        exceptions=page.get_by_test_id("stException").count(),
        violations=found,
        too_wide=too_wide,
    )
