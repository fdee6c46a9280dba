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


def quiet() -> None:
    """Let no library write to the terminal: its warnings may hold names and words of the documents."""
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def explain(error: Exception) -> str:
    """What the system refused, as a sentence."""
    if isinstance(error, MemoryError):
        return "There is not enough memory. Close other programs, or build fewer documents at once."
    if isinstance(error, RecursionError):
        return "Something is nested too deeply to be read. Run `casegraph check`, and take documents out until it goes."
    name = getattr(error, "filename", None)
    return f"{name or 'A file'}: {getattr(error, 'strerror', None) or error}. Mend that, then run the command again."


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(clean(text).encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8") + "\n")


def write(text: str) -> None:
    """Print a whole answer: data for another program as it is, what goes to a terminal cleaned."""
    if sys.stdout.isatty():
        text = clean(text)
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
