"""How a report is cited: what it is, of when, made by which version from which imports."""

from __future__ import annotations

from collections.abc import Mapping

from cocommuns_graph.reports.wording import Wording


def citation(words: Wording, title: str, meta: Mapping[str, str]) -> str:
    """One sentence with everything somebody else needs to make the same report again."""
    parts = [
        words.text(
            "page.citation",
            title=title,
            date=words.date(meta.get("date", "")),
            version=meta.get("version", ""),
            imports=meta.get("imports", ""),
            viewer=words.word("viewer", meta.get("viewer", "")),
        )
    ]
    if meta.get("seed"):
        parts.append(words.text("page.citation_seed", seed=meta["seed"]))
    return " ".join(parts)
