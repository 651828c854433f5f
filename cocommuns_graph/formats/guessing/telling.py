"""Why a column is read as it is, in a sentence of the reader's language."""

from __future__ import annotations

from cocommuns_graph.wording import Wording

WHYS = {
    "heading": "its heading says {words}",
    "heading and cells": "its heading says {words}, and its cells are that",
    "heading of empty column": "its heading says {words}; no cell looked at is filled",
    "heading, some cells": "its heading says {words}, but only some cells are that",
    "heading, other cells": "its heading says {words}, but its cells are something else",
    "heading, other words": "its heading says {words}, but its words are no family of the inventory",
    "no property": "its heading says {words}, which is no property of these records",
    "another column": "another column is read as {words}",
    "nobody's": "no column says whose these are, so they are left out with a warning",
    "unknown": "neither its heading nor its cells are known",
    "told": "you said so",
    "day first": "its heading says {words}; day and month may be swapped, the day was taken first",
    "cells: e-mail": "its cells are e-mail addresses",
    "cells: ORCID": "its cells are ORCID iDs",
    "cells: telephone": "its cells are telephone numbers",
    "cells: web address": "its cells are web addresses",
    "cells: country": "its cells are countries",
    "cells: language": "its cells are languages",
    "cells: known topics": "its cells are topics of the inventory",
    "cells: organisation": "its cells look like names of organisations",
    "cells: person": "its cells look like names of people",
    "cells: list": "its cells are lists of short texts",
    "cells: long text": "its cells are long texts",
}
"""The sentence for each reason; `words` are those of the heading, or the meaning another column has."""


def why_in_words(why: str, words: str, say: Wording) -> str:
    """The reason of a guess in a language of screens."""
    return say(WHYS[why], words=words)
