"""How well and how fast questions are read: words of a glossary drawn at random and written otherwise.

    .venv/bin/python benchmarks/reading.py [--drawn 400] [--seed 1] [--folder DATA] [--misses KIND]

Three glossaries: the sample's, the names of 250 countries in 20 languages (about 5,000 terms), and the topics
of each folder that is named, as the product imports it. Printed for each: the share of terms whose topic is
met for every way of writing (`tests/finding/variants.py`), the share of words in no term of it that are
wrongly read as one, drawn from the texts of this repository, and the processor time a question takes.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cocommuns_graph import importing  # noqa: E402
from cocommuns_graph.finding.glossary import Glossary, terms_of  # noqa: E402
from cocommuns_graph.finding.index import texts_of  # noqa: E402
from cocommuns_graph.finding.reading import Reading, read  # noqa: E402
from cocommuns_graph.finding.text import roots  # noqa: E402
from cocommuns_graph.model import Graph  # noqa: E402
from tests.changes.fake import Memory, plan  # noqa: E402
from tests.finding.glossaries import countries  # noqa: E402
from tests.finding.variants import VARIANTS  # noqa: E402
from tests.sample_graph import sample_graph  # noqa: E402


class Reader:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.glossary = Glossary(graph)
        self.terms = [term for node in graph.of_label("Topic") for term in terms_of(node)]
        self.texts = {
            root for node in graph.nodes.values() for _, text in texts_of(node) for root in roots(text)
        }

    def __call__(self, text: str) -> Reading:
        return read(text, self.graph, self.glossary, self.texts, {})


def imported(folder: Path) -> Graph:
    memory = Memory()
    plan(memory, importing.read([folder]).rows())
    return Graph(map(memory._node, memory.labels), memory._links())


def words_of_the_repository() -> list[str]:
    """Words of at least four letters of the project's own texts in English and French."""
    files = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "cocommuns_graph/translations/fr.po"]
    text = " ".join(path.read_text(encoding="utf-8") for path in files)
    return sorted({word for word in re.findall(r"\b[^\W\d_]{4,}\b", text) if not word.isupper()})


def measure(name: str, reader: Reader, drawn: int, seed: int, misses: str | None) -> None:
    print(f"\n{name}: {len(reader.terms)} terms")
    for kind, written in VARIANTS.items():
        chance = random.Random(seed)
        asked = []
        for term in chance.sample(reader.terms, len(reader.terms)):
            if text := written(term.text, term.language or "en", chance):
                asked.append((term, text))
            if len(asked) == drawn:
                break
        if not asked:
            continue
        missed = [(t, text) for t, text in asked if all(m.id != t.topic for m in reader(text).topics)]
        print(f"  {1 - len(missed) / len(asked):6.1%} of {len(asked):4}  {kind}")
        if misses and misses in kind:
            for term, text in missed[:40]:
                met = [(match.label, match.matched) for match in reader(text).topics]
                print(f"      {term.text!r} ({term.language}) as {text!r}: {met}")
    others = [
        word
        for word in words_of_the_repository()
        if (root := roots(word)) and root[0] not in reader.glossary.words
    ]
    random.Random(seed).shuffle(others)
    others = others[:3000]
    wrong = [(word, found) for word in others if (found := reader(word)).topics]
    print(f"  {len(wrong) / len(others):6.2%} of {len(others)}  other words wrongly read as a term")
    if misses and "other" in misses:
        for word, found in wrong[:80]:
            print(f"      {word}: {[(m.matched, m.how) for m in found.topics]}")
    speed(reader, seed)


def speed(reader: Reader, seed: int) -> None:
    chance = random.Random(seed)
    reader("a first question")
    taken: list[tuple[float, str]] = []
    kinds = [VARIANTS[kind] for kind in ("as written", "in a sentence", "one slip in a sentence", "plural")]
    for term in chance.sample(reader.terms, 200):
        for written in kinds:
            if text := written(term.text, term.language or "en", chance):
                began = time.process_time()
                reader(text)
                taken.append((1000 * (time.process_time() - began), text))
    slowest = max(taken)[1]
    spent = sorted(one for one, _ in taken)
    median, p95 = statistics.median(spent), spent[int(0.95 * len(spent))]
    print(f"  {median:.2f} ms a question in the middle, {p95:.2f} at p95, {spent[-1]:.2f} at most: {slowest}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--drawn", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument(
        "--misses", help="also print what is missed of the kinds that have this in their name"
    )
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    glossaries = {"sample": sample_graph(), "countries in 20 languages": countries()}
    glossaries |= {path.name: imported(path) for path in options.folder}
    for name, graph in glossaries.items():
        if options.only in name:
            measure(name, Reader(graph), options.drawn, options.seed, options.misses)


if __name__ == "__main__":
    main()
