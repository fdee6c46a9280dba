"""Growth: a knowledge base of 10^2 to 10^6 statements through networkx and every export, with the exponent of growth.

    python benchmarks/scale.py [MOST]

Each size runs in a process of its own; memory is the peak of that process above what it was before the step.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys

STEP = """
import json, resource, sys, tempfile, time
from pathlib import Path
sys.path.insert(0, "benchmarks")
import corpus
from graph import export, network
kb = corpus.knowledge_base(int(sys.argv[1]))
name = sys.argv[2]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.process_time()
if name == "networkx":
    graph = network.to_networkx(kb)
else:
    with tempfile.TemporaryDirectory() as folder:
        export.FORMATS[name].write(kb, Path(folder) / export.FORMATS[name].file)
print(json.dumps([time.process_time() - started, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024]))
"""


def main(most: int) -> None:
    from graph.export import FORMATS

    sizes = [10**n for n in range(2, 7) if 10**n <= most]
    for name in ["networkx", *sorted(n for n, f in FORMATS.items() if f.default)]:
        points = []
        for size in sizes:
            done = subprocess.run([sys.executable, "-c", STEP, str(size), name], capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name:10} {size:>9,}  failed: {done.stderr.strip().splitlines()[-1][:120]}")
                break
            seconds, memory = json.loads(done.stdout)
            points.append((size, seconds, memory))
            print(f"{name:10} {size:>9,} statements {seconds:9.2f} CPU-s {memory:8.0f} MiB  {memory * 1024 / size:6.2f} KiB a statement", flush=True)
        if len(points) > 1:
            (a, s, _), (b, t, _) = points[-2:]
            print(f"{name:10} grows with the power {math.log(t / s) / math.log(b / a):.2f}" if s > 0.01 else "", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
