"""Which 8-bit code page a text that is not UTF-8 is in, judged by the words its high bytes stand in.

A code page is likely where its letters make words: of one script, in one case, spelled with the letters of
a language that is written in it. The wrong page puts signs inside words or mixes letters of many languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

_WORD = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
_LONGEST_WORD = 40
MOST_WORDS = 20_000
"""Distinct words with high bytes that are looked at."""

_LATIN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüß",  # German
    "áéíñóúüªº",  # Spanish
    "áâãàçéêíóôõúüªº",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü·",  # Catalan
    "äáéëïíóöúüèê",  # Dutch
    "æøåéüöä",  # Danish, Norwegian
    "åäöéüà",  # Swedish, Finnish
    "áðéíóúýþæö",  # Icelandic
    "áéíóú",  # Irish
    "àâêîôûáéíóúäëïöüŵŷ",  # Welsh
    "áéíóöőúüű",  # Hungarian
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýžöüä",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "čćđšž",  # Croatian, Bosnian, Slovenian
    "ăâîșțşţ",  # Romanian
    "çëéö",  # Albanian
    "çğıöşüâîûİ",  # Turkish
    "äõöüšž",  # Estonian
    "āčēģīķļņšūž",  # Latvian
    "ąčęėįšųūž",  # Lithuanian
    "ċġħżàèìòù",  # Maltese
)
_OTHERS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћџђќѓѕ",
    "αβγδεζηθικλμνξοπρςστυφχψωάέήίόύώϊϋΐΰ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",
)
_USUAL = (
    frozenset("оеаинтсрвлкмдпуяыьі"),
    frozenset("αεηιοστνρκπλμυςωδγθχφβξζψάέήίόύώ"),
    frozenset(_OTHERS[2]),
    frozenset(_OTHERS[3]),
)
_SCRIPTS = {character: place for place, letters in enumerate(_OTHERS, 1) for character in letters}
_SIGNS = frozenset("’‘“”„–—…•«»€£§°·ºª¿¡©®™²³½¼¾‹›\u00a0±×µ№")
_COMMON_SIGNS = frozenset("’“”„–…•«»€°©\u00a0№")
_QUOTES = frozenset("’‘·'\u00ad")

CODE_PAGES = (
    "cp1252", "cp1250", "iso8859-15", "iso8859-2", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5",
    "mac_cyrillic", "cp1253", "iso8859-7", "cp1254", "iso8859-9", "cp1257", "iso8859-13", "iso8859-4",
    "iso8859-16", "cp1255", "cp1256", "mac_roman", "mac_latin2", "cp850", "cp852", "cp437",
)  # fmt: skip
"""The code pages that are told apart, the likelier first where a text reads the same in several."""


def words_of(block: bytes) -> Counter[bytes]:
    """The words of a text that have bytes above 127."""
    return Counter(word[:_LONGEST_WORD] for word in _WORD.findall(block))


def best_code_page(words: Mapping[bytes, int]) -> tuple[str, float]:
    """The likeliest code page of some words and how likely it is: 1 for a clean fit, 0 and less for none."""
    total = sum(count * _high(word) for word, count in words.items()) or 1
    scores = {name: _score(words, name) / total for name in CODE_PAGES}
    best = max(CODE_PAGES, key=lambda name: scores[name])
    close = next(name for name in CODE_PAGES if scores[name] >= scores[best] - 1e-9)
    return close, scores[close]


def _high(word: bytes) -> int:
    return sum(byte >= 0x80 for byte in word)


@cache
def _table(name: str) -> tuple[str, ...]:
    return tuple(bytes([code]).decode(name, "replace") for code in range(256))


def _score(words: Mapping[bytes, int], name: str) -> float:
    """The sum over all high bytes: up to 1 for a letter that fits, less than 0 for what no word holds."""
    table = _table(name)
    letters: Counter[str] = Counter()
    score = 0.0
    for word, count in words.items():
        text = "".join([table[byte] for byte in word])
        score += count * _shape(text)
        for character in text:
            if character > "\x7f":
                letters[character.lower() if character != "İ" else character] += count
    return score + _spelling(letters)


def _shape(text: str) -> float:
    """What a word loses for signs inside it, letters of two scripts, or capitals after small letters."""
    lost = 0.0
    scripts = set()
    before = ""
    for place, character in enumerate(text):
        if character.isalpha():
            scripts.add(_SCRIPTS.get(character.lower(), 0))
            if before.islower() and character.isupper() and max(before, character) > "\x7f":
                lost += 1.0
        elif character > "\x7f":
            if character == "\ufffd" or character < "\xa0":
                lost += 3.0
            elif character not in _SIGNS:
                lost += 1.0
            inside = before.isalpha() and text[place + 1 : place + 2].isalpha()
            if inside and character not in _QUOTES:
                lost += 1.5
            elif before.isalpha() and character in "£¿¡½¼¾³²±" and len(text) > 2:
                lost += 0.75
        before = character
    if len(scripts) > 1:
        lost += 1.5 * len(scripts)
    return -lost


def _spelling(letters: Mapping[str, int]) -> float:
    """1 for each letter of the language that fits most, less for letters of other languages of the page."""
    score = 0.0
    latin: Counter[str] = Counter()
    for character, count in letters.items():
        script = _SCRIPTS.get(character, 0)
        if script:
            score += count * (1.0 if character in _USUAL[script - 1] else 0.6)
        elif character.isalpha():
            latin[character] = count
        elif character in _SIGNS:
            score += (0.9 if character in _COMMON_SIGNS else 0.5) * count
    if latin:
        score += _best_languages(latin)
    return score


def _best_languages(latin: Mapping[str, int]) -> float:
    left = dict(latin)
    score, worth = 0.0, 1.0
    for _ in range(3):
        if not left:
            break
        best = max(_LATIN, key=lambda letters: _covered(left, letters))
        gained = _covered(left, best)
        if not gained:
            break
        score += worth * gained
        left = {character: count for character, count in left.items() if character not in best}
        worth -= 0.3
    return score - 0.5 * sum(left.values())


def _covered(letters: Mapping[str, int], language: Iterable[str]) -> int:
    return sum(letters.get(character, 0) for character in language)
