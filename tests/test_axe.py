"""Whether the look at a page finds what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.axe import violations
from tests.browser import Chromium, chromium, chromium_process, profiles  # noqa: F401

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><title>t</title><meta http-equiv="Content-Security-Policy"
content="default-src 'none'"><main><h1>t</h1><p class="good">words</p><div id="host"><template
shadowrootmode="open"><button class="bad"></button></template></div></main></html>"""


def test_finds_what_is_wrong_in_shadow_roots_and_where_scripts_are_forbidden(
    chromium: Chromium,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    page = chromium.open(path).page
    found = violations(page)
    assert [one.rule for one in found] == ["button-name"]
    assert "#host" in str(found[0])
    assert violations(page, within=".good") == []
    assert violations(page, without=["#host"]) == []
    assert violations(page, skip=["button-name"]) == []
