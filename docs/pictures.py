"""Takes the pictures of docs/pictures from a running app: `make pictures`. Needs chromium.

`python docs/pictures.py find dark` takes those alone. The app gets homes of its own in a temporary folder, so
that nobody's inventory is shown or touched.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser import FLAGS

FOLDER = Path(__file__).resolve().parent / "pictures"
_SECONDS_TO_START = 180


@dataclass(frozen=True)
class Picture:
    """What is looked at, in which way, and what is done there before the picture is taken.

    `command` is what serves the app: `demo` on the sample, `app` on an empty inventory. `of` is the element
    that the picture begins with, the page's top without.
    """

    address: str
    do: Callable[[Page], None] = lambda page: None
    command: str = "demo"
    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    locale: str = "en-GB"
    of: str = ""


def main(wanted: list[str]) -> int:
    """Takes the pictures named, or all; returns 2, with one sentence, where that cannot be."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("pictures: no chromium on this machine; install it and run this again.", file=sys.stderr)
        return 2
    if unknown := [name for name in wanted if name not in PICTURES]:
        print(
            f"pictures: there is no picture {unknown[0]!r}; there are {', '.join(PICTURES)}", file=sys.stderr
        )
        return 2
    FOLDER.mkdir(exist_ok=True)
    chosen = {name: picture for name, picture in PICTURES.items() if not wanted or name in wanted}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for command in dict.fromkeys(picture.command for picture in chosen.values()):
            with served(command) as address:
                for name, picture in chosen.items():
                    if picture.command == command:
                        taken(browser, address, picture, FOLDER / f"{name}.png")
                        print(f"wrote docs/pictures/{name}.png")
        browser.close()
    return 0


def taken(browser: Browser, address: str, picture: Picture, file: Path) -> None:
    """Takes one picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        locale=picture.locale,
    )
    page = context.new_page()
    page.goto(f"{address}/{picture.address}")
    settled(page)
    picture.do(page)
    settled(page)
    if picture.of:
        page.locator(picture.of).first.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollBy(0, -80)")
        page.wait_for_timeout(300)
    page.screenshot(path=file)
    context.close()


@contextmanager
def served(command: str) -> Iterator[str]:
    """The address of a running app, ended afterwards as by Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="cocommuns-pictures-") as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "cocommuns_graph.cli", command, "--no-browser"],
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
    raise SystemExit("pictures: the app ended without naming its address; run `make demo` to see why.")


def settled(page: Page) -> None:
    """Waits until the app has run its script to the end and drawn; the pointer is out of the picture."""
    page.mouse.move(0, 0)
    page.wait_for_selector(".st-key-unseen", state="attached", timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=60_000)
    page.wait_for_timeout(1500)


def first_answer(page: Page) -> None:
    """Opens the profile of the first answer."""
    page.locator('[class*="st-key-row-"] button').first.click()


def two_mistakes(page: Page) -> None:
    """Gives the import page a contact list with two mistakes."""
    rows = "name,organisation,country,languages\nAda Example,Example Cooperative,Belgium,fr; nl\n"
    rows += "Grace Sample,Sample Union,Atlantis,en\n,No Name,France,fr\n"
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("heading", name="What would change").wait_for(timeout=60_000)


def another_role(page: Page) -> None:
    """Types a role into the form and asks what would change."""
    page.get_by_role("textbox", name="Role").fill("Economist")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("heading", name="What would change").wait_for(timeout=60_000)


PICTURES: dict[str, Picture] = {
    "app": Picture("?q=biens+communs", first_answer),
    "map": Picture("map?show=topic&topic=commons"),
    "team": Picture("team?needs=trade+unions%0Areciprocity+contracts%0Abeekeeping&sector=city", first_answer),
    "import": Picture("import", two_mistakes),
    "start": Picture("", command="app"),
    "everything": Picture("map?show=all"),
    "around": Picture("map?show=around&around=pat-conaty&id=pat-conaty"),
    "profile": Picture("profile?id=pat-conaty"),
    "glossary": Picture("glossary?term=commons"),
    "gaps": Picture("gaps"),
    "problems": Picture("problems?problem=precarious-work"),
    "measures": Picture("measures"),
    "questions": Picture("questions?question=unsolved-problems"),
    "edit": Picture("edit?id=pat-conaty", another_role, of="text=Description"),
    "history": Picture("history?id=pat-conaty"),
    "news": Picture("news"),
    "about": Picture("about"),
    "french": Picture("?q=trade+unions", first_answer, locale="fr-FR"),
    "dark": Picture("map?show=topic&topic=trade-unions", scheme="dark"),
    "phone": Picture("?q=biens+communs", width=390, height=844),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
