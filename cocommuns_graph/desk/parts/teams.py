"""Who together covers a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Literal

from cocommuns_graph.desk.parts.lists import Lists
from cocommuns_graph.model import MODEL, Graph

if TYPE_CHECKING:
    from cocommuns_graph.finding import Teams


class TeamsUp(Lists):
    """The smallest team for a brief."""

    def team(
        self,
        needs: Sequence[str],
        *,
        languages: Sequence[str] = (),
        countries: Sequence[str] = (),
        sectors: Sequence[str] = (),
        size: int | None = None,
        fair: bool = True,
        meant: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The smallest team of experts and organisations for a brief: the contract's `team`.

        `needs` are topics or sentences that name several; `size` is the most members there may be; where
        `fair`, those who are asked often step back for others who do as well. Besides the contract: `why`,
        and `missing` with a reason for each need that is not covered and who comes nearest; of a member the
        `reasons` and the `load`, how often they are asked already; of an alternative the same as of the
        team. For screens: the `name` of each need and the `word` for the type of each member in the desk's
        language, and `homonyms` as in `find`. `meant` are ids of the topics that are meant where a word has
        several meanings.

        Raises:
            InvalidValue: nothing or too much is asked for, or a language, country, sector or size that does
                not exist.
        """
        asked: dict[str, Any] = {
            "languages": tuple(languages),
            "countries": tuple(countries),
            "sectors": tuple(sectors),
            "size": size,
            "fair": fair,
            "meant": tuple(meant),
        }
        times = self._times_asked()
        key = ("team", tuple(needs), repr(asked), frozenset(times.items()), self.language)
        return deepcopy(self._made(key, lambda graph: self._team(graph, needs, asked, times)))

    def _team(
        self, graph: Graph, needs: Sequence[str], asked: Mapping[str, Any], times: Mapping[str, int]
    ) -> dict[str, Any]:
        from cocommuns_graph.finding import meaning
        from cocommuns_graph.network import called

        proposal = self._teams(times).team(needs, **asked, say=self.say)
        told = proposal.as_dict()
        for team in (told, *told["alternatives"]):
            for member in team["members"]:
                member["type"] = graph.nodes[member["id"]].label
                member["word"] = self.say.words(MODEL.node(member["type"]).singular)
        told["homonyms"] = [
            {
                "asked": homonym.asked,
                "topics": [
                    {
                        "id": topic,
                        "name": called(graph.nodes[topic], self.say),
                        "meaning": meaning(graph.nodes[topic], self.say),
                    }
                    for topic in homonym.topics
                ],
            }
            for homonym in proposal.homonyms
        ]
        return told

    def team_file(self, form: Literal["html", "csv"], needs: Sequence[str], **asked: Any) -> bytes:
        """What `team` answers as a page to print (`html`) or a table (`csv`), in the desk's language.

        Raises:
            InvalidValue: as for `team`.
        """
        from cocommuns_graph.reports import table_csv, team_page, team_table

        found = self.team(needs, **asked)
        filters = {
            name: ", ".join(map(str, value)) if isinstance(value, tuple | list) else value
            for name, value in asked.items()
        }
        meta = self._meta("inventory", {"needs": "; ".join(needs), **filters}).lines()
        if form == "csv":
            return table_csv(team_table(found, self.say), meta)
        return team_page(found, "; ".join(needs), meta, self.say).encode("utf-8", "replace")

    def _teams(self, asked: Mapping[str, int]) -> Teams:
        from cocommuns_graph.finding import Teams

        key = ("teams", frozenset(asked.items()))
        return self._made(key, lambda graph: Teams(graph, self._finder(), asked))

    def _times_asked(self) -> dict[str, int]:
        """How often each was asked for something, besides the parts they have: whatever counts is added here.

        So far that is the shortlists they are on, of those that this viewer may see.
        """
        return self.asked_counts()
