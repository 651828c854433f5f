"""Small files of every format, written into a folder of a test."""

from __future__ import annotations

from pathlib import Path

SMALL = {
    "ols/organizations.csv": "id,name,website,country,description\nossi,Software Institute,https://ssi.org,Europe,<p>Better</p>\n",
    "ols/people.csv": (
        "id,name,affiliation,expertise,city,country,continent\n"
        "ada,Ada Lovelace,Software Institute,Law; Governance,London,United Kingdom,Europe\n"
        "bob,Bob,Independent,,,,\n"
    ),
    "ols/projects.csv": (
        "id,name,cohort,keywords,participants,mentors,status,reason,description\n"
        "p1,Tool,ols-1,law,bob,ada,graduated,,<b>Useful</b>\n"
    ),
    "ols/person_project.csv": "person_id,project_id,role\nbob,p1,participant\nada,p1,mentor\n",
    "ols/artifacts_projects.csv": ",name\n0,Tool\n",
    "net_nodes.csv": "id,name,dept\n1,One,4\n2,Two,2\n",
    "net_advice_edges.csv": "source,target,weight\n1,2,3\n2,2,1\n1,9,1\n",
}


def write_small(folder: Path, *names: str) -> Path:
    """Writes these files (all of them if none is named) and returns the folder."""
    for name in names or SMALL:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SMALL[name], encoding="utf-8")
    return folder
