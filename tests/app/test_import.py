"""Import, as a coordinator uses it: a sheet with a good and a bad row; and a sheet written to do harm."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, calm, nothing_wrong, profile_of, seen, unfold, upload
from tests.browser import Chromium, Opened

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.harmed=1</script>",
    "<img src=http://evil.example/a.png onerror=window.harmed=1>",
    "![x](http://evil.example/b.png)",
    "[click](javascript:window.harmed=1)",
    "$\\href{javascript:window.harmed=1}{x}$ :material/home: :red[no]",
)


def sheet(columns: list[str], *rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def previewed(page: Any) -> None:
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=PATIENCE)
    calm(page)


def metric(page: Any, label: str) -> str:
    return str(
        page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text()
    )


def test_good_rows_are_written_and_bad_ones_come_back_with_the_reason(
    empty: Server, chromium: Chromium
) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    seen(page, "Bring your spreadsheets in")
    upload(
        opened,
        (
            "people.csv",
            sheet(
                ["name", "organisation", "role", "topics", "country", "languages", "e-mail"],
                ["Ada Vermeersch", "Fab Coop", "chair", "Beekeeping", "BE", "fr", ""],
                ["", "", "member", "", "BE", "fr", ""],
            ),
        ),
    )
    previewed(page)
    assert metric(page, "Rejected rows") == "1"
    seen(page, "Topic (1): Beekeeping")
    page.get_by_role("radio", name="New links").click()
    page.get_by_role("textbox", name="Only rows with").fill("beekeeping vermeersch")
    page.keyboard.press("Enter")
    seen(page, "1 of 2 rows")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="Rejected rows, to mend").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    rejected = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert [row["role"] for row in rejected] == ["member"]
    assert "name" in rejected[0]["reason"]
    page.get_by_role("button", name="Write to the inventory").click()
    seen(page, "Written to the inventory.")
    nothing_wrong(opened)
    page.get_by_test_id("stPageLink").get_by_text("Find somebody").click()
    seen(page, "Understood as Beekeeping")
    page.get_by_role("button", name="Ada Vermeersch").first.click()
    profile_of(page, "Ada Vermeersch")
    seen(page, "people.csv:2")
    nothing_wrong(opened)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/import")
    seen(opened.page, "Bring your spreadsheets in")
    upload(opened, ("junk.csv", bytes(range(256)) * 40))
    alert = opened.page.get_by_test_id("stAlert").first
    expect(alert).to_contain_text("junk.csv", timeout=PATIENCE)
    assert "/tmp" not in alert.inner_text()
    assert "Traceback" not in opened.page.content()
    nothing_wrong(opened)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nothing.csv", b"", "nothing.csv"),
        ("letter.xlsx", b"PK\x03\x04 no workbook", "letter.xlsx"),
        ("odd.csv", b"a,b\n1,2\n", "odd.csv"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_asked(
    empty: Server, chromium: Chromium, name: str, content: bytes, sentence: str
) -> None:
    opened = chromium.open(f"{empty.address}/import")
    seen(opened.page, "Bring your spreadsheets in")
    upload(opened, (name, content))
    expect(opened.page.get_by_test_id("stAlert").first).to_contain_text(sentence, timeout=PATIENCE)
    expect(opened.page.get_by_role("button", name="Write to the inventory")).to_have_count(0)
    nothing_wrong(opened)


def test_a_long_import_tells_its_rows_and_is_cancelled_without_a_trace(
    empty: Server, chromium: Chromium
) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    seen(page, "Bring your spreadsheets in")
    rows = ([f"many-{number}", f"Many {number}", f"Topic {number % 500}"] for number in range(60_000))
    upload(opened, ("experts.csv", sheet(["id", "name", "role"], *rows)))
    page.locator(".st-key-cancel-import button").click(timeout=PATIENCE)
    seen(page, "Cancelled: nothing was written.")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("Cancelled: nothing was written.")).to_have_count(0, timeout=PATIENCE)
    seen(page, "Bring your spreadsheets in")
    nothing_wrong(opened)


def test_hostile_text_is_only_ever_shown(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    seen(page, "Bring your spreadsheets in")
    rows = [[f"mal-{number}", text, text, f"{text} {number}"] for number, text in enumerate(HOSTILE)]
    people = sheet(["id", "name", "role", "description"], *rows)
    topics = sheet(["id", "label", "definition"], *([f"t-{row[0]}", row[1], row[2]] for row in rows))
    links = sheet(
        ["from", "type", "to", "evidence"],
        *([row[0], "EXPERT_IN", f"t-{row[0]}", row[1]] for row in rows),
        ["nobody", "EXPERT_IN", f"t-{rows[0][0]}", HOSTILE[0]],
        [HOSTILE[1], "EXPERT_IN", "t-mal-0", HOSTILE[2]],
    )
    upload(opened, ("experts.csv", people), ("topics.csv", topics), ("links.csv", links))
    previewed(page)
    assert metric(page, "Rejected rows") == "2"
    _unharmed(opened)
    page.get_by_role("button", name="Write to the inventory").click()
    seen(page, "Written to the inventory.")
    _unharmed(opened)
    for number, text in enumerate(HOSTILE):
        page.goto(f"{empty.address}/map?show=all&id=mal-{number}")
        profile_of(page, text)
        _unharmed(opened)
    asked_for = chromium.open(f"{empty.address}/?q=window+harmed")
    expect(asked_for.page.get_by_role("button", name="1. ").first).to_be_visible(timeout=PATIENCE)
    calm(asked_for.page)
    _unharmed(asked_for)


def _unharmed(opened: Opened) -> None:
    calm(opened.page)
    assert opened.page.evaluate("window.harmed") is None
    made = "[data-testid=stMarkdownContainer] :is(img, script, .katex, [data-testid=stIconMaterial])"
    expect(opened.page.locator(f"[data-testid=stMain] {made}")).to_have_count(0)
    # An address that stands in a text may be clicked, as long as it leads where it says.
    for anchor in opened.page.locator("[data-testid=stMain] [data-testid=stMarkdownContainer] a").all():
        address = str(anchor.get_attribute("href"))
        assert address.startswith(("#", "http://"))
        assert address.startswith("#") or address in anchor.inner_text()
    nothing_wrong(opened)


def test_a_sheet_that_may_list_anything_is_read_as_somebody_says_and_so_again_next_time(
    empty: Server, chromium: Chromium
) -> None:
    opened = chromium.open(f"{empty.address}/import")
    page = opened.page
    seen(page, "Bring your spreadsheets in")
    upload(opened, ("autumn.csv", sheet(["Name", "Found", "Stuff"], ["Odile Fabre", "Nantes", "bikes"])))
    seen(page, "they are not clear enough to be read without you")
    unfold(page.get_by_role("combobox", name="Each row is"))
    page.get_by_role("option", name="Expert").click()
    calm(page)
    unfold(page.get_by_role("combobox", name="Found is read as"))
    page.get_by_role("option", name="Place").click()
    page.get_by_role("button", name="Read it so").click()
    previewed(page)
    assert metric(page, "New") == "1"
    seen(page, "you said so")
    page.get_by_role("button", name="Keep", exact=True).click()
    seen(page, "such sheets are read so from now on")
    kept = (empty.home / "importers" / "autumn.toml").read_text(encoding="utf-8")
    assert 'place = "Found"' in kept
    nothing_wrong(opened)
