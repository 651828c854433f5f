"""Ways people write a term otherwise: without accents, in the plural, with slips, in a sentence."""

from __future__ import annotations

import random
import string
import unicodedata
from collections.abc import Callable

from cocommuns_graph.finding.function_words import FUNCTION_WORDS

_ACCENTS = frozenset((202, 214, 216, 218, 220, 222, 224, 226, 228, 230, 232, 233, 234))
Variant = Callable[[str, str, random.Random], str | None]

_SENTENCES = {
    "en": ("who could help us with {}?", "we're looking for somebody who knows about {} in our town"),
    "fr": ("qui peut nous aider pour {} ?", "nous cherchons quelqu’un qui connaît {} près d’ici"),
    "es": ("¿quién nos puede ayudar con {}?", "buscamos a alguien que sabe de {}"),
    "it": ("chi ci può aiutare con {}?", "cerchiamo qualcuno che conosce {}"),
    "de": ("Wer kennt sich mit {} aus?", "wir suchen jemanden für {}"),
    "pt": ("quem nos pode ajudar com {}?",),
    "nl": ("wie kan ons helpen met {}?",),
    "pl": ("kto może nam pomóc: {}?",),
    "tr": ("{} konusunda kim yardım edebilir?",),
    "el": ("ποιος μπορεί να βοηθήσει με {};",),
    "ru": ("кто может помочь: {}?",),
    "sv": ("vem kan hjälpa oss med {}?",),
    "ar": ("من يمكنه مساعدتنا في {}؟",),
    "zh": ("谁可以帮助我们做{}的工作?",),
    "ja": ("{}について誰が助けてくれますか",),
    "ko": ("{}에 대해 누가 도와줄 수 있나요",),
    "th": ("ใครช่วยเราเรื่อง{}ได้บ้าง",),
}


def without_accents(term: str) -> str:
    """The term without accents; a voicing mark of kana or a vowel of Hindi is none."""
    decomposed = unicodedata.normalize("NFKD", term)
    bare = (one for one in decomposed if unicodedata.combining(one) not in _ACCENTS)
    return unicodedata.normalize("NFC", "".join(bare))


def plural(term: str, language: str) -> str | None:
    """A regular plural of the term's head: its first word in Romance languages, else its last.

    None where the head already looks like a plural, or is not a regular noun by these rules.
    """
    words = term.split()
    at = 0 if language in ("fr", "es", "it", "pt") else len(words) - 1
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
    elif language == "pt":
        made = head[:-2] + "ões" if head.endswith("ão") else head + "s" if head[-1] in "aeo" else None
    elif language == "nl" and head.endswith(("ing", "heid", "schap")):
        made = head[:-4] + "heden" if head.endswith("heid") else head + "en"
    if made is None:
        return None
    return " ".join([*words[:at], made, *words[at + 1 :]])


def misspelt(term: str, chance: random.Random, shortest: int = 7) -> str | None:
    """The term with one slip in one of its words of at least `shortest` letters; None if it has none.

    A letter is left out, doubled, replaced or swapped with the next; the first letter stays.
    """
    at = _long_word(term, chance, shortest)
    if at is None:
        return None
    words = term.split()
    return " ".join([*words[:at], _slip(words[at], chance), *words[at + 1 :]])


def _slip(word: str, chance: random.Random) -> str:
    where = chance.randrange(1, len(word) - 1)
    slip = chance.choice(("leave out", "double", "replace", "swap"))
    if slip == "leave out":
        return word[:where] + word[where + 1 :]
    if slip == "double":
        return word[:where] + word[where] + word[where:]
    if slip == "replace":
        letters = word.lower() if not word.isascii() else string.ascii_lowercase
        return word[:where] + chance.choice(letters) + word[where + 1 :]
    return word[:where] + word[where + 1] + word[where] + word[where + 2 :]


def _long_word(term: str, chance: random.Random, shortest: int) -> int | None:
    long = [at for at, word in enumerate(term.split()) if len(word) >= shortest and word.isalpha()]
    return chance.choice(long) if long else None


def twice_misspelt(term: str, chance: random.Random) -> str | None:
    """The term with two slips in one word of at least ten letters."""
    at = _long_word(term, chance, 10)
    if at is None:
        return None
    words = term.split()
    middle = len(words[at]) // 2
    halves = words[at][:middle], words[at][middle:]
    return " ".join([*words[:at], "".join(_slip(half, chance) for half in halves), *words[at + 1 :]])


def first_letter_wrong(term: str, chance: random.Random) -> str | None:
    """The term with the first letter of a long word left out, swapped with the next or replaced."""
    at = _long_word(term, chance, 7)
    if at is None or not term.isascii():
        return None
    words = term.split()
    word = words[at]
    made = chance.choice(
        (word[1:], word[1].upper() + word[0].lower() + word[2:], chance.choice("abdefgpst") + word[1:])
    )
    return " ".join([*words[:at], made, *words[at + 1 :]])


def run_together(term: str, chance: random.Random) -> str | None:
    """Two words of the term without the space between."""
    words = term.split()
    if len(words) < 2 or min(map(len, words[:2])) < 3:
        return None
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def torn_apart(term: str, chance: random.Random) -> str | None:
    """The term with a space too many in one long word."""
    at = _long_word(term, chance, 8)
    if at is None:
        return None
    words = term.split()
    where = chance.randrange(3, len(words[at]) - 2)
    return " ".join([*words[:at], words[at][:where] + " " + words[at][where:], *words[at + 1 :]])


def umlauts_spelt_out(term: str) -> str | None:
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
    made = "".join(pairs.get(letter, letter) for letter in term)
    return made if made != term else None


def initials(term: str, language: str) -> str | None:
    """The capitals of at least three meaningful words."""
    known = FUNCTION_WORDS.get(language, frozenset())
    words = [
        word for word in term.replace("-", " ").replace("'", " ").split() if word.casefold() not in known
    ]
    if not 3 <= len(words) <= 6 or not all(word.isalpha() for word in words):
        return None
    return "".join(without_accents(word)[0] for word in words).upper()


def in_a_sentence(term: str, language: str, chance: random.Random) -> str | None:
    sentences = _SENTENCES.get(language)
    return chance.choice(sentences).format(term) if sentences else None


def _elided(term: str, language: str, chance: random.Random) -> str | None:
    if language not in ("fr", "it") or without_accents(term)[0].lower() not in "aeiouh":
        return None
    before = {"fr": ("d’", "l'", "qu’est-ce que l’"), "it": ("dell'", "l’", "sull’")}[language]
    return chance.choice(before) + term


VARIANTS: dict[str, Variant] = {
    "as written": lambda term, *_: term,
    "capitals without accents": lambda term, *_: without_accents(term).upper(),
    "decomposed accents": lambda term, *_: unicodedata.normalize("NFD", term),
    "plural": lambda term, language, _: plural(term, language),
    "one slip in a word of 5 or 6 letters": lambda term, _, chance: (
        misspelt(term, chance, 5) if max(map(len, term.split())) < 7 else None
    ),
    "one slip in a word of 7 letters or more": lambda term, _, chance: misspelt(term, chance),
    "two slips in a word of 10 letters or more": lambda term, _, chance: twice_misspelt(term, chance),
    "first letter wrong": lambda term, _, chance: first_letter_wrong(term, chance),
    "a space too few": lambda term, _, chance: run_together(term, chance),
    "a space too many": lambda term, _, chance: torn_apart(term, chance),
    "hyphens for spaces": lambda term, *_: term.replace(" ", "-") if " " in term else None,
    "spaces for hyphens": lambda term, *_: term.replace("-", " ") if "-" in term else None,
    "umlauts spelt out": lambda term, *_: umlauts_spelt_out(term),
    "initials": lambda term, language, _: initials(term, language),
    "in quotation marks": lambda term, _, chance: chance.choice(("“{}”", "« {} »", '"{}"', "'{}'")).format(
        term
    ),
    "after an elision": _elided,
    "in a sentence": in_a_sentence,
    "one slip in a sentence": lambda term, language, chance: (
        in_a_sentence(slipped, language, chance) if (slipped := misspelt(term, chance)) else None
    ),
}
