"""What people keep beside the inventory: how it is found by name, and the claims that write it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cocommuns_graph.desk import searched
from cocommuns_graph.model import Value, fold
from cocommuns_graph.model.claims import NodeClaim, Revision
from cocommuns_graph.model.errors import Ambiguous, InvalidValue, NotFound
from cocommuns_graph.model.kinds import shorten


def basics(found: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The id, the name and some texts of something kept, empty where unsaid."""
    return {"id": found["id"], "name": found["name"], **{name: str(found.get(name) or "") for name in names}}


def by_name(found: Mapping[str, Any]) -> tuple[str, str]:
    """What to order kept things by."""
    return str(found["name"]).casefold(), str(found["id"])


def one_called(kept: Mapping[str, Mapping[str, Any]], what: str, word: str) -> Mapping[str, Any]:
    """What has this id or name, accents and case aside.

    Raises:
        NotFound, Ambiguous: nothing has it, or several have.
    """
    if what in kept:
        return kept[what]
    found = [one for one in kept.values() if fold(one["name"]) == fold(what)]
    if not found:
        raise NotFound(f"there is no {word} {shorten(what)!r}")
    if len(found) > 1:
        ids = ", ".join(sorted(str(one["id"]) for one in found))
        raise Ambiguous(f"{len(found)} are called {shorten(what)!r}; say which by its id: {ids}")
    return found[0]


def found_by(search: str, narrowed: str) -> str:
    """A search and how it was narrowed, as one text."""
    return f"{search} ({narrowed})" if search and narrowed else search


def one_line(text: str) -> str:
    """The text of a search on one line.

    Raises:
        InvalidValue: it is too long.
    """
    cleaned = " ".join(text.split())
    if len(cleaned) > searched.LONGEST:
        raise InvalidValue(
            f"the search has {len(cleaned):,} characters; accepted: up to {searched.LONGEST:,}"
        )
    return cleaned


def revision(label: str, identifier: str, values: Mapping[str, Value | None]) -> NodeClaim:
    """The claim that something kept gets these values; None takes one away."""
    given = {name: value for name, value in values.items() if value is not None}
    cleared = [name for name, value in values.items() if value is None]
    return NodeClaim(label, identifier, given, revision=Revision(new=False, cleared=cleared))


def removal(label: str, identifier: str) -> NodeClaim:
    """The claim that something kept goes."""
    return NodeClaim(label, identifier, {}, revision=Revision(new=False, removed=True))


def new_id(kind: str) -> str:
    """An id for a new thing of a kind."""
    return f"{kind}-{random.randbytes(5).hex()}"


def entry_id(list_id: str, record: str) -> str:
    """One a list and record, so that two who add the same at once make one; it does not tell whose it is."""
    return f"{list_id}-{hashlib.sha256(f'{list_id} {record}'.encode()).hexdigest()[:20]}"


def this_moment() -> str:
    """Now, as the journal writes it, since the two are compared."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
