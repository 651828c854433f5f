"""What an import did or would do, shown: counts, who is new, files, problems, rejected rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from shell import plain, say, titled

from cocommuns_graph.desk import Imported
from cocommuns_graph.model import MODEL

_MOST_PROBLEMS = 1000
_MOST_READ = 40
_MOST_NAMED = 12
_SEVERITIES = ("error", "warning", "note")


def counts(report: Mapping[str, Any]) -> None:
    """How much is new, changed, known already and rejected."""
    nodes, links = report["nodes"], report["relationships"]
    with st.container(horizontal=True, gap="large"):
        for words, name in (
            (say("New"), "created"),
            (say("Changed"), "updated"),
            (say("As known"), "unchanged"),
        ):
            about = say("{records} records and {links} links", records=nodes[name], links=links[name])
            _count(words, nodes[name] + links[name], about)
        rejected = sum(file["rejected"] for file in report["files"])
        _count(say("Rejected rows"), rejected, say("These are left out; all other rows are written"))


def _count(words: str, number: int, about: str) -> None:
    st.metric(words, say.number(number), help=about, width=150)


def newcomers(report: Mapping[str, Any]) -> None:
    """Which records are new, kind by kind."""
    new = report["newcomers"]
    lines = []
    for type_ in MODEL.public_types:
        if type_.label not in new:
            continue
        number, names = new[type_.label]["count"], new[type_.label]["names"]
        word = titled(say.words(type_.singular if number == 1 else type_.plural))
        shown = [plain(name) for name in names[:_MOST_NAMED]]
        if number > len(shown):
            shown.append(say.count("{n} other", "{n} others", number - len(shown)))
        told = say("**{kind} ({number}):** {names}", kind=word, number=number, names=say.together(shown))
        lines.append(f"- {told}")
    if lines:
        st.markdown(f"**{say('New records')}**\n\n" + "\n".join(lines))


def files(read: Sequence[Mapping[str, Any]]) -> None:
    """How each file was read and what became of its rows."""
    separators = {
        ",": say("comma"),
        ";": say("semicolon"),
        "\t": say("tab"),
        "|": say("bar"),
        " ": say("space"),
    }
    told = [
        {
            say("File"): file["path"],
            say("Read as"): file["format"] or say("not read"),
            say("Encoding"): file["encoding"] or "",
            say("Separator"): separators.get(file["delimiter"] or "", file["delimiter"] or ""),
            say("Header on line"): str(file["header_line"] or "") if file["format"] else "",
            say("Rows"): file["rows"],
            say("New"): file["created"],
            say("Changed"): file["updated"],
            say("As known"): file["unchanged"],
            say("Rejected"): file["rejected"],
        }
        for file in read
    ]
    st.markdown(f"**{say('How the files were read')}**")
    st.dataframe(pd.DataFrame(told), hide_index=True, width="stretch")
    aside = [(file["path"], left) for file in read for left in file["left_aside"] if file["format"]]
    if aside:
        with st.expander(f"{say('Lines left aside')}: {len(aside)}"):
            lines = [
                {say("File"): path, say("Line"): left["line"], say("What it says"): left["text"]}
                for path, left in aside
            ]
            st.dataframe(pd.DataFrame(lines), hide_index=True, width="stretch")


def problems(found: Sequence[Mapping[str, Any]]) -> None:
    """What is to be known of single rows, the worst first; each reason whole where there are not too many."""
    rank = {name: number for number, name in enumerate(_SEVERITIES)}
    severities = {
        "error": say("row rejected"),
        "warning": say("cell left out"),
        "note": say("note"),
    }
    ordered = sorted(found, key=lambda problem: rank[problem["severity"]])
    number = len(ordered)
    st.markdown(f"**{say.count('{n} thing to know', '{n} things to know', number)}**")
    happens = say("What happens")
    told = [
        {
            happens: severities[problem["severity"]],
            say("File"): problem["path"],
            say("Line"): str(problem["row"] or ""),
            say("Column"): problem["column"],
            say("Value"): problem["value"],
            say("Reason"): problem["reason"],
        }
        for problem in ordered[:_MOST_PROBLEMS]
    ]
    if number <= _MOST_READ:
        # A table shows each reason whole, and its cells are Markdown.
        cells = [{name: plain(cell) for name, cell in line.items()} for line in told]
        st.table(pd.DataFrame(cells).set_index(happens))
    else:
        st.dataframe(pd.DataFrame(told), hide_index=True, width="stretch")
    if number > _MOST_PROBLEMS:
        st.caption(say("and {more} more", more=number - _MOST_PROBLEMS))


def rejected_rows(done: Imported) -> None:
    """The rejected rows as a file to mend and bring back."""
    for name, content in done.contents.items():
        st.download_button(
            say("Rejected rows, to mend and import again"),
            data=content,
            file_name=Path(name).name,
            icon=":material/download:",
            on_click="ignore",
            key=f"rejects-{name}",
        )
