"""The contract command by command, on the sample inventory, as processes of their own."""

from __future__ import annotations

import json
import stat
from functools import partial
from pathlib import Path

import pytest

from cocommuns_graph.shipped import folder
from tests.cli import shapes
from tests.cli.conftest import Run
from tests.cli.runs import at_once, write

LABELS = {"Organisation", "Expert", "Topic", "Initiative"}


@pytest.mark.parametrize(
    ("shape", "arguments"),
    [
        ("find", ["find", "trade unions"]),
        ("find", ["find", "syndicats", "--kind", "expert", "--limit", "4"]),
        ("find", ["find", "zxqwv"]),
        ("find", ["find", "commons", "--from", "Pat Conaty", "--country", "Belgium", "--language", "fr"]),
        ("show", ["show", "pat-conaty"]),
        ("show", ["show", "Trade unions"]),
        ("path", ["path", "Pat Conaty", "Nicole Alix"]),
        ("path", ["path", "pat-conaty", "pat-conaty"]),
        ("similar", ["similar", "Pat Conaty", "--not-connected", "--kind", "expert,organisation"]),
        ("ask", ["ask", "who-works-on", "--topic", "Commons"]),
        ("ask", ["ask", "several-affiliations", "--at-least=2"]),
        ("ask", ["ask", "unsolved-problems"]),
        ("import", ["import", str(folder("sample_data")), "--dry-run"]),
        ("status", ["status"]),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else value,
)
def test_json_has_the_shape_of_the_contract(on_sample: Run, shape: str, arguments: list[str]) -> None:
    done = on_sample(*arguments, "--json")
    assert done.code == 0
    shapes.check(shape, done.json)


def test_numbers_of_the_sample(on_sample: Run, sample_home: Path) -> None:
    status, preview = at_once(
        partial(on_sample, "status", "--json"),
        partial(on_sample, "import", folder("sample_data"), "--dry-run", "--json"),
    )
    assert status.json["home"] == str(sample_home)
    assert set(status.json["nodes"]) == LABELS
    assert status.json["incomplete"] == []
    assert preview.json["import_id"] is None
    for kind in ("nodes", "relationships"):
        counts = preview.json[kind]
        assert counts["unchanged"] == sum(status.json[kind].values()) > 0
        assert (counts["created"], counts["updated"], counts["removed"]) == (0, 0, 0)


def test_the_main_job_in_words(on_sample: Run) -> None:
    for asked in ("trade unions", "syndicats"):
        done = on_sample("find", asked, "--kind", "expert", "--limit", "4")
        assert done.code == 0
        assert done.err == ""
        for name in ("Pat Conaty", "Thiébaut Weber", "Alison Tate"):
            assert f"{name}  [expert, " in done.out
        assert "links.csv:" in done.out


def test_options_of_find_narrow_the_answer(on_sample: Run) -> None:
    organisations, platforms, few, nothing = at_once(
        partial(on_sample, "find", "commons", "--kind", "organisation,initiative", "--limit", "50", "--json"),
        partial(on_sample, "find", "commons", "--where", "sector=union", "--json"),
        partial(on_sample, "find", "commons", "--limit", "2", "--json"),
        partial(on_sample, "find", "commons", "--where", "kind=no such kind", "--json"),
    )
    assert {result["type"] for result in organisations.json["results"]} == {"Organisation", "Initiative"}
    assert {result["type"] for result in platforms.json["results"]} == {"Organisation"}
    assert len(few.json["results"]) == 2
    assert nothing.json["results"] == []
    assert nothing.json["why"]
    assert nothing.code == 0


def test_a_query_explains_itself_and_takes_names(on_sample: Run) -> None:
    listed, explained, answered, negative = at_once(
        partial(on_sample, "ask", "--json"),
        partial(on_sample, "ask", "who-works-on", "--help"),
        partial(on_sample, "ask", "who-works-on", "--topic", "Commons"),
        partial(on_sample, "ask", "several-affiliations", "--at-least", "-1", "--json"),
    )
    assert {"name", "title", "explanation", "parameters"} <= set(listed.json[0])
    assert "--topic" in explained.out
    assert answered.out.splitlines()[0].split()[:2] == ["name", "type"]
    assert negative.json["rows"]


def test_what_leaves_says_what_it_leaves_out(scratch: Run, tmp_path: Path) -> None:
    """A person for members with a column that nobody declared, linked to an organisation for all."""
    write(
        tmp_path / "in" / "organisations.csv",
        "id,name,visibility,favourite colour",
        "seen-org,Seen,public,SECRETCOLOUR",
    )
    write(tmp_path / "in" / "experts.csv", "id,name,visibility", "shy-one,SHYPERSON,members")
    write(tmp_path / "in" / "links.csv", "from,type,to", "shy-one,AFFILIATED_WITH,seen-org")
    assert scratch("import", tmp_path / "in").code == 0
    levels = ("public", "members", "coordinators", "stewards")
    exports = at_once(
        *(partial(scratch, "export", tmp_path / f"{level}.json", "--as", level) for level in levels)
    )
    pages = at_once(
        *(
            partial(scratch, "map", "-o", tmp_path / f"{level}.html", "--around", "seen-org", "--as", level)
            for level in levels
        )
    )
    for level, exported, drawn in zip(levels, exports, pages, strict=True):
        assert exported.out == f"wrote {tmp_path / level}.json\n"
        for done in (exported, drawn):
            assert done.code == 0
            assert len(done.err.splitlines()) == 1
            assert f"for {level}:" in done.err
            assert ("nothing left out" in done.err) == (level in ("coordinators", "stewards"))
            assert ("records and links" in done.err) == (level == "public")
            assert ("detail" in done.err) == (level in ("public", "members"))
        text = (tmp_path / f"{level}.json").read_text(encoding="utf-8")
        json.loads(text)
        page = (tmp_path / f"{level}.html").read_text(encoding="utf-8")
        for content in (text, page):
            assert ("SHYPERSON" in content) == (level != "public")
            assert "Seen" in content
        assert ("SECRETCOLOUR" in text) == (level in ("coordinators", "stewards"))


def test_exports_come_back_unchanged(on_sample: Run, tmp_path: Path) -> None:
    for name in ("tables", "book.xlsx", "net.graphml", "net.gexf", "net.json"):
        done = on_sample("export", tmp_path / name)
        assert done.code == 0
        assert (tmp_path / name).exists()
    done = on_sample("import", tmp_path / "tables", "--dry-run", "--json")
    shapes.check("import", done.json)
    assert done.json["nodes"]["created"] == done.json["relationships"]["created"] == 0


def test_templates_can_be_imported_as_they_are(scratch: Run, tmp_path: Path) -> None:
    for name, *options in (("contacts.csv",), ("liste.xlsx", "--lang", "fr"), ("inventory.xlsx",)):
        made = scratch("template", tmp_path / name, *options)
        assert made.out == f"wrote {tmp_path / name}\n"
        done = scratch("import", tmp_path / name, "--dry-run", "--json")
        assert done.code == 0, done
        assert sum(file["rows"] for file in done.json["files"]) == 0
    scratch("template", tmp_path / "contacts.csv").refused("there already")
    scratch("template", tmp_path / "contacts.pdf").refused(".xlsx")
    scratch("template", tmp_path / "x.csv", "--lang", "eo").refused("there are en, de, es, fr, it")


def test_home_stands_before_or_after_the_command_and_wins(
    on_sample: Run, sample_home: Path, tmp_path: Path
) -> None:
    other = str(tmp_path / "never-made")
    before, after, both = at_once(
        partial(on_sample, "--home", sample_home, "db", "status", "--json", COCOMMUNS_HOME=other),
        partial(on_sample, "db", "status", "--json", "--home", sample_home, COCOMMUNS_HOME=other),
        partial(on_sample, "--home", other, "db", "--home", other, "status", "--home", sample_home, "--json"),
    )
    for done in (before, after, both):
        assert done.json["home"] == str(sample_home)
        assert done.json["running"] is True
    assert not Path(other).exists()


def test_engine_of_a_home(fresh_home: Path, on_sample: Run) -> None:
    run = partial(on_sample, home=fresh_home)
    asleep = run("db", "status", "--json")
    assert asleep.json["running"] is False
    assert not fresh_home.exists()
    assert run("db", "stop", "--json").json == {"stopped": False}
    started = run("db", "start", "--json").json
    assert started["running"] is True
    assert started["address"].startswith("bolt://127.0.0.1:")
    assert stat.S_IMODE(fresh_home.stat().st_mode) == 0o700
    assert run("db", "start", "--json").json["pid"] == started["pid"]
    assert run("db", "stop").out == "stopped\n"
    assert "not running" in run("db", "status").out
