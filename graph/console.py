"""What the command line prints: results on stdout, progress and complaints on stderr, nothing that drives a terminal."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING

from graph.printable import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.pipeline import Progress, Summary

def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(clean(text).encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8") + "\n")


def write(text: str) -> None:
    """Print a whole answer as it is: whoever made it has cleaned it, or it is data for another program."""
    sys.stdout.write(text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))


def width() -> int:
    """Columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def complain(text: str) -> None:
    """Print an error."""
    sys.stderr.write(clean(text).encode(sys.stderr.encoding or "utf-8", "replace").decode(sys.stderr.encoding or "utf-8") + "\n")


@contextlib.contextmanager
def progress() -> Iterator[Progress | None]:
    """A progress bar on stderr where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield show


def print_summary(summary: Summary) -> None:
    """Say what a build made and where it is."""
    kb = summary.kb
    methods = Counter(s.method.value for s in kb.statements)
    stances = Counter(s.stance.value for s in kb.statements)
    say(f"{kb.title}")
    say(f"  {len(kb.statements):,} statements ({methods['curated']:,} curated, {methods['extracted']:,} extracted): "
        f"{stances['asserted']:,} asserted, {stances['alleged']:,} alleged, {stances['denied']:,} denied")
    say(f"  {len(kb.entities):,} entities from {len(kb.sources):,} sources; {len(kb.claims):,} claims, "
        f"{sum(c.contested for c in kb.claims):,} of them contested")
    for note in summary.left_out:
        say(f"  left out: {note.source}: {note.message}")
    names = {"graph.html": "the page", "graph.ttl": "the RDF", "graph.nt": "the RDF, line by line", "report.md": "the summary"}
    for path in summary.files:
        say(f"  {path}" + (f"  ({names[path.name]})" if path.name in names else ""))
