"""How fast extraction is beside the bare spaCy pipeline on the same text, what a second process gives, and what documents cost in memory.

    python benchmarks/extraction.py [REPORTS] [--quick]

Writes fictional reports (about 170 words each, always the same ones). Bare pipeline and extractor take turns, a hundred reports each, and
are compared by processor seconds; one process and two read the same case folder as a build does and are compared by the clock, so
this needs a machine with two free cores. Memory is the peak of a process that extracts from one report after the other.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import measure

from graph import case, extraction, sources, vocabulary
from graph.extraction import batch
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

TURN = 100
"""Reports after which pipeline and extractor change turns."""
FIRST = "Dana Pavel Irena Milan Jana Omar Lena Sara Petar Tomas Amira Yusuf Adam Rana Halina Marek Vera Anton".split()
LAST = "Orlik Brenko Salko Dragic Velik Haddadi Forsberg Lukan Velky Solh Karam Renn Haddad Mroz Dudnik Hajek Reykov".split()
TOWNS = "Marsk Tavra Drobno Novo Lutsk Kestel Arvo Sirna".split()
BODIES = ("River Watch Society", "Quill Foundation", "Interior Ministry", "Border Guard", "Tavra District Court", "Relief Union")
ROLES = ("history teacher", "lawyer", "journalist", "nurse", "printer", "farmer", "photographer")
LINES = (
    "{a}, {n}, a {r} from {t}, was arrested by police outside the {b} on {d} March 2023.",
    "Police searched the flat of {a} and questioned {c} for six hours.",
    '"They beat me in the cell until I signed," {a} told reporters after the hearing in {t}.',
    "The {b} denied that its officers had beaten {a}, whose brother, {c}, has fled to Norway.",
    "According to {c}, director of the {b}, the court sentenced {a} to nine years in prison without hearing a single witness.",
    "The {b} urged the authorities in {t} to release {a}, who could be expelled at any moment.",
    "{c} said that soldiers had threatened to kill {a}, but the army refused to comment.",
    "Market prices in {t} rose again last week, and the ferry to {t} did not run because of the storm.",
    "Her lawyer, {c}, filed a complaint with the {b} in April and has not received an answer.",
    "Residents of {t} remember the winter when the old bridge fell and nobody came to mend it.",
)


def texts(count: int) -> Iterator[str]:
    """Fictional reports, each the same whatever the count."""
    for number in range(count):
        chance = random.Random(number)
        paragraphs = []
        for _ in range(4):
            values = {"a": f"{chance.choice(FIRST)} {chance.choice(LAST)}", "c": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                      "t": chance.choice(TOWNS), "b": chance.choice(BODIES), "r": chance.choice(ROLES), "n": chance.randint(19, 80),
                      "d": chance.randint(1, 30)}
            paragraphs.append(" ".join(line.format(**values) for line in chance.sample(LINES, 3)))
        yield "\n\n".join(paragraphs)


def rules() -> extraction.Extractor:
    """The default extractor without a case."""
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


def document(text: str) -> Document:
    """A text as a document."""
    return Document(source=Source(id="r", published="2023-05-02"), text=text, segments=tuple(mark(text)))


def taking_turns(count: int) -> tuple[float, float, int, int]:
    """Processor seconds of the bare pipeline and of the extractor, words and statements."""
    nlp, extractor = language_model.load(), rules()
    bare = whole = 0.0
    words = found = 0
    for text in texts(5):
        extractor.extract(document(text))
    source = texts(count)
    while some := list(islice(source, TURN)):
        words += sum(len(text.split()) for text in some)
        started = time.process_time()
        for text in some:
            for _ in nlp.pipe(text.split("\n\n"), batch_size=64):
                pass
        turned = time.process_time()
        found += sum(len(extractor.extract(document(text)).statements) for text in some)
        bare, whole = bare + turned - started, whole + time.process_time() - turned
    return bare, whole, words, found


def folder(root: Path, count: int) -> case.Case:
    """A case with so many reports."""
    (root / "reports").mkdir()
    for number, text in enumerate(texts(count)):
        (root / "reports" / f"report-{number:05}.txt").write_text(text, "utf-8")
    return case.open_case(root)


def extracted(read: case.Case, jobs: int) -> int:
    """Statements of a case, read in so many processes as a build reads it, nothing kept from before."""
    job = batch.Job(read, (), vocabulary.entries())
    return sum(len(given.statements) for _, given in batch.extract_all(job, sources.listing(read, ()), jobs))


def one_by_one(count: int) -> int:
    """Statements of so many documents, none of which is kept."""
    extractor = rules()
    return sum(len(extractor.extract(document(text)).statements) for text in texts(count))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int, nargs="?", default=1000)
    parser.add_argument("--quick", action="store_true", help="30 reports")
    given = parser.parse_args()
    count = min(given.reports, 30) if given.quick else given.reports
    fewer = max(1, count // 5)
    few, many = (measure.apart(one_by_one, n) for n in (fewer, count))  # first, while this process holds nothing
    bare, whole, words, found = taking_turns(count)
    spent = []
    for jobs in (1, 2):
        with tempfile.TemporaryDirectory() as root:
            spent.append(measure.apart(extracted, folder(Path(root), count), jobs))
    one, two = spent
    measure.show(
        "Extraction: speed and memory", f"{count:,} reports of {words / count:.0f} words, {found:,} statements. The bare pipeline and the extractor take turns and are compared by "
        "processor seconds; one process and two read the same folder as a build does and are compared by the clock.",
        ("what", "figure", "beside its peer", "goal"),
        [("bare spaCy pipeline", f"{words / bare:,.0f} words a processor second", "1", ""),
         ("extractor `rules`", f"{words / whole:,.0f} words a processor second", f"{bare / whole:.2f} of the bare pipeline", "≥ 0.8"),
         ("one process", f"{words / one.wall:,.0f} words a second on the clock", one.error, ""),
         ("two processes", f"{words / two.wall:,.0f} words a second on the clock", two.error or f"{one.wall / two.wall:.2f} of one process", "≥ 1.7"),
         ("peak memory", f"{many.peak:,.0f} MiB", f"{few.peak:,.0f} MiB for {fewer:,} reports: {(many.peak - few.peak) * 1024 / (count - fewer):.1f} KiB a report", "flat")])


if __name__ == "__main__":
    main()
