"""The whole way of a new person: from an empty inventory to eight contacts found and on the map."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.app.conftest import Server
from tests.app.pages import PATIENCE, asked, calm, go_to, nothing_wrong, profile_of, seen, upload
from tests.browser import Chromium

pytestmark = pytest.mark.browser

CONTACTS = (
    (
        "Ada Vermeersch",
        "Fab Coop",
        "chair",
        "Beekeeping | Housing",
        "Belgium",
        "French, Dutch",
        "ada@fab.example",
    ),
    ("Bilal Aydin", "Fab Coop", "member", "Housing", "Belgique", "fr; tr", "bilal@fab.example"),
    ("Chiara Neri", "Comune di Lucca", "officer", "Water", "Italia", "italiano", ""),
    ("Dörte Nagel", "Wohnverein Nord", "", "Housing; Land", "Deutschland", "Deutsch", "d@nord.example"),
    ("Emil Sørensen", "", "", "Land", "DK", "", ""),
    ("Fatou Diop", "Union des mutuelles", "secrétaire", "Health", "Sénégal", "français", ""),
    ("Gael Le Bihan", "Union des mutuelles", "", "Health", "FR", "br", ""),
    ("Hana Kovář", "Fab Coop", "treasurer", "Beekeeping", "Czechia", "cs", "hana@fab.example"),
)
GLOSSARY = """id,label,label_en,label_fr,label_de
housing,Housing,Housing,Logement,Wohnen
land,Land,Land,Foncier,Boden
"""


def filled(sheet: Path) -> bytes:
    """The empty sheet with the contacts in the columns it has."""
    book = openpyxl.load_workbook(sheet)
    table = book.worksheets[0]
    columns = {str(cell.value).casefold(): cell.column for cell in table[1]}
    names = ("name", "organisation", "role", "topics", "country", "languages", "e-mail")
    for line, contact in enumerate(CONTACTS, 2):
        for name, value in zip(names, contact, strict=True):
            table.cell(line, columns[name], value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_from_nothing_to_the_sample_and_back_in_french(empty: Server, chromium: Chromium) -> None:
    opened = chromium.open(f"{empty.address}/profile", locale="fr-FR")
    page = opened.page
    seen(page, "Cet inventaire est vide.")
    page.get_by_role("button", name="Parcourir l’exemple").click()
    seen(page, "Vous parcourez l’exemple.")
    # An engine of its own starts, and the sample is read.
    expect(page.get_by_text("Choisissez la fiche à lire.")).to_be_visible(timeout=120_000)
    assert asked(page)["in"] == "sample"
    go_to(page, "Explorer", "Chercher")
    seen(page, "18 expert·es")
    page.get_by_role("button", name="Aller à votre inventaire").click()
    seen(page, "Cet inventaire est vide.")
    nothing_wrong(opened)


def test_from_nothing_to_eight_people_found_and_on_the_map(
    empty: Server, chromium: Chromium, tmp_path: Path
) -> None:
    opened = chromium.open(empty.address)
    page = opened.page
    seen(page, "Who knows what, and who could work together?")
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="Empty contact list").click()
    assert download.value.suggested_filename == "contacts.xlsx"
    download.value.save_as(tmp_path / "contacts.xlsx")
    page.get_by_test_id("stPageLink").get_by_text("Bring in a spreadsheet").click()
    seen(page, "Bring your spreadsheets in")
    upload(
        opened,
        ("contacts.xlsx", filled(tmp_path / "contacts.xlsx")),
        ("topics.csv", GLOSSARY.encode()),
    )
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=PATIENCE)
    seen(page, "Experts (8)")
    seen(page, "Organisations (4)")
    page.get_by_role("button", name="Write to the inventory").click()
    seen(page, "Written to the inventory.")
    nothing_wrong(opened)
    page.get_by_test_id("stPageLink").get_by_text("See them on the map").click()
    expect(page.locator("canvas.map-canvas")).to_be_visible(timeout=PATIENCE)
    profile_of(page, "Ada Vermeersch")
    seen(page, "Bilal Aydin")
    assert asked(page)["show"] == "around"
    go_to(page, "Explore", "Find")
    box = page.get_by_role("combobox", name="A topic, several")
    box.fill("wohn")
    expect(page.get_by_role("option", name="Wohnen")).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    seen(page, "Understood as Housing")
    for name in ("Ada Vermeersch", "Bilal Aydin", "Dörte Nagel"):
        expect(page.get_by_role("button", name=name).first).to_be_visible()
    assert asked(page)["q"] == "Wohnen"
    calm(page)
    nothing_wrong(opened)
