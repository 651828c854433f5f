"""A headless Chromium for tests, cut off from the network, that remembers what went wrong on its pages.

A folder's conftest.py makes the fixtures known by importing `chromium`, `chromium_process` and `profiles`;
then `chromium.open(url_or_path, ...)` gives a test an `Opened` page.
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
    # No name leads anywhere; a test still sees who asked for what.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@dataclass
class Opened:
    """A page with the errors its console showed and every request that left the file or server it is on."""

    page: Any
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


class Browsers:
    """The running browsers of a module: one for single pages, one a language for pages of an app.

    An app brings megabytes of script. A browser that keeps what it compiled (with a profile on disk, not in a
    context of its own) opens its pages in half the time.
    """

    def __init__(self, playwright: Any, program: str, profiles: Path) -> None:
        self._playwright = playwright
        self._how = {"executable_path": program, "args": list(FLAGS)}
        self._profiles = profiles
        self._alone: Any = None
        self._by_locale: dict[str, Any] = {}

    def alone(self) -> Any:
        """A browser whose contexts know nothing of each other."""
        if self._alone is None:
            self._alone = self._playwright.chromium.launch(**self._how)
        return self._alone

    def keeping(self, locale: str) -> Any:
        """The context of a browser that keeps compiled scripts, also for the modules that come after."""
        if locale not in self._by_locale:
            self._by_locale[locale] = self._playwright.chromium.launch_persistent_context(
                self._profiles / locale, locale=locale, **self._how
            )
        return self._by_locale[locale]

    def close(self) -> None:
        """Ends all of them."""
        for one in (self._alone, *self._by_locale.values()):
            if one is not None:
                one.close()


class Chromium:
    """A browser for tests; nothing that pages store outlives `close_pages`."""

    def __init__(self, browsers: Browsers) -> None:
        self._browsers = browsers
        self._to_close: list[Any] = []
        self._to_empty: dict[str, Any] = {}

    def open(
        self,
        where: Path | str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        locale: str = "en-US",
        offline: bool | None = None,
        **context_options: Any,
    ) -> Opened:
        """Opens a file (network cut) or an address on this machine (all other hosts unknown)."""
        # Spinners and fades cost a browser without a graphics card more than the pages do.
        motion = context_options.pop("reduced_motion", "reduce")
        is_file = isinstance(where, Path)
        cut = is_file if offline is None else offline
        if cut or context_options:
            context = self._browsers.alone().new_context(
                offline=cut, locale=locale, viewport={"width": width, "height": height}, **context_options
            )
            page = context.new_page()
            self._to_close.append(context)
        else:
            context = self._browsers.keeping(locale)
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": height})
            self._to_close.append(page)
            self._to_empty[locale] = context
        page.emulate_media(color_scheme=scheme, reduced_motion=motion)
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
        page.goto(where.as_uri() if isinstance(where, Path) else where)
        return opened

    def close_pages(self) -> None:
        """Closes every page opened since the last call and forgets what they stored."""
        while self._to_close:
            self._to_close.pop().close()
        while self._to_empty:
            _, context = self._to_empty.popitem()
            context.clear_cookies()


def _absent(reason: str) -> None:
    if os.environ.get("COCOMMUNS_TEST_STRICT") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browsers of a run keep what they compiled."""
    return tmp_path_factory.mktemp("chromium")


@pytest.fixture(scope="module")
def chromium_process(profiles: Path) -> Iterator[Browsers]:
    """Running browsers for the tests of a module, each started when it is asked for."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        _absent("no chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright is not installed")
    with sync_playwright() as playwright:
        browsers = Browsers(playwright, str(path), profiles)
        yield browsers
        browsers.close()


@pytest.fixture
def chromium(chromium_process: Browsers) -> Iterator[Chromium]:
    """A browser whose pages are closed after the test."""
    opened = Chromium(chromium_process)
    yield opened
    opened.close_pages()
