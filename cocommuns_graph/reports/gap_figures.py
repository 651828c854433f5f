"""The figures of the gap report: mixing against chance, coverage, brokers, the network with its holes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cocommuns_graph.gaps import Gaps, Table
from cocommuns_graph.model import Graph
from cocommuns_graph.model.look import LIGHT, SERIES
from cocommuns_graph.reports.collation import order
from cocommuns_graph.reports.figures import box, circle, figure, label, line, shortened
from cocommuns_graph.reports.html import Html
from cocommuns_graph.reports.wording import Wording, value_word

Row = Mapping[str, Any]
_MOST_TOPICS, _MOST_BARE = 24, 8
_MOST_BROKERS, _MOST_FAMILIES = 12, 12
_SIGNIFICANT = 0.05


def _families_of(rows: Sequence[Row], *names: str) -> list[str]:
    """The families in some columns, in the order in which they first come."""
    return list(dict.fromkeys(str(row[name]) for name in names for row in rows if row[name]))


def _in_order(words: Wording, by: str) -> Callable[[str], tuple[str, ...]]:
    """What to sort families by: their words, as a dictionary of the language has them."""
    return lambda family: order(value_word(words, by, family), words.language)


# -- who meets whom -----------------------------------------------------------------------------------------


def mixing_figure(table: Table, words: Wording, by: str) -> Html:
    """The ties between each two families against what chance would give, as a heat map."""
    rows = table.as_dicts()
    tied = [row for row in rows if row["ties"] or float(row["expected"] or 0) > 0]
    weight: defaultdict[str, float] = defaultdict(float)
    for one_row in tied:
        for end in ("a", "b"):
            weight[str(one_row[end])] += float(one_row["expected"] or 0) + float(one_row["ties"] or 0)
    most = sorted(weight, key=lambda one: (-weight[one], one))[:_MOST_FAMILIES]
    names = sorted(most, key=_in_order(words, by))
    if len(names) < 2:
        return Html("")
    cells = {frozenset((str(row["a"]), str(row["b"]))): row for row in rows}
    side, left, top = max(44.0, min(66.0, 620 / len(names))), 150.0, 110.0
    drawn: list[Html] = []
    for number, name in enumerate(names):
        at = top + number * side + side / 2 + 4
        drawn.append(label(left - 10, at, shortened(value_word(words, by, name), 20), anchor="end"))
        x = left + number * side + side / 2
        drawn.append(label(x, top - 10, shortened(value_word(words, by, name), 19), turn=-40))
    for i, one in enumerate(names):
        for j, other in enumerate(names[: i + 1]):
            row = cells.get(frozenset((one, other)))
            if row is None:
                continue
            x, y = left + j * side, top + i * side
            drawn.append(box(x + 1, y + 1, side - 2, side - 2, _step(row)))
            if _is_sure(row):
                drawn.append(box(x + 3, y + 3, side - 6, side - 6, "sure hollow"))
            middle = x + side / 2
            drawn.append(
                label(
                    middle, y + side / 2 - 1, words.number(row["ties"]), anchor="middle", size=14, class_="on"
                )
            )
            expected = words.text("figure.by_chance", n=words.number(row["expected"], 1))
            drawn.append(
                label(
                    middle,
                    y + side / 2 + 14,
                    expected,
                    anchor="middle",
                    size=round(min(9.5, side / 6.4), 1),
                    class_="on",
                )
            )
    return figure(
        "mixing",
        title=words.text("figure.mixing.title"),
        says=_mixing_says(rows, words, by, len(weight) - len(names)),
        note=words.text("figure.mixing.note"),
        width=left + len(names) * side + 70,
        height=top + len(names) * side + 6,
        drawn=drawn,
        key=[
            (box(1, 1, 18, 12, "much-less"), words.text("figure.mixing.much_less")),
            (box(1, 1, 18, 12, "less"), words.text("figure.mixing.less")),
            (box(1, 1, 18, 12, "even"), words.text("figure.mixing.even")),
            (box(1, 1, 18, 12, "more"), words.text("figure.mixing.more_key")),
            (box(1, 1, 18, 12, "much-more"), words.text("figure.mixing.much_more")),
            (box(2, 2, 16, 10, "sure hollow"), words.text("figure.mixing.sure")),
        ],
    )


def _is_sure(row: Row) -> bool:
    p = row.get("p_corrected")
    return p is not None and float(p) < _SIGNIFICANT


def _step(row: Row) -> str:
    z = row.get("z")
    if z is None:
        return "even"
    score = float(z)
    for least, name in ((2.0, "much-more"), (0.5, "more"), (-0.5, "even"), (-2.0, "less")):
        if score >= least:
            return name
    return "much-less"


def _pair(row: Row, words: Wording, by: str) -> str:
    one, other = (value_word(words, by, str(row[end])) for end in ("a", "b"))
    if one == other:
        return words.text("figure.within", family=one)
    return words.text("figure.pair", a=one, b=other)


def _mixing_says(rows: Sequence[Row], words: Wording, by: str, left_out: int) -> str:
    known = [row for row in rows if row.get("z") is not None]
    sure = [row for row in known if _is_sure(row)]
    said = [words.text("figure.mixing.says", pairs=words.count("family_pair", len(rows)))]
    for key, picked in (
        ("fewer", [row for row in sure if float(row["z"]) < 0]),
        ("more", [row for row in sure if float(row["z"]) > 0]),
    ):
        pairs = [_pair(row, words, by) for row in picked]
        if pairs:
            said.append(words.text(f"figure.mixing.{key}", pairs=words.together(pairs, 5)))
    if not sure:
        said.append(words.text("figure.mixing.nothing_sure"))
    if left_out:
        said.append(words.count("families_not_drawn", left_out))
    return " ".join(said)


# -- what is covered where ----------------------------------------------------------------------------------


def coverage_figure(table: Table, words: Wording, by: str) -> Html:
    """The topics in demand by family: who could help, and the holes where somebody wants it."""
    rows = [row for row in table.as_dicts() if not row["language"] and not row["country"]]
    families = sorted(_families_of(rows, "family"), key=_in_order(words, by))
    whole = {str(row["topic_id"]): row for row in rows if not row["family"]}
    cells = {(str(row["topic_id"]), str(row["family"])): row for row in rows if row["family"]}
    holes: dict[str, int] = {}
    for (topic, _), row in cells.items():
        holes[topic] = holes.get(topic, 0) + int(row["hole"] or 0)
    topics = sorted(
        whole,
        key=lambda one: (-int(whole[one]["hole"] or 0), -holes.get(one, 0), -int(whole[one]["demand"] or 0)),
    )
    if not topics or not families:
        return Html("")
    bare = [one for one in topics if whole[one]["hole"]][:_MOST_BARE]
    shown = (bare + [one for one in topics if not whole[one]["hole"]])[:_MOST_TOPICS]
    left, top, wide, high = 270.0, 112.0, max(38.0, min(60.0, 560 / (len(families) + 1))), 25.0
    drawn = [label(left + wide / 2, top - 10, words.text("figure.coverage.anybody"), turn=-40, bold=True)]
    for number, name in enumerate(families, 1):
        x = left + number * wide + wide / 2
        drawn.append(label(x, top - 10, shortened(value_word(words, by, name), 19), turn=-40))
    for number, topic in enumerate(shown):
        y = top + number * high
        drawn.append(
            label(left - 10, y + high / 2 + 4, shortened(str(whole[topic]["topic"]), 34), anchor="end")
        )
        drawn += _coverage_cell(left, y, wide, high, whole[topic], words)
        for place, name in enumerate(families, 1):
            if (topic, name) in cells:
                drawn += _coverage_cell(left + place * wide, y, wide, high, cells[topic, name], words)
            else:
                drawn.append(box(left + place * wide + 1, y + 1, wide - 2, high - 2, "grid hollow"))
    nobody = [str(whole[one]["topic"]) for one in topics if whole[one]["hole"]]
    here = sum(1 for count in holes.values() if count)
    said = [words.text("figure.coverage.says", topics=words.count("topic_in_demand", len(topics)))]
    if nobody:
        said.append(words.text("figure.coverage.nobody", topics=words.together(nobody, 6)))
    said.append(words.text("figure.coverage.holes", topics=words.count("topic", here)))
    if len(shown) < len(topics):
        said.append(words.count("topics_not_drawn", len(topics) - len(shown)))
    return figure(
        "coverage",
        title=words.text("figure.coverage.title"),
        says=" ".join(said),
        note=words.text("figure.coverage.note"),
        width=left + (len(families) + 1) * wide + 70,
        height=top + len(shown) * high + 6,
        drawn=drawn,
        key=[
            (box(1, 1, 18, 12, "more"), words.text("figure.coverage.covered")),
            (box(1, 1, 18, 12, "even"), words.text("figure.coverage.unasked")),
            (box(2, 2, 16, 10, "hole"), words.text("figure.coverage.hole")),
        ],
    )


def _coverage_cell(x: float, y: float, wide: float, high: float, row: Row, words: Wording) -> list[Html]:
    supply, demand = int(row["supply"] or 0), int(row["demand"] or 0)
    middle = x + wide / 2
    if row["hole"]:
        return [
            box(x + 2.5, y + 2.5, wide - 5, high - 5, "hole"),
            label(middle, y + high / 2 + 4.5, f"0/{demand}", anchor="middle", class_="hole-text"),
        ]
    if not supply:
        return [box(x + 1, y + 1, wide - 2, high - 2, "grid hollow")]
    return [
        box(x + 1, y + 1, wide - 2, high - 2, "more" if demand else "even"),
        label(
            middle,
            y + high / 2 + 4.5,
            f"{words.number(supply)}/{words.number(demand)}" if demand else words.number(supply),
            anchor="middle",
            class_="on" if demand else "label",
        ),
    ]


# -- brokers ------------------------------------------------------------------------------------------------


def brokers_figure(table: Table, words: Wording, by: str) -> Html:
    """The actors who stand most often between two that are not linked, by the part they play."""
    rows = [row for row in table.as_dicts() if float(row["total"] or 0) > 0]
    rows = sorted(rows, key=lambda row: -float(row["total"] or 0))[:_MOST_BROKERS]
    if not rows:
        return Html("")
    parts = [part for part in _BROKER_PARTS if part in rows[0]]
    most = max(float(row["total"] or 0) for row in rows)
    left, wide, high, top = 250.0, 400.0, 30.0, 8.0
    drawn = []
    for number, row in enumerate(rows):
        y = top + number * high
        name = shortened(str(row["name"]), 32)
        drawn.append(label(left - 10, y + high / 2 + 1, name, anchor="end"))
        family = value_word(words, by, str(row["family"])) if row.get("family") else ""
        drawn.append(label(left - 10, y + high / 2 + 13, family, anchor="end", size=10.5, class_="quiet"))
        x = left
        for part, color in zip(parts, SERIES, strict=False):
            width = wide * float(row[part] or 0) / most
            if width > 0:
                drawn.append(box(x, y + 5, width, high - 11, "part", fill=color, round_=0))
            x += width
        drawn.append(label(x + 8, y + high / 2 + 4, words.number(row["total"])))
    first = rows[0]
    return figure(
        "brokers",
        title=words.text("figure.brokers.title"),
        says=words.text(
            "figure.brokers.says",
            name=first["name"],
            n=words.number(first["total"]),
            others=words.together([str(row["name"]) for row in rows[1:4]]) or words.text("none"),
        ),
        note=words.text("figure.brokers.note"),
        width=left + wide + 70,
        height=top + len(rows) * high + 4,
        drawn=drawn,
        key=[
            (box(1, 1, 18, 12, "part", fill=color), words.text(f"figure.brokers.{part}"))
            for part, color in zip(parts, SERIES, strict=False)
        ],
    )


_BROKER_PARTS = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


# -- the network --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawing:
    """Where the actors of the network are drawn, who is tied to whom, and the family of each.

    `met` are pairs that only a shared initiative ties, `left_out` how many with ties there was no room for,
    `met_left_out` how many such pairs are too many for lines.
    """

    positions: Mapping[str, tuple[float, float]]
    ties: Sequence[tuple[str, str]]
    met: Sequence[tuple[str, str]]
    families: Mapping[str, str]
    left_out: int = 0
    met_left_out: int = 0


def network_figure(found: Gaps, graph: Graph, drawing: Drawing, words: Wording) -> Html:
    """Everybody with a tie, coloured by family: who alone holds parts together, and the ties proposed."""
    at = drawing.positions
    if not at:
        return Html("")
    low_x, low_y = min(x for x, _ in at.values()), min(y for _, y in at.values())
    wide = max(x for x, _ in at.values()) - low_x
    high = max(y for _, y in at.values()) - low_y
    scale = 820 / max(wide, high * 1.3, 1)
    place = {one: (60 + (x - low_x) * scale, 34 + (y - low_y) * scale) for one, (x, y) in at.items()}
    cut = [gap.subjects[0] for gap in found.gaps if gap.kind == "cut-point" and gap.subjects[0] in at]
    proposed = [(one.a, one.b) for one in found.introductions if one.a in at and one.b in at][:5]
    marks, others = _marks(drawing, words, found.by)
    drawn = [line(*place[a], *place[b], "tie met") for a, b in drawing.met if a in place and b in place]
    drawn += [line(*place[a], *place[b], "tie") for a, b in drawing.ties if a in place and b in place]
    drawn += [line(*place[a], *place[b], "proposed") for a, b in proposed]
    for one, (x, y) in place.items():
        if one in cut:
            drawn.append(circle(x, y, 10.5, "hole"))
        drawn.append(_mark(x, y, marks.get(drawing.families.get(one, ""), _UNKNOWN)))
    told = set(cut[:_MOST_NAMED]) | {end for pair in proposed for end in pair}
    drawn += _names(graph, place, told, everybody=len(at) <= 70)
    says = [
        words.text(
            "figure.network.says",
            actors=words.count("actor", len(at)),
            ties=words.count("tie", len(drawing.ties)),
        )
    ]
    if drawing.left_out:
        says.append(words.count("actors_not_drawn", drawing.left_out))
    if drawing.met_left_out:
        says.append(words.count("met_not_drawn", drawing.met_left_out))
    if cut:
        names = words.together([graph.nodes[one].name for one in cut], 6)
        says.append(words.text("figure.network.cut", names=names))
    if proposed:
        pairs = [words.text("figure.pair", a=graph.nodes[a].name, b=graph.nodes[b].name) for a, b in proposed]
        says.append(words.text("figure.network.proposed", pairs=words.together(pairs)))
    key = [(_mark(10, 7, mark), value_word(words, found.by, name)) for name, mark in marks.items()]
    rest = "figure.network.other_family" if others else "figure.network.no_family"
    key += [
        (_mark(10, 7, _UNKNOWN), words.text(rest)),
        (circle(10, 7, 5.5, "hole"), words.text("figure.network.key_cut")),
        (line(1, 7, 19, 7, "proposed"), words.text("figure.network.key_proposed")),
    ]
    return figure(
        "network",
        title=words.text("figure.network.title"),
        says=" ".join(says),
        note=words.text("figure.network.note"),
        width=940,
        height=74 + high * scale,
        drawn=drawn,
        key=key,
    )


_UNKNOWN = (0, LIGHT["edge"])
_MOST_NAMED = 12


def _marks(drawing: Drawing, words: Wording, by: str) -> tuple[dict[str, tuple[int, str]], bool]:
    """How each of the largest families is drawn, in the order of their words, and whether others are left."""
    sizes = Counter(family for family in drawing.families.values() if family)
    room = 2 * len(SERIES)
    largest = sorted(sizes, key=lambda family: (-sizes[family], family))[:room]
    ordered = sorted(largest, key=_in_order(words, by))
    marks = {
        name: (number // len(SERIES), SERIES[number % len(SERIES)]) for number, name in enumerate(ordered)
    }
    return marks, len(sizes) > room


def _mark(x: float, y: float, mark: tuple[int, str]) -> Html:
    """An actor: a colour for each family, and another shape where the colours begin again."""
    turn, color = mark
    if turn % 2:
        return box(x - 5.5, y - 5.5, 11, 11, "actor", fill=color, round_=0)
    return circle(x, y, 6, "actor", fill=color)


_SPOTS = (
    (0, 20, "middle"),
    (0, -13, "middle"),
    (12, 4, "start"),
    (-12, 4, "end"),
    (8, 18, "start"),
    (-8, 18, "end"),
    (8, -10, "start"),
    (-8, -10, "end"),
)


def _names(
    graph: Graph, place: Mapping[str, tuple[float, float]], first: set[str], *, everybody: bool
) -> list[Html]:
    """Names below their circles, the important ones first, each where it covers no other name."""
    taken: list[tuple[float, float, float, float]] = [(x - 6, y - 6, x + 6, y + 6) for x, y in place.values()]
    drawn = []
    for one in sorted(place, key=lambda one: (one not in first, one)):
        if one not in first and not everybody:
            continue
        x, y = place[one]
        text = shortened(graph.nodes[one].name, 24)
        half = len(text) * (3.6 if one in first else 3.3)
        for dx, dy, anchor in _SPOTS:
            begin = x + dx - {"middle": half, "start": 0.0, "end": 2 * half}[anchor]
            spot = (begin, y + dy - 10, begin + 2 * half, y + dy + 3)
            if spot[0] < 0 or spot[2] > 940:
                continue
            if not any(_overlap(spot, other) for other in taken if other != (x - 6, y - 6, x + 6, y + 6)):
                taken.append(spot)
                bold = one in first
                drawn.append(
                    label(x + dx, y + dy, text, size=11.5, anchor=anchor, class_="label halo", bold=bold)
                )
                break
    return drawn


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
