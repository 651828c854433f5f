"""Who could help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cocommuns_graph.desk.parts.base import Base

if TYPE_CHECKING:
    pass


class Search(Base):
    """Finding."""

    def find(
        self,
        text: str,
        *,
        kinds: Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        sector: str | None = None,
        country: str | None = None,
        place: str | None = None,
        language: str | None = None,
        start: str | None = None,
        limit: int = 10,
    ) -> dict[str, Any]:
        """Ranked collaborators with reasons, told in the desk's language: the contract's `find`.

        Raises:
            InvalidValue: a filter or the limit is not one that exists.
            NotFound: `start` is no record.
        """
        answer = self._finder().find(
            text,
            kinds=tuple(kinds),
            where=where or {},
            sector=sector,
            country=country,
            place=place,
            language=language,
            start=self.resolve(start) if start else None,
            limit=limit,
            say=self.say,
        )
        return answer.as_dict()
