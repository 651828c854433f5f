"""How long a person waits for the app: pages opened cold and warm, a click, and the Python behind a rerun.

    .venv/bin/python benchmarks/app.py [--records 0] [--repeat 5] [--page find ...]

On the sample, or with --records on that many made-up people with topics and organisations, in a home of its
own that is deleted afterwards. Printed, in seconds:

    cold    the first page after the app said where it is, until title, widgets and map are drawn
    warm    each page in a browser context of its own, afterwards; median and worst
    click   from a click on a record to its profile, and from Enter in the box to the whole answer: median
    rerun   one more run of each page's script in this process with nothing changed, milliseconds of Python

The targets are cold 6, warm 2.5, click 0.3 and rerun 0.1 seconds. A busy machine makes all of them slower.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "app")]

PAGES = {
    "find": "?q={topic}",
    "map": "map",
    "profile": "profile?id={person}",
    "glossary": "glossary",
    "gaps": "gaps",
    "problems": "problems",
    "measures": "measures",
    "questions": "questions",
    "import": "import",
    "edit": "edit?id={person}",
    "history": "history",
    "news": "news",
    "about": "about",
}
WITH_MAP = ("find", "map", "profile")
FILES = {"import": "import_"}
SECONDS = 60_000


def main() -> None:
    """Starts the app, drives a browser over it and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=0, help="made-up people instead of the sample")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--page", nargs="*", choices=list(PAGES), default=list(PAGES))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cocommuns-benchmark-") as folder:
        home = Path(folder) / "home"
        words = (
            _fill(home, asked.records) if asked.records else {"topic": "trade+unions", "person": "pat-conaty"}
        )
        try:
            with _served("app" if asked.records else "demo", home) as address:
                _in_browser(address, asked.page, words, asked.repeat)
            _reruns(home, asked.page, words, asked.repeat)
        finally:
            from cocommuns_graph.store import engine

            engine.stop(home)


def _fill(home: Path, records: int) -> dict[str, str]:
    """Imports made-up contacts; gives the topic to ask for and the id of somebody."""
    from cocommuns_graph.desk import open_desk

    chance = random.Random(1)
    path = home.parent / "contacts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "organisation", "role", "topics", "country", "languages", "e-mail"])
        for number in range(records):
            topics = {f"Topic {int(chance.paretovariate(0.9)) % 300}" for _ in range(3)}
            place = chance.choice(("BE", "FR", "IT", "ES", "DE"))
            coop = f"Cooperative {chance.randrange(max(1, records // 12))}"
            writer.writerow([f"Person {number}", coop, "", " | ".join(sorted(topics)), place, "fr", ""])
    with open_desk(home) as desk:
        desk.import_files([path])
    return {"topic": "Topic+1", "person": "expert-person-1"}


@contextmanager
def _served(command: str, home: Path) -> Iterator[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    env = {**kept, "COCOMMUNS_HOME": str(home), "NO_BROWSER": "1", "PYTHONPATH": str(CHECKOUT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "cocommuns_graph.cli", command],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = next(line for line in process.stdout if "open at http" in line)
        yield next(word for word in line.split() if word.startswith("http"))
    finally:
        process.terminate()
        process.wait(60)


def _in_browser(address: str, pages: list[str], words: dict[str, str], repeat: int) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS

    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        first = _opened(browser, address, pages[0], words)
        print(f"cold    {pages[0]:<10} {first:6.2f}")
        for page in pages:
            _opened(browser, address, page, words)
            times = [_opened(browser, address, page, words) for _ in range(repeat)]
            print(f"warm    {page:<10} {statistics.median(times):6.2f}   worst {max(times):.2f}")
        for name, clicks in (("a record", _click_records), ("a question", _ask)):
            times = clicks(browser, address, words, repeat)
            print(f"click   {name:<10} {statistics.median(times):6.2f}   worst {max(times):.2f}")
        browser.close()


def _opened(browser: Any, address: str, page: str, words: dict[str, str]) -> float:
    """Seconds from asking for a page to its being drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    began = time.perf_counter()
    tab.goto(f"{address}/{PAGES[page].format(**words)}")
    tab.wait_for_selector("[data-testid=stMain] h1", timeout=SECONDS)
    _settled(tab)
    if page in WITH_MAP:
        tab.wait_for_selector("canvas.map-canvas", timeout=SECONDS)
    taken = time.perf_counter() - began
    context.close()
    return taken


def _settled(tab: Any) -> None:
    tab.wait_for_function(
        """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
            && !document.querySelector('[data-testid=stSkeleton]')""",
        timeout=SECONDS,
    )


def _click_records(browser: Any, address: str, words: dict[str, str], repeat: int) -> list[float]:
    """From clicks on one result after another to their profiles."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{address}/{PAGES['find'].format(**words)}")
    tab.wait_for_selector("[class*=st-key-row-] button:visible", timeout=SECONDS)
    _settled(tab)
    rows = tab.locator("[class*=st-key-row-] button:visible")
    times = []
    for number in range(min(repeat, rows.count())):
        name = rows.nth(number).inner_text().partition(". ")[2]
        rows.nth(number).scroll_into_view_if_needed()
        began = time.perf_counter()
        rows.nth(number).click()
        tab.locator("#profile", has_text=name).wait_for(timeout=SECONDS)
        times.append(time.perf_counter() - began)
        _settled(tab)
    tab.context.close()
    return times


def _ask(browser: Any, address: str, words: dict[str, str], repeat: int) -> list[float]:
    """From a question asked in the box to its answer."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(address)
    box = tab.get_by_role("combobox", name="A topic, several")
    box.wait_for(timeout=SECONDS)
    _settled(tab)
    times = []
    for number in range(repeat):
        question = f"{words['topic'].replace('+', ' ')}{', commons' * (number % 2)}"
        box.fill(question)
        began = time.perf_counter()
        box.press("Enter")
        tab.wait_for_function(
            "asked => new URL(location).searchParams.get('q') === asked", arg=question, timeout=SECONDS
        )
        _settled(tab)
        times.append(time.perf_counter() - began)
    tab.context.close()
    return times


def _reruns(home: Path, pages: list[str], words: dict[str, str], repeat: int) -> None:
    """Runs each page's script again in this process, where nothing else waits for anything."""
    import logging

    from streamlit import config
    from streamlit.testing.v1 import AppTest

    # As the app is served.
    config.set_option("runner.magicEnabled", False)
    logging.disable(logging.WARNING)
    os.environ["COCOMMUNS_HOME"] = str(home)
    app = AppTest.from_file(str(CHECKOUT / "app" / "main.py"), default_timeout=300)
    app.run()
    for page in pages:
        app.switch_page(f"views/{FILES.get(page, page)}.py")
        for part in PAGES[page].format(**words).partition("?")[2].split("&"):
            name, _, value = part.partition("=")
            if name:
                app.query_params[name] = value.replace("+", " ")
        app.run()
        times = [_timed(app.run) for _ in range(repeat)]
        failed = " failed" if app.exception or app.error else ""
        print(f"rerun   {page:<10} {1000 * statistics.median(times):6.0f} ms{failed}")


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
