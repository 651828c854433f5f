"""Labelled pairs of names for the benchmark of duplicates: planted by a seed, and labelled by hand.

Names come from ../shared/data when it runs; none is kept here. A pair is (kind of record, kind of pair, one
name, other name, whether both are the same). The rules were written down before the matcher was tuned:

same       a name with letters in other case or without accents; with one letter inserted, left out, replaced
           or two neighbours swapped, or two such slips; its words in another order, of a person the family
           name first; with, without or with another spelling of a legal form; its initials, with or without
           function words, for a name of three words or more; the initials behind it in brackets; without a
           leading article; a person's given name as an initial.
different  a name and the names most like it in the same file (two rows of a file are two records, unless the
           labels say otherwise or they fold alike); another number; another place of the same file in the
           place of its own; a place behind it (a branch); a person's other given name of the same file, and
           junior or senior; initials of another name of the same length.

The labels of affiliations, duplicates_labels.json, are by hand, of hashed names.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = Path(__file__).with_name("duplicates_labels.json")
_FUNCTION = {
    "of",
    "the",
    "and",
    "for",
    "in",
    "de",
    "la",
    "le",
    "les",
    "des",
    "du",
    "et",
    "y",
    "e",
    "del",
    "da",
    "do",
}
_FORMS = (
    ("Ltd", "Limited"), ("SCIC", "SCIC SA"), ("SARL", "S.A.R.L."), ("asbl", "ASBL"), ("e.V.", "eV"),
    ("eG", "e.G."), ("GmbH", "G.m.b.H."), ("S.Coop.", "S. Coop."), ("Inc.", "Inc"),
    ("Sp. z o.o.", "sp. z o.o."),
    ("vzw", "VZW"), ("S.L.", "SL"), ("SCOP", "Scop"), ("B.V.", "BV"), ("CIC", "C.I.C."), ("S.p.A.", "SpA"),
    ("AB", "ab"), ("Oy", "OY"), ("LLC", "L.L.C."), ("AISBL", "aisbl"), ("Aps", "ApS"), ("SE", "S.E."),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Pair:
    """Two names, what sort of record and of likeness, and whether they are the same."""

    record: str
    kind: str
    one: str
    other: str
    same: bool


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a csv file of the reference material."""
    with (SHARED / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def hashed(name: str) -> str:
    """How the labels name a cell."""
    return hashlib.sha256(name.strip().encode()).hexdigest()[:16]


def folded(name: str) -> str:
    """A name without accents, in lower case, its words parted by one space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


def names() -> dict[str, list[str]]:
    """The names of each kind of record, each once, in the order of the files."""
    ols = rows("ols-open-seeds/organizations.csv")
    affiliations = [row["affiliation"].strip() for row in rows("ols-open-seeds/people.csv")]
    civic = rows("civic-brigade-index/organizations.csv")
    companies = rows("peer-tool-examples/littlesis_cmp_top_50.csv")
    organisations = [row["name"] for row in (*ols, *civic)] + affiliations
    organisations += [row["case_study"] for row in companies]
    people = [row["name"] for row in rows("ols-open-seeds/people.csv")]
    projects = [row["name"] for row in rows("ols-open-seeds/projects.csv")]
    return {
        "organisation": _distinct(organisations),
        "person": _distinct(name for name in people if len(name.split()) > 1),
        "initiative": _distinct(projects)[:600],
    }


def _distinct(found: Sequence[str] | Iterator[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in found:
        if name and len(folded(name)) > 2:
            kept.setdefault(folded(name), name.strip())
    return list(kept.values())


# -- by hand ------------------------------------------------------------------------------------------


def labelled() -> list[Pair]:
    """Affiliations against organisations and each other, and the civic index against brigade-information."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    group = {key: number for number, keys in enumerate(labels["same"]) for key in keys}
    unsure = {frozenset(keys) for keys in labels["unsure"]}
    cells = sorted({row["affiliation"].strip() for row in rows("ols-open-seeds/people.csv")} - {""})
    named = [(hashed(cell), cell) for cell in cells]
    named += [(f"@{row['id']}", row["name"]) for row in rows("ols-open-seeds/organizations.csv")]
    found = []
    for i, (key, one) in enumerate(named):
        for other_key, other in named[:i]:
            if frozenset((key, other_key)) not in unsure:
                same = key in group and group.get(other_key) == group[key]
                found.append(Pair("organisation", "affiliations", one, other, same))
    return found + _brigades()


def _brigades() -> list[Pair]:
    """Rows of two editions of one list are the same where they list the same repositories at one place."""
    index = rows("civic-brigade-index/organizations.csv")
    text = (SHARED / "civic-brigade-index/brigade-information_organizations.json").read_text(encoding="utf-8")

    def key(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(str(row.get(name) or "").casefold() for name in ("projects_list_url", "latitude", "rss"))

    return [
        Pair("organisation", "brigades", one["name"], other["name"], key(one) == key(other))
        for one in index
        for other in json.loads(text)
        if key(one) == key(other) or folded(one["name"]) != folded(other["name"])
    ]


# -- planted ------------------------------------------------------------------------------------------


def planted(split: str, seed: int = 2026) -> list[Pair]:
    """Planted pairs of one half of the names, `tune` or `test`; the halves share no name."""
    chance = random.Random(f"{seed} {split}")
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    group = {key: number for number, keys in enumerate(labels["same"]) for key in keys}
    found: list[Pair] = []
    for record, all_names in names().items():
        half = [name for name in all_names if _split(name, seed) == split]
        for name in half:
            for kind, change in _SAME.items():
                other = change(name, chance, record)
                if other and other != name and chance.random() < _SHARE.get(kind, 0.5):
                    found.append(Pair(record, kind, name, other, True))
        found += _nearest(record, half, group)
        for name in half:
            if record == "organisation" and chance.random() < 0.3:
                number = chance.randrange(12, 90)
                word = chance.choice(["Local", "No.", "Section", "Group"])
                one, other = number, number + chance.choice([1, 9, 10])
                found.append(Pair(record, "number", f"{name} {word} {one}", f"{name} {word} {other}", False))
            for kind, mislead in _DIFFERENT.items():
                other = mislead(name, chance, record, half)
                if other and folded(other) != folded(name):
                    found.append(Pair(record, kind, name, other, False))
    return found


def _split(name: str, seed: int) -> str:
    digest = hashlib.sha256(f"{seed} {folded(name)}".encode()).digest()
    return "tune" if digest[0] % 2 else "test"


def _nearest(record: str, half: list[str], group: dict[str, int]) -> list[Pair]:
    plain = [folded(name) for name in half]
    alike = process.cdist(plain, plain, scorer=Indel.normalized_similarity, dtype=np.float32)
    np.fill_diagonal(alike, 0)
    seen = set()
    for i, row in enumerate(alike):
        for j in np.argsort(-row)[:3]:
            one, other = sorted((i, int(j)))
            a, b = hashed(half[one]), hashed(half[other])
            if a not in group or group.get(b) != group[a]:
                seen.add((one, other))
    return [Pair(record, "nearest", half[i], half[j], False) for i, j in sorted(seen)]


def _fold(name: str, chance: random.Random, record: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return chance.choice([plain.upper(), plain.lower(), plain, name.upper()])


def _slip(how: str) -> Callable[[str, random.Random, str], str]:
    def change(name: str, chance: random.Random, record: str) -> str:
        places = [i for i, c in enumerate(name) if c.isalpha()]
        if len(places) < 5:
            return ""
        at = chance.choice(places)
        letter = chance.choice(_LETTERS)
        if how == "insertion":
            return name[:at] + letter + name[at:]
        if how == "deletion":
            return name[:at] + name[at + 1 :]
        if how == "substitution":
            return name[:at] + letter + name[at + 1 :]
        swaps = [i for i in places if i + 1 < len(name) and name[i + 1].isalpha() and name[i] != name[i + 1]]
        if not swaps:
            return ""
        at = chance.choice(swaps)
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]

    return change


def _two_slips(name: str, chance: random.Random, record: str) -> str:
    if len(folded(name)) < 10:
        return ""
    for _ in range(2):
        name = _slip(chance.choice(["insertion", "deletion", "substitution", "transposition"]))(
            name, chance, record
        )
    return name


def _order(name: str, chance: random.Random, record: str) -> str:
    words = name.split()
    if len(words) < 2 or re.search(r"[()\[\]]", name):
        return ""
    if record == "person":
        return chance.choice([f"{words[-1]}, {' '.join(words[:-1])}", " ".join([words[-1], *words[:-1]])])
    at = chance.randrange(1, len(words))
    return " ".join([*words[at:], *words[:at]])


def _form(name: str, chance: random.Random, record: str) -> str:
    if record != "organisation":
        return ""
    form = chance.choice(chance.choice(_FORMS))
    return chance.choice([f"{name} {form}", f"{name}, {form}", f"{form} {name}", f"{name} ({form})"])


def initials(name: str, *, functions: bool) -> str:
    """The first letters of the words of a name, with or without function words."""
    words = [word for word in folded(name).split() if functions or word not in _FUNCTION]
    return "".join(word[0] for word in words).upper()


def _acronym(name: str, chance: random.Random, record: str) -> str:
    words = [word for word in folded(name).split() if word not in _FUNCTION]
    plain = not re.search(r"[()\[\]/,;:|]", name) and " - " not in name
    if record == "person" or not 3 <= len(words) <= 7 or not plain or any(w.isdigit() for w in words):
        return ""
    return initials(name, functions=chance.random() < 0.3)


def _bracket(name: str, chance: random.Random, record: str) -> str:
    short = _acronym(name, chance, record)
    return chance.choice([f"{name} ({short})", f"{short} - {name}", f"{short} ({name})"]) if short else ""


def _article(name: str, chance: random.Random, record: str) -> str:
    if record == "person":
        return ""
    return name[4:] if name.lower().startswith("the ") else f"The {name}"


def _initial(name: str, chance: random.Random, record: str) -> str:
    words = name.split()
    if record != "person" or len(words) != 2 or not words[0][0].isalpha():
        return ""
    return chance.choice([f"{words[0][0]}. {words[1]}", f"{words[1]}, {words[0][0]}."])


_SAME: dict[str, Callable[[str, random.Random, str], str]] = {
    "case and accents": _fold,
    "insertion": _slip("insertion"),
    "deletion": _slip("deletion"),
    "substitution": _slip("substitution"),
    "transposition": _slip("transposition"),
    "two slips": _two_slips,
    "word order": _order,
    "legal form": _form,
    "acronym": _acronym,
    "acronym in brackets": _bracket,
    "article": _article,
    "initial": _initial,
}
_SHARE = {"acronym": 1.0, "acronym in brackets": 0.7}


def _number(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    found = re.findall(r"\d+", name)
    if not found:
        return ""
    old = chance.choice(found)
    new = old[1] + old[0] + old[2:] if len(old) > 1 and old[0] != old[1] else str(int(old) + 1)
    return name.replace(old, new, 1)


def _place(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    """The same first words with the last word of another name that begins alike."""
    words = name.split()
    if record != "organisation" or len(words) < 2:
        return ""
    alike = [other for other in half if other != name and other.split()[:-1] == words[:-1]]
    return chance.choice(alike) if alike else ""


def _branch(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    if record != "organisation" or chance.random() > 0.3:
        return ""
    places = sorted(
        {row["city"].split(",")[0] for row in rows("civic-brigade-index/organizations.csv") if row["city"]}
    )
    return f"{name} {chance.choice(places)}"


def _given(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    words = name.split()
    if record != "person":
        return ""
    other = chance.choice(half).split()[0]
    return " ".join([other, *words[1:]]) if len(other) > 2 and other != words[0] else ""


def _generation(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    if record != "person" or chance.random() > 0.2:
        return ""
    return f"{name} {chance.choice(['Jr.', 'Junior', 'III', 'Sr.'])}"


def _other_initials(name: str, chance: random.Random, record: str, half: list[str]) -> str:
    if not _acronym(name, chance, record):
        return ""
    own = {initials(name, functions=value) for value in (True, False)}
    others = [
        short
        for other in chance.sample(half, min(40, len(half)))
        if (short := _acronym(other, chance, record)) and len(short) in map(len, own) and short not in own
    ]
    return others[0] if others else ""


_DIFFERENT: dict[str, Callable[[str, random.Random, str, list[str]], str]] = {
    "number": _number,
    "place": _place,
    "branch": _branch,
    "given name": _given,
    "generation": _generation,
    "other initials": _other_initials,
}
