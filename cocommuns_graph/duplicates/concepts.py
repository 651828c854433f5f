"""How the name of an institution reads in another language, and the initials it has there."""

from __future__ import annotations

from cocommuns_graph.duplicates.vocabulary import CONCEPTS

_SHORTEST = 3
_COMPOUNDS = {
    (first, second): f"tradeunion{plural}"
    for first in ("trade", "labour", "labor")
    for plural in ("", "s")
    for second in (f"union{plural}",)
}

CONCEPT_OF: dict[str, str] = {
    word: concept
    for concept, languages in reversed(CONCEPTS.items())
    for words in languages.values()
    for word in words
}
"""A folded word to the concept it stands for; where it stands for several, to the first of words.toml."""


def concepts(words: tuple[str, ...]) -> tuple[str, ...]:
    """The concepts of a name's words in order, a word that stands for none as itself."""
    found: list[str] = []
    at = 0
    while at < len(words):
        compound = _COMPOUNDS.get((words[at], words[at + 1])) if at + 1 < len(words) else None
        word = compound or words[at]
        found.append(CONCEPT_OF.get(word, word))
        at += 2 if compound else 1
    return tuple(found)


def translated_initials(known: tuple[str, ...]) -> frozenset[str]:
    """The initials of a name in each language, their letters sorted since the order of words differs.

    Empty unless every word stands for a concept, as in `European Trade Union Confederation`, in French CES.
    """
    if len(known) < _SHORTEST or not all(concept in CONCEPTS for concept in known):
        return frozenset()
    languages = CONCEPTS[known[0]]
    return frozenset(
        "".join(sorted("".join(CONCEPTS[concept][language][0][0] for concept in known)))
        for language in languages
        if all(CONCEPTS[concept].get(language) for concept in known)
    )
