"""Ten questions on the sample, each asked in five languages as people ask them: who, and by which word."""

from __future__ import annotations

import pytest

from cocommuns_graph.finding import Finder
from cocommuns_graph.wording import wording
from tests.sample_graph import sample_graph

FINDER = Finder(sample_graph())

# The topic, somebody who must be among the first five people, and the question in each language.
QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "trade-unions": (
        "Alison Tate",
        {
            "en": "Do you know someone from the labour unions?",
            "fr": "Qui connaît quelqu’un dans les syndicats ?",
            "es": "¿Conocéis a alguien de los sindicatos?",
            "it": "Conoscete qualcuno nei sindacati?",
            "de": "Wer hat Kontakte zu einer Gewerkschaft?",
        },
    ),
    "cooperatives": (
        "Bruno Roelants",
        {
            "en": "we would like to found a co-operative",
            "fr": "nous voulons fonder une coopérative",
            "es": "queremos fundar una cooperativa",
            "it": "vogliamo fondare una cooperativa",
            "de": "wir möchten eine Genossenschaft gründen",
        },
    ),
    "platform-cooperativism": (
        "Alex Pazaitis",
        {
            "en": "who could explain platform cooperativism to our members?",
            "fr": "qui pourrait expliquer le coopérativisme de plateforme à nos membres ?",
            "es": "¿quién podría explicar el cooperativismo de plataforma a nuestras socias?",
            "it": "chi può spiegare il cooperativismo di piattaforma ai soci?",
            "de": "Wer erklärt unseren Mitgliedern den Plattform-Kooperativismus?",
        },
    ),
    "universal-basic-income": (
        "Guy Standing",
        {
            "en": "a speaker on universal basic income",
            "fr": "une intervenante sur le revenu de base",
            "es": "una ponente sobre la renta básica universal",
            "it": "una relatrice sul reddito di base universale",
            "de": "eine Rednerin zum bedingungslosen Grundeinkommen",
        },
    ),
    "cities-and-municipalities": (
        "Erdmuthe Klaer",
        {
            "en": "who talks with cities and municipalities?",
            "fr": "qui parle avec les villes et municipalités ?",
            "es": "¿quién habla con las ciudades y municipios?",
            "it": "chi parla con le città e municipalità?",
            "de": "Wer spricht mit den Städten und Gemeinden?",
        },
    ),
    "community-land-trusts": (
        "Pat Conaty",
        {
            "en": "help with a community land trust, please",
            "fr": "besoin d’aide pour un organisme de foncier solidaire, merci",
            "es": "ayuda con un fideicomiso comunitario de tierras, por favor",
            "it": "aiuto per un community land trust, grazie",
            "de": "Hilfe bei einem Community Land Trust, bitte",
        },
    ),
    "social-and-solidarity-economy": (
        "Nicole Alix",
        {
            "en": "experts of the social and solidarity economy",
            "fr": "des spécialistes de l'économie sociale et solidaire",
            "es": "especialistas en economía social y solidaria",
            "it": "esperte dell’economia sociale e solidale",
            "de": "Fachleute der Sozial- und Solidaroekonomie",
        },
    ),
    "worker-cooperatives": (
        "Sarah de Heusch",
        {
            "en": "starting a worker cooperative",
            "fr": "lancer une coopérative de travail",
            "es": "crear una cooperativa de trabajo asociado",
            "it": "avviare una cooperativa di lavoro",
            "de": "Aufbau einer Produktivgenossenschaft",
        },
    ),
    "reciprocity": (
        "Julien Lecaille",
        {
            "en": "what does reciprocity mean to you?",
            "fr": "que veut dire la réciprocité ?",
            "es": "¿qué es la reciprocidad?",
            "it": "che cos'è la reciprocità?",
            "de": "Was heißt Gegenseitigkeit?",
        },
    ),
    "precarious-work": (
        "Alison Tate",
        {
            "en": "somebody to speak on precarious work",
            "fr": "quelqu’un pour parler du travail précaire",
            "es": "alguien que hable del trabajo precario",
            "it": "qualcuno che parli del lavoro precario",
            "de": "jemand, der über prekäre Arbeit spricht",
        },
    ),
}


@pytest.mark.parametrize(
    ("topic", "someone", "language", "question"),
    [
        pytest.param(topic, someone, language, question, id=f"{topic}-{language}")
        for topic, (someone, questions) in QUESTIONS.items()
        for language, question in questions.items()
    ],
)
def test_ten_questions_in_five_languages(topic: str, someone: str, language: str, question: str) -> None:
    answer = FINDER.find(question, kinds=["expert"], limit=5)
    (met,) = [match for match in answer.topics if match.id == topic]
    node = sample_graph().nodes[topic]
    assert met.matched in (*node.texts(f"label_{met.language}"), *node.texts(f"aliases_{met.language}"))
    assert someone in {result.name for result in answer.results}
    (found,) = [result for result in answer.results if result.name == someone]
    assert found.reasons[0].sources


def test_who_asks_in_french_is_told_by_which_word_a_reason_was_met() -> None:
    answer = FINDER.find("syndicats", kinds=["expert"], limit=3)
    assert [(match.matched, match.language, match.label) for match in answer.topics] == [
        ("Syndicats", "fr", "Trade unions")
    ]
    assert "Trade unions (asked as “syndicats”, French)" in answer.why
    in_french = FINDER.find("trade unions", kinds=["expert"], limit=3, say=wording("fr"))
    assert "trade unions" in in_french.why
    assert "Syndicats" in in_french.why
