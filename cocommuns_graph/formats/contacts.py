"""Which text is an e-mail address or a telephone number, and which numbers only look like one.

Ways to reach a person are for coordinators, so they must not slip into a property that everybody sees.
Numbers are judged by their own shape and by the name of their column: years, dates, counts, coordinates,
ISBNs and registration numbers are no telephone numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cocommuns_graph.formats.naming import column_key

_EMAIL = re.compile(
    r"(?:mailto:)?(?<![\w@/.%+-])[\w.%+'-]{1,64}"
    r"(?:@|\s?[(\[]\s?(?:at|arobase|à)\s?[)\]]\s?)"
    r"(?:[\w-]{1,63}(?:\.|\s?[(\[]\s?(?:dot|point)\s?[)\]]\s?)){1,8}[^\W\d_]{2,24}(?![\w@])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9][0-9\s().\-/\u2010-\u2015]{4,30}[0-9]")
_BRACKETED_AT = re.compile(r"[(\[]\s?(?:at|arobase|à)\s?[)\]]", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LABEL = (
    r"(?:t[ée]l(?:[ée]phone|[ée]fono?)?|phone|mobile|m[óo]vil|gsm|fax|whatsapp|signal|handy|portable"
    r"|cellulare|tlf|tfno)"
)
_NUMBER = r"\+?\(?\d[\d\s().\-/\u2010-\u2015]{4,20}\d"
_LABELLED = re.compile(
    rf"(?:\b{_LABEL}|[☎📞])\.?\s*(?:n[°o]\.?|no\.?|nr\.?)?\s*:?\s*({_NUMBER})", re.IGNORECASE
)
_INTERNATIONAL = re.compile(r"(?<![\w+.])\+\d[\d\s().\-/\u2010-\u2015]{6,20}\d(?!\w)")
_NATIONAL = re.compile(
    r"(?<![\w.+/-])(?:0\d{1,4}(?:[ ./\-]\d{2,4}){2,4}|"
    r"\(\d{2,4}\)\s?\d{3}[ \-]?\d{3,4}|\d{3}[-.]\d{3}[-.]\d{4})(?![\w.-])"
)
_WHOLE = re.compile(
    rf"(?:{_LABEL}\.?\s*:?\s*)?(\+?[\d\s().\-/\u2010-\u2015]+?)(?:\s*(?:ext|x|poste)\.?\s*\d{{1,5}})?",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 60
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}(?:\d{2})?")
_DAY_FIRST = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d{2}\b")
_YEARS = re.compile(r"\(?(?:1[5-9]|20)\d{2}\)?(?:\s*[-–—/]\s*\(?(?:1[5-9]|20)\d{2}\)?)+")
_DECIMALS = re.compile(r"[+-]?\d+[.,]\d+(?:[\s,;/]+[+-]?\d+[.,]\d+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*")
_FOUR_BYTES = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NANP = re.compile(r"(?:1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}")
_EMAIL_COLUMN = _set("email e-mail mail mel courriel correo posta mails emails e-mails")
_TELEPHONE_COLUMN = _set(
    "tel telephone telefon telefono telefoon phone phones mobile mobiltelefon movil gsm fax handy portable "
    "whatsapp cellulare cellphone tlf tfno telephones telefonnummer rufnummer"
)
_NO_TELEPHONE_COLUMN = _set(
    "id ids identifier identifiant code codes key siret siren rna vat tva kbo bce ein isbn issn doi orcid "
    "number numero nr no num count counts total budget amount montant year years annee date dates start "
    "end since until postal postcode zip plz cp cap latitude longitude lat lon lng coordinates population "
    "members employees iban bic registration registre register"
)


def suspect(text: str) -> bool:
    """Whether a text deserves a close look: True for all that hold an address or number, and for some others.

    It is asked of every cell, so it is three quick searches rather than one thorough one.
    """
    return (
        "@" in text
        or _DIGITS.search(text) is not None
        or (("(" in text or "[" in text) and _BRACKETED_AT.search(text) is not None)
    )


def is_email(text: str) -> bool:
    """Whether the whole text is one e-mail address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def _words(column: str) -> set[str]:
    key = column_key(column)
    return {*key.split("-"), key}


def is_telephone(text: str, column: str = "") -> bool:
    """Whether the whole text is one telephone number, given the name of the column it stands in."""
    match = _WHOLE.fullmatch(text.strip()) if len(text) <= _LONGEST_NUMBER else None
    if match is None:
        return False
    number = match[1].strip()
    digits = re.sub(r"\D", "", number)
    words = _words(column)
    if words & _TELEPHONE_COLUMN or text.strip()[0].isalpha():
        return 5 <= len(digits) <= 16
    if not 8 <= len(digits) <= 15 or _is_other_number(number, digits):
        return False
    if number.startswith("+"):
        return True
    if words & _NO_TELEPHONE_COLUMN:
        return False
    if digits == number:
        return digits[0] == "0" and digits[:3] != "000" and (len(digits) in (9, 10) or digits[:2] == "00")
    return number[0] in "0(" or _NANP.fullmatch(number) is not None


def _is_other_number(number: str, digits: str) -> bool:
    if any(shape.fullmatch(number) for shape in (_DATE, _YEARS, _DECIMALS, _THOUSANDS, _FOUR_BYTES)):
        return True
    return _is_isbn(number, digits)


def _is_isbn(number: str, digits: str) -> bool:
    if len(digits) == 13:
        return digits[:3] in ("978", "979")
    if len(digits) != 10 or number.count("-") != 3:
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


@dataclass(frozen=True)
class Found:
    """The addresses and numbers in a text, in its order, and what is left of the text without them."""

    contacts: list[str]
    rest: str


_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|<\s*>")
_SCRAPS = re.compile(rf"(?:\b(?:e-?mail|mail|courriel|{_LABEL})\b|[\s:;,|/()<>\[\].&+-])++", re.IGNORECASE)


def find(text: str, column: str = "") -> Found:
    """The e-mail addresses and telephone numbers of a cell.

    A cell is looked at as a whole, then item by item where it is a list, then as running text, in which only
    numbers that say themselves what they are count: behind `tel`, or with a `+`, or in a national grouping.
    """
    items = [item.strip() for item in re.split(r"[;|,\n]|\s/\s", text) if item.strip()]
    if items and all(is_email(item) or is_telephone(item, column) for item in items):
        return Found([item.removeprefix("mailto:") for item in items], "")
    contacts: list[tuple[int, str]] = []
    rest = text
    if is_telephone(text, column):
        return Found([text.strip()], "")
    for shape in (_EMAIL, _LABELLED, _INTERNATIONAL, _NATIONAL):
        if shape is _NATIONAL and _words(column) & _NO_TELEPHONE_COLUMN:
            continue
        for match in reversed(list(shape.finditer(rest))):
            found = match[match.lastindex or 0].strip()
            if shape is not _EMAIL and not _is_number_in_text(found, shape):
                continue
            contacts.append((match.start(), found.removeprefix("mailto:")))
            rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    if not contacts:
        return Found([], text)
    rest = re.sub(r"[ \t]{2,}", " ", _EMPTY_BRACKETS.sub("", rest)).strip()
    return Found([found for _, found in sorted(contacts)], "" if _SCRAPS.fullmatch(rest) else rest)


def _is_number_in_text(found: str, shape: re.Pattern[str]) -> bool:
    if _DAY_FIRST.match(found):
        return False
    digits = re.sub(r"\D", "", found)
    if shape is _LABELLED:
        return 6 <= len(digits) <= 15
    least, most = (9, 11) if shape is _NATIONAL and found[0] == "0" else (8, 15)
    return least <= len(digits) <= most and not _is_other_number(found.lstrip("+"), digits)


def is_contact_column(column: str) -> bool:
    """Whether a column by its name holds e-mail addresses or telephone numbers."""
    return bool(_words(column) & (_EMAIL_COLUMN | _TELEPHONE_COLUMN))
