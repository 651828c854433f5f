"""`shortlist` and its words, as people run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.runs import write


@pytest.fixture(scope="module")
def filled(scratch: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("shortlist")
    files = (
        write(folder / "organisations.csv", "id,name,website", "s-mill,Sila Mill,https://mill.example"),
        write(folder / "topics.csv", "id,label", "s-sourdough,Sila sourdough"),
        write(folder / "links.csv", "from,type,to", "s-mill,WORKS_ON,s-sourdough"),
    )
    done = scratch("import", *files)
    assert done.code == 0, done
    return scratch


def test_a_list_from_its_beginning_to_a_file_and_its_end(filled: Run, tmp_path: Path) -> None:
    assert filled("shortlist", "new", "Sila", "--note", "for May", "--json").json["name"] == "Sila"
    added = filled(
        "shortlist",
        "add",
        "sila",
        "Sila Mill",
        "--search",
        "Sila sourdough",
        "--kind",
        "organisation",
        "--json",
    )
    assert added.json["added"] == ["s-mill"]
    told = filled("shortlist", "note", "sila", "ring first", "--on", "s-mill").out
    for part in (
        "Sila Mill",
        "ring first",
        "found by: Sila sourdough (organisations)",
        "website: https://mill",
    ):
        assert part in told
    assert filled("shortlist", "compare", "Sila", "--json").json["columns"][0]["record"] == "s-mill"
    written = filled("shortlist", "export", "Sila", tmp_path / "s.html", "--lang", "fr")
    assert (written.code, written.err) == (0, "for public: nothing left out\n")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "Trouvé par la recherche" in page
    assert "ring first" not in page
    listed = filled("shortlist", "--json").json
    assert [(one["name"], one["entries"]) for one in listed] == [("Sila", 1)]
    assert filled("status", "--json").json["nodes"].keys() == {
        "Organisation",
        "Expert",
        "Topic",
        "Initiative",
    }
    filled("shortlist", "add", "Sila", "nobody such").refused("nobody such")
    filled("shortlist", "show", "no such list").refused("no such list")
    filled("shortlist", "export", "Sila", tmp_path / "s.doc").refused("FILE.html, FILE.csv")
    assert filled("shortlist", "delete", "Sila").out == "deleted Sila\n"
    assert filled("shortlist", "list", "--json").json == []


def test_a_search_is_watched(filled: Run) -> None:
    assert filled("shortlist", "watch", "add", "Sila sourdough", "--name", "Sila").code == 0
    assert filled("set", "s-mill", "place", "Ghent").code == 0
    (news,) = filled("shortlist", "news", "Sila", "--json").json
    assert [one["changes"] for one in news["changed"]] == [["Sila Mill: place: nothing → Ghent"]]
    assert "Nothing is new" in filled("shortlist", "news").out
    assert [one["name"] for one in filled("shortlist", "watch", "--json").json] == ["Sila"]
    filled("shortlist", "news", "Sila", "--since", "whenever").refused("is no time")
    assert filled("shortlist", "watch", "delete", "Sila").code == 0
