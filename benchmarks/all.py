"""Every benchmark, one after the other, into docs/benchmarks.md with machine, date and versions.

    python benchmarks/all.py [--quick] [--weights FOLDER] [--out docs/benchmarks.md] [NAME…]

Some 25 minutes on two cores of 2026, the most telling first; the page is written after each, so what is stopped leaves what is done.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = {
    "pipeline": ("pipeline.py", "1000"),
    "rdf": ("rdf.py",),
    "view": ("view.py",),
    "queries": ("queries.py", "1000000", "5"),
    "extraction": ("extraction.py", "300"),
    "scale": ("scale.py", "1000000", "--formats", "networkx,nt + ttl,jsonl,graphml,html,report"),
    "quality": ("quality.py",),
    "resolution": ("resolution.py", "--largest", "10000"),
    "scale of other formats": ("scale.py", "100000", "--formats", "ftm,gexf,jsonld,nanopub,neo4j,nquads,rdf12,rdfxml,trig,webannotation"),
}
LIBRARIES = ("spacy", "networkx", "rdflib", "pyoxigraph", "pyvis", "lxml", "numpy")


def machine() -> str:
    """The machine by its class: cores and memory, and no name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} on {platform.machine()}"


def head(quick: bool) -> str:
    sys.path.insert(0, str(ROOT))
    import graph

    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (f"# Benchmarks\n\nMade by `{'python benchmarks/all.py --quick' if quick else 'make benchmarks'}` on {datetime.now(UTC).date().isoformat()}: {machine()}.\n"
            f"Casegraph {graph.__version__}, Python {platform.python_version()}, {versions}.\n\nEach figure stands beside its peer or its limit, taken in the same run.\n\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"only these: {', '.join(RUNS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes: whether all run, in two minutes")
    parser.add_argument("--weights", help="a trained model, for the quality of the learned extractor")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    given = parser.parse_args()
    sections, failed = [head(given.quick)], []
    for name in given.names or RUNS:
        started = time.perf_counter()
        script, *options = RUNS[name]
        command = [sys.executable, str(ROOT / "benchmarks" / script), *options, *(["--quick"] if given.quick else []),
                   *(["--weights", given.weights] if given.weights and name == "quality" else [])]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, check=False,
                              env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"})
        print(f"---- {name}: {time.perf_counter() - started:.0f} s, exit code {done.returncode}", file=sys.stderr, flush=True)
        if "| " in done.stdout:
            sections.append(done.stdout)
        else:
            failed.append(name)
            sections.append(f"## {name.capitalize()}\n\nFailed (exit code {done.returncode}).\n\n")
        given.out.write_text("".join(sections).rstrip() + "\n", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
