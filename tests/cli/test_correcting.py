"""`add`, `set`, `link`, `unlink`, `confirm`, `history` and `news`, as people run them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli import shapes
from tests.cli.conftest import Run
from tests.cli.runs import write


@pytest.fixture(scope="module")
def filled(scratch: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("correcting")
    files = (
        write(folder / "experts.csv", "id,name,place", "c-ada,Cora Ada,Ghent", "c-bo,Cora Bo,"),
        write(folder / "organisations.csv", "id,name", "c-mill,Cora Mill"),
        write(
            folder / "links.csv",
            "from,type,to,role,since",
            "c-ada,AFFILIATED_WITH,c-mill,chair,",
            "c-ada,AFFILIATED_WITH,c-mill,baker,2020",
        ),
    )
    done = scratch("import", *files)
    assert done.code == 0, done
    return scratch


def newest(run: Run, what: str) -> dict[str, Any]:
    found = run("history", what, "--limit", "1", "--json").json
    shapes.check("history", found)
    (entry,) = found
    return dict(entry)


def test_set_previews_writes_and_is_told_by_history(filled: Run) -> None:
    typed = ("set", "Cora Ada", "place", "Liège", "--by-person", "Bo Peeters", "--json")
    told = filled(*typed, "--dry-run")
    shapes.check("edit", told.json)
    assert told.json["import_id"] is None
    assert filled("show", "c-ada", "--json").json["properties"]["place"] == "Ghent"
    done = filled(*typed)
    assert done.json["nodes"]["updated"] == told.json["nodes"]["updated"] == 1
    entry = newest(filled, "c-ada")
    assert (entry["unit"], entry["who"], entry["action"]) == (done.json["import_id"], "Bo Peeters", "update")
    assert [(c["property"], c["before"], c["after"]) for c in entry["changes"]] == [
        ("place", "Ghent", "Liège")
    ]
    assert "entered by Bo Peeters" in filled("show", "c-ada", "--json").json["sources"]


def test_set_takes_negative_numbers_lists_and_nothing(filled: Run) -> None:
    assert filled("set", "c-mill", "longitude", "-3.5").code == 0
    assert filled("set", "c-ada", "languages", "fr;nl").code == 0
    assert filled("set", "c-ada", "languages", "nl", "--remove").code == 0
    assert filled("set", "c-ada", "languages", "German", "--add").out == (
        "Cora Ada: languages: French → French, German\n"
    )
    assert filled("set", "c-mill", "longitude", "").out.startswith("Cora Mill: longitude: -3.5 → nothing")
    filled("set", "c-mill", "longitude", "far").refused("longitude: 'far' is not accepted")
    filled("set", "c-ada", "plaice", "x").refused("did you mean place?")
    filled("set", "c-ada", "place", "ada@x.org").refused("the place for it is contact")
    filled("set", "Cora Nobody", "place", "x").refused("nothing has the id or name 'Cora Nobody'")
    filled("set", "c-ada", "place", "x", "--by-person", " ").refused("is empty; give one")


def test_unlink_asks_which_of_several_and_link_puts_it_back(filled: Run) -> None:
    typed = ("unlink", "Cora Ada", "affiliated-with", "Cora Mill")
    filled(*typed).refused("2 links say", "--role 'baker' --since '2020'; --role 'chair' --since ''")
    done = filled(*typed, "--role", "chair", "--json")
    shapes.check("edit", done.json)
    assert done.json["relationships"]["removed"] == 1
    entry = newest(filled, "c-mill")
    assert (entry["action"], entry["id"]) == ("remove", "c-mill")
    assert filled("link", *typed[1:], "--role", "chair", "--until", "2026").out == (
        "Cora Ada is affiliated with Cora Mill (role: chair; until: 2026)\n"
    )
    filled("link", "Cora Mill", "AFFILIATED_WITH", "Cora Ada").refused("nothing has the id or name")
    filled("link", "Cora Ada", "COLLABORATES_WITH", "Cora Bo", "--weight", "-1").refused("weight")


def test_add_and_confirm(filled: Run) -> None:
    done = filled("add", "expert", "Cora Çelik", "--languages", "fr;tr", "--json")
    assert [entry["id"] for entry in done.json["changes"]] == ["expert-cora-celik"]
    filled("add", "expert", "Cora Celik").refused("already belongs to the Expert 'Cora Çelik'")
    told = filled("confirm", "Cora Çelik", "c-bo", "--by-person", "Bo", "--json")
    assert {entry["action"] for entry in told.json["changes"]} == {"confirm"}
    assert newest(filled, "c-bo")["who"] == "Bo"


def test_history_and_news_in_words(filled: Run) -> None:
    filled("set", "c-bo", "role", "baker", "--by-person", "Zed")
    history = filled("history", "--by-person", "zed")
    assert history.out.splitlines()[1].strip() == "Cora Bo: role: nothing → baker"
    news = filled("news", "--since", "today")
    assert "Zed added or corrected by hand" in news.out
    shapes.check("news", filled("news", "--json").json)
    assert filled("news", "--since", "2999").out == "Nothing changed since then.\n"
    assert filled("history", "--since", "2999").out == "nothing happened\n"
    filled("news", "--since", "soon").refused("accepted: a date")
    filled("history", "Cora Nobody").refused("nothing has the id or name")


def test_a_file_that_overrules_a_person_says_so(filled: Run, tmp_path: Path) -> None:
    filled("set", "c-bo", "place", "Rome", "--by-person", "Zed")
    file = write(tmp_path / "experts.csv", "id,name,place", "c-bo,Cora Bo,Milan")
    problems = filled("import", file, "--dry-run", "--json").json["problems"]
    assert [problem["reason"] for problem in problems] == [
        "place of c-bo was 'Rome', entered by Zed; the file's 'Milan' replaces it"
    ]
