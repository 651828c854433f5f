"""docs/peers.md names a test for each of its rows, and each of these tests is there."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import CHECKOUT

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| `(tests/[\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE)


def test_each_row_is_shown_by_a_test_there_is() -> None:
    rows = ROW.findall((CHECKOUT / "docs" / "peers.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _, _ in rows] == list(range(1, 12))
    for number, path, name in rows:
        tree = ast.parse((CHECKOUT / path).read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in functions, (number, path, name)
