"""A case of many documents: cold build, rebuild after one changed, two processes against one, memory.

    python benchmarks/pipeline.py [DOCUMENTS] [--quick]

Each build is a process of its own, so that loading the language model counts. Seconds are processor time of it and its children.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus
import measure

ONE_BUILD = """
import json, resource, sys, time
from pathlib import Path
from graph import pipeline
started = time.perf_counter()
summary = pipeline.build(Path(sys.argv[1]), Path(sys.argv[2]), jobs=int(sys.argv[3]))
spent = time.perf_counter() - started
print(json.dumps({"seconds": spent, "statements": len(summary.kb.statements), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def build(case: Path, out: Path, jobs: int = 1) -> dict[str, float]:
    """One build in a process of its own: processor seconds of it and its children, seconds on the clock, statements, peak memory in MiB."""
    started, used = time.perf_counter(), measure.cpu()
    done = subprocess.run([sys.executable, "-c", ONE_BUILD, str(case), str(out), str(jobs)], check=True, capture_output=True, text=True)
    return {**json.loads(done.stdout), "cpu": measure.cpu() - used, "clock": time.perf_counter() - started}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="?", default=1000)
    parser.add_argument("--quick", action="store_true", help="50 documents")
    given = parser.parse_args()
    documents = min(given.documents, 50) if given.quick else given.documents
    with tempfile.TemporaryDirectory() as folder:
        case, out = Path(folder, "case"), Path(folder, "out")
        (case / "reports").mkdir(parents=True)
        for number in range(documents):
            (case / "reports" / f"report-{number:05}.txt").write_text(corpus.report(number), "utf-8")
        size = sum(path.stat().st_size for path in (case / "reports").iterdir())
        cold = build(case, out)
        again = build(case, out)
        changed = case / "reports" / "report-00000.txt"
        changed.write_text(changed.read_text("utf-8") + "\nPolice in Karest detained Ines Hale on 3 June 2021.\n", "utf-8")
        one = build(case, out)
        written = sum(path.stat().st_size for path in out.iterdir())
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        for path in (case / ".casegraph").iterdir():
            path.unlink()
        two = build(case, out, jobs=2)
        same = before == {path.name: path.read_bytes() for path in out.iterdir()}

    def row(name: str, found: dict[str, float], goal: str = "") -> tuple[str, ...]:
        return (name, f"{found['cpu']:.1f}", f"{found['clock']:.1f}", f"{found['cpu'] / cold['cpu']:.1%}", f"{found['memory']:.0f}", goal)

    measure.show(
        "Builds", f"{documents:,} reports ({size / 1e6:.1f} MB), {cold['statements']:,} statements, exports of {written / 1e6:.0f} MB. Two processes are "
        f"{cold['clock'] / two['clock']:.2f} times as fast on the clock, whole build. The rebuild and a cold build of the same give {'the same' if same else 'OTHER'} bytes.",
        ("build", "processor seconds", "on the clock", "of the cold build", "peak MiB", "goal"),
        [row("cold", cold), row("nothing changed", again), row("one document changed", one, "≤ 3 %"), row("cold, two processes", two)])


if __name__ == "__main__":
    main()
