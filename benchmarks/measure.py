"""What all benchmarks share: work done in a process of its own, its processor seconds and peak memory, and one table of the results."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spent:
    """Processor seconds (children included), peak memory of the process in MiB, what it was before the work, and what the work gave."""

    cpu: float
    wall: float
    peak: float
    before: float
    result: Any = None
    error: str = ""


def cpu() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def peak() -> float:
    """Peak resident memory of this process in MiB. A forked process starts with what its parent holds."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(work: Any, *given: Any, patience: float = 900) -> Spent:
    """Do the work in a forked process, so that what lies ready in this one is there and nothing of it is counted as spent."""
    context = multiprocessing.get_context("fork")
    get, put = context.Pipe(duplex=False)
    gc.collect()
    process = context.Process(target=_work, args=(put, work, given))
    process.start()
    put.close()
    try:
        found = get.recv() if get.poll(patience) else Spent(patience, patience, 0, 0, error=f"stopped after {patience:.0f} s")
    except EOFError:
        found = Spent(0, 0, 0, 0, error="died")
    process.kill()
    process.join()
    return found


def _work(put: Any, work: Any, given: tuple[Any, ...]) -> None:
    before, used, clock = peak(), cpu(), time.perf_counter()
    try:
        result, error = work(*given), ""
    except Exception as problem:  # noqa: BLE001  # a step that fails is a line of the table
        result, error = None, f"{type(problem).__name__}: {str(problem)[:200]}"
    put.send(Spent(cpu() - used, time.perf_counter() - clock, peak(), before, result, error))


def show(title: str, about: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print a section of docs/benchmarks.md: heading, what is measured and how, and one table."""
    print(f"## {title}\n\n{about}\n")
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)
