"""The smallest choice of candidates that covers what is wanted, exact, by integer programming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRONGEST = 3
_MOST_SECONDS = 20.0
_HALF = 0.5

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Offer:
    """What one candidate would bring.

    `covers` are the numbers of the wants it covers, each with how strongly, from 1 to STRONGEST; `load` is
    how often it is asked already, `evidence` all that speaks for it, in hundredths.
    """

    id: str
    covers: Mapping[int, int]
    load: int = 0
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Ids of candidates, in the order of the offers; `proven` is False where the search ran out of time."""

    ids: tuple[str, ...]
    proven: bool = True


def choose(
    offers: Sequence[Offer], *, size: int | None = None, fair: bool = True, others: int = 2
) -> list[Choice]:
    """The best choice, then up to `others` that differ from it and each other; empty if nothing is covered.

    Best is, one after the other: most wants covered, by at most `size` candidates where that is given;
    fewest candidates; the wants covered most strongly, each by its strongest candidate; where `fair`, the
    smallest sum of loads; the most evidence. Which of several equal choices comes out depends on the order
    of the offers alone.

    Another choice is the best in the same sense among those that, compared with each choice before them, have
    somebody it has not and lack somebody it has; after the number of candidates it counts how few it shares
    with those before it. There is none where it would need a candidate who adds nothing.

    The method is set cover as a mixed-integer programme, solved to proven optimality by HiGHS (Huangfu and
    Hall, Parallelizing the dual revised simplex method, 2018), one objective at a time.
    """
    found: list[Choice] = []
    before: list[frozenset[str]] = []
    used: frozenset[str] = frozenset()
    for _ in range(1 + others):
        fresh = undominated([offer for offer in offers if offer.id not in used], fair=fair)
        kept = {offer.id for offer in fresh} | used
        choice = _best([offer for offer in offers if offer.id in kept], size, fair, before)
        if choice is None:
            break
        found.append(choice)
        before.append(frozenset(choice.ids))
        used |= before[-1]
    return found


def undominated(offers: Sequence[Offer], *, fair: bool = True) -> list[Offer]:
    """The offers for which no other does as well in everything; of equal ones the first.

    Whoever is left out can be replaced by one who is kept, without loss, in every choice.
    """
    width = 1 + max((want for offer in offers for want in offer.covers), default=-1)
    kept = np.zeros((0, width), dtype=np.int8)
    rows: list[NDArray[np.int8]] = []
    found: list[Offer] = []
    for offer in sorted(offers, key=lambda one: (one.load if fair else 0, -one.evidence)):
        row = np.zeros(width, dtype=np.int8)
        row[list(offer.covers)] = list(offer.covers.values())
        if not row.any() or (kept >= row).all(axis=1).any():
            continue
        rows.append(row)
        found.append(offer)
        kept = np.array(rows)
    return found


def _best(
    offers: Sequence[Offer], size: int | None, fair: bool, before: Sequence[frozenset[str]]
) -> Choice | None:
    """The best choice that differs from those before it; None where none covers anything without waste."""
    if not offers:
        return None
    problem = _Programme(offers)
    if size is not None:
        problem.at_most(problem.members([1] * len(offers)), size)
    for choice in before:
        inside = [offer.id in choice for offer in offers]
        problem.at_most(problem.members(inside), len(choice) - 1)
        problem.at_most(problem.members([is_in - 1 for is_in in inside]), -1)
    shared = frozenset[str]().union(*before)
    objectives = [
        problem.covered(-1, deepest=1),
        problem.members([1] * len(offers)),
        problem.members([offer.id in shared for offer in offers]),
        problem.covered(-1, deepest=STRONGEST),
        problem.members([offer.load if fair else 0 for offer in offers]),
        problem.members([-offer.evidence for offer in offers]),
    ]
    chosen = problem.least(objectives)
    if chosen is None or not chosen or _wasteful(chosen):
        return None
    return Choice(tuple(offer.id for offer in chosen), problem.proven)


def _wasteful(chosen: Sequence[Offer]) -> bool:
    """Whether one of the chosen covers only what others of them do."""
    return any(
        set(offer.covers) <= {want for other in chosen if other is not offer for want in other.covers}
        for offer in chosen
    )


class _Programme:
    """Binary variables for who is chosen, and for each want and strength, whether it is covered so strongly.

    The latter may be any number from 0 to 1 for the solver: bounded by a sum of whole numbers and drawn
    upwards, they are whole where it ends.
    """

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = offers
        self._steps = sorted(
            {
                (want, strength)
                for offer in offers
                for want, most in offer.covers.items()
                for strength in range(1, most + 1)
            }
        )
        self._width = len(offers) + len(self._steps)
        self._rows: list[Row] = []
        self._limits: list[float] = []
        self.proven = True
        for number, (want, strength) in enumerate(self._steps, len(offers)):
            row = -self.members([offer.covers.get(want, 0) >= strength for offer in offers])
            row[number] = 1
            self.at_most(row, 0)

    def members(self, weights: Sequence[int]) -> Row:
        """A row that weighs who is chosen."""
        row = np.zeros(self._width)
        row[: len(self._offers)] = weights
        return row

    def covered(self, weight: int, *, deepest: int) -> Row:
        """A row that weighs what is covered, in every strength up to `deepest`."""
        row = np.zeros(self._width)
        for number, (_, strength) in enumerate(self._steps, len(self._offers)):
            row[number] = weight if strength <= deepest else 0
        return row

    def at_most(self, row: Row, limit: float) -> None:
        """Adds the demand that a row's sum is no more than `limit`."""
        self._rows.append(row)
        self._limits.append(limit)

    def least(self, objectives: Sequence[Row]) -> list[Offer] | None:
        """Who is chosen where each objective, of whole numbers, is least, those before it kept.

        None where the demands cannot all be met.
        """
        # A quarter of a second that only a team waits for, not everyone who asks.
        from scipy.optimize import Bounds, LinearConstraint, milp

        chosen: list[Offer] | None = None
        for objective in objectives:
            if not objective.any():
                continue
            done = milp(
                objective,
                constraints=LinearConstraint(np.array(self._rows), -np.inf, np.array(self._limits)),
                integrality=np.arange(self._width) < len(self._offers),
                bounds=Bounds(0, 1),
                options={"mip_rel_gap": 0.0, "time_limit": _MOST_SECONDS},
            )
            if done.x is None:
                return chosen
            self.proven = self.proven and done.status == 0
            chosen = [offer for offer, share in zip(self._offers, done.x, strict=False) if share > _HALF]
            self.at_most(objective, round(float(done.fun)) + _HALF)
        return chosen
