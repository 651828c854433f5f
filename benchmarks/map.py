"""The map's renderer beside pyvis and vis-network 10, each alone in a bare page, in one run.

    .venv/bin/python benchmarks/map.py [--sizes 1000 5000 10000 20000] [--repeat 3] [--seconds 2.5]

All three draw one made-up network of that many records and three times as many ties, with the same positions,
sizes, colours and names, in one headless Chromium without a graphics card, at 1280 by 800. vis-network comes
from npm into the user's cache folder; both peers draw straight ties and have physics off, their fastest way.

    load     milliseconds from the start of navigation until the last frame has gone through
    pan      frames painted a second while a mouse drags the map to and fro, over the whole and close by
    zoom     the same while its wheel turns in and out, as fast as the browser takes it
    nodes    of the records whose middle lies in the view, how many a screenshot shows there, taken at rest
             and in the middle of a drag
    labels   names drawn of those asked for, and how many overlap. Asked for is, in the order of importance,
             every record in view as long as names fill no more than a share of its surroundings (the density
             rule of labels.js); so it is fixed before any name is placed

Printed are medians and, between renderers, ratios, which depend little on the machine.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import platformdirs
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cocommuns_graph.maps import picture  # noqa: E402
from cocommuns_graph.maps.browser import script, style  # noqa: E402
from cocommuns_graph.maps.sending import drawn_part  # noqa: E402
from cocommuns_graph.markup import script_json  # noqa: E402
from cocommuns_graph.model import Graph, Node, Relationship  # noqa: E402
from tests.browser import FLAGS  # noqa: E402

PAGES = Path(__file__).with_name("map")
WIDTH, HEIGHT = 1280, 800
PEER = "vis-network@10"
LOAD_GATES = {1_000: 0.3, 5_000: 0.2, 10_000: 0.15}
PAN_GATES = {1_000: 1.4, 5_000: 4.0, 20_000: 15.0}
ZOOM_GATE = 1.5
SHOWN_GATE = LABEL_GATE = 0.95
FIRST = ("Ada", "Bruno", "Chiara", "Dries", "Elif", "Fatou", "Gaël", "Hanna", "Ivo", "Jana", "Kofi", "Lena")
LAST = ("Almeida", "Bakker", "Costa", "Dubois", "Eriksson", "Ferrari", "García", "Haddad", "Ito", "Köhler")
KIND = ("Federation", "Workshop", "Institute", "Union", "Lab", "House", "Network", "Alliance")
ABOUT = (
    "mobility",
    "food",
    "energy",
    "care work",
    "housing",
    "open source",
    "time banking",
    "land",
    "repair",
)


def network(size: int) -> dict[str, Any]:
    """A picture, as JSON values, of made-up records that mostly know others of their own district."""
    dice = random.Random(size)
    nodes = [_record(number, dice) for number in range(size)]
    ties: dict[tuple[int, int], Relationship] = {}
    while len(ties) < 3 * size:
        a = dice.randrange(size)
        far = dice.random() < 0.1
        b = dice.randrange(size) if far else (a + int(dice.paretovariate(0.9))) % size
        if a != b and (a, b) not in ties:
            ties[a, b] = Relationship("COLLABORATES_WITH", nodes[a].id, nodes[b].id, "", {"kind": "project"})
    return picture(Graph(nodes, ties.values())).to_json()


def _record(number: int, dice: random.Random) -> Node:
    if number % 3 == 0:
        name = f"{dice.choice(KIND)} for {dice.choice(ABOUT)} {number}"
        return Node(f"o{number}", "Organisation", {"name": name})
    return Node(f"e{number}", "Expert", {"name": f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}"})


def vis_library() -> str:
    """The script of vis-network 10, fetched with npm once."""
    folder = Path(platformdirs.user_cache_dir("cocommuns_graph")) / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    kept = sorted(folder.glob("vis-network-10*.min.js"))
    if not kept:
        with tempfile.TemporaryDirectory() as temporary:
            packed = subprocess.run(
                ["npm", "pack", PEER, "--silent", "--pack-destination", temporary],
                capture_output=True,
                text=True,
                check=True,
            )
            name = packed.stdout.split()[-1]
            with tarfile.open(Path(temporary) / name) as archive:
                file = archive.extractfile("package/standalone/umd/vis-network.min.js")
                assert file is not None
                kept = [folder / f"{name.removesuffix('.tgz')}.min.js"]
                kept[0].write_bytes(file.read())
    print(f"peer: {kept[-1].name.removesuffix('.min.js')}, pyvis {_version('pyvis')}")
    return kept[-1].read_text(encoding="utf-8").replace("</script", "<\\/script")


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def ours_page(made: dict[str, Any]) -> str:
    return _filled(
        "ours.html", style=style(), script=script(), picture=script_json(json.loads(drawn_part(made)))
    )


def vis_page(made: dict[str, Any], library: str) -> str:
    nodes = [
        {
            "id": number,
            "label": node["name"],
            "x": node["x"],
            "y": node["y"],
            "size": node["size"],
            "color": node["color"],
        }
        for number, node in enumerate(made["nodes"])
    ]
    edges = [{"from": edge["source"], "to": edge["target"]} for edge in made["edges"]]
    content = script_json({"nodes": nodes, "edges": edges})
    return _filled("vis.html", library=library, picture=content, bench=_text("vis.js"))


def pyvis_page(made: dict[str, Any]) -> str:
    """What pyvis writes, without what it would fetch from elsewhere."""
    from pyvis.network import Network

    net = Network(height=f"{HEIGHT}px", width="100%", cdn_resources="in_line")
    for number, node in enumerate(made["nodes"]):
        place = {"x": node["x"], "y": node["y"], "physics": False}
        net.add_node(number, label=node["name"], color=node["color"], size=node["size"], shape="dot", **place)
    for edge in made["edges"]:
        net.add_edge(edge["source"], edge["target"], width=0.6)
    net.toggle_physics(False)
    net.options.edges.smooth.enabled = False
    page = net.generate_html()
    head = f"<script>{_text('probe.js')}</script>"
    return page.replace("<head>", f"<head>{head}", 1).replace(
        "</body>", f"<script>{_text('vis.js')}</script></body>"
    )


def _filled(name: str, **parts: str) -> str:
    return Template(_text(name)).substitute(probe=_text("probe.js"), **parts)


def _text(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


class Bench:
    """One page at a time in one browser."""

    def __init__(self, browser: Any, folder: Path, seconds: float) -> None:
        self._browser = browser
        self._folder = folder
        self._seconds = seconds

    def run(self, name: str, html: str, colors: set[str], *, moves: bool) -> dict[str, Any]:
        """Everything measured of one page."""
        path = self._folder / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        context = self._browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
        try:
            page = context.new_page()
            page.set_default_timeout(180_000)
            page.goto(path.as_uri())
            found: dict[str, Any] = {"load": self._loaded(page)}
            if moves:
                found |= self._moves(page, colors)
        finally:
            context.close()
        return found

    def _loaded(self, page: Any) -> float:
        page.wait_for_function(
            "window.probe && probe.frames > 0 && performance.now() - probe.last > 1000"
            " && probe.painted > probe.last",
            polling=100,
        )
        return float(page.evaluate("probe.painted"))

    def _moves(self, page: Any, colors: set[str]) -> dict[str, Any]:
        found: dict[str, Any] = {"shown": shown(page, colors), "labels": labels(page)}
        found["pan"] = self._rate(page, self._drag)
        page.mouse.move(WIDTH / 2, HEIGHT / 2)
        page.mouse.down()
        for step in range(12):
            page.mouse.move(WIDTH / 2 + 9 * step, HEIGHT / 2 + 5 * step)
        found["shown moving"] = shown(page, colors)
        page.mouse.up()
        self._loaded(page)
        found["zoom"] = self._rate(page, self._turn)
        page.evaluate("bench.scale(1)")
        self._loaded(page)
        found["labels near"] = labels(page)
        found["pan near"] = self._rate(page, self._drag)
        return found

    def _rate(self, page: Any, move: Callable[[Any, int], None]) -> float:
        """Frames painted a second while `move` is made over and over."""
        page.mouse.move(WIDTH / 2, HEIGHT / 2)
        began, before = time.perf_counter(), page.evaluate("probe.frames")
        for step in itertools.count():
            move(page, step)
            spent = time.perf_counter() - began
            if spent > self._seconds:
                break
        after = page.evaluate("probe.frames")
        spent = time.perf_counter() - began
        page.mouse.up()
        self._loaded(page)
        return float((after - before) / spent)

    @staticmethod
    def _drag(page: Any, step: int) -> None:
        if step == 0:
            page.mouse.down()
        swing = abs((step * 7) % 1200 - 600) - 300
        page.mouse.move(WIDTH / 2 + swing, HEIGHT / 2 + swing * 0.5)

    @staticmethod
    def _turn(page: Any, step: int) -> None:
        session = page.context.new_cdp_session(page)
        turned = {"x": WIDTH / 2, "y": HEIGHT / 2, "gestureSourceType": "mouse", "speed": 900}
        session.send("Input.synthesizeScrollGesture", {**turned, "yDistance": 400 if step % 2 == 0 else -400})
        session.detach()


def shown(page: Any, colors: set[str]) -> tuple[int, int]:
    """How many of the records in view are seen in a screenshot: their colour, near their middle."""
    points = page.evaluate("bench.screen()")
    image = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    palette = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in sorted(colors)])
    near = np.zeros(image.shape[:2], dtype=bool)
    for color in palette:
        near |= np.abs(image - color).sum(axis=2) < 150
    inside = [(x, y) for x, y, _ in points if 2 <= x < WIDTH - 2 and 2 <= y < HEIGHT - 2]
    seen = sum(near[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2].any() for x, y in inside)
    return int(seen), len(inside)


def labels(page: Any) -> dict[str, int] | None:
    """Names asked for, drawn and overlapping, of a page that says so."""
    state = page.evaluate("bench.labels()")
    if state is None:
        return None
    boxes = state["labels"]
    overlapping = sum(
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
        for a, b in itertools.combinations(boxes, 2)
    )
    return {"asked": state["asked"], "drawn": len(boxes), "overlapping": overlapping}


def median(runs: Iterable[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def verdict(holds: bool) -> str:
    return "ok" if holds else "MISSED"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 5_000, 10_000, 20_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.5, help="how long each pan and zoom lasts")
    parser.add_argument("--only", choices=("ours", "vis", "pyvis"), help="measure one renderer, no ratios")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("there is no chromium on this machine")
    library = vis_library()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        bench = Bench(browser, Path(folder), options.seconds)
        for size in options.sizes:
            report(size, measured(bench, size, library, options))
        browser.close()


def measured(bench: Bench, size: int, library: str, options: argparse.Namespace) -> dict[str, list[Any]]:
    """The runs of each renderer on a network of a size, taken in turns."""
    made = network(size)
    colors = {node["color"] for node in made["nodes"]}
    pages: dict[str, Callable[[], str]] = {
        "ours": lambda: ours_page(made),
        "vis": lambda: vis_page(made, library),
        "pyvis": lambda: pyvis_page(made),
    }
    runs: dict[str, list[Any]] = {}
    for _ in range(options.repeat):
        for name, page in pages.items():
            if options.only in (None, name):
                runs.setdefault(name, []).append(bench.run(name, page(), colors, moves=name != "pyvis"))
    return runs


def report(size: int, runs: dict[str, list[Any]]) -> None:
    """Prints the medians of a size, and the ratios between renderers."""
    print(f"\n{size:,} records, {3 * size:,} ties")
    for name, of_one in runs.items():
        parts = [f"load {median(of_one, 'load'):7.0f} ms"]
        if "pan" in of_one[0]:
            parts += [f"{what} {median(of_one, what):5.1f} /s" for what in ("pan", "pan near", "zoom")]
            seen = [f"{run['shown'][0]}/{run['shown'][1]}" for run in of_one[:1]]
            moving = [f"{run['shown moving'][0]}/{run['shown moving'][1]}" for run in of_one[:1]]
            parts += [f"nodes seen {seen[0]}, moving {moving[0]}"]
        print(f"  {name:6}{'   '.join(parts)}")
    for what in ("labels", "labels near"):
        for one in [run[what] for run in runs.get("ours", ())][:1]:
            share = one["drawn"] / max(1, one["asked"])
            holds = share >= LABEL_GATE and one["overlapping"] == 0
            print(
                f"  {what}: asked {one['asked']}, drawn {one['drawn']} ({share:.0%}), "
                f"overlapping {one['overlapping']}: {verdict(holds)}"
            )
    if set(runs) == {"ours", "vis", "pyvis"}:
        ratios(size, runs)
    sys.stdout.flush()


def ratios(size: int, runs: dict[str, list[Any]]) -> None:
    """Prints how the renderers compare, and whether each gate of this size holds."""
    ours, vis, pyvis = runs["ours"], runs["vis"], runs["pyvis"]
    load = median(ours, "load") / median(pyvis, "load")
    gate = LOAD_GATES.get(size)
    print(
        f"  load ours / pyvis   {load:5.2f}" + (f" (at most {gate}): {verdict(load <= gate)}" if gate else "")
    )
    pan = median(ours, "pan") / max(0.01, median(vis, "pan"))
    gate = PAN_GATES.get(size)
    print(
        f"  pan  ours / vis     {pan:5.1f}" + (f" (at least {gate}): {verdict(pan >= gate)}" if gate else "")
    )
    zoom = median(ours, "zoom") / max(0.01, median(vis, "zoom"))
    print(f"  zoom ours / vis     {zoom:5.1f} (at least {ZOOM_GATE}): {verdict(zoom >= ZOOM_GATE)}")
    least = min(seen / max(1, whole) for run in ours for seen, whole in (run["shown"], run["shown moving"]))
    print(f"  nodes seen          {least:5.1%} (at least {SHOWN_GATE:.0%}): {verdict(least >= SHOWN_GATE)}")


if __name__ == "__main__":
    main()
