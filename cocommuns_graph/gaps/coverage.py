"""The coverage matrix: topic by family, language and country, with the holes that somebody feels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cocommuns_graph.gaps.answers import Column, Table
from cocommuns_graph.gaps.declare import CannotTell, Draft, gap, table
from cocommuns_graph.gaps.facts import Facts, once
from cocommuns_graph.gaps.topics import demands, providers
from cocommuns_graph.model.declare import Words

_DIMENSIONS = ("family", "languages", "country")
Key = tuple[str, str, str]


@dataclass
class Cell:
    """Who can help and who wants it in one cell of the matrix; an empty coordinate stands for any."""

    supply: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Hole:
    """A topic that is wanted in one family, language or country where nobody who can help is recorded."""

    topic: str
    dimension: str
    value: str
    wanted: tuple[str, ...]
    suppliers: tuple[str, ...]


def _values(facts: Facts, who: str, dimension: str) -> frozenset[str]:
    """The values of a record in one dimension; what is not recorded is empty."""
    if dimension == "family":
        # What an initiative wants is wanted by all its participants, by no family of them in particular.
        # Families by country or language are the other dimensions already.
        counts = who in facts.number and facts.by not in _DIMENSIONS
        return facts.families(who) if counts else frozenset()
    node = facts.graph.nodes[who]
    own = frozenset(node.texts(dimension)) - {""}
    if own or node.label != "Expert":
        return own
    # A person of unknown country is where the organisations are that the person belongs to.
    inherited: set[str] = set()
    if dimension == "country":
        for organisation in facts.organisations_of.get(who, ()):
            inherited.update(facts.graph.nodes[organisation].texts(dimension))
    return frozenset(inherited) - {""}


@once
def _matrix(facts: Facts) -> dict[str, dict[Key, Cell]]:
    """For each topic that is wanted its cells: the whole, each value alone, and full combinations."""
    found: dict[str, dict[Key, Cell]] = {}
    for topic, demand in demands(facts).items():
        cells: defaultdict[Key, Cell] = defaultdict(Cell)
        wanting = {*demand.needs, *demand.faces}
        for role, people in (("supply", providers(facts, topic)), ("wanted", sorted(wanting))):
            for who in people:
                for key in _keys(facts, who):
                    getattr(cells[key], role).add(who)
        found[topic] = dict(cells)
    return found


def _keys(facts: Facts, who: str) -> set[Key]:
    family, languages, country = (sorted(_values(facts, who, name)) for name in _DIMENSIONS)
    keys: set[Key] = {("", "", "")}
    keys.update((value, "", "") for value in family)
    keys.update(("", value, "") for value in languages)
    keys.update(("", "", value) for value in country)
    keys.update((one, two, three) for one in family for two in languages for three in country)
    if not languages:
        keys.update((one, "", three) for one in family for three in country)
    return keys


@once
def _holes(facts: Facts) -> list[Hole]:
    found = []
    for topic, cells in _matrix(facts).items():
        whole = cells.get(("", "", ""))
        if whole is None or not whole.supply:
            continue
        for key, cell in cells.items():
            if sum(map(bool, key)) == 1 and cell.wanted and not cell.supply:
                place = next(place for place, value in enumerate(key) if value)
                found.append(
                    Hole(
                        topic,
                        _DIMENSIONS[place],
                        key[place],
                        tuple(sorted(cell.wanted)),
                        tuple(sorted(whole.supply)),
                    )
                )
    return sorted(
        found,
        key=lambda hole: (
            -len(hole.wanted),
            _DIMENSIONS.index(hole.dimension),
            facts.name(hole.topic).casefold(),
            hole.topic,
            hole.value,
        ),
    )


def _where(facts: Facts, dimension: str, value: str) -> str:
    say = facts.say
    if dimension == "country":
        return say(f"in {say.value('country', value)}", f"(pays : {say.value('country', value)})")
    if dimension == "languages":
        return say(f"in {say.value('languages', value)}", f"(langue : {say.value('languages', value)})")
    return say(f"among {facts.value(value)}", f"({say.property(facts.by)[0]} : {facts.value(value)})")


@gap(
    "coverage-hole",
    title=Words("Holes in the coverage", "Trous de couverture"),
    question=Words(
        "Which topics are wanted in a family, language or country where nobody who could help is recorded?",
        "Quels sujets sont demandés dans une famille, une langue ou un pays où personne ne peut aider ?",
    ),
    why=Words(
        "There is help in the network, but none that speaks from the same place, in the same language or "
        "law.",
        "De l'aide existe dans le réseau, mais aucune du même lieu, de la même langue ou du même droit.",
    ),
    method=Words(
        "For each topic that somebody needs or faces and somebody else could help with: the families, "
        "languages and countries of those who want it, without any of those who could help. Weighed by how "
        "many want it. What is not recorded is no hole.",
        "Pour chaque sujet demandé ou affronté et où quelqu'un pourrait aider : familles, langues et pays "
        "de qui le demande, sans personne qui aide. Pondéré par le nombre de demandes. Le non-renseigné "
        "n'est pas un trou.",
    ),
)
def coverage_holes(facts: Facts) -> Iterator[Draft]:
    """Cells of the coverage matrix with demand and no supply, of topics that somebody could help with."""
    say = facts.say
    if not any(cell.wanted for cells in _matrix(facts).values() for cell in cells.values()):
        raise CannotTell(
            say(
                "It cannot be told: no record says what is needed or faced.",
                "Impossible à dire : aucune fiche ne dit ce qui est demandé ou affronté.",
            )
        )
    names = {
        "family": say.property(facts.by)[0] if facts.by else "",
        "languages": say("languages", "langues"),
        "country": say("country", "pays"),
    }
    for hole in _holes(facts):
        told = [who for who in hole.suppliers if _values(facts, who, hole.dimension)]
        where = _where(facts, hole.dimension, hole.value)
        yield Draft(
            subjects=(hole.topic, *hole.wanted),
            about=(hole.topic, f"{hole.dimension}={hole.value}"),
            title=say(
                f"{facts.topic(hole.topic)} is wanted {where} by {facts.names(hole.wanted, 3)}, and none "
                "of those who could help is recorded there",
                f"{facts.topic(hole.topic)} est demandé {where} par {facts.names(hole.wanted, 3)}, et "
                "personne de ceux qui pourraient aider n'y est indiqué",
            ),
            evidence={
                "dimension": hole.dimension,
                "property": facts.by if hole.dimension == "family" else hole.dimension,
                "value": hole.value,
                "demand": len(hole.wanted),
                "wanted_by": list(hole.wanted),
                "who_could_help_elsewhere": list(hole.suppliers),
            },
            suggestion=say(
                f"Ask {facts.names(hole.suppliers, 3)} whether they know somebody {where}.",
                f"Demander à {facts.names(hole.suppliers, 3)} de nommer quelqu'un {where}.",
            ),
            basis=facts.basis(
                hole.suppliers,
                told,
                f"of those who could help have a {names[hole.dimension]}"
                if hole.dimension != "languages"
                else "of those who could help say which languages they speak",
                f"de qui pourrait aider indiquent : {names[hole.dimension]}",
            ),
        )


@table("coverage")
def coverage(facts: Facts) -> Table:
    """The coverage matrix in long form; `any` cells first."""
    say = facts.say
    rows = []
    for topic, cells in _matrix(facts).items():
        helped = bool(cells.get(("", "", ""), Cell()).supply)
        for key, cell in sorted(cells.items(), key=lambda item: (sum(map(bool, item[0])), item[0])):
            rows.append(
                (
                    topic,
                    facts.name(topic),
                    *key,
                    len(cell.supply),
                    len(cell.wanted),
                    1 if cell.wanted and not cell.supply else 0,
                    "; ".join(facts.name(who) for who in sorted(cell.supply)[:10]),
                    "; ".join(facts.name(who) for who in sorted(cell.wanted)[:10]),
                    1 if helped else 0,
                )
            )
    return Table(
        "coverage",
        say("Coverage of topics", "Couverture des sujets"),
        (
            Column("topic_id", say("id", "identifiant")),
            Column("topic", say("topic", "sujet")),
            Column("family", say("family", "famille")),
            Column("language", say("language", "langue")),
            Column("country", say("country", "pays")),
            Column("supply", say("could help", "peuvent aider")),
            Column("demand", say("want it", "le demandent")),
            Column("hole", say("hole", "trou")),
            Column("who_could_help", say("who could help", "qui pourrait aider")),
            Column("wanted_by", say("wanted by", "demandé par")),
            Column("helped", say("helped somewhere", "aide quelque part")),
        ),
        tuple(rows),
        say(
            "An empty family, language or country stands for any. A hole is a cell where somebody wants "
            "the topic and nobody is recorded who could help.",
            "Une famille, langue ou pays vide vaut pour tous. Un trou est une case où quelqu'un demande le "
            "sujet et où personne n'est indiqué qui pourrait aider.",
        ),
    )
