"""Files damaged at random, and the promise they are held to: read, or refused in one sentence."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from cocommuns_graph.model.errors import CocommunsError
from cocommuns_graph.reading import open_tables

LONGEST = 10.0
"""Seconds that a file under 10 MB may take."""

_TOKENS = (
    *(mark.encode() for mark in "\"',;\t|\n\r\\\0<>&{}[]-é\x1f\x1a😀"),
    *(
        b"\r\n",
        b"\n\n",
        b'""',
        b'"\n',
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x80",
        b"\xe9",
        b"\xc0\x80",
        b"\xed\xa0\x80",
    ),
    *(b"# a: b\n", b"sep=;\n", b"Total,1\n", b"Source: x\n", b"a,b,c\n", b"null", b"NaN", b"1e999", b"=1+1"),
    *(b"<!DOCTYPE x>", b"&lol;", b"]]>", b"A1:XFD1048576", b"PK\x03\x04", b" " * 50, b"," * 300, b'"' * 99),
)


def seeds() -> dict[str, bytes]:
    """A small sound file of each kind that is read."""
    people = "".join(f'{n},"Ann, {n}",Liège,20{n:02}-01-02\n' for n in range(12))
    rows = f"id,name,city,since\n{people}"
    several = f"Title\n\n{rows}Total,12,,\n\nk;v\n1;2\n3;4\n"
    nodes = "".join(f'<node id="n{n}"><data key="d0">N {n}</data></node>' for n in range(5))
    graphml = (
        '<?xml version="1.0"?><graphml><key id="d0" for="node" attr.name="name" attr.type="string"/>'
        f'<graph edgedefault="directed">{nodes}<edge source="n0" target="n1"/></graph></graphml>'
    )
    gexf = (
        '<?xml version="1.0"?><gexf version="1.2"><graph>'
        '<nodes><node id="a" label="A"/><node id="b"/></nodes>'
        '</nodes><edges><edge id="0" source="a" target="b" weight="2"/></edges></graph></gexf>'
    )
    book = openpyxl.Workbook()
    for row in (["id", "name", "since"], [1, "Ann", 2001], [2, "Bob", 2002.5], [3, None, True]):
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("B2:B3")
    content = io.BytesIO()
    book.save(content)
    return {
        "a.csv": rows.encode(),
        "b.csv": several.encode("cp1252"),
        "c.tsv": rows.replace(",", "\t").encode("utf-16"),
        "d.csv": rows.replace('"', "'").replace("\n", "\r").encode(),
        "e.graphml": graphml.encode(),
        "f.gexf": gexf.encode(),
        "g.json": b'{"elements": [{"_id": "1", "attributes": {"label": "A"}}], '
        b'"connections": [{"from": "1", "to": "1"}]}',
        "h.xlsx": content.getvalue(),
        "i.gml": b'graph [ node [ id 1 label "A" ] node [ id 2 ] edge [ source 1 target 2 ] ]',
        "j.txt": b"a;b\nb;c;d\ne\nf;a;g\n",
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes after a few cuts, copies, insertions and flips."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        at = chance.randrange(len(found) + 1)
        length = chance.choice((1, 2, 5, 40, len(found) // 2 + 1))
        match chance.randrange(6):
            case 0:
                del found[at : at + length]
            case 1:
                found[at:at] = found[at : at + length] * chance.choice((1, 2, 20))
            case 2 | 3:
                found[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 1, 3, 200))
            case 4 if found:
                found[at % len(found)] = chance.randrange(256)
            case _:
                del found[chance.randrange(len(found) + 1) :]
        if len(found) > 1 << 20:
            del found[1 << 20 :]
    return bytes(found)


def check(path: Path) -> float:
    """Reads a file to its end, whatever it is; how many seconds that took.

    Any error but a named one of a single sentence, and any row without every column, is a failure.
    """
    began = time.process_time()
    try:
        tables = open_tables(path)
        for table in tables:
            assert len(set(table.columns)) == len(table.columns)
            left = {each.line for each in table.aside}
            for row in table.rows():
                assert list(row.cells) == list(table.columns), (table.columns, row)
                assert row.line not in left or table.delimiter is None
    except CocommunsError as error:
        said = str(error).replace(str(path), "")
    else:
        said = ""
    assert "\n" not in said
    return time.process_time() - began


def fuzz(folder: Path, seed: int, enough: Callable[[int], bool]) -> tuple[int, float, str]:
    """Damages and reads until it is enough: how many files, the longest seconds, and of which file."""
    chance = random.Random(seed)
    sound = seeds()
    tried, longest, slowest = 0, 0.0, ""
    while not enough(tried):
        name = chance.choice(list(sound))
        path = folder / name
        data = damaged(sound[name], chance)
        path.write_bytes(data)
        try:
            took = check(path)
        except BaseException:
            (folder / f"failed-{seed}-{tried}{path.suffix}").write_bytes(data)
            raise
        tried += 1
        if took > longest:
            longest, slowest = took, f"{name} of {len(data):,} bytes"
        assert took < LONGEST, f"{name}, seed {seed}, try {tried}: {took:.1f} s"
    return tried, longest, slowest
