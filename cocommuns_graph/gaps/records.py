"""What the records leave unsaid: the questions that were not asked, and how complete the answers are."""

from __future__ import annotations

from collections.abc import Iterator

from cocommuns_graph.gaps.answers import Column, Table
from cocommuns_graph.gaps.declare import Draft, gap, table
from cocommuns_graph.gaps.facts import ANSWERED_ENOUGH, Facts
from cocommuns_graph.gaps.structure import linked
from cocommuns_graph.model.declare import Words
from cocommuns_graph.model.domain import MODEL


def _questions(facts: Facts) -> Iterator[tuple[str, str, list[str], set[str]]]:
    """What gaps rest on: a name, what it is called, the records asked and those that answer."""
    say = facts.say
    actors = list(facts.number)

    def having(ids: list[str], name: str) -> set[str]:
        return {one for one in ids if facts.graph.nodes[one].texts(name)}

    if facts.topics:
        experts = [node.id for node in facts.actors if node.label == "Expert"]
        yield (
            "expertise",
            say("what experts know", "ce que savent les expertes et experts"),
            experts,
            facts.starts("EXPERT_IN"),
        )
    if asked := bool(facts.ends("NEEDS", "FACES")):
        yield (
            "country",
            say("the country of actors", "le pays des acteurs"),
            actors,
            having(actors, "country"),
        )
        yield (
            "languages",
            say("the languages of actors", "les langues des acteurs"),
            actors,
            having(actors, "languages"),
        )
    if facts.by and not (asked and facts.by in ("country", "languages")):
        one = say.property(facts.by)[0]
        yield (
            facts.by,
            say(f"the {one} of actors", f"pour les acteurs : {one}"),
            actors,
            set(facts.groups),
        )
    yield "ties", say("who is linked with whom", "qui est lié à qui"), actors, linked(facts)
    everything = sorted(facts.graph.nodes)
    yield (
        "confirmed_on",
        say("when a record was last confirmed", "quand une fiche a été confirmée"),
        everything,
        having(everything, "confirmed_on"),
    )


@gap(
    "not-asked",
    title=Words("What was not asked", "Ce qui n'a pas été demandé"),
    question=Words(
        "Which questions do most records leave unanswered?",
        "À quelles questions la plupart des fiches ne répondent-elles pas ?",
    ),
    why=Words(
        "Every gap that rests on it may only be a blank in the records.",
        "Tout manque qui s'y appuie peut n'être qu'un blanc dans les fiches.",
    ),
    method=Words(
        f"What other gaps rest on, reported where fewer than {ANSWERED_ENOUGH:.0%} of the records say it.",
        f"Ce sur quoi reposent les autres manques, signalé si moins de {100 * ANSWERED_ENOUGH:.0f} % des "
        "fiches le disent.",
    ),
)
def not_asked(facts: Facts) -> Iterator[Draft]:
    """Questions that fewer than half of the records answer."""
    say = facts.say
    for name, called, ids, answered in _questions(facts):
        basis = facts.basis(ids, answered, "say it", "le disent")
        if ids and basis.answered < ANSWERED_ENOUGH:
            told = len(answered & set(ids))
            yield Draft(
                subjects=(),
                about=(name,),
                title=say(
                    f"Most records do not say {called}: {say.number(told)} of {say.number(len(ids))} do",
                    f"La plupart des fiches ne disent pas {called} : {say.number(told)} sur "
                    f"{say.number(len(ids))} le disent",
                ),
                evidence={"question": name, "answered": told, "records": len(ids)},
                suggestion=say(
                    f"Ask for it when records are next confirmed ({called}).",
                    f"Le demander à la prochaine confirmation des fiches ({called}).",
                ),
                basis=basis,
            )


@table("completeness")
def completeness(facts: Facts) -> Table:
    """How complete the records are: each question of the gaps, then each declared field by type."""
    say = facts.say
    rows: list[tuple[str, str, int, int, float | None]] = []
    for name, called, ids, answered in _questions(facts):
        told = len(answered & set(ids))
        rows.append((name, called, told, len(ids), round(told / len(ids), 3) if ids else None))
    for node_type in MODEL.public_types:
        nodes = facts.graph.of_label(node_type.label)
        for declared in node_type.properties:
            if nodes and not declared.managed and declared.name not in ("id", "visibility", "contact"):
                told = sum(declared.name in node.properties for node in nodes)
                called = f"{say.words(node_type.plural)}: {say.words(declared.words)}"
                rows.append(
                    (
                        f"{node_type.label}.{declared.name}",
                        called,
                        told,
                        len(nodes),
                        round(told / len(nodes), 3),
                    )
                )
    return Table(
        "completeness",
        say("How complete the records are", "Complétude des fiches"),
        (
            Column("name", say("name", "nom")),
            Column("what", say("what", "quoi")),
            Column("answered", say("say it", "le disent")),
            Column("records", say("records", "fiches")),
            Column("share", say("share", "part")),
        ),
        tuple(rows),
    )
