"""What reaches the terminal, a pipe or a file: whole, UTF-8, harmless, and quiet when nobody reads on."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocommuns_graph.cli import commands, main, output
from tests.cli.conftest import Run
from tests.cli.runs import COMMAND, at_once, cocommuns, environment, write

LOCALES = (
    {"LC_ALL": "C", "LANG": "C"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "tr_TR.ISO-8859-9", "PYTHONIOENCODING": "latin-1"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp437"},
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: "-".join(locale.values()))
def test_json_is_utf8_whatever_the_locale(on_sample: Run, locale: dict[str, str]) -> None:
    done = on_sample("find", "coopératives", "--json", "--limit", "3", **locale)
    assert done.json["query"] == "coopératives"
    assert "coopératives" in done.out
    assert "\\u" not in done.out
    assert done.json["topics"][0]["language"] == "fr"


def test_bytes_that_are_no_text_are_asked_for_in_vain(on_sample: Run) -> None:
    odd = os.fsdecode(b"\xff\xfe")
    found, shown = at_once(partial(on_sample, "find", odd, "--json"), partial(on_sample, "show", odd))
    assert found.json["results"] == []
    shown.refused("nothing has the id or name")


def _piped(home: Path, typed: str, shell: str) -> subprocess.CompletedProcess[str]:
    command = " ".join(f"'{part}'" for part in COMMAND)
    return subprocess.run(
        ["bash", "-c", f"{command} {typed} {shell}; echo code ${{PIPESTATUS[0]}} >&2"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("typed", "shell", "code", "says"),
    [
        ("find commons --limit 60", "| head -1", 0, ""),
        ("import --help", "| head -1", 0, ""),
        ("show nobody", "2>&1 | true", 2, ""),
        ("status", ">&-", 0, ""),
        ("show nobody", "2>&-", 2, ""),
    ],
)
def test_nobody_reads_on(sample_home: Path, typed: str, shell: str, code: int, says: str) -> None:
    done = _piped(sample_home, typed, shell)
    assert done.stderr.splitlines()[-1:] == [f"code {code}"]
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("typed", ["find commons", "status --json", "--help", "show --help", "--version"])
def test_a_disk_that_is_full_under_standard_output(sample_home: Path, typed: str) -> None:
    done = _piped(sample_home, typed, "> /dev/full")
    said, code = done.stderr.splitlines()
    assert code == "code 2"
    assert said.startswith("cocommuns: ")
    assert "cannot be written" in said


def test_names_cannot_steer_a_terminal(scratch: Run, tmp_path: Path) -> None:
    escape, csi, turned = "\x1b]0;owned\x07\x1b[31m", "\x9b2J", "\u202egnp.exe"
    write(
        tmp_path / "organisations.csv",
        "id,name,description",
        f"steer-1,{escape}{csi}Name{turned},{csi}text",
        "steer-2,\u00ab\u00a0Caf\u00e9\u00a0\u00bb,fine",
    )
    assert scratch("import", tmp_path / "organisations.csv").code == 0
    shown, as_json, spaced, refused = at_once(
        partial(scratch, "show", "steer-1"),
        partial(scratch, "show", "steer-1", "--json"),
        partial(scratch, "show", "steer-2"),
        partial(scratch, "show", f"{escape}{csi}{turned}"),
    )
    for done in (shown, as_json, refused):
        assert "\u202e" not in done.out + done.err
    assert "Name" in shown.out
    assert as_json.json["name"].endswith(turned)
    assert "Caf\u00e9" in spaced.out
    refused.refused("nothing has the id or name")


def test_a_name_of_a_file_cannot_steer_a_terminal(scratch: Run, tmp_path: Path) -> None:
    scratch("import", tmp_path / "\x1b[31mno such file\nat all").refused("does not exist")


@given(st.text())
def test_plain_text_holds_nothing_that_steers(text: str) -> None:
    shown = output.plain(text)
    assert len(shown) == len(text)
    for character in shown:
        assert character in "\n\t\u200c\u200d" or unicodedata.category(character) not in (
            "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp",
        )  # fmt: skip
    assert output.plain("«\u00a0é\u00a0» 你好 ​").startswith("«\u00a0é\u00a0» 你好")


@given(JSON)
def test_json_is_one_value_that_reads_back(value: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr(output, "_print", lambda text, stream, end="\n": lines.append(text))
        output.show_json(value)
    (text,) = lines
    assert not set(text) & {*map(chr, range(127, 160)), "\u202e", "\u2066"}
    assert json.loads(text) == json.loads(json.dumps(output._finite(value)))


@given(st.lists(st.lists(st.text() | st.none() | st.integers(), min_size=2, max_size=2)))
def test_tables_have_a_line_a_row(rows: list[list[object]]) -> None:
    lines = output.table(["one", "two"], rows)
    assert len(lines) == len(rows) + 2
    assert not any("\n" in line for line in lines)


def _fail(*arguments: object, **options: object) -> None:
    raise RuntimeError("broken \x1b[31m inside")


@pytest.mark.parametrize("place", ["home", "nowhere"])
def test_our_own_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str
) -> None:
    home = tmp_path / "home"
    if place == "home":
        home.mkdir()
    monkeypatch.setenv("COCOMMUNS_HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(commands.desks, "engine_status", _fail)
    assert main(["db", "status"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "RuntimeError" in err
    log = Path(err.strip().rsplit(" ", 1)[1])
    assert log.parent == (home / "logs" if place == "home" else tmp_path)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert home.exists() == (place == "home")


def test_an_installation_with_a_part_missing_says_so(tmp_path: Path) -> None:
    write(tmp_path / "click.py", "raise ImportError('no click here')")
    done = subprocess.run(
        COMMAND,
        env=environment(None, PYTHONPATH=os.pathsep.join([str(tmp_path), str(Path.cwd())])),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "cocommuns: this installation is not whole (no click here); install it again\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_progress_is_for_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = iter([0.0, 0.5, 3.0, 4.0, 9.0, 10.0])
        patch.setattr("time.monotonic", lambda: next(clock))
        with output.progress("importing") as tell:
            for count in (10, 2000, 3000, 4000):
                tell(count)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["importing: 2,000 rows, 3 s", "importing: 4,000 rows, 9 s"]


def test_notes_and_answers_do_not_mix(fresh_home: Path) -> None:
    done = cocommuns("find", "anything", "--json", home=fresh_home)
    assert done.json["results"] == []
    assert done.json["why"]
