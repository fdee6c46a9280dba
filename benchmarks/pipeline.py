"""A case of many documents: cold build, rebuild after one changed, two processes against one, memory.

    python benchmarks/pipeline.py [DOCUMENTS]

Each figure stands beside its limit. The cold build is timed in a process of its own, so that loading the language model counts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

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
    """One build in a process of its own; seconds of the whole process, statements, and its peak memory in MiB."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", ONE_BUILD, str(case), str(out), str(jobs)], check=True, capture_output=True, text=True)
    return {**json.loads(done.stdout), "process": time.perf_counter() - started}


def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case, out = Path(folder, "case"), Path(folder, "out")
        (case / "reports").mkdir(parents=True)
        for number in range(documents):
            (case / "reports" / f"report-{number:05}.txt").write_text(corpus.report(number), "utf-8")
        cold = build(case, out)
        again = build(case, out)
        changed = case / "reports" / "report-00000.txt"
        changed.write_text(changed.read_text("utf-8") + "\nPolice in Karest detained Ines Hale on 3 June 2021.\n", "utf-8")
        one = build(case, out)
        for path in (case / ".casegraph").iterdir():
            path.unlink()
        two = build(case, out, jobs=2)
        size = sum(path.stat().st_size for path in (case / "reports").iterdir())
    print(f"documents {documents:,}; {size / 1e6:.1f} MB; statements {cold['statements']:,}")
    print(f"cold build               {cold['process']:8.1f} s   {cold['memory']:6.0f} MiB")
    print(f"nothing changed          {again['process']:8.1f} s   {again['process'] / cold['process']:.1%} of the cold build")
    print(f"one document changed     {one['process']:8.1f} s   {one['process'] / cold['process']:.1%} of the cold build (goal 3 %)")
    print(f"cold build, 2 processes  {two['process']:8.1f} s   {cold['process'] / two['process']:.2f} times as fast (goal 1.7 for the extraction in it)")
    print(f"peak memory of this process and its children {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
