"""The glossary to begin with: the sample's terms, without what its people face."""

from __future__ import annotations

import csv
import io

from cocommuns_graph.desk import starter_glossary
from tests.sample_graph import sample_graph


def test_the_starter_glossary_holds_the_terms_of_the_sample_and_no_challenge() -> None:
    content, terms = starter_glossary()
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    wanted = [node for node in sample_graph().of_label("Topic") if node.text("kind") != "challenge"]
    assert len(rows) == terms == len(wanted)
    assert {row["id"]: row["label_fr"] for row in rows} == {node.id: node.text("label_fr") for node in wanted}
