"""Import: choose files, see what would change, write it, take the rejected rows back to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import guessed
import streamlit as st
from foreseen import row_by_row
from imported import counts, files, newcomers, problems, rejected_rows
from shell import desk, plain, say
from streamlit.runtime.uploaded_file_manager import UploadedFile
from welcome import empty_sheet

from cocommuns_graph.desk import Imported, Job, Upload, starter_glossary, template_bytes
from cocommuns_graph.model.errors import Cancelled, CocommunsError

_GLOSSARY = "topics.csv"
_KINDS = ["csv", "tsv", "txt", "xlsx", "json", "graphml", "gexf", "gml", "vna"]
_SOON = 0.6
_EVERY = 0.5
_MOST_LINKED = 8
_MOST_AROUND = 12

current = desk()


def _heading() -> list[UploadedFile]:
    st.title(say("Bring your spreadsheets in"), anchor=False)
    st.markdown(
        say(
            "A contact list, the inventory's own tables or a nodes/edges pair, as CSV or Excel files; "
            "several that belong together go in together. You see what would change before anything is "
            "written, and nothing leaves this machine."
        )
    )
    with st.container(horizontal=True, gap="small"):
        empty_sheet()
        st.download_button(
            say("Empty inventory workbook"),
            data=lambda: template_bytes("inventory.xlsx"),
            file_name="inventory.xlsx",
            on_click="ignore",
            icon=":material/download:",
            key="empty-inventory",
        )
    return st.file_uploader(
        say("Files"),
        type=_KINDS,
        accept_multiple_files=True,
        key=f"uploads-{st.session_state.get('round', 0)}",
    )


def _with_glossary() -> bool:
    """Whether a glossary goes in too; asked only where there is none that a sheet's words could meet."""
    kept = st.session_state.get("import")
    if kept is not None and not kept["preview"]:
        return bool(kept["glossary"])
    if current.records("Topic"):
        return False
    _, terms = starter_glossary()
    return st.checkbox(
        say("Take in a glossary to begin with: {n} terms in up to five languages", n=terms),
        key="with-glossary",
        help=say(
            "The inventory has no terms yet. With these, who asks in French finds what your sheet says in "
            "English. They come from the sample; correct them and add your own."
        ),
    )


def _begin(chosen: Sequence[UploadedFile], glossary: bool, *, preview: bool, expected: int = 0) -> None:
    """Starts reading or writing beside the page."""
    uploads = [Upload(one.name, one.getbuffer()) for one in chosen]
    if glossary:
        uploads.append(Upload(_GLOSSARY, starter_glossary()[0]))
    st.session_state["import"] = {
        "marks": _marks(chosen),
        "glossary": glossary,
        "names": [one.name for one in chosen],
        "preview": preview,
        "expected": expected,
        "job": current.import_job(uploads, preview=preview, told=guessed.told(_marks(chosen))),
        "told": guessed.told(_marks(chosen)),
        "done": None,
        "ended": "",
    }


def _marks(chosen: Sequence[UploadedFile]) -> list[tuple[str, str, int]]:
    return [(one.file_id, one.name, one.size) for one in chosen]


def _settle(kept: dict[str, Any], wait: float) -> bool:
    """Takes over what the work made, if it is done within `wait` seconds."""
    job: Job[Imported] = kept["job"]
    try:
        kept["done"] = job.result(wait)
    except TimeoutError:
        return False
    except Cancelled:
        kept["ended"] = "cancelled"
    except CocommunsError as error:
        kept["ended"] = str(error)
    kept["job"] = None
    return True


@st.fragment(run_every=_EVERY)
def _waiting(kept: dict[str, Any]) -> None:
    """How far the work is, and a button that ends it; looks again by itself."""
    job = kept["job"]
    if job is None or not job.is_running:
        st.rerun()
    names = say.together([plain(name) for name in kept["names"]], most=3)
    doing = (
        say("Reading {files} ...", files=names)
        if kept["preview"]
        else say("Writing {files} ...", files=names)
    )
    with st.container(border=True):
        st.markdown(f":material/hourglass_top: {doing}")
        so_far = say.count("{n} row so far", "{n} rows so far", job.rows)
        if kept["expected"]:
            st.progress(min(1.0, job.rows / kept["expected"]), text=so_far)
        else:
            st.caption(so_far)
        if job.is_cancelled:
            st.caption(say("Ending ..."))
        else:
            st.button(say("Cancel"), icon=":material/cancel:", on_click=job.cancel, key="cancel-import")


def _ended(kept: dict[str, Any]) -> None:
    """Why there is nothing to show of this import, and what of it is written all the same."""
    if kept["ended"] != "cancelled":
        st.error(plain(kept["ended"]), icon=":material/error:")
        return
    begun = [] if kept["preview"] else current.unfinished()
    if begun:
        st.warning(
            say("The import was ended on its way.") + " " + plain(" ".join(begun)), icon=":material/info:"
        )
    else:
        st.info(say("Cancelled: nothing was written."), icon=":material/info:")
    st.button(say("Start again"), icon=":material/upload_file:", on_click=_again, key="again")


def _again() -> None:
    st.session_state["round"] = st.session_state.get("round", 0) + 1


def _report(done: Imported) -> None:
    newcomers(done.report)
    _told(done)


def _told(done: Imported) -> None:
    if done.report["problems"]:
        problems(done.report["problems"])
    rejected_rows(done)
    files(done.report["files"])


def _written(done: Imported) -> None:
    st.success(say("Written to the inventory."), icon=":material/check_circle:")
    _ways_on(str(done.report["import_id"]))
    counts(done.report)
    _report(done)


def _ways_on(import_id: str) -> None:
    people = current.came_with(import_id, "Expert") or current.came_with(import_id, "Organisation")
    topics = current.came_with(import_id, "Topic")
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            "views/find.py",
            label=say("Find somebody"),
            icon=":material/search:",
            query_params={"q": topics[0]["name"]} if topics else None,
        )
        st.page_link(
            "views/map.py",
            label=say("See them on the map") if people else say("See the map"),
            icon=":material/hub:",
            query_params=_around(people) if people else {"show": "all"},
        )
        st.button(
            say("Import more"), icon=":material/upload_file:", on_click=_again, type="tertiary", key="again"
        )
    if people:
        st.caption(say("New, to read or to correct:"))
        with st.container(horizontal=True, gap="small"):
            for one in people[:_MOST_LINKED]:
                st.page_link(
                    "views/profile.py",
                    label=plain(one["name"]),
                    icon=":material/badge:",
                    query_params={"id": one["id"]},
                )


def _around(people: Sequence[dict[str, str]]) -> dict[str, str]:
    """The address of a map of the first new people and what lies around them."""
    first, *others = (one["id"] for one in people[:_MOST_AROUND])
    return {
        "show": "around",
        "around": first,
        "id": first,
        "expand": ",".join(quote(id_, safe="") for id_ in others),
    }


def _preview(done: Imported, chosen: Sequence[UploadedFile]) -> bool:
    """Shows what would change; whether the user says to write it."""
    report = done.report
    st.header(say("What would change"), anchor=False)
    counts(report)
    total = sum(report[part][name] for part in ("nodes", "relationships") for name in ("created", "updated"))
    if total:
        says = st.button(say("Write to the inventory"), type="primary", icon=":material/save:", key="write")
    else:
        st.info(say("Nothing in these files is new: there is nothing to write."), icon=":material/done_all:")
        says = False
    if any("columns" in file for file in report["files"]):
        _editor(chosen)
    newcomers(report)
    row_by_row(report["preview"])
    _told(done)
    if not any("columns" in file for file in report["files"]):
        _editor(chosen)
    return says


def _editor(chosen: Sequence[UploadedFile]) -> None:
    guessed.editor([Upload(one.name, one.getbuffer()) for one in chosen], _marks(chosen))


chosen = _heading()
glossary = _with_glossary()
if not chosen:
    if (left := st.session_state.pop("import", None)) and left["job"] is not None:
        left["job"].cancel()
    st.stop()
kept = st.session_state.get("import")
asked = (_marks(chosen), glossary, guessed.told(_marks(chosen)))
if kept is None or (kept["marks"], kept["glossary"], kept["told"]) != asked:
    if kept is not None and kept["job"] is not None:
        kept["job"].cancel()
    _begin(chosen, glossary, preview=True)
    kept = st.session_state["import"]
if kept["job"] is not None and not _settle(kept, _SOON):
    _waiting(kept)
elif kept["ended"]:
    _ended(kept)
    if kept["ended"] != "cancelled":
        _editor(chosen)
elif not kept["preview"]:
    _written(kept["done"])
elif _preview(kept["done"], chosen):
    rows = sum(file["rows"] for file in kept["done"].report["files"])
    _begin(chosen, glossary, preview=False, expected=rows)
    st.rerun()
