"""Words in all scripts: where they begin and end, and that terms are met in them."""

from __future__ import annotations

import unicodedata

import pytest

from cocommuns_graph.finding.glossary import Glossary
from cocommuns_graph.finding.reading import Reading, read
from cocommuns_graph.finding.text import root, tokens
from cocommuns_graph.model import Graph
from tests.finding.graphs import topic

GRAPH = Graph(
    [
        topic(
            "coop",
            "Cooperatives",
            label_zh="合作社",
            label_ja="協同組合",
            label_ko="협동조합",
            label_th="สหกรณ์",
            label_ar="التعاونيات",
            label_he="קואופרטיבים",
            label_el="Συνεταιρισμοί",
            label_ru="Кооперативы",
            label_pl="Spółdzielnie",
            label_tr="Kooperatif işletmeciliği",
            label_hi="सहकारी समिति",
        ),
        topic("commons", "Commons", label_ja="コモンズ"),
        topic("it", "Istanbul", label_tr="İstanbul"),
    ]
)
GLOSSARY = Glossary(GRAPH)


def reading(text: str) -> Reading:
    return read(text, GRAPH, GLOSSARY, set(), {})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们想找合作社的专家", "zh"),
        ("協同組合について教えてください", "ja"),
        ("협동조합을 찾습니다", "ko"),
        ("ใครรู้เรื่องสหกรณ์บ้าง", "th"),
        ("من يعرف شيئا عن تعاونية", "ar"),
        ("نبحث عن شخص للتعاونيات", "ar"),
        ("ΣΥΝΕΤΑΙΡΙΣΜΟΙ στην Αθήνα", "el"),
        ("кто знает кооператив?", "ru"),
        ("szukam: spoldzielnie", "pl"),
        ("KOOPERATİF İŞLETMECİLİĞİ", "tr"),
        ("हमें सहकारी समिति चाहिए", "hi"),
        ("קואופרטיבם", "he"),
    ],
)
def test_a_term_is_met_inside_a_sentence_of_its_script(text: str, language: str) -> None:
    assert [(match.id, match.language) for match in reading(text).topics] == [("coop", language)]


def test_what_is_left_of_a_run_is_told_as_one() -> None:
    found = reading("合作社的专家")
    assert found.topics[0].asked == "合作社"
    assert found.unknown == ["社的专家"]
    assert reading("コモンズ").unknown == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (unicodedata.normalize("NFD", "Économie façonnée"), ["Économie", "façonnée"]),
        ("E.S.S. et O.N.G", ["ESS", "et", "ONG"]),
        ("coo\u00adpe\u200bra\u200dtive \u202etext\u202c \ufeffstart", ["cooperative", "text", "start"]),
        ("d'économie l’eau snake_case", ["d", "économie", "l", "eau", "snake", "case"]),
        ("AI技術", ["AI", "技術"]),
        ("सहकारी", ["सहकारी"]),
        ("\u200b\u200f\u0301\ufe0f!?…", []),
    ],
)
def test_words_as_people_see_them(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens(text)] == words


def test_number_and_article_do_not_matter_in_arabic_and_acronyms() -> None:
    assert len({root(word) for word in ("تعاونية", "التعاونيات", "والتعاونيات", "تعاونيات")}) == 1
    assert [token.root for token in tokens("NGO NGOs SCICs")] == ["ngo", "ngo", "scic"]
