"""What import-linter cannot see: the mouths' few imports, and where text may become HTML."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "cocommuns_graph"
APP = CHECKOUT / "app"
CLI = [PACKAGE / "cli.py", PACKAGE / "cli"]
APP_MAY_IMPORT = ("cocommuns_graph.desk", "cocommuns_graph.model", "cocommuns_graph.markup")
CLI_MAY_IMPORT = (
    "cocommuns_graph.desk",
    "cocommuns_graph.model",
    "cocommuns_graph.cli",
    "cocommuns_graph.__version__",
)
ESCAPERS = ("html.escape", "xml.sax.saxutils.escape", "markupsafe", "markupsafe.escape")
MARKUP_FUNCTIONS = ("escape", "link", "script_json", "style_sheet")


def parsed(*places: Path) -> Iterator[tuple[Path, ast.Module]]:
    for place in places:
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.exists():
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(CHECKOUT).as_posix()}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.expr) -> str:
    """An expression as a dotted name; its last part where the rest is not a plain name."""
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imports(*places: Path) -> list[tuple[str, str]]:
    """Every module or member that files import or reach by a dotted name, in full, with its place."""
    found = []
    for path, tree in parsed(*places):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(at(path, node), alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found += [(at(path, node), f"{node.module}.{alias.name}") for alias in node.names]
            elif isinstance(node, ast.Attribute):
                found.append((at(path, node), dotted(node)))
    return found


def beyond(found: list[tuple[str, str]], allowed: tuple[str, ...]) -> list[tuple[str, str]]:
    """The imports from this package that lie outside the allowed modules."""
    return [
        (where, name)
        for where, name in found
        if name.split(".")[0] == "cocommuns_graph"
        and not f"{name}.".startswith(tuple(f"{a}." for a in allowed))
    ]


def is_safe(node: ast.expr) -> bool:
    """Whether an expression is HTML without a character of anybody's text: literals and markup's results."""
    match node:
        case ast.Constant():
            return True
        case ast.Call():
            return dotted(node.func).split(".")[-1] in MARKUP_FUNCTIONS
        case ast.JoinedStr():
            return all(map(is_safe, node.values))
        case ast.FormattedValue():
            return is_safe(node.value)
        case ast.BinOp(op=ast.Add()):
            return is_safe(node.left) and is_safe(node.right)
    return False


def unsafe_html(*places: Path) -> list[tuple[str, str]]:
    """The calls that show HTML made of anything but literals and markup's results."""
    return [
        (at(path, node), ast.unparse(node))
        for path, tree in parsed(*places)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords)
            or dotted(node.func).endswith((".html", "components.v1.html"))
        )
        and not all(map(is_safe, node.args[:1]))
    ]


def test_the_app_imports_only_desk_records_and_errors() -> None:
    assert beyond(imports(APP), APP_MAY_IMPORT) == []


def test_the_command_line_imports_only_desk_records_and_errors() -> None:
    assert beyond(imports(*CLI), CLI_MAY_IMPORT) == []


def test_only_markup_escapes_html() -> None:
    others = [found for found in imports(PACKAGE, APP) if "cocommuns_graph/markup.py" not in found[0]]
    assert [found for found in others if found[1] in ESCAPERS] == []


def test_the_app_shows_html_only_from_markup() -> None:
    assert unsafe_html(APP) == []


def test_these_checks_see_what_they_forbid(tmp_path: Path, monkeypatch) -> None:
    """A guard that finds nothing must be seen to find something."""
    monkeypatch.setattr("tests.test_layers.CHECKOUT", tmp_path)
    page = tmp_path / "page.py"
    page.write_text(
        "import html\n"
        "html.unescape(html.escape(text))\n"
        "from cocommuns_graph.store import door\n"
        "st.markdown(f'<b>{name}</b>', unsafe_allow_html=True)\n"
        "st.markdown('<b>%s</b>' % name, unsafe_allow_html=True)\n"
        "st.html(name)\n"
        "st.markdown('<b>' + markup.escape(name) + f'</b>{link(url)}', unsafe_allow_html=True)\n"
    )
    assert [where for where, _ in unsafe_html(page)] == ["page.py:4", "page.py:5", "page.py:6"]
    assert beyond(imports(page), APP_MAY_IMPORT) == [("page.py:3", "cocommuns_graph.store.door")]
    assert [found for found in imports(page) if found[1] in ESCAPERS] == [("page.py:2", "html.escape")]
