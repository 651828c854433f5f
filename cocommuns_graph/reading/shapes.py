"""What a cell or row looks like: a number, a date, an address, a note below a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Shape = Literal["", "number", "date", "web", "mail", "word"]

_NUMBER = re.compile(
    r"[-+(]?(?:[€$£¥]\s?)?(?:\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
    r"(?:[eE][-+]?\d+)?\)?\s?[%€$£¥]?"
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SOURCE = re.compile(
    r"(?:sources?|notes?|n\.?b\.?|remarks?|remarques?|nota|notas|fuentes?|fontes?|fonti|quellen?|anmerkung(?:en)?|"
    r"hinweis|stand|bron(?:nen)?|opmerking(?:en)?|źródło|zdroj|poznámka|источник|примечание|generated|exported|"
    r"created|downloaded|retrieved|last updated?|updated|copyright|licen[cs]e|disclaimer|"
    r"exporté|généré|mis à jour|"
    r"erstellt|exportiert|generado|exportado|generato|esportato|"
    r"page \d+|rows?|records?|\d+ rows?)\b\s*(?:[:：.=(]|\d|on\b|by\b|le\b|am\b|el\b|il\b|par\b|von\b|at\b)"
    r"|end of (?:file|report|table)$|fin du fichier$|\d+ (?:rows?|records?)$|"
    r"\(c\)|©|\*+\s?\w|†|---|\(\d+ rows?\)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:(?:grand|sub|sous|overall)[- ]?)?(?:totals?|totaux|sum|sums|summe|gesamt(?:summe)?|insgesamt|somme|"
    r"suma|soma|somma|totale|totali|totales|totais|totaal|итого|всего|celkem|razem|łącznie|összesen|toplam|average|mean|"
    r"moyenne|mittelwert|durchschnitt|media|média|promedio|gemiddelde)"
    r"(?: (?:general|général|generale|geral|rows?|records?|count))?\s*[:：=]?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-=_+:*~ ]{2,}")


def shape(text: str) -> Shape:
    """The shape of a cell's text, empty for a blank one."""
    text = text.strip()
    if not text:
        return ""
    first = text[0]
    if (first.isdigit() or first in "-+(€$£¥.") and len(text) < 40:
        if _NUMBER.fullmatch(text):
            return "number"
        if _DATE.fullmatch(text):
            return "date"
    if "@" in text and _MAIL.fullmatch(text):
        return "mail"
    return "web" if _WEB.fullmatch(text) else "word"


def filled(cells: Sequence[str]) -> list[str]:
    """The cells of a row that hold anything."""
    return [cell.strip() for cell in cells if cell.strip()]


def is_rule(cells: Sequence[str]) -> bool:
    """Whether a row is a line drawn with dashes, as below the column row of tables in plain text."""
    held = filled(cells)
    return bool(held) and all(_RULE.fullmatch(cell) for cell in held)


def is_remark(cells: Sequence[str], width: int) -> bool:
    """Whether a row of a table of `width` columns is a note: a source, a remark, a sentence by itself."""
    held = filled(cells)
    if not held or width < 2:
        return False
    text = held[0]
    if len(held) == 1 or (len(held) == 2 and width > 3 and text.endswith(":")):
        if _SOURCE.match(text):
            return True
        sentence = len(text) > 40 and text.count(" ") >= 5
        # Written into the first column of a full row, a long text may be somebody's long name.
        return sentence and (len(cells) == 1 or text.endswith(".")) and width > 2
    return False


def is_total(cells: Sequence[str], width: int) -> bool:
    """Whether a row of a table of `width` columns sums up the others."""
    held = filled(cells)
    if len(held) < 2 or width < 2 or not _TOTAL.fullmatch(held[0]):
        return False
    return all(shape(cell) == "number" for cell in held[1:])
