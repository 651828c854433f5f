"""Tables no format claims, from the file to the rejected rows and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocommuns_graph.desk.columns import keep_format, own_formats
from cocommuns_graph.importing import Told, read
from cocommuns_graph.importing.guessed import ANY_TABLE, as_line, guess_of
from cocommuns_graph.model.errors import InvalidValue, UnreadableFile
from cocommuns_graph.reading import RejectedSource, write_rejects

MEMBERS = (
    "Nom de la structure;Référent;Courriel;Ville;Thèmes\nCoop Sol;Ana Ruiz;ana@sol.example;Lyon;énergie\n"
)


def written(folder: Path, name: str = "membres.csv", text: str = MEMBERS) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_organisations_with_somebody_to_ask_are_no_list_of_people(tmp_path: Path) -> None:
    (source,) = read([written(tmp_path)]).sources
    (row,) = read([tmp_path / "membres.csv"]).rows()
    assert [node.label for node in row.nodes] == ["Organisation", "Expert"]
    told = source.as_dict()
    assert (told["format"], told["row"]) == ("guessed", "Organisation")
    columns = told["columns"]
    assert isinstance(columns, list)
    assert set(columns[0]) == {"column", "property", "confidence", "why", "examples"}


def test_what_is_kept_claims_such_tables_by_itself(tmp_path: Path) -> None:
    guess = guess_of(read([written(tmp_path)]).sources[0].table, Told(), None).guess  # type: ignore[arg-type]
    keep_format(guess, "Nos membres", tmp_path / "home")
    own = own_formats(tmp_path / "home")
    (source,) = read([written(tmp_path, "autre nom.csv")], own=own).sources
    assert source.as_dict()["format"] == "nos-membres"
    with pytest.raises(InvalidValue, match="built-in"):
        keep_format(guess, "contacts", tmp_path / "home")


def test_rejected_rows_are_read_again_as_they_were(tmp_path: Path) -> None:
    path = written(tmp_path, text="Nom;Ville;Notes\nCoop Sol;Lyon;bon\n")
    told = {str(path): Told("Organisation", {"Nom": "name", "Ville": "keep", "Notes": "place"})}
    (source,) = read([path], told=told).sources
    assert source.table is not None
    assert source.guessed is not None
    rejected = RejectedSource(
        "membres.csv", path, None, "guessed", source.table.columns,
        [({"Nom": "Coop Mar", "Ville": "Vigo", "Notes": "Galice"}, "why")],
        None, as_line(source.guessed.guess),
    )  # fmt: skip
    write_rejects(tmp_path / "mend.csv", [rejected])
    (row,) = read([tmp_path / "mend.csv"]).rows()
    properties = next(iter(row.nodes)).properties
    assert (properties["name"], properties["place"], properties["Ville"]) == ("Coop Mar", "Galice", "Vigo")


def test_in_a_folder_that_formats_claim_others_are_only_listed(tmp_path: Path) -> None:
    written(tmp_path)
    alone = read([tmp_path])
    assert [source.as_dict()["format"] for source in alone.sources] == ["guessed"]
    written(tmp_path, "organisations.csv", "name,sector\nA,union\n")
    listed = {
        source.path.rsplit("/", 1)[1]: source.as_dict()["format"] for source in read([tmp_path]).sources
    }
    assert listed == {"organisations.csv": "inventory", "membres.csv": None}


def test_what_is_told_has_to_fit(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(InvalidValue, match="no table here has a column 'Vile'"):
        read([path], told={ANY_TABLE: Told("", {"Vile": "place"})})
    with pytest.raises(InvalidValue, match="cannot be read as 'town'"):
        read([path], told={ANY_TABLE: Told("", {"Ville": "town"})})
    with pytest.raises(InvalidValue, match="cannot both be place"):
        read([path], told={ANY_TABLE: Told("", {"Ville": "place", "Thèmes": "place"})})


def test_what_is_not_clear_is_refused_until_somebody_says_what_rows_are(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", "Name;Found;Stuff\nOdile Fabre;Nantes;bikes\n")
    with pytest.raises(UnreadableFile, match="--label"):
        read([path])
    (source,) = read([path], label="expert", told={ANY_TABLE: Told("", {"Found": "place"})}).sources
    assert source.as_dict()["row"] == "Expert"
