"""Growth: a made-up knowledge base of 10^2 to 10^6 statements through networkx and every export.

    python benchmarks/scale.py [STATEMENTS] [--formats nt,html,…] [--quick]

A knowledge base of each size is made in one process; each export is written by a process forked from it. Seconds are processor
time; memory is the peak of that process, the knowledge base itself included. The limit: 10 minutes and 4 GB for each.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

import corpus
import measure

from graph import export, network

SECONDS, MIB = 600, 4096


def networkx(kb, _folder: Path) -> float:
    graph = network.to_networkx(kb)
    return float(graph.number_of_edges())


def one(kb, name: str) -> float:
    """Write the format; its size in MB."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "networkx":
            return networkx(kb, Path(folder))
        if name == "nt + ttl":
            from graph.export import rdf

            rdf.write_pair(kb, Path(folder))
        else:
            format_ = export.FORMATS[name]
            format_.write(kb, Path(folder) / format_.file)
        return sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6


def size(count: int, names: list[str]) -> dict[str, measure.Spent]:
    """All formats at one size, from one knowledge base."""
    kb = corpus.knowledge_base(count)
    found = {}
    for name in names:
        found[name] = spent = measure.apart(one, kb, name, patience=4 * SECONDS)
        print(f"{count:>9,} {name:14} {spent.cpu:8.1f} CPU-s {spent.peak:7.0f} MiB {spent.error}", file=sys.stderr, flush=True)
    return found


def exponent(points: list[tuple[int, float]]) -> str:
    """The power of growth from the first size that tells to the largest; what the smallest costs, which is loading, is taken off.
    In brackets the power of the last step alone."""
    start = points[0][1] if points else 0.0
    told = [(n, s - start) for n, s in points if s - start >= 0.05]
    if len(told) < 2:
        return "–"
    (a, s), (b, t) = told[0], told[-1]
    (c, u), (_, v) = points[-2:]
    return f"{math.log(t / s) / math.log(b / a):.2f} ({math.log(max(v, 0.001) / max(u, 0.001)) / math.log(b / c):.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statements", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--formats", default="")
    parser.add_argument("--quick", action="store_true", help="at most 1,000 statements")
    given = parser.parse_args()
    most = min(given.statements, 1_000) if given.quick else given.statements
    wanted = given.formats.split(",") if given.formats else ["networkx", "nt + ttl", *(n for n in export.FORMATS if n not in {"nt", "ttl"})]
    sizes = [n for n in (10**p for p in range(2, 7)) if n < most] + [most]
    points: dict[str, list[tuple[int, measure.Spent]]] = {name: [] for name in wanted}
    for count in sizes:
        for name, spent in measure.apart(size, count, wanted, patience=36_000).result.items():
            points[name].append((count, spent))
    rows = []
    for name, found in points.items():
        last = found[-1][1]
        default = name in {"networkx", "nt + ttl"} or export.FORMATS[name].default
        within = not last.error and last.cpu <= SECONDS and last.peak <= MIB
        rows.append((name + ("" if default else " (on request)"), *(s.error or f"{s.cpu:.1f}" for _, s in found[-3:]), f"{last.peak:,.0f}", f"{max(0, last.peak - last.before):,.0f}",
                     exponent([(n, s.cpu) for n, s in found if not s.error]), "yes" if within else "**no**"))
    graph = points.get("networkx", [(0, None)])[-1][1]
    each = f" In networkx a statement takes {(graph.peak - graph.before) * 1024 / most:.2f} KiB beside the knowledge base (goal: ≤ 1.5 KB)." if graph else ""
    built = sum(found[-1][1].cpu for name, found in points.items() if name in {"networkx", "nt + ttl"} or export.FORMATS[name].default)
    measure.show(
        f"Growth to {most:,} statements", f"{most:,} made-up statements through networkx and every export: processor seconds at three sizes, peak memory of the process at the largest (MiB) and how much of it "
        f"came on top of the knowledge base, and the power with which the seconds grow (in brackets: in the last step). Limits for each: {SECONDS} s and {MIB:,} MiB. {f'All that a build writes, together: {built:.0f} s.' if built else ''}{each}",
        ("export", *(f"{n:,}" for n in sizes[-3:]), "peak", "of it for the export", "grows with the power", "within the limits"), rows)


if __name__ == "__main__":
    main()
