"""Words drawn from the glossary in five languages find their topic, on the command line and at the desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cocommuns_graph.desk import Desk, open_desk
from cocommuns_graph.model import Node
from cocommuns_graph.store import engine
from tests.cli import shapes
from tests.cli.conftest import Run
from tests.cli.runs import at_once
from tests.sample_graph import sample_graph

LANGUAGES = ("en", "fr", "es", "it", "de")
SEED = 20170711


def _words(topic: Node, language: str) -> list[str]:
    suffixes = ("", "_en") if language == "en" else (f"_{language}",)
    names = [name + suffix for suffix in suffixes for name in ("label", "aliases")]
    return [word for name in names for word in topic.texts(name)]


def _drawn(language: str, many: int) -> list[tuple[str, str]]:
    """Words of the glossary, each with the id of a topic that has it."""
    pairs = [
        (word, topic.id) for topic in sample_graph().of_label("Topic") for word in _words(topic, language)
    ]
    assert len(pairs) > 20, language
    return random.Random(f"{SEED}-{language}").sample(sorted(pairs), min(many, len(pairs)))


@pytest.fixture(scope="module")
def desk(sample_home: Path) -> Iterator[Desk]:
    opened = open_desk(sample_home, env={})
    yield opened
    opened.close()
    engine.release(sample_home)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_find_their_topic_at_the_desk(desk: Desk, language: str) -> None:
    for word, topic in _drawn(language, 40):
        for typed in (word, word.upper(), f"  {word} ?"):
            answer = desk.find(typed)
            shapes.check("find", answer)
            assert topic in [one["id"] for one in answer["topics"]], (language, typed, answer["topics"])


def test_words_find_their_topic_on_the_command_line(on_sample: Run) -> None:
    drawn = [(language, *_drawn(language, 1)[0]) for language in LANGUAGES]
    runs = [partial(on_sample, "find", word, "--json") for _, word, _ in drawn]
    for (language, word, topic), done in zip(drawn, at_once(*runs), strict=True):
        shapes.check("find", done.json)
        assert done.json["query"] == word
        assert topic in [one["id"] for one in done.json["topics"]], (language, word)


def test_people_of_a_topic_are_found_by_its_word_in_any_language(desk: Desk) -> None:
    """Whoever is an expert in a topic is among those found by each of its words."""
    graph = sample_graph()
    experts = {}
    for tie in graph.of_type("EXPERT_IN"):
        experts.setdefault(tie.end, set()).add(tie.start)
    chosen = random.Random(SEED).sample(sorted(experts), 15)
    for topic in chosen:
        for language in LANGUAGES:
            for word in _words(graph.nodes[topic], language)[:2]:
                found = {result["id"] for result in desk.find(word, kinds=["expert"], limit=50)["results"]}
                assert experts[topic] <= found, (topic, language, word)
