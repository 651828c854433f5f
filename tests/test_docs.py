"""The documents say what is there: every command, every decision, no link into the void."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

import cocommuns_graph
from cocommuns_graph.cli.commands import cocommuns
from cocommuns_graph.model import MODEL
from docs import tables

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
DATA_MODEL = (CHECKOUT / "docs" / "data-model.md").read_text(encoding="utf-8")
ARCHITECTURE = (CHECKOUT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md"), *CHECKOUT.glob("sample_data/*.md")]
)
COMMANDS = dict(tables.every_command())
EXAMPLES = re.findall(r"^cocommuns (.+?)(?:\s+#.*)?$", README, flags=re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_readme_and_says_what_it_does(name: str) -> None:
    assert re.search(rf"^\| `{name}[` ]", README, flags=re.MULTILINE)
    assert len((COMMANDS[name].help or "").split()) >= 4


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_readme_can_be_typed(example: str) -> None:
    words = shlex.split(example)
    command = cocommuns.get_command(click.Context(cocommuns), words[0])
    assert command is not None
    command.make_context(words[0], words[1:], resilient_parsing=False)


def test_readme_has_examples_of_the_main_job() -> None:
    typed = {example.split()[0] for example in EXAMPLES}
    assert {"template", "import", "find", "show", "path", "map", "ask", "export", "app"} <= typed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    local = [target.split("#")[0] for target in targets if "://" not in target]
    assert [target for target in local if target and not (document.parent / target).exists()] == []


def test_the_model_is_in_its_document_property_by_property() -> None:
    for node in MODEL.public_types:
        assert f"| **{node.label}** |" in DATA_MODEL
        assert f"\n## {node.label}\n" in DATA_MODEL
        for declared in node.properties:
            assert re.search(rf"^\| `{declared.name}[`\[]", DATA_MODEL, flags=re.MULTILINE), declared.name
    for tie in map(MODEL.relationship, MODEL.types):
        assert f"| {tie.type} |" in DATA_MODEL
        for key in tie.keys:
            assert f"**`{key}`**" in DATA_MODEL


def test_every_guide_is_on_the_front_page_of_the_documents() -> None:
    front = (CHECKOUT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in [*CHECKOUT.glob("docs/*/*.md"), *CHECKOUT.glob("docs/*.md")]:
        place = page.relative_to(CHECKOUT / "docs").as_posix()
        if page.name != "README.md" and page.parent.name != "decisions":
            assert f"({place})" in front, place
    for page in CHECKOUT.glob("docs/tutorials/*.md"):
        assert f"(docs/tutorials/{page.name})" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_pictures_say_what_is_seen(document: Path) -> None:
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
        assert len(words.split()) >= 5, f"{target} needs a text that tells what is seen"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_links_to_a_heading_find_it(document: Path) -> None:
    for target, heading in re.findall(r"\]\(([^)\s#]*)#([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        text = (document.parent / target if target else document).read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
        assert heading in [re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings]


def test_every_room_is_in_architecture_with_what_lives_there() -> None:
    package = CHECKOUT / "cocommuns_graph"
    rooms = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    for room in rooms - {"__init__"}:
        assert re.search(rf"^\| `{room}` \| \S.+ \|$", ARCHITECTURE, flags=re.MULTILINE), room


def test_every_decision_is_listed_under_its_own_number() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    numbers = [path.name[:4] for path in pages]
    assert numbers == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        assert f"[{page.name[:4]}]({page.name})" in index
        assert page.read_text(encoding="utf-8").startswith(f"# {page.name[:4]}: ")


def test_changes_begin_with_this_version() -> None:
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+?),? ", changes, flags=re.MULTILINE)
    assert newest is not None
    assert newest[1] == cocommuns_graph.__version__
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == cocommuns_graph.__version__


def test_the_licence_is_the_one_declared() -> None:
    text = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    assert " ".join(text.split()[:9]) == "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November"
    assert "13. Remote Network Interaction" in text
    assert text.rstrip().endswith("<https://www.gnu.org/licenses/>.")


def test_every_make_target_is_explained() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    explained = re.findall(r"^([a-z]+):[^#\n]*## .+$", makefile, flags=re.MULTILINE)
    assert explained == phony
