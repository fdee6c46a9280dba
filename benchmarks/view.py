"""The page against pyvis's own, on the same data in the same run: processor seconds of the whole browser until the first picture.

    python benchmarks/view.py [--nodes 1000] [--skip-stock] [--quick]

First picture: every node has been filled on a canvas and a frame has passed. Then what a click and a filter cost at 5,000 nodes,
and how 20,000 open. Seconds are processor time (user and system) of Chromium with all its processes, from /proc: Linux only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "export")]

import measure  # noqa: E402
from fictional import case  # noqa: E402

from graph.export.html.network import CaseNetwork  # noqa: E402
from graph.model import Value  # noqa: E402

COUNT_FILLS = """
window.fills = 0; window.fillsSeen = 0;
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...all) { window.fills += 1; return fill.apply(this, all); };
(function frame() { window.fillsSeen = window.fills; requestAnimationFrame(frame); })();
"""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 300


def children(pid: int) -> list[int]:
    found, parents = [pid], {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
            except OSError:
                continue
    for one in found:
        found += parents.get(one, [])
    return found


def cpu(pid: int) -> float:
    """Processor seconds of our own children: Chromium with its processes; Playwright's driver counts for nothing in them."""
    total = 0
    for one in children(pid):
        try:
            if "chrom" in Path(f"/proc/{one}/comm").read_text():
                total += sum(map(int, Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        except OSError:
            continue
    return total / os.sysconf("SC_CLK_TCK")


def stock(kb, path: Path) -> None:
    """What the pyvis manual does with these data: one node an entity, one edge a statement, everything else as it comes."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="800px")
    for entity in kb.entities:
        network.add_node(entity.id, label=entity.name, title=entity.description)
    for statement in kb.statements:
        if statement.subject and not isinstance(statement.object, Value):
            network.add_edge(statement.subject.id, statement.object.id, label=statement.relation, title=statement.quote)
    path.write_text(network.generate_html(), "utf-8")


def first_picture(playwright, program: str, path: Path, nodes: int) -> tuple[float, float, int]:
    """Processor seconds and seconds on the clock until the first picture, and requests; the time is a lower bound where patience ends."""
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None)
    page.add_init_script(COUNT_FILLS)
    page.goto("about:blank")
    time.sleep(1)
    before, clock = cpu(os.getpid()), time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.set_default_timeout(PATIENCE * 1000)
    try:
        page.wait_for_function(f"window.fillsSeen >= {nodes}", polling=50)
    except Exception as error:  # noqa: BLE001  # patience ended: the lower bound is the result
        print("  ", str(error).splitlines()[0])
    spent, waited = cpu(os.getpid()) - before, time.perf_counter() - clock
    browser.close()
    return spent, waited, len(requests)


def actions(playwright, program: str, path: Path) -> dict[str, float]:
    browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    before = cpu(os.getpid())
    page.goto(path.as_uri())
    page.wait_for_function("window.casegraph !== undefined")
    page.wait_for_timeout(1500)
    result = {"open": cpu(os.getpid()) - before}
    steps = {
        "select": "casegraph.select({n} * 37)",
        "filter": "casegraph.change({{ off: {{ ...casegraph.state.off, stance: new Set([{n} % 3]) }} }})",
        "time": "casegraph.change({{ from: 24190 + {n} }})",
    }
    page.wait_for_timeout(1000)
    idle = cpu(os.getpid())
    page.wait_for_timeout(2000)
    idle = (cpu(os.getpid()) - idle) / 2
    for name, script in steps.items():
        before, clock = cpu(os.getpid()), time.perf_counter()
        for n in range(10):
            page.evaluate(f"new Promise((done) => {{ {script.format(n=n)}; requestAnimationFrame(() => requestAnimationFrame(done)); }})")
        page.wait_for_timeout(300)
        result[name] = (cpu(os.getpid()) - before - idle * (time.perf_counter() - clock)) / 10
    browser.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=1000)
    parser.add_argument("--skip-stock", action="store_true")
    parser.add_argument("--quick", action="store_true", help="100 nodes, and 1,000 instead of 20,000")
    given = parser.parse_args()
    given.nodes, larger = (min(given.nodes, 100), (1_000,)) if given.quick else (given.nodes, (5_000, 20_000))
    rows: list[tuple[str, ...]] = []
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        kb, ours, theirs = case(given.nodes), Path(folder) / "ours.html", Path(folder) / "stock.html"
        network = CaseNetwork.of(kb)
        network.write_html(str(ours))
        spent, _, requests = first_picture(playwright, program, ours, len(network.nodes))
        rows.append((f"{given.nodes:,} names: first picture", f"{spent:.2f}", f"{ours.stat().st_size / 1e6:.1f} MB, {requests} requests", ""))
        if not given.skip_stock:
            stock(kb, theirs)
            other, _, requests = first_picture(playwright, program, theirs, len(kb.entities))
            rows.append((f"{given.nodes:,} names: stock pyvis's page", f"{other:.1f}", f"{other / spent:,.0f} times ours, {requests} requests", "≥ 100 times"))
        for count in larger:
            kb = case(count)
            made = time.process_time()
            CaseNetwork.of(kb).write_html(str(ours))
            written = time.process_time() - made
            done = actions(playwright, program, ours)
            rows.append((f"{count:,} names: written by Python", f"{written:.2f}", f"{ours.stat().st_size / 1e6:.1f} MB", ""))
            rows += [(f"{count:,} names: {name}", f"{seconds:.2f}", "", "") for name, seconds in done.items()]
    measure.show("The page", "Processor seconds of Chromium with all its processes, or of Python.", ("what", "processor seconds", "beside", "goal"), rows)


if __name__ == "__main__":
    main()
