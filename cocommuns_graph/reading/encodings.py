"""Which encoding a file's bytes are in, decided over the whole file; binary content is refused."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from cocommuns_graph.model.errors import UnreadableFile
from cocommuns_graph.reading.codepages import MOST_WORDS, best_code_page, words_of

_BLOCK = 1 << 20
LONGEST_LINE = 32 << 20
"""Bytes of one physical line above which a file is refused instead of filling the memory."""

_MULTIBYTE_CODECS = ("shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949")
_POOR_FIT = 0.3
_DOUBTFUL_FIT = 0.6
_COHERENCE_SAMPLE = 1 << 16
_UTF16_SAMPLE = 1 << 13
_DAMAGED_AS_CP1252 = "cocommuns_graph.damaged_as_cp1252"
_CONTROLS = bytes(code for code in range(1, 0x20) if code not in b"\t\n\v\f\r\x1a\x1b\x1e\x1f") + b"\x7f"
_ASCII = bytes(range(0x80))
_UTF16_OR_32 = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True)
class Encoding:
    """How to decode a file: a codec's name, its error handler, and a sentence where that was a guess.

    `nulls` says that it has NUL characters, which are to be left out.
    """

    name: str
    errors: str = "strict"
    note: str = ""
    nulls: bool = False


def _damaged_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(_DAMAGED_AS_CP1252, _damaged_as_cp1252)


def detect_encoding(path: Path) -> Encoding:
    """The encoding of a text file: a byte order mark, else UTF-16 or strict UTF-8, else a code page.

    Raises UnreadableFile for an empty file, for binary content and for a line longer than LONGEST_LINE.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise UnreadableFile(f"{path} is empty")
    for mark, name in _UTF16_OR_32:
        if start.startswith(mark):
            _check_decodes(path, name)
            return Encoding(name)
    unmarked = _unmarked_utf16(path)
    if unmarked:
        _check_decodes(path, unmarked)
        return Encoding(unmarked, "strict", f"the text has no byte order mark; it was read as {unmarked}")
    census = _Census()
    for block in _blocks(path):
        census.add(block, path)
    census.finish(path)
    if census.is_utf8:
        name = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
        return Encoding(name, "strict", census.said, bool(census.nulls))
    return census.best_guess(path, marked=start.startswith(codecs.BOM_UTF8))


def _unmarked_utf16(path: Path) -> str:
    """UTF-16 without a byte order mark: the line ends and separators of its beginning have a NUL beside them.

    Empty where it is none.
    """
    with path.open("rb") as file:
        start = file.read(_UTF16_SAMPLE)
    even, odd = start[::2], start[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        nulls = high.count(0)
        if nulls > 3 and nulls * 12 > len(high) and low.count(0) * 100 < nulls:
            try:
                text = codecs.getincrementaldecoder(name)().decode(start)
            except UnicodeDecodeError:
                continue
            strange = sum(not (character.isprintable() or character in "\r\n\t\ufeff") for character in text)
            if strange * 50 <= len(text):
                return name
    return ""


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _check_decodes(path: Path, name: str) -> None:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        length, controls, total = 0, 0, 0
        for block in _blocks(path):
            text = decoder.decode(block)
            controls += sum(map(text.count, map(chr, _CONTROLS))) + text.count("\0")
            total += len(text)
            length = _running_length(text.encode("utf-8", "surrogatepass"), length, path)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{path} says it is {name.upper()} text but is damaged: {error.reason}"
        ) from error
    if controls * 20 > total:
        raise _binary(path)


def _running_length(block: bytes, length: int, path: Path) -> int:
    """The length of the line that is unfinished at the end of a block, given the one before the block."""
    first = min((at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0), default=-1)
    if length + (len(block) if first < 0 else first) > LONGEST_LINE:
        raise UnreadableFile(
            f"{path} has a line longer than {LONGEST_LINE >> 20} MB, so it is not read as a table"
        )
    if first < 0:
        return length + len(block)
    return len(block) - 1 - max(block.rfind(b"\n"), block.rfind(b"\r"))


def _binary(path: Path) -> UnreadableFile:
    return UnreadableFile(f"{path} looks like a binary file, not a table")


class _Census:
    """Counts over the bytes of a file that decide between UTF-8, damaged UTF-8 and 8-bit code pages."""

    def __init__(self) -> None:
        self.is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._high = [0] * 256
        self._words: Counter[bytes] = Counter()
        self.nulls = 0
        self._valid = 0
        self._invalid = 0
        self._controls = 0
        self._total = 0
        self._line = 0

    def add(self, block: bytes, path: Path) -> None:
        self.nulls += block.count(b"\0")
        self._total += len(block)
        self._controls += len(block) - len(block.translate(None, _CONTROLS))
        self._line = _running_length(block, self._line, path)
        if block.isascii() and self.is_utf8 and not self._decoder.getstate()[0]:
            return
        if self.is_utf8:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self.is_utf8 = False
        self._count_high(block)

    def _count_high(self, block: bytes) -> None:
        high = block.translate(None, _ASCII)
        for code in set(high):
            self._high[code] += high.count(code)
        if len(self._words) < MOST_WORDS:
            self._words.update(words_of(block))
        rest, found = _MULTIBYTE.subn(b"", block)
        self._valid += found
        self._invalid += len(rest.translate(None, _ASCII))

    def finish(self, path: Path) -> None:
        if self.is_utf8:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                self.is_utf8 = False
        # Text may hold control characters in any number: rows that were rejected come back with theirs.
        odd = self.nulls if self.is_utf8 else max(self._controls, self.nulls)
        if odd * 20 > self._total:
            raise _binary(path)

    def _in_pairs(self) -> bool:
        """Whether high bytes stand beside one another, as in encodings of two bytes a character."""
        runs = Counter(len(run) > 1 for word in self._words for run in _HIGH_RUN.findall(word))
        return runs[True] >= runs[False]

    @property
    def said(self) -> str:
        """The sentence on bytes that no text has."""
        return f"{self.nulls:,} NUL bytes were left out" if self.nulls else ""

    def best_guess(self, path: Path, marked: bool) -> Encoding:
        """For bytes that are not UTF-8 as a whole."""
        if marked or self._valid > 10 * self._invalid:
            return Encoding(
                "utf-8-sig" if marked else "utf-8",
                _DAMAGED_AS_CP1252,
                f"{self._invalid} bytes are not the UTF-8 that the rest of the file is in; "
                "they were read as cp1252",
                bool(self.nulls),
            )
        name, fit = best_code_page(self._words)
        undefined = sum(self._high[code] for code in range(0x80, 0x100) if _decoded(code, name) is None)
        if fit < _DOUBTFUL_FIT and self._in_pairs():
            other = _by_coherence(path)
            if other:
                return Encoding(other, "strict", f"the text is not UTF-8; it was read as {other}")
        note = f"the text is not UTF-8; it was read as {name}"
        if fit < _POOR_FIT:
            note += ", which is a guess: check letters with accents"
        if undefined:
            note += f", and {undefined} bytes that it does not define became \ufffd"
        note += f"; {self.said}" if self.said else ""
        return Encoding(name, "replace" if undefined else "strict", note, bool(self.nulls))


def _by_coherence(path: Path) -> str:
    """An encoding of several bytes a character that a general detector finds and the whole file is in."""
    with path.open("rb") as file:
        sample = file.read(_COHERENCE_SAMPLE)
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    found = from_bytes(sample, cp_isolation=list(_MULTIBYTE_CODECS), enable_fallback=False).best()
    if found is None:
        return ""
    name = found.encoding
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return ""
    return name


def _decoded(code: int, name: str) -> str | None:
    try:
        return bytes([code]).decode(name)
    except UnicodeDecodeError:
        return None
