"""A score as what it is made of, in words."""

from __future__ import annotations

from collections.abc import Mapping

from cocommuns_graph.network import IN_ENGLISH
from cocommuns_graph.wording import Wording

_LEAST = 0.005


def made_of(parts: Mapping[str, float], say: Wording = IN_ENGLISH) -> str:
    """The parts of a score (`Result.parts`), those that are one thing for a reader added up, most first.

    Shares below half a hundredth are not said; empty where there is none above.
    """
    words = {
        "topics": say("topics in common"),
        "profile": say("words in all that is known of it"),
        "words": say("words in all that is known of it"),
        "likeness": say("words in all that is known of it"),
        "best": say("words in its best text"),
        "own": say("what it says of itself"),
        "led": say("words in the initiatives it helped in"),
        "standing": say("its parts in initiatives"),
        "breadth": say("how much is known of it"),
        "evidence": say("the reasons shown"),
        "name": say("being meant by name"),
        "near": say("being near to who asks"),
    }
    shares: dict[str, float] = {}
    for name, share in parts.items():
        shares[words[name]] = shares.get(words[name], 0.0) + share
    told = [
        say("{what} {share}", what=what, share=say.number(round(share, 2)))
        for what, share in sorted(shares.items(), key=lambda part: (-part[1], part[0]))
        if share >= _LEAST
    ]
    return say.together(told) if told else ""
