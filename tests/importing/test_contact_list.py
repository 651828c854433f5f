"""The flat contact list, in the shapes strangers bring it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocommuns_graph.changes import Outcome
from cocommuns_graph.importing import contact_sheets, read, template
from cocommuns_graph.model.claims import Mention, NodeClaim, Problem, Row
from cocommuns_graph.model.errors import UnreadableFile
from tests.changes.fake import Memory, plan, preview
from tests.formats.tables import MadeTable, built_in

COLUMNS = ("name", "organisation", "role", "topics", "country", "languages", "e-mail")
HEADINGS = {
    "English": "Name, Organisation, Role, Topics, Country, Languages, E-mail",
    "English, loud": "FULL NAME *|ORGANIZATION:|Job Title|Areas of expertise (comma separated)|Country|"
    "Languages|Email address",
    "French": "Nom et prénom, Structure, Fonction, Thématiques, Pays, Langues parlées, Courriel",
    "French, otherwise": "Nom, Organisme, Poste, Domaine(s) de compétences, Pays de résidence, Langue, Mél.",
    "Spanish": "Nombre y apellidos, Entidad, Cargo, Temas, País, Idiomas, Correo electrónico",
    "Italian": "Nominativo, Ente, Ruolo, Temi, Paese, Lingue, Posta elettronica",
    "German": "Name, Verein, Funktion, Themen, Land, Sprachen, E-Mail-Adresse",
    "without accents": "NOM COMPLET, SOCIETE, METIER, THEMES, PAYS, LANGUES, ADRESSE ELECTRONIQUE",
    "mixed": "Nombre, Association, Ruolo, Fachgebiete, Country, Langues, Mail",
    "two languages": "Nom / Naam|Organisation / Organisatie|Fonction / Functie|Thèmes / Thema's|Pays / Land|"
    "Langues / Talen|E-mail / Courriel",
    "a form": "Quel est votre nom ?|Votre organisation|Your role|Vos thèmes : séparés par des virgules|"
    "Dans quel pays êtes-vous ?|Langue(s) parlée(s)|Votre adresse e-mail",
    "inclusive": "Expert·e|Structure·s|Fonction|Compétence·s|Pays|Langue·s|E-mail",
}  # fmt: skip
PERSON = ("Ada Martin", "Lilac Coop", "lawyer", "law, housing", "Belgique", "FR/EN", "ada@lilac.example")


def write(folder: Path, text: str, name: str = "liste.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def rows_of(path: Path) -> list[Row]:
    """The rows of a file that has to be read as a contact list."""
    reading = read([path])
    assert [source.format.name for source in reading.claimed if source.format] == ["contacts"]
    return list(reading.rows())


def rows(folder: Path, text: str) -> list[Row]:
    return rows_of(write(folder, text))


def told(found: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.column, problem.value) for problem in found]


def names(row: Row, type_: str) -> list[str]:
    """The names at the ends of the links of a type."""
    return [link.end.name for link in row.links if link.type == type_ and isinstance(link.end, Mention)]


def glossary() -> Memory:
    memory = Memory()
    topics = [
        NodeClaim("Topic", "law", {"label": "Law", "label_fr": "Droit", "aliases_de": ["Recht", "Jura"]}),
        NodeClaim("Topic", "housing", {"label": "Housing", "label_es": "Vivienda"}),
        NodeClaim("Topic", "care-1", {"label": "Care"}),
        NodeClaim("Topic", "care-2", {"label": "Nursing", "aliases": ["care"]}),
        NodeClaim("Organisation", "lilac", {"name": "Lilac Cooperative", "aliases": ["Lilac Coop"]}),
    ]
    plan(memory, [Row(f"t.csv:{n}", "t.csv", n, [claim]) for n, claim in enumerate(topics, start=2)], "u0")
    return memory


def verdicts(outcome: Outcome) -> tuple[int, int, int, int]:
    (found,) = outcome.verdicts.values()
    return found.created, found.updated, found.unchanged, found.rejected


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS)
def test_one_list_is_the_same_under_the_headings_of_any_language(tmp_path: Path, headings: str) -> None:
    columns = [each.strip() for each in headings.split("|" if "|" in headings else ",")]
    text = "\t".join(columns) + "\n" + "\t".join(PERSON) + "\n"
    (row,) = rows_of(write(tmp_path, text, "Feuille 1.txt"))
    assert row.problems == []
    (person,) = row.nodes
    assert (person.label, person.id) == ("Expert", "expert-ada-martin")
    assert person.properties == {
        "name": "Ada Martin",
        "role": "lawyer",
        "country": "BE",
        "languages": ["fr", "en"],
        "contact": ["ada@lilac.example"],
    }
    assert names(row, "AFFILIATED_WITH") == ["Lilac Coop"]
    assert names(row, "EXPERT_IN") == ["law", "housing"]


@pytest.mark.parametrize(
    ("columns", "cells", "name"),
    [
        ("First name,Last name", "Ada,Martin", "Ada Martin"),
        ("Nom,Prénom", "Martin,Ada", "Ada Martin"),
        ("Nombre,Apellidos", "Ada,Martín Gil", "Ada Martín Gil"),
        ("Nombre,Primer apellido,Segundo apellido", "Ada,Martín,Gil", "Ada Martín Gil"),
        ("Cognome,Nome", "Martini,Ada", "Ada Martini"),
        ("Name,Vorname", "Martin,Ada", "Ada Martin"),
        ("First Name,Middle Name,Last Name", "Ada,B.,Martin", "Ada B. Martin"),
        ("Name,Given Name,Family Name", "Ada Martin,Ada,Martin", "Ada Martin"),
        ("Display Name,First Name,Last Name", "Ms. Ada Martin,Ada,Martin", "Ada Martin"),
        ("Full name,First name,Last name", ",Ada,Martin", "Ada Martin"),
        ("Prénom,Nom", "José,José", "José José"),
        ("Prénom,Nom", "Ada,", "Ada"),
        ("Prénom,Nom", ",Martin", "Martin"),
        ("Contact,Organisme", "Ada Martin,Lilac", "Ada Martin"),
        ("firstName,lastName,emailAddress", "Ada,Martin,a@x.example", "Ada Martin"),
    ],
)
def test_a_name_is_put_together_from_its_parts(tmp_path: Path, columns: str, cells: str, name: str) -> None:
    (row,) = rows(tmp_path, f"{columns},E-mail\n{cells},x@y.example\n")
    assert row.nodes[0].properties["name"] == name


EXPORTS = {
    "Google Contacts": (
        "First Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City,"
        "Address 1 - Country\n"
        "Ada,Martin,Lilac Coop,lawyer,* myContacts,* Work,ada@lilac.example,Home,ada@home.example,"
        "Mobile,+32 470 12 34 56 ::: +32 2 555 12 34,Ghent,Belgium\n",
        ["ada@lilac.example", "ada@home.example", "+32 470 12 34 56", "+32 2 555 12 34"],
    ),
    "Outlook": (
        "Title,First Name,Last Name,Company,Job Title,Business City,Business Country/Region,Business Phone,"
        "E-mail Address,E-mail Type,E-mail 2 Address\n"
        "Dr.,Ada,Martin,Lilac Coop,lawyer,Ghent,Belgium,02 555 12 34,ada@lilac.example,SMTP,\n",
        ["ada@lilac.example", "02 555 12 34"],
    ),
    "CiviCRM": (
        "Contact ID,Display Name,First Name,Last Name,Current Employer,Job Title,Email,Phone,City,Country\n"
        "17,Ada Martin,Ada,Martin,Lilac Coop,lawyer,ada@lilac.example,+32 2 555 12 34,Ghent,Belgium\n",
        ["ada@lilac.example", "+32 2 555 12 34"],
    ),
}


@pytest.mark.parametrize(("text", "contact"), EXPORTS.values(), ids=EXPORTS)
def test_what_other_programs_export_is_a_contact_list(tmp_path: Path, text: str, contact: list[str]) -> None:
    (row,) = rows(tmp_path, text)
    found = row.nodes[0].properties
    assert [found[name] for name in ("name", "role", "country", "place")] == [
        "Ada Martin", "lawyer", "BE", "Ghent",
    ]  # fmt: skip
    assert found["contact"] == contact
    assert names(row, "AFFILIATED_WITH") == ["Lilac Coop"]
    assert row.problems == []


def test_a_mailing_list_needs_names(tmp_path: Path) -> None:
    text = "Email Address,First Name,Last Name,TAGS\na@x.example,Ada,Martin,news\nb@x.example,,,news\n"
    ada, nobody = rows(tmp_path, text)
    assert ada.nodes[0].properties["contact"] == ["a@x.example"]
    assert told(nobody.problems) == [("error", "First Name", "")]


NOT_PEOPLE = [
    ("orgs.csv", "Name,Country,City,Website,E-mail,Topics"),
    ("orgs.csv", "Organisation,Pays,Thèmes,Courriel"),
    ("budget.csv", "Nom,Structure,Poste,Montant"),
    ("budget.csv", "Name,Organisation,Country,Amount"),
    ("projets.csv", "Nom,Structure,Pays,Thèmes,Budget,Date de début"),
    ("cities.csv", "Name,Country,City,Population"),
    ("software.csv", "Name,Organisation,Licence,Website,Topics"),
    ("words.csv", "Name,Language,Definition"),
    ("list.csv", "Name,E-mail"),
    ("pay.csv", "First name,Last name,Salary"),
    ("books.csv", "Author first name,Author last name,Title,Year"),
    ("fairs.csv", "Name,Organisation,Date,City,Country"),
    ("jobs.csv", "Title,Company,Country,Languages,Skills"),
]


@pytest.mark.parametrize(("name", "columns"), NOT_PEOPLE, ids=[columns for _, columns in NOT_PEOPLE])
def test_a_table_of_something_else_does_not_become_people(tmp_path: Path, name: str, columns: str) -> None:
    path = write(tmp_path, f"{columns}\n{columns}\n", name)
    try:
        (source,) = read([path]).sources
    except UnreadableFile as error:
        refused = str(error)
        assert "no format knows its columns" in refused
    else:
        assert source.guessed is not None
        assert source.guessed.guess.rows != "Expert"


@pytest.mark.parametrize(
    ("name", "columns", "format_"),
    [
        ("experts.csv", "id,name,role,country,languages,website", "inventory"),
        ("experts.csv", "Name,Organisation,Topics,Country", "contacts"),
        ("organisations.csv", "name,sector,country,website,topics,e-mail", "inventory"),
        ("initiatives.csv", "name,organisation,topics,country,role", "inventory"),
        ("net_nodes.csv", "id,name,organisation,role,country", "pair"),
        ("net_edges.csv", "source,target,role,organisation,name", "pair"),
        ("people.csv", "id,name,affiliation,expertise,city,country,continent", "open-seeds"),
        ("contacts-2026.csv", "Name,Topics", "contacts"),
    ],
)
def test_the_tables_of_other_formats_stay_theirs(
    tmp_path: Path, name: str, columns: str, format_: str
) -> None:
    (source,) = read([write(tmp_path, f"{columns}\n{columns}\n", name)]).sources
    assert source.format is not None
    assert source.format.name == format_


def test_lists_are_cut_where_people_cut_them(tmp_path: Path) -> None:
    text = (
        "Name;Organisation;Topics;Languages;E-mail;Phone\n"
        '"Ada";"Dupont, Martin & Co|Lilac";"law, housing|care";"fr|en";"a@x.example|b@x.example";\n'
        '"Bob";"Dupont, Martin & Co\nLilac";"• law\n• housing, care";"français et anglais";'
        '"a@x.example, Bob <b@x.example>";"02 555 12 34 / 0470 12 34 56"\n'
    )
    ada, bob = rows(tmp_path, text)
    assert names(ada, "AFFILIATED_WITH") == names(bob, "AFFILIATED_WITH") == ["Dupont, Martin & Co", "Lilac"]
    assert names(ada, "EXPERT_IN") == ["law, housing", "care"]
    assert names(bob, "EXPERT_IN") == ["law", "housing", "care"]
    assert ada.nodes[0].properties["languages"] == bob.nodes[0].properties["languages"] == ["fr", "en"]
    assert ada.nodes[0].properties["contact"] == ["a@x.example", "b@x.example"]
    assert bob.nodes[0].properties["contact"] == [
        "a@x.example", "b@x.example", "02 555 12 34", "0470 12 34 56",
    ]  # fmt: skip


def test_a_cell_that_cannot_be_used_is_left_out_with_what_is_accepted(tmp_path: Path) -> None:
    text = (
        "Name,Organisation,Country,Languages,Website\n"
        'Ada,Lilac,"Belgium, France","fr, Elvish, en","https://a.example, https://b.example"\n'
        "Bob,Lilac,Atlantis,,none at all\n"
    )
    ada, bob = rows(tmp_path, text)
    assert ada.nodes[0].properties == {
        "name": "Ada", "languages": ["fr", "en"], "website": "https://a.example",
    }  # fmt: skip
    assert told(ada.problems) == [
        ("warning", "Country", "Belgium, France"),
        ("warning", "Languages", "Elvish"),
        ("warning", "Website", "https://a.example, https://b.example"),
    ]
    assert "names 2 countries, BE and FR" in ada.problems[0].reason
    assert "accepted: an ISO 639 code" in ada.problems[1].reason
    assert bob.nodes[0].properties == {"name": "Bob"}
    assert {problem.severity for problem in bob.problems} == {"warning"}


def test_empty_cells_and_those_that_say_nothing_reject_nothing(tmp_path: Path) -> None:
    text = (
        "Nom;Structure;Fonction;Thèmes;Pays;Courriel;;\nAda;;;;;;;\nBob;n/a;-;—;?;k.A.;;\n;;;;;;;\n;-;;;;;;\n"
    )
    ada, bob, dashes = rows(tmp_path, text)
    assert [row.nodes[0].properties for row in (ada, bob)] == [{"name": "Ada"}, {"name": "Bob"}]
    assert [*ada.links, *bob.links, *ada.problems, *bob.problems] == []
    assert told(dashes.problems) == [("error", "Nom", "")]


def test_nobody_is_affiliated_with_being_independent(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "Nom,Organisation,Pays,Thèmes\nAda,Indépendante; Lilac,BE,droit\n")
    assert names(row, "AFFILIATED_WITH") == ["Lilac"]
    assert row.nodes[0].properties["affiliation"] == ["Indépendante"]


def test_a_row_without_a_person_gives_the_organisation_and_what_it_works_on(tmp_path: Path) -> None:
    text = (
        "Prénom,Nom,Structure,Thèmes,Pays,Courriel,Note\n"
        ",,Lilac Coop,droit,BE,info@lilac.example,call them\n"
        ",,Rose Coop,,Italie,,\n"
        ",,,droit,BE,x@y.example,\n"
    )
    memory = glossary()
    outcome = plan(memory, rows(tmp_path, text))
    assert verdicts(outcome) == (2, 0, 0, 1)
    assert ("lilac", "WORKS_ON", "law", "") in memory.ties
    assert memory.values["organisation-rose-coop"]["country"] == "IT"
    assert memory.values["organisation-rose-coop"]["name"] == "Rose Coop"
    assert "Expert" not in memory.labels.values()
    assert [(problem.row, problem.severity) for problem in outcome.problems] == [
        (2, "warning"), (3, "note"), (4, "error"),
    ]  # fmt: skip
    assert outcome.problems[0].reason.endswith("left out: Courriel, Note")
    assert verdicts(plan(memory, rows(tmp_path, text), "u2")) == (0, 0, 2, 1)


def test_topics_are_found_in_every_language_of_the_glossary(tmp_path: Path) -> None:
    text = (
        "Name,Organisation,Topics,Country\n"
        'Ada,LILAC COOP,"droit; vivienda, Jura",BE\n'
        "Bob,Lilac Coop,Beekeeping | recht,BE\n"
        "Cem,Lilac Coop,beekeeping; care,BE\n"
    )
    memory = glossary()
    path = write(tmp_path, text)
    previewed = preview(memory, rows_of(path))
    outcome = plan(memory, rows_of(path))
    assert outcome.problems == previewed.problems
    known = {(start, end) for start, type_, end, _ in memory.ties if type_ == "EXPERT_IN"}
    assert known == {
        ("expert-ada", "law"), ("expert-ada", "housing"), ("expert-bob", "law"),
        ("expert-bob", "topic-beekeeping"), ("expert-cem", "topic-beekeeping"),
    }  # fmt: skip
    assert {end for _, type_, end, _ in memory.ties if type_ == "AFFILIATED_WITH"} == {"lilac"}
    new, ambiguous = outcome.problems
    assert (new.path, new.row, new.column, new.value, new.severity) == (
        str(path), 3, "Topics", "Beekeeping", "note",
    )  # fmt: skip
    assert "becomes a new topic" in new.reason
    assert (ambiguous.row, ambiguous.severity) == (4, "warning")
    assert "may be any of care-1, care-2" in ambiguous.reason
    assert verdicts(outcome) == (3, 0, 0, 0)


def test_a_misspelt_topic_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    text = "Nom,Organisation,Thèmes,Pays\nAda,Lilac Coop,Viviende,BE\nBob,Lilac Coop,Beekeeping,BE\n"
    outcome = plan(glossary(), rows(tmp_path, text))
    misspelt, new = outcome.problems
    assert misspelt.reason.endswith("; if 'vivienda' (housing) is meant, correct the cell")
    assert new.reason.endswith("so it becomes a new topic")


def test_the_same_sheet_a_month_later_updates(tmp_path: Path) -> None:
    head = "Name,Organisation,Role,Topics,Country,E-mail\n"
    memory = glossary()
    plan(memory, rows(tmp_path, head + "Ada,Lilac Coop,,law,BE,a@x.example\nBob,Lilac Coop,,law,BE,\n"))
    before = dict(memory.ties)
    again = plan(
        memory, rows(tmp_path, head + "Ada,Lilac Coop,,law,BE,a@x.example\nBob,Lilac Coop,,law,BE,\n"), "u2"
    )
    assert verdicts(again) == (0, 0, 2, 0)
    assert again.problems == []
    later = plan(
        memory,
        rows(tmp_path, head + "Ada,Lilac Coop,,law;housing,FR,ada@y.example\nBob,Lilac Coop,,law,FR,\n"),
        "u3",
    )
    assert verdicts(later) == (1, 1, 0, 0)
    assert memory.values["expert-ada"]["country"] == "FR"
    assert memory.values["expert-ada"]["contact"] == ["ada@y.example"]
    assert set(memory.ties) - set(before) == {("expert-ada", "EXPERT_IN", "housing", "")}
    assert [(problem.row, problem.severity) for problem in later.problems] == [(2, "note")]


def test_two_people_of_one_name_are_asked_for_an_id(tmp_path: Path) -> None:
    text = "Name,Organisation,E-mail\nAda,Lilac,a@x.example\nAda,Rose,b@x.example\nBob,Rose,c@x.example\n"
    memory = Memory()
    outcome = plan(memory, rows(tmp_path, text))
    assert verdicts(outcome) == (1, 0, 0, 2)
    assert len(outcome.problems) == 2
    assert all("add an id column" in problem.reason for problem in outcome.problems)
    told_apart = "id,Name,Organisation,E-mail\nada1,Ada,Lilac,a@x.example\nada2,Ada,Rose,b@x.example\n"
    assert verdicts(plan(memory, rows(tmp_path, told_apart), "u2")) == (2, 0, 0, 0)
    assert {"ada1", "ada2", "expert-bob"} <= set(memory.labels)


def test_a_workbook_as_people_keep_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Annuaire 2026 des personnes ressources"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(["Nom complet", "Organisme", "Domaines", "Pays", "Tél.", "Courriel", None, None])
    sheet.append(["Ada Martin", "Lilac", "droit; logement", "BEL", 3225551234, "ada@x.example", None, None])
    sheet.append(["Bob Petit", "Lilac", None, None, "01.23.45.67.89", None, None, None])
    money = book.create_sheet("Budget")
    money.append(["Poste", "Montant", "Responsable"])
    money.append(["Salle", 120, "Ada"])
    book.save(tmp_path / "classeur.xlsx")
    reading = read([tmp_path / "classeur.xlsx"])
    assert [(source.path.rsplit("/", 1)[1], bool(source.format)) for source in reading.sources] == [
        ("Sheet", True), ("Budget", False),
    ]  # fmt: skip
    ada, bob = reading.rows()
    assert ada.nodes[0].properties["contact"] == ["ada@x.example", "3225551234"]
    assert bob.nodes[0].properties["contact"] == ["01.23.45.67.89"]
    assert ada.nodes[0].properties["country"] == "BE"


def test_a_list_saved_by_a_spreadsheet_in_france(tmp_path: Path) -> None:
    cells = "Lefèvre;Zoé;Coopérative « L’Été »;économie sociale, ESS;Belgique"
    text = f"Nom;Prénom;Structure;Thèmes;Pays\r\n{cells}\r\n"
    (row,) = rows_of(write(tmp_path, text, "annuaire.csv", "cp1252"))
    assert row.nodes[0].id == "expert-zoe-lefevre"
    assert names(row, "AFFILIATED_WITH") == ["Coopérative « L’Été »"]
    assert names(row, "EXPERT_IN") == ["économie sociale", "ESS"]


@pytest.mark.parametrize("language", contact_sheets())
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_filled_template_imports_without_a_problem(tmp_path: Path, language: str, ending: str) -> None:
    path = tmp_path / f"liste.{ending}"
    template(path, language=language)
    cells = [column.example for column in contact_sheets()[language].columns.values()]
    if ending == "csv":
        with path.open("a", encoding="utf-8") as file:
            file.write(",".join(cells) + "\n")
    else:
        book = openpyxl.load_workbook(path)
        book.worksheets[0].append(cells)
        book.save(path)
    reading = read([path])
    assert reading.problems == []
    assert len(reading.sources) == 1
    (row,) = reading.rows()
    assert row.problems == []
    assert row.nodes[0].properties["country"] == "BE"
    assert row.nodes[0].properties["languages"] == ["fr", "en"]
    assert row.nodes[0].properties["contact"] == ["ada@example.org", "+32 2 555 12 34"]
    assert row.nodes[0].properties["website"] == "https://example.org"
    assert len(names(row, "AFFILIATED_WITH")) == len(names(row, "EXPERT_IN")) == 2


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "Ada",
            "Bob",
            "Lilac",
            "law, care",
            "Beekeeping",
            "a@x.example",
            "BE",
            "fr/en",
            "-",
            "x|y;z",
            "***",
            "Dr.",
        ]
    ),
)
SHEET = st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=6)


@settings(deadline=None, max_examples=60)
@given(first=SHEET, second=SHEET)
def test_every_row_is_accounted_for_and_comes_in_once(
    first: list[list[str]], second: list[list[str]]
) -> None:
    memory = glossary()
    for unit, cells in (("u1", first), ("u2", second)):
        found = built_in("contacts", 0, MadeTable(COLUMNS, cells, "people.csv"))
        outcome = plan(memory, found, unit)
        assert sum(each.rows for each in outcome.verdicts.values()) == len(found) == len(cells)
        assert len(outcome.rejected) == sum(each.rejected for each in outcome.verdicts.values())
        ties = set(memory.ties)
        again = plan(memory, built_in("contacts", 0, MadeTable(COLUMNS, cells, "people.csv")), f"{unit}b")
        assert sum(each.created for each in again.verdicts.values()) == 0
        assert set(memory.ties) == ties
