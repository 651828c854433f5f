"""How gaps are told: lists, counts and names of values, in the languages of the reports."""

from __future__ import annotations

from collections.abc import Sequence

from cocommuns_graph.model import codes
from cocommuns_graph.model.declare import Words
from cocommuns_graph.network import SEVERAL

LANGUAGES = ("en", "fr")
_MOST_NAMES = 4
_WITH_ARTICLE = frozenset(
    (
        "AE",
        "BS",
        "CD",
        "CF",
        "CG",
        "CZ",
        "DO",
        "FK",
        "GB",
        "GM",
        "KM",
        "MH",
        "MP",
        "MV",
        "NL",
        "PH",
        "SB",
        "TC",
        "US",
        "VG",
        "VI",
    )
)
_SECTORS = {
    "commons": Words("commons", "communs"),
    "cooperative": Words("cooperatives", "coopératives"),
    "social-economy": Words("the social economy", "économie sociale"),
    "union": Words("unions", "syndicats"),
    "city": Words("cities", "villes"),
    "network": Words("networks", "réseaux"),
    "public": Words("public bodies", "organismes publics"),
    "research": Words("research", "recherche"),
    "business": Words("business", "entreprises"),
    "other": Words("other actors", "autres acteurs"),
    SEVERAL: Words("several sectors", "plusieurs secteurs"),
}


class Say:
    """Chooses words in one language: `say("two", "deux")`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, en: str, fr: str) -> str:
        """The English or the French text."""
        return fr if self.language == "fr" else en

    def words(self, words: Words) -> str:
        """Declared words in this language."""
        return words.in_language(self.language)

    def count(self, number: int, en: tuple[str, str], fr: tuple[str, str]) -> str:
        """A number with its noun, singular and plural in either language: "1 tie", "2 ties"."""
        if self.language == "fr":
            return f"{self.number(number)} {fr[0] if number < 2 else fr[1]}"
        return f"{self.number(number)} {en[0] if number == 1 else en[1]}"

    def number(self, number: int) -> str:
        """A whole number with its thousands apart."""
        grouped = f"{number:,}"
        return grouped.replace(",", "\N{NO-BREAK SPACE}") if self.language == "fr" else grouped

    def share(self, share: float) -> str:
        """A share as per cent."""
        return self(f"{share:.0%}", f"{100 * share:.0f}\N{NO-BREAK SPACE}%")

    def quoted(self, text: str) -> str:
        """A term in quotation marks."""
        space = "\N{NO-BREAK SPACE}"
        return self(f"“{text}”", f"«{space}{text}{space}»")

    def sentence(self, text: str) -> str:
        """Text with its first letter as it stands at the beginning of a sentence."""
        return text[:1].upper() + text[1:]

    def listed(self, names: Sequence[str], most: int = _MOST_NAMES) -> str:
        """Names as they are read aloud: "A, B and C", "A, B, C and 4 others"."""
        shown = list(names)
        if len(shown) > most:
            left = len(shown) - (most - 1)
            shown = [*shown[: most - 1], self.count(left, ("other", "others"), ("autre", "autres"))]
        if len(shown) < 2:
            return "".join(shown)
        return f"{', '.join(shown[:-1])} {self('and', 'et')} {shown[-1]}"

    def value(self, by: str, value: str) -> str:
        """What a value of a property is called: a sector, country or language by its name."""
        if by == "sector" and value in _SECTORS:
            return self.words(_SECTORS[value])
        if by == "country":
            name = codes.country_name(value, self.language)
            return f"the {name}" if self.language == "en" and value in _WITH_ARTICLE else name
        if by == "languages":
            return codes.language_name(value, self.language)
        return value

    def property(self, by: str) -> tuple[str, str]:
        """What the values of a property are called, one and several."""
        known = {
            "sector": (("sector", "sectors"), ("secteur", "secteurs")),
            "country": (("country", "countries"), ("pays", "pays")),
            "languages": (("language", "languages"), ("langue", "langues")),
            "place": (("place", "places"), ("lieu", "lieux")),
        }
        one, several = known.get(by, ((f"group by {by}", f"groups by {by}"),) * 2)
        return several if self.language == "fr" else one
