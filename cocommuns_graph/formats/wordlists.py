"""Lists of words that a format names once, under `[words]`, and uses as `@NAME` in any other list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph.formats.sections import Mistakes, Section, nearest


def spelled_out(document: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    """A document without its lists of words, and with the words of a list in place of its `@NAME`."""
    rest = dict(document)
    words = _words(rest.pop("words", {}), mistakes)
    return {key: _filled_in(value, words, mistakes) for key, value in rest.items()}


def _words(declared: Any, mistakes: Mistakes) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(declared, dict):
        mistakes.add("", "words is no table; give it a list of words for each name")
        return {}
    section = Section(declared, "words", mistakes)
    return {name: section.texts(name, required=True) for name in section.keys()}  # noqa: SIM118


def _filled_in(value: Any, words: Mapping[str, tuple[str, ...]], mistakes: Mistakes) -> Any:
    if isinstance(value, dict):
        return {key: _filled_in(inner, words, mistakes) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    found: list[Any] = []
    for item in value:
        if isinstance(item, str) and item.startswith("@"):
            if item[1:] not in words:
                mistakes.add("", f"{item!r} names no list of words; {nearest(item[1:], words)}")
            found += words.get(item[1:], ())
        else:
            found.append(_filled_in(item, words, mistakes))
    return found
