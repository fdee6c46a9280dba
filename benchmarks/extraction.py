"""How fast extraction is beside the bare spaCy pipeline on the same text, and what a second process gives.

    python benchmarks/extraction.py [REPORTS]

Writes fictional reports (about 170 words each, always the same ones), runs the bare pipeline over their paragraphs, then the
extractor over the documents, then the extractor in two processes, and prints words a second and peak memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from graph import extraction, vocabulary
from graph.extraction import language_model
from graph.model import Document, Source
from graph.sources.segments import mark

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


def reports(count: int) -> list[Document]:
    """Fictional reports, the same for the same count."""
    chance = random.Random(7)
    found = []
    for number in range(count):
        paragraphs = []
        for _ in range(4):
            values = {"a": f"{chance.choice(FIRST)} {chance.choice(LAST)}", "c": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
                      "t": chance.choice(TOWNS), "b": chance.choice(BODIES), "r": chance.choice(ROLES), "n": chance.randint(19, 80),
                      "d": chance.randint(1, 30)}
            paragraphs.append(" ".join(line.format(**values) for line in chance.sample(LINES, 3)))
        text = "\n\n".join(paragraphs)
        found.append(Document(source=Source(id=f"r{number}", published="2023-05-02"), text=text, segments=tuple(mark(text))))
    return found


def bare(documents: list[Document]) -> int:
    """The pipeline alone over the same paragraphs, in the same batches."""
    nlp = language_model.load()
    return sum(len(doc) for document in documents for doc in nlp.pipe(document.text.split("\n\n"), batch_size=64))


def extracted(documents: list[Document]) -> int:
    """Statements of all documents."""
    rules = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    return sum(len(rules.extract(document).statements) for document in documents)


def timed(label: str, words: int, run: object, *args: object) -> float:
    """Run it, print words a second, return seconds."""
    start = time.perf_counter()
    result = run(*args)  # type: ignore[operator]
    seconds = time.perf_counter() - start
    print(f"{label:34} {seconds:7.1f} s {words / seconds:9.0f} words/s  ({result})")
    return seconds


def two(documents: list[Document]) -> int:
    """The same in two processes."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(extracted, (documents[::2], documents[1::2])))


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    documents = reports(count)
    words = sum(len(document.text.split()) for document in documents)
    bare(documents[:5]), extracted(documents[:5])
    alone = timed("bare spaCy pipeline", words, bare, documents)
    whole = timed("extractor rules/1", words, extracted, documents)
    pair = timed("extractor rules/1, two processes", words, two, documents)
    print(f"extractor ÷ bare pipeline (speed)  {alone / whole:.2f}")
    print(f"two processes ÷ one (speed)        {whole / pair:.2f}")
    print(f"peak memory                        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
