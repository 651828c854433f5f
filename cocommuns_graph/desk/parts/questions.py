"""Named questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.asking import find_question
from cocommuns_graph.desk.parts.base import Base
from cocommuns_graph.model.errors import NotAllowed

if TYPE_CHECKING:
    pass


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
