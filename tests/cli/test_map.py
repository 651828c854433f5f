"""`map`: the page in a language, coloured and sized by what is asked for; refusals that say what there is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.runs import at_once


@pytest.mark.parametrize("option", ["--color-by", "--size-by"])
def test_what_cannot_colour_a_map_is_refused_with_what_can(
    on_sample: Run, tmp_path: Path, option: str
) -> None:
    page = tmp_path / "m.html"
    done = on_sample("map", "-o", page, option, "shoe size")
    assert done.code == 2
    assert "'shoe size'" in done.err
    assert "sector" in done.err
    assert "topics:degree" in done.err
    assert not page.exists()


def test_colour_size_and_language_are_in_the_page(on_sample: Run, tmp_path: Path) -> None:
    coloured, french, refused = at_once(
        partial(on_sample, "map", "-o", tmp_path / "a.html", "--color-by", "sector", "--size-by", "degree"),
        partial(on_sample, "map", "-o", tmp_path / "b.html", "--lang", "fr", "--topic", "commons"),
        partial(on_sample, "map", "-o", tmp_path / "c.html", "--lang", "xx"),
    )
    assert (coloured.code, french.code, refused.code) == (0, 0, 2)
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Colour: sector" in text
    assert "Size: degree (direct ties)" in text
    text = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in text
    assert "Autour de Communs" in text
    assert "'xx'" in refused.err
    assert "en, fr" in refused.err
