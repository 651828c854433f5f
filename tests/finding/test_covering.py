"""The choice of a team against trying every one, on two hundred random briefs."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from cocommuns_graph.finding.covering import Offer, choose

Value = tuple[int, ...]


def value(team: list[Offer], before: list[set[str]], *, fair: bool) -> Value:
    """How good a team is, the greater the better: the definition in `choose`, written a second time."""
    strongest: dict[int, int] = {}
    for offer in team:
        for want, strength in offer.covers.items():
            strongest[want] = max(strength, strongest.get(want, 0))
    shared = sum(any(offer.id in other for other in before) for offer in team)
    return (
        len(strongest),
        -len(team),
        -shared,
        sum(strongest.values()),
        -sum(offer.load for offer in team) if fair else 0,
        sum(offer.evidence for offer in team),
    )


def differs(team: list[Offer], before: list[set[str]]) -> bool:
    ids = {offer.id for offer in team}
    return all(ids - other and other - ids for other in before)


def by_trying(offers: list[Offer], size: int, before: list[set[str]], *, fair: bool) -> Value | None:
    teams = (
        list(team)
        for number in range(1, min(size, len(offers)) + 1)
        for team in combinations(offers, number)
        if differs(list(team), before)
    )
    return max((value(team, before, fair=fair) for team in teams), default=None)


def brief(seed: int) -> tuple[list[Offer], int]:
    random = Random(seed)
    wants = random.randint(1, 5)
    offers = [
        Offer(
            f"c{number}",
            {
                want: random.randint(1, 3)
                for want in range(wants)
                if random.random() < random.choice((0.15, 0.4))
            },
            random.choice((0, 0, 1, 4)),
            random.randint(0, 60),
        )
        for number in range(random.randint(0, 7))
    ]
    return offers, random.choice((1, 2, 3, 9))


@pytest.mark.parametrize(("fair", "briefs"), [(True, 200), (False, 40)])
def test_it_is_as_good_as_trying_every_team(fair: bool, briefs: int) -> None:
    answered = others = 0
    for seed in range(briefs):
        offers, size = brief(seed)
        known = {offer.id: offer for offer in offers}
        before: list[set[str]] = []
        found = choose(offers, size=size, fair=fair)
        assert [choice.proven for choice in found] == [True] * len(found)
        for choice in found:
            team = [known[identifier] for identifier in choice.ids]
            assert differs(team, before)
            assert value(team, before, fair=fair) == by_trying(offers, size, before, fair=fair), (
                seed,
                len(before),
            )
            before.append(set(choice.ids))
        if not found:
            assert all(not offer.covers for offer in offers), seed
        answered += bool(found)
        others += len(found) == 3
    assert answered > 0.7 * briefs
    assert others > 0.15 * briefs


def test_who_is_asked_often_steps_back_unless_told_otherwise() -> None:
    offers = [Offer("busy", {0: 3}, load=5, evidence=95), Offer("free", {0: 3}, load=1, evidence=80)]
    assert [choice.ids for choice in choose(offers)] == [("free",), ("busy",)]
    assert [choice.ids for choice in choose(offers, fair=False)] == [("busy",), ("free",)]


def test_nobody_is_taken_who_adds_nothing() -> None:
    offers = [Offer("all", {0: 1, 1: 1}), Offer("one", {0: 3}), Offer("none", {})]
    assert [choice.ids for choice in choose(offers)] == [("all",), ("one",)]
    assert choose([]) == []
