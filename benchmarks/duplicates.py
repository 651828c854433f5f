"""How well and how fast duplicates are found, beside plain ways, in one run: writes docs/duplicates.md.

    python benchmarks/duplicates.py [--names 50000] [--no-write]

Pairs are those of duplicates_pairs.py. The threshold of each way is the best one on the half `tune`, and all
figures are of the half `test`, whose names the tuning never saw. The search plants copies of each kind among
names made of words of the reference material, and is timed against the usual way with rapidfuzz on the same
names: blocks of names that share a word, compared within each block by token_set_ratio.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import duplicates_pairs as source
import numpy as np
from duplicates_pairs import Pair, folded
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy import sparse

from cocommuns_graph.duplicates import THRESHOLD, likely
from cocommuns_graph.duplicates.likeness import Usage, likeness
from cocommuns_graph.duplicates.naming import named
from cocommuns_graph.model import Graph, Node

REPORT = Path(__file__).resolve().parents[1] / "docs" / "duplicates.md"
LABELS = {"organisation": "Organisation", "person": "Expert", "initiative": "Initiative"}
RECALLS = (0.5, 0.8, 0.9, 0.95, 0.99)
Scores = NDArray[np.float64]
Way = Callable[[Sequence[Pair]], Scores]


def ours(pairs: Sequence[Pair]) -> Scores:
    """The likeness of the product, words counted among the names of each kind of record."""
    usage = {}
    for record, label in LABELS.items():
        known = sorted({pair.one for pair in pairs if pair.record == record})
        usage[record] = Usage.of([named(name, label) for name in known])
    return np.array(
        [
            likeness(
                named(pair.one, LABELS[pair.record]),
                named(pair.other, LABELS[pair.record]),
                usage[pair.record],
            ).score
            for pair in pairs
        ]
    )


def exact(pairs: Sequence[Pair]) -> Scores:
    return np.array([float(folded(pair.one) == folded(pair.other)) for pair in pairs])


def token_set(pairs: Sequence[Pair]) -> Scores:
    return np.array([fuzz.token_set_ratio(folded(pair.one), folded(pair.other)) / 100 for pair in pairs])


def tfidf(pairs: Sequence[Pair]) -> Scores:
    """Cosine of TF-IDF of the character 2- to 4-grams of each word, spaces at its ends."""
    texts = sorted({folded(name) for pair in pairs for name in (pair.one, pair.other)})
    place = {text: number for number, text in enumerate(texts)}
    grams: dict[str, int] = {}
    rows, columns, values = [], [], []
    for number, text in enumerate(texts):
        for gram, count in Counter(_grams(text)).items():
            rows.append(number)
            columns.append(grams.setdefault(gram, len(grams)))
            values.append(1 + np.log(count))
    table = sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), len(grams)))
    seen = np.bincount(columns, minlength=len(grams))
    table = table @ sparse.diags(np.log((1 + len(texts)) / (1 + seen)) + 1)
    norms = np.sqrt(table.multiply(table).sum(axis=1)).A1
    table = sparse.diags(1 / np.maximum(norms, 1e-12)) @ table
    one = table[[place[folded(pair.one)] for pair in pairs]]
    other = table[[place[folded(pair.other)] for pair in pairs]]
    return np.asarray(one.multiply(other).sum(axis=1)).ravel()


def _grams(text: str) -> list[str]:
    return [
        padded[at : at + size]
        for word in text.split()
        for padded in (f" {word} ",)
        for size in (2, 3, 4)
        for at in range(len(padded) - size + 1)
    ]


WAYS: dict[str, Way] = {
    "ours": ours,
    "exact folding": exact,
    "token_set_ratio": token_set,
    "n-gram TF-IDF": tfidf,
}


def best_threshold(scores: Scores, same: NDArray[np.bool_]) -> float:
    """The threshold with the best F1."""
    order = np.argsort(-scores, kind="stable")
    ranked, truth = scores[order], same[order]
    hits = np.cumsum(truth)
    f1 = 2 * hits / (np.arange(1, len(truth) + 1) + same.sum())
    f1[:-1][ranked[:-1] == ranked[1:]] = 0
    f1[ranked <= 0] = 0
    return float(ranked[f1.argmax()])


def measured(scores: Scores, same: NDArray[np.bool_], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 at a threshold."""
    said = scores >= threshold
    hits = (said & same).sum()
    precision = hits / max(1, said.sum())
    recall = hits / max(1, same.sum())
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def curve(scores: Scores, same: NDArray[np.bool_]) -> list[float | None]:
    """The best precision at which at least each recall of RECALLS is reached; None where it never is."""
    order = np.argsort(-scores, kind="stable")
    ranked, truth = scores[order], same[order]
    hits = np.cumsum(truth)
    ends = np.append(ranked[1:] != ranked[:-1], True) & (ranked > 0)
    recall, precision = hits / same.sum(), hits / np.arange(1, len(truth) + 1)
    return [
        float(precision[ends & (recall >= wanted)].max()) if (ends & (recall >= wanted)).any() else None
        for wanted in RECALLS
    ]


# -- the search ---------------------------------------------------------------------------------------


def planted_names(number: int, seed: int) -> tuple[list[str], list[tuple[int, int, str]]]:
    """Names made of words of the reference material, one in five a changed copy: (original, copy, kind)."""
    chance = random.Random(seed)
    known = source.names()
    titles = [row["name"] for row in source.rows("civic-brigade-index/projects.csv")]
    words = sorted(
        {
            word
            for name in (*known["organisation"], *known["initiative"], *titles)
            for word in name.split()
            if word.isalpha() and len(word) > 2
        }
    )
    names: dict[str, str] = {}
    while len(names) < number * 4 // 5:
        name = " ".join(chance.sample(words, chance.choice([2, 3, 3, 4])))
        names.setdefault(folded(name), name)
    made = list(names.values())
    originals, kinds = len(made), sorted(source._SAME.items())
    planted: list[tuple[int, int, str]] = []
    while len(made) < number:
        at = chance.randrange(originals)
        kind, change = chance.choice(kinds)
        copy = change(made[at], chance, "organisation")
        if copy and copy != made[at]:
            planted.append((at, len(made), kind))
            made.append(copy)
    return made, planted


def our_search(names: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    nodes = [Node(str(number), "Organisation", {"name": name}) for number, name in enumerate(names)]
    found = likely(Graph(nodes), ["Organisation"], threshold=threshold)
    return {tuple(sorted((int(pair.a), int(pair.b)))) for pair in found}  # type: ignore[misc]


def blocked_search(names: Sequence[str], threshold: float) -> set[tuple[int, int]]:
    """Names that share a word, compared by rapidfuzz's token_set_ratio, block by block."""
    texts = [folded(name) for name in names]
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in set(text.split()):
            blocks[word].append(number)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        chosen = [texts[number] for number in members]
        scores = process.cdist(chosen, chosen, scorer=fuzz.token_set_ratio, score_cutoff=threshold * 100)
        for i, j in zip(*np.nonzero(np.triu(scores, 1)), strict=True):
            found.add((members[i], members[j]))
    return found


def search_report(number: int, seed: int, least: float) -> list[str]:
    names, planted = planted_names(number, seed)
    lines = [
        f"{len(names):,} names, {len(planted):,} of them planted copies.",
        "",
        "| way | seconds | ratio | recall | precision |",
        "|---|---|---|---|---|",
    ]
    truth: defaultdict[int, list[int]] = defaultdict(list)
    for original, copy, _ in planted:
        truth[original].append(copy)
    same = {
        tuple(sorted(pair))
        for original, copies in truth.items()
        for group in ([original, *copies],)
        for i, one in enumerate(group)
        for pair in ((one, other) for other in group[:i])
    }
    base = 0.0
    kinds: dict[str, Counter[str]] = {}
    for title, search, threshold in (
        ("rapidfuzz, blocked by word, token_set_ratio", blocked_search, 0.85),
        (f"ours, threshold {least}", our_search, least),
        (f"ours, threshold {THRESHOLD}, as shipped", our_search, THRESHOLD),
    ):
        named.cache_clear()
        began = time.process_time()
        found = search(names, threshold)
        took = time.process_time() - began
        base = base or took
        hit = [kind for original, copy, kind in planted if (original, copy) in found]
        kinds[title] = Counter(hit)
        precision = len(found & same) / max(1, len(found))  # type: ignore[operator]
        lines.append(
            f"| {title} | {took:.1f} | {took / base:.2f} | {len(hit) / len(planted):.3f} | {precision:.3f} |"
        )
    total = Counter(kind for _, _, kind in planted)
    lines += ["", f"| planted kind | copies | {' | '.join(kinds)} |", "|---|---|" + "---|" * len(kinds)]
    for kind in sorted(total):
        shares = " | ".join(f"{found[kind] / total[kind]:.3f}" for found in kinds.values())
        lines.append(f"| {kind} | {total[kind]:,} | {shares} |")
    return lines


# -- the report ---------------------------------------------------------------------------------------

_HEAD = """# Duplicates: how well they are found

Written by `python benchmarks/duplicates.py`; what is compared: [find duplicates](how-to/duplicates.md).

Names come from the reference data beside the checkout and are changed by a seeded generator; the rules of
what is one and what is two (`benchmarks/duplicates_pairs.py`) and the labels by hand
(`benchmarks/duplicates_labels.json`, hashed) were committed before the matcher was tuned. Thresholds are the
best on one half of the names, figures are of the other half. No name is copied into the repository.
"""


def pairs_report(seed: int) -> tuple[list[str], float]:
    tune, test = source.planted("tune", seed), source.planted("test", seed)
    truth = {"tune": np.array([p.same for p in tune]), "test": np.array([p.same for p in test])}
    lines = [
        "## Pairs of names",
        "",
        f"{len(test):,} pairs, {truth['test'].sum():,} of them the same ({len(tune):,} to tune on).",
        "",
        "| way | threshold | precision | recall | F1 |",
        "|---|---|---|---|---|",
    ]
    scores: dict[str, Scores] = {}
    thresholds: dict[str, float] = {}
    for name, way in WAYS.items():
        thresholds[name] = best_threshold(way(tune), truth["tune"])
        scores[name] = way(test)
        found = measured(scores[name], truth["test"], thresholds[name])
        figures = " | ".join(f"{figure:.3f}" for figure in found)
        lines.append(f"| {name} | {thresholds[name]:.2f} | {figures} |")
    at_default = measured(scores["ours"], truth["test"], THRESHOLD)
    lines.append(f"| ours, as shipped | {THRESHOLD} | {' | '.join(f'{x:.3f}' for x in at_default)} |")
    lines += _by_kind(test, scores, thresholds)
    lines += _curves(test, scores, truth["test"])
    lines += _labelled(thresholds)
    return lines, thresholds["ours"]


def _by_kind(test: Sequence[Pair], scores: dict[str, Scores], thresholds: dict[str, float]) -> list[str]:
    lines = [
        "",
        "Share of each kind taken for one, at these thresholds (of `different` kinds the lower the better):",
        "",
        f"| record | kind | pairs | {' | '.join(WAYS)} |",
        "|---|---|---|" + "---|" * len(WAYS),
    ]
    groups: defaultdict[tuple[bool, str, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(test):
        groups[not pair.same, pair.record, pair.kind].append(number)
    for (different, record, kind), members in sorted(groups.items()):
        shares = [f"{(scores[name][members] >= thresholds[name]).mean():.3f}" for name in WAYS]
        said = f"different: {kind}" if different else kind
        lines.append(f"| {record} | {said} | {len(members)} | {' | '.join(shares)} |")
    return lines


def _curves(test: Sequence[Pair], scores: dict[str, Scores], same: NDArray[np.bool_]) -> list[str]:
    lines = [
        "",
        "## Precision at recall",
        "",
        "Each kind against all pairs of its record that are different; empty where it is not reached.",
        "",
        f"| record | kind | way | {' | '.join(f'recall {recall}' for recall in RECALLS)} |",
        "|---|---|---|" + "---|" * len(RECALLS),
    ]
    for record in LABELS:
        others = np.array([pair.record == record and not pair.same for pair in test])
        for kind in ("all", *source._SAME):
            own = np.array([p.record == record and p.same and kind in ("all", p.kind) for p in test])
            if not own.any():
                continue
            for name in WAYS:
                chosen = own | others
                found = curve(scores[name][chosen], same[chosen])
                cells = " | ".join("" if one is None else f"{one:.3f}" for one in found)
                lines.append(f"| {record} | {kind} | {name} | {cells} |")
    return lines


def _labelled(thresholds: dict[str, float]) -> list[str]:
    pairs = source.labelled()
    lines = [
        "",
        "## Pairs labelled by hand",
        "",
        "All pairs of affiliations and organisations of Open Life Science; the civic index against "
        "brigade-information, whose names are the same names.",
        "",
        "| set | pairs | same | way | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in ("affiliations", "brigades"):
        chosen = [pair for pair in pairs if pair.kind == kind]
        same = np.array([pair.same for pair in chosen])
        for name, way in WAYS.items():
            figures = measured(way(chosen), same, thresholds[name])
            told = " | ".join(f"{figure:.3f}" for figure in figures)
            lines.append(f"| {kind} | {len(chosen):,} | {same.sum()} | {name} | {told} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--least", type=float, default=0.5)
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    lines, _ = pairs_report(options.seed)
    lines += ["", "## Search among many", "", *search_report(options.names, options.seed, options.least)]
    text = _HEAD + "\n" + "\n".join(lines) + "\n"
    print(text)
    if not options.no_write:
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
