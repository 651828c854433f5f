r"""Where words begin and end in the scripts of the world, as far as finding needs it.

A word is what Python calls `\w`, with the marks that belong to its letters (an accent that came apart, the
vowels of Hindi and Thai) and the invisible characters that pasted text has inside words. Letters with dots
between, as in `E.S.S.`, are one word. Scripts that leave no space between words are cut into overlapping
pairs of characters, the usual way to search them (`合作社` becomes `合作`, `作社`): a term stands in a
sentence where its pairs follow one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e"
    r"\u0eb1-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u0f90-\u0fbc\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_UNSEEN = r"\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# Thai to Burmese, Khmer, Hangul (particles end its words), kana and Han.
_UNSPACED = (
    r"\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[^\W\d_](?:[.][^\W\d_])+(?!\w)[.]?|[^\W_][\w{_MARKS}{_UNSEEN}]*")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_STARTS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# Arabic prefixes and endings as in the light stemmer of Larkey, Ballesteros and Connell (2002).
_ARABIC = re.compile("[\u0620-\u064a]")
_ARABIC_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_BEHIND = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_SHORTEST_ARABIC = 3


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as written, less what is invisible, each with where it begins and ends in it.

    Of a script without spaces each run is one.
    """
    if "_" in text:
        text = text.replace("_", " ")
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            yield word.replace(".", ""), match.start(), match.end()
            continue
        word = _INVISIBLE.sub("", unicodedata.normalize("NFC", word)).replace(".", "")
        for run in _RUN.findall(word):
            yield run, match.start(), match.end()


def seen(text: str) -> str:
    """A piece of text without what is invisible in it, on one line."""
    return " ".join(_INVISIBLE.sub("", text).split())


def is_unspaced(word: str) -> bool:
    """Whether a word begins in a script that leaves no space between words."""
    return not word.isascii() and _STARTS_UNSPACED.match(word) is not None


def has_unspaced(text: str) -> bool:
    """Whether a text has a character of a script that leaves no space between words."""
    return not text.isascii() and _STARTS_UNSPACED.search(text) is not None


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of characters; itself if it is no longer than one pair."""
    return [run[at : at + 2] for at in range(len(run) - 1)] if len(run) > 2 else [run]


def together(parts: list[str]) -> str:
    """Words with spaces between, pairs that overlap as the run they come from."""
    joined = parts[0] if parts else ""
    for before, part in pairwise(parts):
        if len(part) == len(before) == 2 and before[1] == part[0] and is_unspaced(part):
            joined += part[1]
        else:
            joined += " " + part
    return joined


def is_arabic(folded: str) -> bool:
    """Whether a folded word begins with an Arabic letter."""
    return _ARABIC.match(folded) is not None


def arabic_root(folded: str) -> str:
    """A folded Arabic word without article, conjunction and the endings of number and gender."""
    word = folded
    for before in _ARABIC_BEFORE:
        if word.startswith(before) and len(word) - len(before) >= _SHORTEST_ARABIC:
            word = word[len(before) :]
            break
    for behind in _ARABIC_BEHIND:
        if word.endswith(behind) and len(word) - len(behind) >= _SHORTEST_ARABIC:
            word = word[: -len(behind)]
    return word
