"""Who is who at size: N names over N/5 documents, 1,000 to 100,000. Time, memory, growth, and what was joined rightly.

    python benchmarks/resolution.py [--largest 100000] [--quick]

Each size runs in a process of its own, so that its peak of memory is its own. People have made-up names of syllables, family names
as uneven as in life (a few very common), 2.5 documents each, one in five written another way (a slip, a romanisation, an initial).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import measure as shared

from graph.model import Entity, EntityType, Extraction, Method, Participant, Source, Stance, Statement, statement_id
from graph.resolution import resolve
from graph.resolution.parsing import is_full

LIMIT_SECONDS, LIMIT_MB = 300, 2048
ONSETS = ["b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "kh", "sh", "ch", "zh", "j", "y", "f", "h", "p", "st", "kr"]
VOWELS = ["a", "a", "a", "e", "i", "i", "o", "u", "ai", "ei"]
CODAS = ["n", "r", "l", "s", "m", "d", "t", "v", "k"]
ENDINGS = ["ov", "ev", "in", "enko", "adze", "yan", "i", "ani", "oglu", "sky", "", "", ""]


def word(rng: random.Random, syllables: int, ending: str = "") -> str:
    parts = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables)]
    made = ("".join(parts) + rng.choice(CODAS) + ending).capitalize()
    return made if is_full(f"{made} Xan") else word(rng, syllables, ending)  # no title


def written(rng: random.Random, given: str, family: str) -> str:
    """The name as one document has it."""
    draw = rng.random()
    if draw < 0.8:
        return f"{given} {family}"
    if draw < 0.9:
        return f"{given} {family}".replace("kh", "h").replace("ev", "yev").replace("y", "i")
    if draw < 0.95:
        cut = rng.randrange(2, len(family))
        return f"{given} {family[:cut - 1]}{family[cut]}{family[cut - 1]}{family[cut + 1:]}"
    return f"{given[0]}. {family}"


def case(names: int) -> tuple[list[Extraction], list[Source], dict[str, tuple[str, str]]]:
    """Extractions of names/5 documents with five names each, and the true full name of whom each names."""
    rng = random.Random(7)
    families = [word(rng, rng.choice([1, 2, 2, 3]), rng.choice(ENDINGS)) for _ in range(max(50, names // 10))]
    weights = [1 / (rank + 10) for rank in range(len(families))]
    givens = [word(rng, rng.choice([1, 2])) for _ in range(max(40, names // 100))]
    count = int(names / 2.5)
    people = list(zip(rng.choices(givens, k=count), rng.choices(families, weights, k=count), strict=True))
    extractions, truth = [], {}
    for number in range(names // 5):
        source = f"doc{number:06}"
        who = rng.sample(range(count), 5)
        parts = []
        for person in who:
            name = written(rng, *people[person])
            identifier = f"{source}#{person}"
            truth[identifier] = people[person]
            parts.append(Participant(id=identifier, name=name, type=EntityType.person, mention=name))
        statements = tuple(
            Statement(id=statement_id(source, i, i + 1, "contacted", a.mention, b.mention), subject=a, relation="contacted", object=b,
                      stance=Stance.asserted, source=source, start=i, end=i + 1, quote="x", method=Method.extracted)
            for i, (a, b) in enumerate(pairwise(parts))
        )
        entities = tuple(Entity(id=p.id, type=p.type, name=p.name) for p in parts)
        extractions.append(Extraction(source=source, entities=entities, statements=statements))
    return extractions, [Source(id=e.source) for e in extractions], truth


def measure(names: int) -> dict[str, float]:
    """Resolve one case of this size."""
    extractions, sources, truth = case(names)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, cpu = time.perf_counter(), time.process_time()
    found = resolve(curated=(), statements=(), extractions=extractions, decisions=(), sources=tuple(sources))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    local = {p.id: p for e in extractions for s in e.statements for p in (s.subject, s.object)}
    said = {s.id: s for s in found.statements}
    entity = {p.id: q.id for e in extractions for s in e.statements for p, q in ((s.subject, said[s.id].subject), (s.object, said[s.id].object))}
    groups: dict[str, list[tuple[str, str]]] = {}
    for identifier in local:
        groups.setdefault(entity[identifier], []).append(truth[identifier])
    wrong = sum(len(set(g)) > 1 for g in groups.values())
    return {"names": names, "seconds": round(seconds, 1), "cpu": round(cpu, 2), "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "input_mb": round(before), "full_names": len(set(truth.values())), "entities": len(found.entities), "questions": len(found.questions),
            "entities_of_two_names": wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--one", type=int)
    parser.add_argument("--quick", action="store_true", help="at most 3,000 names")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return 0
    largest = min(options.largest, 3_000) if options.quick else options.largest
    rows = []
    for size in (1_000, 3_000, 10_000, 30_000, 100_000):
        if size <= largest:
            done = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True)
            rows.append(json.loads(done.stdout))
            print(rows[-1], file=sys.stderr, flush=True)
    last = rows[-1]
    good = last["cpu"] < LIMIT_SECONDS and last["peak_mb"] < LIMIT_MB
    shared.show(
        "Who is who", f"Made-up names in documents of five; limits for the largest: {LIMIT_SECONDS} s and {LIMIT_MB:,} MB: {'held' if good else '**not held**'}.",
        ("names", "processor seconds", "µs a name", "peak MB", "entities", "of full names", "entities of two names", "questions"),
        [(f"{r['names']:,}", f"{r['cpu']:.1f}", f"{1e6 * r['cpu'] / r['names']:.0f}", f"{r['peak_mb']:,}", f"{r['entities']:,}", f"{r['full_names']:,}", str(r["entities_of_two_names"]),
          f"{r['questions']:,}") for r in rows])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
