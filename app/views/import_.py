"""Import: choose files, see what would change, write it, take the rejected rows back to mend them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from shell import desk, plain
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cocommuns_graph.desk import Imported, Upload, template_bytes

_MOST_PROBLEMS = 1000
_MOST_READ = 40
_VERDICTS = {
    "rows": "Rows",
    "created": "New",
    "updated": "Changed",
    "unchanged": "As known",
    "rejected": "Rejected",
}
_SEVERITIES = {"error": "row rejected", "warning": "cell left out", "note": "note"}
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}

current = desk()


def _heading() -> list[UploadedFile]:
    st.title("Bring your spreadsheets in", anchor=False)
    st.markdown(
        "A contact list, the inventory's own tables or a nodes/edges pair, as CSV or Excel files; several "
        "that belong together go in together. You see what would change before anything is written, and "
        "nothing leaves this machine."
    )
    with st.container(horizontal=True, gap="small"):
        for label, name in (
            ("Empty contact list", "contacts.csv"),
            ("Empty inventory workbook", "inventory.xlsx"),
        ):
            st.download_button(
                label,
                data=lambda name=name: template_bytes(name),
                file_name=name,
                on_click="ignore",
                icon=":material/download:",
                width="content",
                key=f"empty-{name}",
            )
    return st.file_uploader(
        "Files",
        type=["csv", "tsv", "txt", "xlsx", "graphml", "gexf"],
        accept_multiple_files=True,
        key=f"uploads-{st.session_state.get('round', 0)}",
    )


def _run(chosen: list[UploadedFile], *, preview: bool) -> Imported:
    words = "Reading" if preview else "Writing"
    with st.spinner(f"{words} ...", show_time=True):
        said = st.empty()
        uploads = [Upload(one.name, one.getbuffer()) for one in chosen]
        done = current.import_uploads(
            uploads, preview=preview, progress=lambda rows: said.caption(f"{rows:,} rows so far")
        )
        said.empty()
    return done


def _again() -> None:
    st.session_state["round"] = st.session_state.get("round", 0) + 1


def _count(words: str, number: int, about: str) -> None:
    st.metric(words, f"{number:,}", help=about, width=150)


def _counts(report: dict[str, Any]) -> None:
    nodes, links = report["nodes"], report["relationships"]
    with st.container(horizontal=True, gap="large"):
        for words, name in (("New", "created"), ("Changed", "updated"), ("As known", "unchanged")):
            _count(words, nodes[name] + links[name], f"{nodes[name]:,} records and {links[name]:,} links")
        rejected = sum(file["rejected"] for file in report["files"])
        _count("Rejected rows", rejected, "These are left out; all other rows are written")


def _files(files: list[dict[str, Any]]) -> None:
    told = [
        {
            "File": file["path"],
            "Read as": file["format"] or "not read",
            "Encoding": file["encoding"] or "",
            "Separator": _DELIMITERS.get(file["delimiter"] or "", file["delimiter"] or ""),
            **{words: file[name] for name, words in _VERDICTS.items()},
        }
        for file in files
    ]
    st.dataframe(pd.DataFrame(told), hide_index=True, width="stretch")


def _problems(problems: list[dict[str, Any]]) -> None:
    rank = {name: number for number, name in enumerate(_SEVERITIES)}
    ordered = sorted(problems, key=lambda problem: rank[problem["severity"]])
    st.markdown(f"**{len(ordered):,} {'thing' if len(ordered) == 1 else 'things'} to know**")
    told = [
        {
            "What happens": _SEVERITIES[problem["severity"]],
            "File": problem["path"],
            "Line": str(problem["row"] or ""),
            "Column": problem["column"],
            "Value": problem["value"],
            "Reason": problem["reason"],
        }
        for problem in ordered[:_MOST_PROBLEMS]
    ]
    if len(told) <= _MOST_READ:
        # A table shows each reason whole, and its cells are Markdown.
        cells = [{name: plain(cell) for name, cell in line.items()} for line in told]
        st.table(pd.DataFrame(cells).set_index("What happens"))
    else:
        st.dataframe(pd.DataFrame(told), hide_index=True, width="stretch")
    if len(ordered) > _MOST_PROBLEMS:
        st.caption(f"and {len(ordered) - _MOST_PROBLEMS:,} more")


def _report(done: Imported) -> None:
    _counts(done.report)
    _files(done.report["files"])
    if done.report["problems"]:
        _problems(done.report["problems"])
    for name, content in done.contents.items():
        st.download_button(
            "Rejected rows, to mend and import again",
            data=content,
            file_name=Path(name).name,
            icon=":material/download:",
            on_click="ignore",
            key=f"rejects-{name}",
        )


def _written(done: Imported) -> None:
    st.success("Written to the inventory.", icon=":material/check_circle:")
    with st.container(horizontal=True, gap="medium"):
        st.page_link("views/find.py", label="Find somebody", icon=":material/search:")
        st.page_link("views/map.py", label="See the map", icon=":material/hub:")
        st.button("Import more", icon=":material/upload_file:", on_click=_again, type="tertiary")
    _report(done)


def _preview(done: Imported) -> bool:
    """Shows what would change; whether the user says to write it."""
    report = done.report
    st.subheader("What would change", anchor=False)
    total = sum(report[part][name] for part in ("nodes", "relationships") for name in ("created", "updated"))
    _report(done)
    if not total:
        st.info("Nothing in these files is new: there is nothing to write.", icon=":material/done_all:")
        return False
    return st.button("Write to the inventory", type="primary", icon=":material/save:")


chosen = _heading()
if not chosen:
    st.session_state.pop("import", None)
    st.stop()
marks = [(one.file_id, one.name, one.size) for one in chosen]
kept = st.session_state.get("import")
if kept is None or kept["marks"] != marks:
    st.session_state.pop("import", None)
    kept = {"marks": marks, "written": False, "done": _run(chosen, preview=True)}
    st.session_state["import"] = kept
if kept["written"]:
    _written(kept["done"])
elif _preview(kept["done"]):
    done = _run(chosen, preview=False)
    st.session_state["import"] = {"marks": marks, "written": True, "done": done}
    st.rerun()
