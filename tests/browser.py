"""A headless Chromium for tests, cut off from the network, that remembers what went wrong on its pages.

A folder's conftest.py makes the fixtures known by importing `chromium` and `chromium_process`; then
`chromium.open(url_or_path, ...)` gives a test an `Opened` page.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Opened:
    """A page with the errors its console showed and every request that left the file or server it is on."""

    page: Any
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


class Chromium:
    """One browser for a module's tests; every page gets a context of its own."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []

    def open(
        self,
        where: Path | str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        offline: bool | None = None,
        **context_options: Any,
    ) -> Opened:
        """Opens a file (network cut) or an address on this machine (all other hosts refused)."""
        # Spinners and fades cost a browser without a graphics card more than the pages do.
        context_options.setdefault("reduced_motion", "reduce")
        is_file = isinstance(where, Path)
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            offline=is_file if offline is None else offline,
            **context_options,
        )
        self._contexts.append(context)
        page = context.new_page()
        opened = Opened(page)
        page.on(
            "console",
            lambda message: opened.errors.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        own = where.as_uri() if isinstance(where, Path) else "/".join(where.split("/")[:3])
        socket = own.replace("http", "ws", 1)

        def is_outside(url: str) -> bool:
            return not url.startswith((own, socket, "data:", "blob:"))

        page.on("request", lambda one: opened.outside.append(one.url) if is_outside(one.url) else None)
        if not is_file:
            page.route(lambda url: url.startswith("http") and is_outside(url), lambda route: route.abort())
        page.goto(where.as_uri() if isinstance(where, Path) else where)
        return opened

    def close_pages(self) -> None:
        """Closes every page opened since the last call."""
        while self._contexts:
            self._contexts.pop().close()


def _absent(reason: str) -> None:
    if os.environ.get("COCOMMUNS_TEST_STRICT") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium_process() -> Iterator[Any]:
    """One running Chromium for the tests of a module."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        _absent("no chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def chromium(chromium_process: Any) -> Iterator[Chromium]:
    """A browser whose pages are closed after the test."""
    opened = Chromium(chromium_process)
    yield opened
    opened.close_pages()
