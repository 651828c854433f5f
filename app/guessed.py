"""How sheets are read whose columns no format knows: shown, corrected column by column, kept for later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from shell import desk, plain, say, titled

from cocommuns_graph.desk import Upload
from cocommuns_graph.model.errors import CocommunsError

_MOST_COLUMNS = 60
_SURE = 0.7
_WIDTHS = [4, 3, 4]
_JOINER = "\u2060"
_TOLD = "told-columns"

Marks = Sequence[tuple[str, str, int]]
Table = dict[str, Any]


def told(marks: Marks) -> dict[str, dict[str, Any]]:
    """What the user said of the tables of these files, by path: what rows are, what columns mean."""
    kept = st.session_state.get(_TOLD)
    return dict(kept["told"]) if kept is not None and kept["marks"] == list(marks) else {}


def _tell(marks: Marks, path: str, what: dict[str, Any]) -> None:
    st.session_state[_TOLD] = {"marks": list(marks), "told": {**told(marks), path: what}}


def editor(uploads: Sequence[Upload], marks: Marks) -> None:
    """The tables of uploads with what each column is read as, to be corrected and kept.

    Tables that a format reads lie folded up below: they may be read otherwise too.
    """
    tables = _tables(uploads, marks)
    guessed = [table for table in tables if table["format"] in (None, "guessed")]
    for table in guessed:
        with st.container(border=True):
            _table(table, uploads, marks)
    for table in tables:
        if table not in guessed:
            words = say("{file} is read by the format {format}: read it otherwise", file=plain(table["path"]),
                        format=plain(table["format"]))  # fmt: skip
            with st.expander(words):
                _table(table, uploads, marks)


def _tables(uploads: Sequence[Upload], marks: Marks) -> list[Table]:
    """The tables as they are read now; looked at again only when something else is told."""
    said = told(marks)
    asked = json.dumps([list(marks), said, desk().language], ensure_ascii=False)
    kept = st.session_state.get("looked-at")
    if kept is None or kept["asked"] != asked:
        try:
            found = desk().tables_of(uploads, said)
        except CocommunsError as error:
            st.error(plain(str(error)), icon=":material/error:")
            found = []
        kept = st.session_state["looked-at"] = {"asked": asked, "tables": found}
    tables: list[Table] = kept["tables"]
    return tables


def _table(table: Table, uploads: Sequence[Upload], marks: Marks) -> None:
    path, said = table["path"], told(marks).get(table["path"], {})
    kinds = desk().kinds_of_row()
    st.markdown(f"**{say('How {file} is read', file=plain(path))}**")
    _verdict(table, kinds[table["row"]])
    row = st.selectbox(
        say("Each row is"),
        list(kinds),
        index=list(kinds).index(table["row"]),
        format_func=lambda kind: titled(kinds[kind]),
        key=f"row-{path}",
        width=320,
    )
    if row != table["row"]:
        _tell(marks, path, {"rows": row})
        st.rerun()
    with st.form(f"columns-{path}-{row}"):
        chosen = _columns(table, row)
        pressed = st.form_submit_button(say("Read it so"), icon=":material/check:", type="primary")
    if pressed:
        _tell(marks, path, {"rows": row, "columns": chosen})
        st.rerun()
    _keep(table, uploads, said or {"rows": row})


def _verdict(table: Table, kind: str) -> None:
    """Whether the table is read so, or waits for somebody to say it is right."""
    if table["format"] is None:
        st.warning(
            say(
                "Nobody told what these columns mean, and they are not clear enough to be read without you. "
                "Say what each row is, look through the columns, then read it so."
            ),
            icon=":material/help:",
        )
    else:
        st.caption(
            say(
                "Nobody told what these columns mean, so they were guessed by their headings and cells: each "
                "row is taken for one {kind}. Correct what is wrong; nothing is written before you say so.",
                kind=kind,
            )
        )


def _columns(table: Table, row: str) -> dict[str, str]:
    """One line a column: its heading with examples, what it is read as, how surely and why."""
    meanings = desk().meanings(row)
    heads = st.columns(_WIDTHS)
    for place, words in zip(heads, (say("Column"), say("Read as"), say("How sure, and why")), strict=True):
        place.markdown(f"**{words}**")
    chosen: dict[str, str] = {}
    for number, column in enumerate(table["columns"][:_MOST_COLUMNS]):
        left, middle, right = st.columns(_WIDTHS, vertical_alignment="center")
        left.markdown(f"{plain(column['column'])}  \n:small[:gray[{_examples(column)}]]")
        meaning = column["property"] or ""
        chosen[column["column"]] = middle.selectbox(
            say("{column} is read as", column=plain(column["column"])),
            list(meanings),
            index=list(meanings).index(meaning) if meaning in meanings else 0,
            format_func=lambda key: titled(meanings[key]),
            label_visibility="collapsed",
            key=f"as-{table['path']}-{row}-{number}-{meaning}",
        )
        right.markdown(f"{_mark(column)} {say.percent(column['confidence'])} · {plain(column['why'])}")
    if (more := len(table["columns"]) - _MOST_COLUMNS) > 0:
        st.caption(say("and {n} more columns, read as they were guessed", n=more))
    return chosen


def _examples(column: Mapping[str, Any]) -> str:
    shown = [text if len(text) <= 40 else f"{text[:39]}…" for text in column["examples"]]
    return " · ".join(map(_unlinked, shown)) or say("no cell is filled")


def _unlinked(text: str) -> str:
    """Text of a file in which no address becomes a link: an invisible joiner parts what would make one."""
    parted = (
        text.replace("://", f":{_JOINER}//").replace("www.", f"www{_JOINER}.").replace("@", f"{_JOINER}@")
    )
    return plain(parted)


def _mark(column: Mapping[str, Any]) -> str:
    if not column["property"]:
        return "–"
    return "✓" if column["confidence"] >= _SURE else "?"


def _keep(table: Table, uploads: Sequence[Upload], said: Mapping[str, Any]) -> None:
    """Keeps how the table is read as a format of the home."""
    path = table["path"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            say("Keep this for next time as"),
            value=path.rpartition("/")[2].rpartition(".")[0] or path,
            key=f"name-{path}",
            help=say("Sheets with these columns are read so from now on, here and on the command line."),
            width=320,
        )
        pressed = st.button(say("Keep"), icon=":material/bookmark_add:", key=f"keep-{path}")
    if pressed:
        upload = next(each for each in uploads if path == each.name or path.startswith(f"{each.name}/"))
        try:
            kept = desk().keep_reading(upload, path, {path: said}, name)
        except CocommunsError as error:
            st.error(plain(str(error)), icon=":material/error:")
        else:
            st.success(
                say("Kept as {file}: such sheets are read so from now on.", file=plain(kept.name)),
                icon=":material/bookmark_added:",
            )
