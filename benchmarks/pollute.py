"""Tables with one thing each that csv does not allow, made from a seed: what real files are polluted with.

The kinds are those that the Pollock benchmark names (Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann:
"Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023: separators, quotation, escaping, record ends, column
rows, preambles, several tables, rows with too few and too many separators, encodings) and what spreadsheets
of people add. Each file comes with the tables it stands for, so that a reader can be scored against them.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Rows = list[list[str]]

COLUMNS = ["id", "name", "city", "members", "founded", "website", "remarks"]
_FIRST = ("Coop", "Verein", "Réseau", "Atelier", "Fundación", "Green", "Water", "Open", "Città", "Les Amis")
_SECOND = ("Énergie", "Köln", "Montréal", "Lab", "Solidaire", "of the Lake", "Málaga", "Nord", "für alle")
_CITIES = ("Liège", "Köln", "Málaga", "Besançon", "Oslo", "Genève", "Bruxelles", "Roma", "Zürich", "Lyon")
_REMARKS = (
    "",
    "",
    "meets on Mondays, at noon",
    'called "the house"',
    "a first line\nand a second",
    "yes",
    "tbc",
)


@dataclass(frozen=True)
class Polluted:
    """One file: its kind, its bytes, the columns of its first table, the rows of all its tables.

    `free` rows may be read in any way, but every other row has to be there.
    """

    kind: str
    data: bytes
    columns: list[str]
    rows: Rows
    free: int = 0


def table(chance: random.Random, rows: int = 40) -> Rows:
    """Rows of organisations with commas, quotes, line breaks, numbers, dates, addresses and empty cells."""
    return [
        [
            str(number),
            f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {number}",
            chance.choice(_CITIES),
            str(chance.randint(3, 4000)) if chance.random() < 0.9 else "",
            f"{chance.randint(1950, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            f"https://example.org/{number}",
            chance.choice(_REMARKS),
        ]
        for number in range(1, rows + 1)
    ]


def written(rows: Rows, delimiter: str = ",", end: str = "\n", quote: str = '"', escape: str = "") -> str:
    """Rows as text, a cell in quotes where it has to be."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            if any(mark in cell for mark in (delimiter.strip(" ") or " ", quote, "\n", "\r")):
                inner = cell.replace("\\", "\\\\") if escape else cell
                cell = f"{quote}{inner.replace(quote, (escape or quote) + quote)}{quote}"
            cells.append(cell)
        lines.append(delimiter.join(cells) + end)
    return "".join(lines)


def _spread(rows: Rows) -> Rows:
    """The rows without line breaks inside cells."""
    return [[cell.replace("\n", " ") for cell in row] for row in rows]


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def pollutions(seed: int) -> Iterator[Polluted]:
    """Every kind of polluted file, made from one seed."""
    chance = random.Random(seed)
    rows = table(chance)
    whole = [COLUMNS, *rows]
    plain = _spread(rows)
    flat = [COLUMNS, *plain]

    def of(kind: str, text: str, expected: Rows = rows, encoding: str = "utf-8", free: int = 0) -> Polluted:
        return Polluted(kind, text.encode(encoding), COLUMNS, expected, free)

    yield of("nothing", written(whole))
    yield of("separator: semicolon", written(whole, ";"))
    yield of("separator: tab", written(whole, "\t"))
    yield of("separator: bar", written(whole, "|"))
    yield of("separator: space", written(whole, " "))
    yield of("separator: comma and space", written(whole, ", "))
    yield of("separator: two bars", written(whole, "||"))
    yield of("separator: caret", written(whole, "^"))
    yield of("separator: unit separator", written(whole, "\x1f"))
    yield of("quotes: single", written(whole, quote="'"))
    yield of("quotes: all cells", _quoted(whole, '"'))
    yield of("quotes: all cells single", _quoted(whole, "'"))
    yield of("quotes: whole lines", "".join('"' + line.replace('"', '""') + '"\n' for line in written(flat).splitlines()), plain)  # fmt: skip  # noqa: E501
    yield of("escape: backslash", written(whole, escape="\\"))
    yield of("record end: CR", written(flat, end="\r"), plain)
    yield of("record end: CR LF", written(flat, end="\r\n"), plain)
    yield of("record end: CR CR LF", written(flat, end="\r\r\n"), plain)
    yield of("record end: mixed", written(flat[:20], end="\r\n") + written(flat[20:]), plain)
    yield of("record end: none at the end", written(whole).rstrip("\n"))
    yield of("record end: two at the end", written(whole) + "\n")
    yield of("blank lines: between rows", written(flat, end="\n\n"), plain)
    yield of("blank lines: some", written(flat[:9]) + "\n" + written(flat[9:30]) + "\n\n" + written(flat[30:]), plain)  # fmt: skip  # noqa: E501
    yield of("blank lines: at the top", "\n\n" + written(whole))
    nameless = [f"column_{place}" for place in range(1, 8)]
    yield Polluted("column row: none", written(rows).encode(), nameless, rows)
    yield of("column row: again", written(whole[:21]) + written([COLUMNS, *whole[21:]]))
    yield of("column row: alone", written([COLUMNS]), [])
    yield of("column row: one row below", written(whole[:2]), rows[:1])
    units = [["", "", "", "(number)", "(day)", "(URL)", ""]]
    joined = ["id", "name", "city", "members (number)", "founded (day)", "website (URL)", "remarks"]
    yield Polluted("column row: two", written([COLUMNS, *units, *rows]).encode(), joined, rows)
    yield of("column row: ruled", written([COLUMNS, ["---"] * 7, *rows]))
    for lines in (1, 3, 6):
        words = [f"Report of the network, part {number}" for number in range(1, lines + 1)]
        yield of(f"preamble: {lines} lines", _line(words[:1]) * lines + written(whole))
    yield of("preamble: with separators", "Exported by,Ann,,,,,\nOn,2024-02-03,,,,,\n" + written(whole))
    yield of("preamble: and a blank line", "List of members\nExported by,Ann\n\n" + written(whole))
    yield of("preamble: comments", "# made by hand\n# last change: 2024\n" + written(whole))
    yield of("footer: source", written(whole) + "Source: own survey\n")
    yield of("footer: blank line and notes", written(whole) + "\nNote: preliminary\n* counted twice\n")
    yield of("footer: total", written(whole) + "Total,,,48210,,,\n")
    other = [["topic", "level", "year"], *[[f"topic {n}", str(n % 5), str(2000 + n)] for n in range(12)]]
    more = [[f"c{n}" for n in range(10)], *[[f"{n}.{m}" for m in range(10)] for n in range(12)]]
    same = [["key", "label", "place", "size", "start", "link", "more"], *table(chance, 12)]
    for kind, second in (("fewer", other), ("more", more), ("as many", _spread(same))):
        yield of(f"two tables: {kind} columns", written(flat) + "\n" + written(second), plain + second[1:])
    yield of("two tables: no blank line", written(flat) + written(other), plain + other[1:])
    yield of("two tables: titled", "Groups\n" + written(flat) + "\nTopics\n" + written(other), plain + other[1:])  # fmt: skip  # noqa: E501
    yield from _broken_rows(chance, plain, of)
    yield of("columns: one empty", written([[*row[:3], "", *row[3:]] for row in whole]))
    yield of("columns: first empty", written([["", *row] for row in whole]))
    yield of("columns: separator at the end", written([[*row, ""] for row in whole]))
    yield of("rows: short ones", written([flat[0], *[_stripped(row) for row in plain]]), plain)
    yield of("numbers: decimal commas", written([_with_comma(row) for row in flat], ";"), [_with_comma(row) for row in plain])  # fmt: skip  # noqa: E501
    for encoding in (
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "mac_roman",
        "cp850",
    ):
        yield of(f"encoding: {encoding}", written(whole), encoding=encoding)
    for encoding, words in (
        ("cp1250", ("Dvořák", "Plzeň", "Žižka", "Třebíč", "Příbram")),
        ("iso8859-2", ("Łódź", "Świętosław", "Małgorzata", "śląsk", "Gdańsk")),
        ("cp1251", ("Москва", "Ольга", "Київ", "София", "Общество")),
        ("koi8-r", ("Москва", "Ольга", "Киев", "Саратов", "Общество")),
        ("cp1253", ("Γιώργος", "Αθήνα", "Μαρία", "Θεσσαλονίκη", "Κοινότητα")),
        ("shift_jis", ("東京都", "ひらがな", "カタカナ", "大阪です", "協同組合")),
    ):
        foreign = [[row[0], f"{chance.choice(words)} {row[0]}", chance.choice(words), *row[3:6], ""] for row in rows]  # fmt: skip  # noqa: E501
        yield of(f"encoding: {encoding}", written([COLUMNS, *foreign]), foreign, encoding)
    damaged = bytearray(written(whole).encode())
    damaged[len(damaged) // 2 : len(damaged) // 2] = "é".encode("cp1252")
    yield Polluted("encoding: one damaged byte", bytes(damaged), COLUMNS, rows, 1)
    yield of("encoding: NULs", written([[cell.replace("exam", "ex\0am") for cell in row] for row in flat[:5]] + flat[5:]), plain)  # fmt: skip  # noqa: E501


def _broken_rows(chance: random.Random, rows: Rows, of: Callable[..., Polluted]) -> Iterator[Polluted]:
    """One row in the middle with a separator, a quote or a record end too many or too few."""
    at = chance.randrange(10, 30)
    flat = [COLUMNS, *rows]
    others = [row for place, row in enumerate(rows) if place != at]

    def with_line(text: str) -> str:
        return written(flat[: at + 1]) + text + written(flat[at + 2 :])

    line = _line(rows[at])
    yield of("a row: one separator less", with_line(line.replace(",", "", 1)), others, free=1)
    yield of("a row: one separator more", with_line(line.replace(",", ",,", 1)), others, free=1)
    yield of("a row: three separators more", with_line(line.replace("\n", ",,,\n")), rows)
    yield of("a row: other separator", with_line(written([rows[at]], ";")), rows)
    cells = [*rows[at][:6], "it"]
    odd = [cells if place == at else row for place, row in enumerate(rows)]
    yield of("a row: a quote at the start", with_line(_line(cells).replace(",", ',"', 1)), others, free=1)
    yield of("a row: a quote inside", with_line(_line(cells).replace(" ", ' "', 1)), others, free=1)
    yield of("a row: a quote before the end", with_line(_line(cells).rstrip("\n") + '"\n'), others, free=1)
    yield of("a row: quotes not doubled", with_line(_line(cells).rstrip("\n").removesuffix("it") + '"say "it" all"\n'), others, free=1)  # fmt: skip  # noqa: E501
    yield of("a row: a record end inside", with_line(_line(cells).replace(" ", "\n", 1)), others, free=2)
    yield of(
        "a row: all in quotes", with_line('"' + _line(cells).rstrip("\n").replace('"', '""') + '"\n'), odd
    )


def _quoted(rows: Rows, mark: str) -> str:
    return "".join(
        ",".join(f"{mark}{cell.replace(mark, mark * 2)}{mark}" for cell in row) + "\n" for row in rows
    )


def _stripped(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _with_comma(row: list[str]) -> list[str]:
    return [*row[:3], f"{row[3]},5" if row[3].isdigit() else row[3], *row[4:]]
