"""Where the tables of a file are: blocks of rows between blank lines, each a table, a part of one, or notes.

A file is gone through once. Of each block only its beginning, its end and counts are kept, so that memory
does not grow with the file. What then is no row of a table (titles above, notes below, column rows that come
again, ruled lines) is left aside and named.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cocommuns_graph.reading.header import Header, find_header, header_evidence
from cocommuns_graph.reading.shapes import filled, is_remark, is_rule, is_total
from cocommuns_graph.reading.tables import LeftAside

Record = tuple[int, list[str]]

_HEAD = 40
_TAIL = 30
_MOST_BLOCKS = 1_000
_MOST_RUNS = 60
_FEW = 6
_MOST_TABLES = 30
_OF_RULES = "-=_+:*~ "
_MOST_CELLS = 50_000
_LONGEST_SHOWN = 300
_MOST_ASIDE = 10_000


@dataclass
class Run:
    """Rows one after the other with equally many cells: their number and the first of them."""

    width: int
    count: int = 0
    head: list[Record] = field(default_factory=list)
    last: int = 0


@dataclass
class Block:
    """Rows without a blank line between them."""

    head: list[Record] = field(default_factory=list)
    tail: deque[Record] = field(default_factory=lambda: deque(maxlen=_TAIL))
    widths: Counter[int] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    count: int = 0
    last: int = 0

    more: int = 0

    def settle(self) -> None:
        """Counts the rows that were only added to the tail: `more`, each as long as the one before them."""
        if self.more:
            run = self.runs[-1]
            self.widths[run.width] += self.more
            self.count += self.more
            run.count += self.more
            self.last = run.last = self.tail[-1][0]
            self.more = 0

    def add(self, line: int, cells: list[str]) -> None:
        """One more row."""
        self.settle()
        record = (line, cells)
        if self.count < _HEAD:
            self.head.append(record)
        self.tail.append(record)
        width = len(cells)
        self.widths[width] += 1
        self.count += 1
        self.last = line
        if (not self.runs or self.runs[-1].width != width) and len(self.runs) < _MOST_RUNS:
            self.runs.append(Run(width))
        run = self.runs[-1]
        if run.width == width:
            run.count += 1
            run.last = line
            if len(run.head) < _HEAD:
                run.head.append(record)

    def pad(self) -> None:
        """Makes all rows as long as the longest."""
        width = max(self.widths)
        self.head = [(line, [*cells, *[""] * (width - len(cells))]) for line, cells in self.head]
        padded = [(line, [*cells, *[""] * (width - len(cells))]) for line, cells in self.tail]
        self.tail = deque(padded, maxlen=_TAIL)
        self.widths = Counter({width: self.count})

    @property
    def usual(self) -> int:
        """How many cells most rows have."""
        return max(self.widths.items(), key=lambda item: (item[1], item[0]))[0]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the first rows."""
        return [cells for _, cells in self.head]


@dataclass
class Region:
    """One table of a file: lines from the column row to `last`, and what of them is no row.

    `title` is the one line that stands above it by itself, empty if there is none. `header.at` counts from
    the first record of `head`.
    """

    head: list[Record]
    header: Header
    last: int
    count: int
    title: str = ""
    aside: list[LeftAside] = field(default_factory=list)
    widths: Counter[int] = field(default_factory=Counter)

    @property
    def header_line(self) -> int:
        """The line of the column row, 0 where there is none."""
        return self.head[self.header.at][0] if self.header.rows else 0

    @property
    def first_line(self) -> int:
        """The first line that belongs to it, its column row included."""
        return self.head[min(self.header.at, len(self.head) - 1)][0]


@dataclass
class Outline:
    """The tables of a file and the columns in which nothing stands, by place from 0."""

    regions: list[Region]
    empty: frozenset[int]


def outline(records: Iterable[Record], padded: bool = False) -> Outline:
    """The tables in the records of a file; a blank line is a record without cells.

    `padded` says that rows end with their last filled cell, so that their lengths tell nothing.
    """
    survey = _Survey()
    for line, cells in records:
        survey.take(line, cells)
    for block in survey.blocks:
        block.settle()
        if padded:
            block.pad()
    blocks = [part for block in survey.blocks for part in _untitled(block)]
    blocks = blocks if padded else list(_split(blocks))
    return Outline(_regions(blocks, survey.again, survey.rules), frozenset(survey.empty or ()))


class _Survey:
    """One pass: blocks, rows that say again what one of the first rows said, ruled lines, empty columns."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.again: dict[tuple[str, ...], list[int]] = {}
        self.rules: list[Record] = []
        self.empty: list[int] | None = None
        self._width = 0
        self._open = False
        self._firsts: set[str] = set()
        self._usual = -1

    def take(self, line: int, cells: list[str]) -> None:
        """One more record, in one step where nothing about it is new."""
        if len(cells) == self._usual and not self.empty:
            first = cells[0]
            if first and first[0] not in _OF_RULES and first not in self._firsts and not first.isspace():
                block = self.blocks[-1]
                block.tail.append((line, cells))
                block.more += 1
                return
        self._take(line, cells)
        self._usual = -1
        if self._open:
            block = self.blocks[-1]
            if block.count >= _HEAD and block.runs[-1].width == len(cells) <= _MOST_CELLS:
                self._usual = len(cells)

    def _take(self, line: int, cells: list[str]) -> None:
        if not cells or not (cells[0].strip() or any(map(str.strip, cells))):
            if len(self.blocks) < _MOST_BLOCKS:
                self._open = False
            return
        if len(cells) > _MOST_CELLS:
            cells = cells[:_MOST_CELLS]
        first = cells[0]
        if first[:1] in _OF_RULES and is_rule(cells):
            if len(self.rules) < _MOST_ASIDE:
                self.rules.append((line, cells))
            return
        if not self._open:
            self.blocks.append(Block())
            self._open = True
        block = self.blocks[-1]
        block.add(line, cells)
        self._fill(cells)
        key = tuple(map(str.strip, cells)) if block.count <= _FEW or first.strip() in self._firsts else None
        if key is not None:
            if key in self.again:
                if len(self.again[key]) < _MOST_ASIDE:
                    self.again[key].append(line)
            elif block.count <= _FEW and len(self.again) < _MOST_ASIDE:
                self.again[key] = []
                self._firsts.add(key[0])

    def _fill(self, cells: list[str]) -> None:
        if self.empty is None:
            self.empty = []
        if len(cells) > self._width:
            self.empty += range(self._width, len(cells))
            self._width = len(cells)
        if self.empty:
            width = len(cells)
            self.empty = [place for place in self.empty if place >= width or not cells[place].strip()]


def _untitled(block: Block) -> list[Block]:
    """A block without the title in its first row, which then is a block by itself."""
    if block.count < 3 or len(filled(block.head[0][1])) != 1 or len(filled(block.head[1][1])) < 2:
        return [block]
    line, cells = block.head[0]
    alone = len(cells) == 1 and block.usual > 2
    if header_evidence(block.rows[1:]) < (0.5 if alone else 1):
        return [block]
    title = Block()
    title.add(line, cells)
    block.head = block.head[1:]
    block.tail = deque((each for each in block.tail if each[0] > line), maxlen=_TAIL)
    block.count -= 1
    block.widths[len(cells)] -= 1
    block.widths = +block.widths
    if block.runs:
        run = block.runs[0]
        run.count, run.head = run.count - 1, run.head[1:]
        block.runs = block.runs if run.count else block.runs[1:]
    return [title, block]


def _split(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks cut where a table of another width begins without a blank line before it."""
    for block in blocks:
        start = next((place for place, run in enumerate(block.runs) if _begins(block.runs, place)), 0)
        if not start:
            yield block
            continue
        yield _joined(block.runs[:start], None)
        yield _joined(block.runs[start:], block)


def _begins(runs: Sequence[Run], place: int) -> bool:
    """Whether a run is a table by itself: of another width to the end, its first row unlike its others."""
    if place == 0 or len(runs) >= _MOST_RUNS:
        return False
    run = runs[place]
    before = {other.width for other in runs[:place]}
    after = {other.width for other in runs[place:] if other.count > 1}
    if run.count < 3 or run.width < 2 or max(other.count for other in runs[:place]) < 3 or before & after:
        return False
    return header_evidence([cells for _, cells in run.head]) >= 1


def _joined(runs: Sequence[Run], whole: Block | None) -> Block:
    found = Block()
    for run in runs:
        found.widths[run.width] += run.count
        found.count += run.count
        found.head += run.head
        found.last = run.last
    found.head = found.head[:_HEAD]
    found.runs = list(runs)
    found.tail.extend(whole.tail if whole else [record for run in runs for record in run.head])
    first = found.head[0][0]
    found.tail = deque((each for each in found.tail if each[0] >= first), maxlen=_TAIL)
    return found


def _regions(
    blocks: list[Block], again: dict[tuple[str, ...], list[int]], rules: list[Record]
) -> list[Region]:
    if not blocks:
        return []
    widest = max(max(len(filled(cells)) for cells in block.rows) for block in blocks)
    regions: list[Region] = []
    parts: list[list[Block]] = []
    waiting: list[Block] = []
    notes: list[list[Block]] = []
    for place, block in enumerate(blocks):
        current = parts[-1] if parts else None
        last = place == len(blocks) - 1
        others = blocks[place + 1 :]
        if _is_above(block, others, widest) if current is None else _is_below(block, current[0], others):
            waiting.append(block)
        elif current is not None and _continues(block, current[0], last):
            current.append(block)
            notes[-1] += waiting
            waiting = []
        else:
            parts.append([block])
            notes.append(waiting)
            waiting = []
    if not parts or len(parts) > _MOST_TABLES:
        parts, notes, waiting = [blocks if parts else waiting], [[]], []
    for own, beside in zip(parts, notes, strict=True):
        regions.append(_region(own, beside, again))
    for block in waiting:
        regions[-1].aside += _aside(block.head, "note")
    for line, cells in rules:
        owner = next((each for each in reversed(regions) if each.first_line <= line), regions[0])
        owner.aside.append(_left(line, cells, "ruled line"))
    return regions


def _is_above(block: Block, others: Sequence[Block], widest: int) -> bool:
    """Whether a block before any table holds titles or notes rather than rows."""
    if not others or widest < 2 or block.count > 2 * _FEW:
        return False
    most = max(len(filled(cells)) for cells in block.rows)
    following = max(len(filled(cells)) for each in others for cells in each.rows[:_FEW])
    if most == 1:
        return following > 1
    return most <= 2 < following and block.count <= _FEW


def _is_below(block: Block, table: Block, others: Sequence[Block]) -> bool:
    """Whether a block after a table holds notes: each of its rows is one, or one title of what comes next."""
    width = table.usual
    if block.count > 2 * _FEW:
        return False
    if all(is_remark(cells, width) or is_total(cells, width) for cells in block.rows):
        return True
    alone = all(len(filled(cells)) == 1 for cells in block.rows) and width > 1
    if not alone:
        return False
    ragged = all(len(cells) == 1 for cells in block.rows) and width > 2
    titled = bool(others) and block.count == 1 and header_evidence(others[0].rows) >= 1
    return ragged or titled


def _continues(block: Block, table: Block, last: bool) -> bool:
    """Whether a block goes on with the table before it instead of being a table itself."""
    rows = block.rows
    if any(rows[0] == cells for cells in table.rows[:_FEW]):
        return True
    if block.count < 2:
        return True
    evidence = header_evidence(rows)
    if _width(block) == _width(table):
        return evidence < 2 or header_evidence(table.rows) == 0
    if evidence >= 1:
        return False
    return not (block.count >= 3 and evidence >= 0.5)


def _width(block: Block) -> int:
    """How far rows of a block reach, whatever empty cells stand at their ends."""
    reach = Counter(
        max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0) for cells in block.rows
    )
    return max(reach.items(), key=lambda item: (item[1], item[0]))[0]


def _region(blocks: list[Block], notes: list[Block], again: dict[tuple[str, ...], list[int]]) -> Region:
    first = blocks[0]
    head = list(first.head)
    for block in blocks[1:]:
        if len(head) >= _HEAD:
            break
        head += block.head[: _HEAD - len(head)]
    widths = sum((block.widths for block in blocks), Counter())
    header = find_header([cells for _, cells in head], widths)
    found = Region(head, header, blocks[-1].last, sum(block.count for block in blocks))
    before = [block for block in notes if block.head[0][0] < first.head[0][0]]
    between = [block for block in notes if block.head[0][0] >= first.head[0][0]]
    above = [record for block in before for record in block.head] + head[: header.at]
    found.aside += _aside(above, "above the table")
    found.aside += [left for block in between for left in _aside(block.head, "note")]
    titles = [held[0] for _, cells in above if len(held := filled(cells)) == 1]
    found.title = titles[-1] if titles else ""
    found.widths = widths
    for _, cells in head[: header.below]:
        found.widths[len(cells)] -= 1
    _leave_repeated(found, again)
    _leave_footers(found, blocks[-1])
    return found


def _leave_repeated(region: Region, again: dict[tuple[str, ...], list[int]]) -> None:
    header = region.header
    if not header.rows:
        return
    start = header.at
    for place in range(start, start + header.rows):
        line, cells = region.head[place]
        for other in again.get(tuple(map(str.strip, cells)), ()):
            if line < other <= region.last and other != line:
                region.aside.append(_left(other, cells, "column row again"))
                region.widths[len(cells)] -= 1


def _leave_footers(region: Region, block: Block) -> None:
    """Rows at the end of a table that are notes on it or sum it up."""
    width = region.header.width
    body = region.count - region.header.below
    below = region.head[region.header.at + max(0, region.header.rows - 1)][0] if region.head else 0
    footers: list[Record] = []
    for line, cells in reversed(block.tail):
        note = is_remark(cells, width) or is_total(cells, width)
        loose = (
            len(cells) == 1 < len(block.head[0][1]) and width > 3 and len(footers) > 0 and cells[0].strip()
        )
        if line <= below or not (note or loose) or len(footers) >= body:
            break
        footers.append((line, cells))
    for line, cells in reversed(footers):
        region.aside.append(_left(line, cells, "total" if is_total(cells, width) else "note"))
        region.widths[len(cells)] -= 1


def _aside(records: Iterable[Record], why: str) -> list[LeftAside]:
    return [_left(line, cells, why) for line, cells in records]


def _left(line: int, cells: Sequence[str], why: str) -> LeftAside:
    text = " | ".join(filled(cells))
    return LeftAside(line, text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…", why)
