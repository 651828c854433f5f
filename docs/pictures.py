"""Takes the pictures of docs/pictures from a running demo: `make pictures`. Needs chromium.

The demo gets a home of its own in a temporary folder, so that nobody's inventory is shown or touched.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser import FLAGS

FOLDER = Path(__file__).resolve().parent / "pictures"
QUESTION = "biens communs"
_SECONDS_TO_START = 180


def main() -> int:
    """Takes every picture; returns 2, with one sentence, where there is no chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("pictures: no chromium on this machine; install it and run this again.", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, device_scale_factor=1, color_scheme="light"
        )
        for name, take in PICTURES.items():
            page = context.new_page()
            take(page, address)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
            print(f"wrote docs/pictures/{name}.png")
        browser.close()
    return 0


@contextmanager
def demo() -> Iterator[str]:
    """The address of a running demo, ended afterwards as by Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="cocommuns-pictures-") as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "cocommuns_graph.cli", "demo", "--no-browser"],
            env=os.environ | {"COCOMMUNS_HOME": home, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            yield _address(process)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=_SECONDS_TO_START)


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found[0].rstrip("/")
    raise SystemExit("pictures: the demo ended without naming its address; run `make demo` to see why.")


def settled(page: Page) -> None:
    """Waits until the app has run its script to the end and drawn; the pointer is out of the picture."""
    page.mouse.move(0, 0)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=60_000)
    page.wait_for_timeout(1500)


def find(page: Page, address: str) -> None:
    """A question, its answers with reasons, the map beside them and the first answer's profile."""
    page.goto(f"{address}/?q={QUESTION}")
    page.wait_for_selector("canvas", timeout=60_000)
    settled(page)
    page.locator('[class*="st-key-row-"] button').first.click()
    settled(page)


def map_(page: Page, address: str) -> None:
    """The map as it opens."""
    page.goto(f"{address}/map")
    page.wait_for_selector("canvas", timeout=60_000)
    settled(page)


def import_(page: Page, address: str) -> None:
    """A contact list with two mistakes, previewed."""
    page.goto(f"{address}/import")
    settled(page)
    rows = "name,organisation,country,languages\nAda Example,Example Cooperative,Belgium,fr; nl\n"
    rows += "Grace Sample,Sample Union,Atlantis,en\n,No Name,France,fr\n"
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    settled(page)


PICTURES: dict[str, Any] = {"app": find, "map": map_, "import": import_}

if __name__ == "__main__":
    sys.exit(main())
