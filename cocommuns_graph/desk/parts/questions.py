"""Named questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cocommuns_graph.desk.asking import find_question, questions
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model.errors import NotAllowed


class Questions(Base):
    """The queries of queries/."""

    def ask(self, name: str, values: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a named query: the contract's `ask`.

        Raises:
            NotFound: there is no query of that name.
            NotAllowed: it is for others.
            InvalidQuery: a parameter is unknown, missing or does not fit.
        """
        question = find_question(name)
        if not question.may_be_asked_by(self.viewer):
            raise NotAllowed(f"the query {name} is for {question.role.word} and above")
        bound = question.bind(
            values, resolve=lambda text, label: self.resolve(text, [label] if label else None)
        )
        answer = self.store.ask(self.viewer, question.statement, bound)
        return {"query": name, "columns": answer.columns or question.columns, "rows": answer.rows}

    def question_forms(self) -> list[dict[str, Any]]:
        """A form for every query that this viewer may ask, in the words of the screen: `answered.form`."""
        from cocommuns_graph.desk import answered

        return [answered.form(question, self.say) for question in questions(self.viewer)]

    def answer(self, name: str, values: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a named query for a screen: `answered.table`'s shape.

        Raises:
            NotFound, NotAllowed, InvalidQuery: as for `ask`.
        """
        from cocommuns_graph.desk import answered

        question = find_question(name)
        key = ("answer", name, question.statement, tuple(sorted(values.items())), self.language)
        return self._made(
            key, lambda graph: answered.table(question, self.ask(name, values), graph, self.say)
        )

    def answer_file(self, name: str, values: Mapping[str, str]) -> bytes:
        """The same answer as a csv file that says which question it answers, names and ids as stored.

        Raises:
            NotFound, NotAllowed, InvalidQuery: as for `ask`.
        """
        from cocommuns_graph.gaps import Column, Table
        from cocommuns_graph.reports import table_csv

        answer = self.ask(name, values)
        columns = tuple(Column(column, column) for column in answer["columns"])
        rows = tuple(tuple(_cell(value) for value in row) for row in answer["rows"])
        title = self.say.words(find_question(name).title)
        meta = {**self._meta("inventory", values).lines(), "query": name, "question": title}
        return table_csv(Table(name, title, columns, rows), meta)


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value if value is None or isinstance(value, str | int | float) else str(value)
