"""A shortlist as a page and a table: hostile texts stay text, formulas are put out of action."""

from __future__ import annotations

import csv
import io
from typing import Any

from cocommuns_graph.reports import shortlist_page, shortlist_table, table_csv
from tests.maps.payloads import PAYLOADS
from tests.reports.made import META
from tests.reports.pages import parsed


def hostile() -> dict[str, Any]:
    return {
        "name": PAYLOADS[0],
        "note": PAYLOADS[1],
        "entries": [
            {
                "record": text,
                "name": text,
                "word": text,
                "note": text,
                "search": text,
                "found_by": text,
                "reasons": [{"text": text, "sources": [text]}],
                "confirmed": text,
                "sources": [text],
                "routes": [{"word": text, "text": text, "url": text}],
            }
            for text in [*PAYLOADS, "=1+1", "@SUM(A1)", "javascript:alert(1)"]
        ],
    }


def test_no_text_of_the_inventory_becomes_an_element_or_an_address() -> None:
    for language in ("en", "fr", "nl"):
        page = parsed(shortlist_page(hostile(), META, language))
        tags = {one.tag for one in page.all()}
        assert not tags & {"script", "img", "iframe", "svg", "base", "form", "input", "object", "video"}
        for anchor in page.all("a"):
            assert str(anchor.get("href")).startswith(("#", "https:", "http:", "mailto:"))


def test_no_cell_is_a_formula() -> None:
    data = table_csv(shortlist_table(hostile(), "en"), META).decode()
    rows = list(csv.reader(io.StringIO(data)))
    cells = [cell for row in rows if row and not row[0].startswith("#") for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
