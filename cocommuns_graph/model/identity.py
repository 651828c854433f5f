"""How names become ids and keys, and how two spellings are seen to be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name without accents, in lower case, every run of other characters a `-`.

    Letters and digits of every script are kept, so that a name in Greek or Chinese still makes an id. Two
    names that fold alike are the same name: `Économie sociale` and `economie-sociale`.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORD.sub("-", unicodedata.normalize("NFC", bare)).strip("-")


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
