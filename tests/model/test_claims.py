"""Problems say where and what; an error rejects its row, nothing less does."""

from __future__ import annotations

import pytest

from cocommuns_graph.model.claims import Problem, Row, Severity


@pytest.mark.parametrize(("severity", "rejects"), [("error", True), ("warning", False), ("note", False)])
def test_only_an_error_rejects_the_row(severity: Severity, rejects: bool) -> None:
    row = Row("people.csv:3", "people.csv", 3)
    row.problem("country", "Atlantis", "no such country", severity)
    assert row.rejected is rejects
    assert [problem.as_dict() for problem in row.problems] == [
        {
            "path": "people.csv",
            "row": 3,
            "column": "country",
            "value": "Atlantis",
            "reason": "no such country",
            "severity": severity,
        }
    ]


def test_a_rejected_row_stays_rejected() -> None:
    row = Row("people.csv:3", "people.csv", 3)
    row.problem("name", "", "a name is needed", "error")
    row.problem("website", "x", "not a web address", "warning")
    assert row.rejected


def test_a_huge_value_is_shown_shortened() -> None:
    row = Row("people.csv:3", "people.csv", 3)
    row.problem("description", "x" * 10_000_000, "too long", "error")
    assert row.problems[0].value == "x" * 199 + "…"


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (3, "country", "people.csv, line 3, column country: no"),
        (3, "", "people.csv, line 3: no"),
        (0, "", "people.csv: no"),
    ],
)
def test_a_problem_is_one_sentence(line: int, column: str, sentence: str) -> None:
    assert Problem("people.csv", line, column, "x", "no", "error").sentence() == sentence
