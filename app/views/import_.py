"""Import: choose files, see what would change, write it, take the rejected rows back to mend them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st
from shell import desk, told

from cocommuns_graph.desk import Imported, file_name, template_bytes

_MOST_PROBLEMS = 1000

with told():
    current = desk()

st.title("Bring your spreadsheets in", anchor=False)
st.caption(
    "CSV or Excel files: a contact list, the inventory's own tables, a nodes/edges pair, or a format of "
    "importers/. Nothing is written before you have seen what would change; nothing leaves this machine."
)
sheets = st.columns(2)
sheets[0].download_button(
    "Empty contact list",
    data=lambda: template_bytes("contacts.csv"),
    file_name="contacts.csv",
    on_click="ignore",
)
sheets[1].download_button(
    "Empty inventory workbook",
    data=lambda: template_bytes("inventory.xlsx"),
    file_name="inventory.xlsx",
    on_click="ignore",
)
uploads = st.file_uploader(
    "Files", type=["csv", "tsv", "txt", "xlsx"], accept_multiple_files=True, key="uploads"
)


def _saved(folder: Path) -> list[Path]:
    paths: list[Path] = []
    for upload in uploads or []:
        path = folder / file_name(upload.name, taken=[path.name for path in paths])
        path.write_bytes(upload.getbuffer())
        paths.append(path)
    return paths


def _run(*, preview: bool) -> tuple[Imported, bytes | None]:
    with tempfile.TemporaryDirectory(prefix="cocommuns-") as name:
        paths = _saved(Path(name))
        rejects = Path(name) / ("rejected.xlsx" if len(paths) > 1 else "rejected.csv")
        bar = st.empty()
        done = current.import_files(
            paths,
            preview=preview,
            rejects=rejects,
            progress=lambda rows: bar.caption(f"{rows:,} rows read ..."),
        )
        bar.empty()
        return done, next((path.read_bytes() for path in done.rejects if path.is_file()), None)


def _report(done: Imported, rejected: bytes | None) -> None:
    nodes, links = done.report["nodes"], done.report["relationships"]
    columns = st.columns(4)
    for column, word, key in zip(
        columns,
        ("New", "Changed", "Unchanged", "Removed"),
        ("created", "updated", "unchanged", "removed"),
        strict=True,
    ):
        column.metric(
            word, f"{nodes[key] + links[key]:,}", help=f"{nodes[key]:,} records, {links[key]:,} links"
        )
    files = pd.DataFrame(done.report["files"])
    files["path"] = [Path(path).name for path in files["path"]]
    st.dataframe(files, hide_index=True, width="stretch")
    problems = pd.DataFrame(done.report["problems"])
    if not problems.empty:
        problems["path"] = [Path(path).name for path in problems["path"]]
        st.markdown(f"**{len(problems):,} {'thing' if len(problems) == 1 else 'things'} to know**")
        st.dataframe(
            problems[["severity", "path", "row", "column", "value", "reason"]].head(_MOST_PROBLEMS),
            hide_index=True,
            width="stretch",
        )
    if rejected is not None:
        st.download_button(
            "Rejected rows, to mend and import again",
            data=rejected,
            file_name="rejected.xlsx" if rejected[:2] == b"PK" else "rejected.csv",
            icon=":material/download:",
            on_click="ignore",
        )


if not uploads:
    st.stop()
shown = tuple((upload.name, upload.size, upload.file_id) for upload in uploads)
if st.session_state.get("written") == shown:
    done, rejected = st.session_state["result"]
    st.success("Written to the inventory.", icon=":material/check_circle:")
    _report(done, rejected)
    st.page_link("views/find.py", label="Find somebody", icon=":material/search:")
    st.page_link("views/map.py", label="See the map", icon=":material/hub:")
    st.stop()
with told(), st.spinner("Reading ..."):
    done, rejected = _run(preview=True)
st.subheader("What would change", anchor=False)
_report(done, rejected)
total = sum(done.report[part][key] for part in ("nodes", "relationships") for key in ("created", "updated"))
if st.button(
    "Write to the inventory" if total else "Nothing to write",
    type="primary",
    disabled=not total,
    icon=":material/save:",
):
    with told(), st.spinner("Writing ..."):
        st.session_state["result"] = _run(preview=False)
        st.session_state["written"] = shown
    st.rerun()
