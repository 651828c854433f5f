"""What axe-core finds wrong with a page for people who use a keyboard, a screen reader or strong contrast.

`violations(page)` looks at a whole page, `violations(page, within=".report")` at a part of it; open shadow
roots are looked into. axe comes from the package axe-playwright-python and is put into the page by the
browser's own debugger, so that a page which forbids foreign scripts can be looked at too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Violation:
    """A rule of axe, how bad breaking it is, and where it is broken: selector and explanation."""

    rule: str
    impact: str
    help: str
    places: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        first = "; ".join(f"{where}: {why}" for where, why in self.places[:5])
        return f"{self.rule} ({self.impact}): {self.help}: {len(self.places)} x: {first}"


def violations(
    page: Any, *, within: str | None = None, without: Sequence[str] = (), skip: Sequence[str] = ()
) -> list[Violation]:
    """The violations on a page opened with playwright, none being an empty list.

    `within` and `without` are CSS selectors of what to look at and to leave out, `skip` rules not to run.
    """
    page.evaluate(f"if (!window.axe) {{ {_axe()} }}")
    where = {"exclude": [[selector] for selector in without]}
    if within is not None:
        assert page.locator(within).count(), f"nothing on the page is {within!r}"
        where["include"] = [[within]]
    options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in skip}}
    result = page.evaluate("([where, options]) => axe.run(where, options)", [where, options])
    return [
        Violation(
            found["id"],
            found["impact"] or "",
            found["help"],
            tuple((str(node["target"]), node["failureSummary"] or "") for node in found["nodes"]),
        )
        for found in result["violations"]
    ]


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
