"""How names become ids and keys, and how two spellings are seen to be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_SPELLED_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"}
_LONGEST_REMEMBERED = 200


class _Folded(dict[int, str | None]):
    """What becomes of each character of decomposed lower-case text, worked out once a character."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        self[code] = found = None if _is_accent(character) else _SPELLED_OUT.get(character, character)
        if found == character and not character.isalnum() and unicodedata.category(character)[0] != "M":
            self[code] = found = " "
        return found


_FOLDED = _Folded()


def fold(text: str) -> str:
    """A name without accents, in lower case, every run of other characters a `-`.

    Letters and digits of every script are kept, so that a name in Greek or Chinese still makes an id. Two
    names that fold alike are the same name: `Économie sociale` and `economie-sociale`, `Cœur` and `coeur`.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return _NOT_WORD.sub("-", text.lower()).strip("-")
    # Compatibility forms hide capitals (a superscript A), and lower case brings accents (a dotted I): fold
    # in the order that Unicode gives for caseless matching.
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "-".join(unicodedata.normalize("NFC", lower.translate(_FOLDED)).split())


_remembered = lru_cache(maxsize=65536)(_fold)


def _is_accent(character: str) -> bool:
    """Whether it is a mark that a reader may leave out, not one that is a letter in its script.

    Vowel signs of Indic scripts, Thai and Lao vowels and tones, and the voicing mark of kana make another
    word; accents of Latin, Greek and Cyrillic and the points of Arabic and Hebrew do not.
    """
    position = unicodedata.combining(character)
    return position == 1 or 10 <= position <= 36 or position >= 200


def with_namespace(identifier: str, namespace: str) -> str:
    """An id of a file as the graph knows it: behind the file's namespace and a colon, if it has one."""
    return f"{namespace}:{identifier}" if namespace else identifier


def id_from_name(label: str, name: str, namespace: str = "") -> str:
    """The id of a row that brought none: namespace, label and folded name, as in `ols:expert-ada`."""
    return with_namespace(f"{label.lower()}-{fold(name)}", namespace)


def join_key(values: Iterable[object]) -> str:
    """The key properties of a relationship as one text; an unknown one is empty.

    `|` separates them and is escaped inside them, so different values never make the same key. A key whose
    values are all unknown is empty.
    """
    parts = ["" if value is None else str(value) for value in values]
    if not any(parts):
        return ""
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
