"""The folders of a home, and every way in which one cannot be used."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cocommuns_graph.model.errors import EngineError
from cocommuns_graph.store import engine
from cocommuns_graph.store.engine.home import HomeLayout, home_problem, write_private

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk takes root on Linux"
)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[str], object]]:
    """A disk of its own in memory; yields what mounts it again with other options."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True)
    try:
        yield lambda options: subprocess.run(["mount", "-o", options, str(folder)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_folders_are_private_even_where_they_were_not(tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    home.mkdir(parents=True, mode=0o755)
    layout = HomeLayout(home)
    layout.prepare()
    for folder in (home, layout.run, layout.users, layout.logs, layout.databases):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_private_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    write_private(path, "first")
    write_private(path, json.dumps({"ü": 1}))
    assert json.loads(path.read_text(encoding="utf-8")) == {"ü": 1}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "cannot be written"),
        (errno.ENOTDIR, "not a folder"),
        (errno.ENAMETOOLONG, "cannot be used"),
    ],
)
def test_each_refusal_of_the_disk_has_its_sentence(number: int, says: str) -> None:
    sentence = home_problem(Path("/h"), OSError(number, os.strerror(number)))
    assert says in sentence
    assert "/h" in sentence
    assert "\n" not in sentence


def test_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for home in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(EngineError, match="in the way"):
            engine.ensure(home)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(EngineError, match="not a usable path"):
        engine.ensure(tmp_path / "a" / "home")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /sys")
def test_folder_of_somebody_else() -> None:
    with pytest.raises(EngineError, match="cannot be written by this account"):
        engine.ensure(Path("/sys/cocommuns"))


@linux_root
def test_read_only_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2000) as remount:
        home = tmp_path / "disk" / "home"
        HomeLayout(home).prepare()
        remount("remount,ro")
        with pytest.raises(EngineError, match="read-only"):
            engine.ensure(home)
        with pytest.raises(EngineError, match="read-only"):
            engine.ensure(tmp_path / "disk" / "other")


@linux_root
@pytest.mark.parametrize("left", [0, 40])
def test_full_disk(tmp_path: Path, left: int) -> None:
    """Full before anything is written, and full before Java has made its database."""
    with small_disk(tmp_path / "disk", 1000):
        home = tmp_path / "disk" / "home"
        HomeLayout(home).prepare()
        filler = tmp_path / "disk" / "filler"
        free = shutil.disk_usage(home).free
        filler.write_bytes(b"x" * (free - left * 1024))
        with pytest.raises(EngineError, match="full"):
            engine.ensure(home)
        filler.unlink()
        engine.ensure(home)
        assert engine.stop(home)
