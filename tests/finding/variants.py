"""Ways people write a term otherwise: without accents, in the plural, with one slip of the finger."""

from __future__ import annotations

import random
import string
import unicodedata


def without_accents(term: str) -> str:
    decomposed = unicodedata.normalize("NFKD", term)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def plural(term: str, language: str) -> str | None:
    """A regular plural of the term's head: its first word in Romance languages, else its last.

    None where the head already looks like a plural, or is not a regular noun by these rules.
    """
    words = term.split()
    at = 0 if language in ("fr", "es", "it") else len(words) - 1
    head = words[at]
    if not head.isalpha() or len(head) < 5 or head.isupper() or head[-1] in "sxz":
        return None
    made: str | None = None
    if language == "en":
        made = head[:-1] + "ies" if head[-1] == "y" and head[-2] not in "aeiou" else head + "s"
    elif language == "fr":
        made = head[:-2] + "aux" if head.endswith("al") else head + ("x" if head.endswith("eau") else "s")
    elif language == "es":
        made = head + "s" if head[-1] in "aeo" else head + "es" if head[-1] in "dlr" else None
    elif language == "it":
        made = head[:-1] + "i" if head[-1] == "o" else head[:-1] + "e" if head[-1] == "a" else None
    elif language == "de" and head.endswith(("ung", "schaft", "keit", "heit", "ion", "tät")):
        made = head + "en"
    if made is None:
        return None
    return " ".join([*words[:at], made, *words[at + 1 :]])


def misspelt(term: str, chance: random.Random, shortest: int = 7) -> str | None:
    """The term with one slip in one of its words of at least `shortest` letters; None if it has none.

    A letter is left out, doubled, replaced or swapped with the next; the first letter stays.
    """
    words = term.split()
    long = [at for at, word in enumerate(words) if len(word) >= shortest and word.isalpha()]
    if not long:
        return None
    at = chance.choice(long)
    word = words[at]
    where = chance.randrange(1, len(word) - 1)
    slip = chance.choice(("leave out", "double", "replace", "swap"))
    if slip == "leave out":
        word = word[:where] + word[where + 1 :]
    elif slip == "double":
        word = word[:where] + word[where] + word[where:]
    elif slip == "replace":
        word = word[:where] + chance.choice(string.ascii_lowercase) + word[where + 1 :]
    else:
        word = word[:where] + word[where + 1] + word[where] + word[where + 2 :]
    return " ".join([*words[:at], word, *words[at + 1 :]])
