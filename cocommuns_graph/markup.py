"""Text that came from a file, made safe for the place it is shown in: HTML, a script, a link, a spreadsheet.

Every character of a file is hostile until it went through here; nothing else in the package makes HTML
out of text.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

_LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def escape(text: object) -> str:
    """Text for an HTML element or a quoted attribute; control characters that HTML forbids are dropped."""
    kept = "".join(character for character in str(text) if character in "\n\t" or not _is_control(character))
    return html.escape(kept, quote=True)


def _is_control(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000


def markdown_text(text: object) -> str:
    """Text as a Markdown renderer shows it literally: no link, image, formula, list or directive comes of it.

    Every ASCII punctuation character is escaped, control characters go, white space becomes single spaces but
    for those that forbid a line to break, which French has before some marks.
    """
    kept = _SPACES.sub(" ", "".join(" " if _is_control(c) else c for c in str(text))).strip()
    return "".join(f"\\{c}" if c.isascii() and not c.isalnum() and c != " " else c for c in kept)


def safe_url(url: object) -> str | None:
    """The address if a click on it may be allowed (http, https, mailto), else None."""
    text = str(url).strip()
    if any(_is_control(character) or character.isspace() for character in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in _LINK_SCHEMES:
        return None
    return text if parts.netloc or parts.scheme.lower() == "mailto" else None


def style_sheet(css: str) -> str:
    """An HTML style element of CSS that we wrote ourselves; no text of a file belongs in it.

    Raises:
        ValueError: the CSS could end its element.
    """
    if "<" in css:
        raise ValueError("a style sheet holds no <")
    return f"<style>{css}</style>"


def link(url: object, text: object | None = None) -> str:
    """An HTML link, or the escaped text alone where the address may not be clicked."""
    address = safe_url(url)
    shown = escape(url if text is None else text)
    if address is None:
        return shown
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{shown}</a>'


def script_json(value: Any) -> str:
    """JSON that stays data inside a script element whatever its texts say."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")


def safe_cell(value: Any) -> Any:
    """A value for a spreadsheet cell: text that a spreadsheet would run as a formula gets a leading '."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _is_number(value):
        return "'" + value
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text
