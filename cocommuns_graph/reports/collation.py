"""The order of words as a dictionary of the language has it."""

from __future__ import annotations

from cocommuns_graph.model import fold

_Key = tuple[str, str, str]

_LETTERS_OF_THEIR_OWN: dict[str, list[tuple[str, str]]] = {
    # letter: what it sorts after; those that share a place follow in this order
    "es": [("ñ", "n")],
    "sv": [("å", "z"), ("ä", "z"), ("ö", "z")],
    "fi": [("å", "z"), ("ä", "z"), ("ö", "z")],
    "da": [("æ", "z"), ("ø", "z"), ("å", "z")],
    "nb": [("æ", "z"), ("ø", "z"), ("å", "z")],
    "nn": [("æ", "z"), ("ø", "z"), ("å", "z")],
    "pl": [(own, base) for own, base in zip("ąćęłńóśźż", "acelnoszz", strict=True)],
    "cs": [(own, base) for own, base in zip("čřšž", "crsz", strict=True)],
    "sk": [(own, base) for own, base in zip("äčôšž", "acosz", strict=True)],
    "hr": [(own, base) for own, base in zip("čćđšž", "ccdsz", strict=True)],
    "sl": [(own, base) for own, base in zip("čšž", "csz", strict=True)],
    "hu": [(own, base) for own, base in zip("öőüű", "oouu", strict=True)],
    "ro": [(own, base) for own, base in zip("ăâîșț", "aaist", strict=True)],
    "tr": [(own, base) for own, base in zip("çğıöşü", "cghosu", strict=True)],
    "et": [("š", "s"), ("ž", "z"), ("õ", "w"), ("ä", "w"), ("ö", "w"), ("ü", "w")],
}


def order(text: str, language: str) -> _Key:
    """What to sort a text by: letters first, accents next, capitals last.

    Letters that a language counts as its own, such as the Spanish ñ, stand where its dictionaries have them.
    """
    lower = text.casefold()
    places = _places(language)
    if places:
        lower = "".join(places.get(character, character) for character in lower)
        letters = "".join(
            character if character >= _FIRST_PLACE else (fold(character) or " ") for character in lower
        )
        return " ".join(letters.split()), lower, text
    return fold(text).replace("-", " "), lower, text


_FIRST_PLACE = "\U000f0000"


def _places(language: str) -> dict[str, str]:
    """For each letter of a language's own: its base and a character above all others."""
    own = _LETTERS_OF_THEIR_OWN.get(language, [])
    return {letter: base + chr(ord(_FIRST_PLACE) + number) for number, (letter, base) in enumerate(own)}
