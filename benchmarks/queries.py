"""The saved questions on 1,000,000 triples: Oxigraph behind our guard against rdflib's engine, in one run.

    python benchmarks/queries.py [TRIPLES] [SECONDS] [--quick]

Each question is asked about somebody, as people do, and once more of ours with nothing given but what it needs. rdflib gets SECONDS
(default 10; 0 leaves it out) for each; where it needs more, the ratio is a lower bound, marked `>`. Times are CPU seconds of the
engines alone; both have the same question, with what is left open dropped. At most 8 minutes in all.
"""

from __future__ import annotations

import argparse
import gc
import math
import multiprocessing
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import measure

from graph import vocabulary
from graph.export import rdf_nt
from graph.model import (
    Claim,
    Entity,
    EntityType,
    KnowledgeBase,
    Method,
    Participant,
    Source,
    Stance,
    Statement,
    Value,
    claim_id,
)
from graph.query import guard, index, names, questions, results

TRIPLES_PER_STATEMENT = 28
"""Measured on what `case` makes; the count that was made is printed."""
KINDS = {EntityType.person: 60, EntityType.official: 10, EntityType.organization: 15, EntityType.place: 8, EntityType.group: 7}
GIVEN = {
    "entity": "Person Nr 7", "person": "Person Nr 7", "speaker": "Organization Nr 3", "place": "Place Nr 1", "official": "Official Nr 5", "leader": "Official Nr 5",
    "victim": "Person Nr 7", "document": "source-11", "first": "Person Nr 7", "second": "Organization Nr 3", "stance": "denied", "text": "harbour 1234",
    "since": "2020-01-01", "until": "2020-12-31", "relation": "detained",
}
LEFT_OPEN = {"contradictions": {"entity"}, "doubtful": {"entity"}, "only-one-source": {"entity"}, "speakers": {"speaker"}}
"""What is not given where all together have no answer in the made-up case."""


def case(triples: int) -> KnowledgeBase:
    """A fictional case of about so many triples: a few are in many statements, most in few, as in news."""
    draw = random.Random(5)
    count = int(triples / TRIPLES_PER_STATEMENT)
    entities = [Entity(id=f"{kind}/{kind}-{n}", type=kind, name=f"{kind.capitalize()} Nr {n}", aliases=(f"{kind} alias {n}",))
                for kind, share in KINDS.items() for n in range(max(count * share // 800, 12))]
    of = {kind: [e for e in entities if e.type is kind] for kind in KINDS}
    sources = [Source(id=f"source-{n}", title=f"Report {n}", publisher=f"Organization Nr {n % 40}", published="2021-02-05") for n in range(max(count // 25, 12))]
    relations = vocabulary.relations()

    def one(types: tuple[str, ...]) -> Participant:
        pool = of[EntityType(draw.choice([t for t in types if t not in {"literal", "work"}]))]
        entity = pool[int(len(pool) * draw.random() ** 3)]
        return Participant(id=entity.id, name=entity.name, type=entity.type)

    statements, claims = [], {}
    for n in range(count):
        relation = relations[draw.choice(sorted(relations))]
        types = tuple(t for t in relation.range if t != "work")
        subject = one(relation.domain) if draw.random() > 0.05 else None
        object_ = one(types) if types and types != ("literal",) and "literal" not in types else Value(f"words {n % 500}")
        stance = draw.choices(list(Stance), [70, 25, 5])[0]
        statement = Statement(
            id=f"st-{n:08d}", subject=subject, relation=relation.id, object=object_, stance=stance, speaker=one(("person", "organization")) if n % 3 else None,
            time=f"20{draw.randint(15, 23)}-{draw.randint(1, 12):02d}" if n % 2 else "", place=one(("place",)) if n % 4 == 0 else None,
            qualifiers=(("reason", f"reason {n % 7}"),) if n % 5 == 0 else (), source=draw.choice(sources).id, quote=f"what they say of the harbour {n}",
            start=n, end=n + 30, method=Method.extracted, extractor="rules/1", rule="verb", confidence=0.8, locator=f"paragraph {n % 30}",
            doubts=("hedged",) if n % 50 == 0 else ())
        statements.append(statement)
        key = (subject and subject.id, relation.id, object_.value if isinstance(object_, Value) else object_.id)
        claims.setdefault(key, []).append(statement)
    return KnowledgeBase(
        title="Generated", base="https://bench.example/", sources=tuple(sources), entities=tuple(entities), statements=tuple(statements), relations=relations,
        claims=tuple(Claim(id=claim_id(*key), subject=key[0], relation=key[1], object=key[2], literal=isinstance(members[0].object, Value),
                           statements=tuple(s.id for s in members), stances=tuple(sorted({s.stance for s in members})),
                           speakers=len({s.speaker and s.speaker.id for s in members}), contested=len({s.stance is Stance.denied for s in members}) == 2)
                     for key, members in claims.items()))


def ours(folder: str, text: str) -> tuple[float, int]:
    """CPU seconds, the mean of as many times as fit into half a second (clocks of processors may tick every 10 ms), and the number of rows."""
    import pyoxigraph

    store, times, start = pyoxigraph.Store.read_only(folder), 0, time.process_time()
    while True:
        rows, times = len(list(store.query(text))), times + 1
        if (used := time.process_time() - start) >= 0.5:
            return used / times, rows


def rdflibs(graph, text: str) -> tuple[float, int]:
    start = time.process_time()
    rows = len(list(graph.query(text)))
    return time.process_time() - start, rows


def within(cap: float, work, *given) -> tuple[float, int] | None:
    """What this gives in a process of its own that may use so many CPU seconds; None where it needs more."""
    context = multiprocessing.get_context("fork")  # a graph is read once, and what takes too long can be ended
    get, put = context.Pipe(duplex=False)

    def child() -> None:
        used = math.ceil(time.process_time())  # 0 in a new process
        resource.setrlimit(resource.RLIMIT_CPU, (used + math.ceil(cap), used + math.ceil(cap)))
        put.send(work(*given))

    process = context.Process(target=child)
    process.start()
    put.close()
    try:
        return get.recv()
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def for_rdflib(text: str, bound) -> str:
    """The question as written with what is left open dropped, as ours is: rdflib's parser does not read every spacing of tokens."""
    for name, term in bound.items():
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {results.n3(term)} }}")
    text = re.sub(r"^ *\{ VALUES \?\w+ \{ UNDEF \} .*\}\n", "", text, flags=re.MULTILINE)
    return re.sub(r"VALUES \?\w+ \{ UNDEF \}", "", text)


def shown(found: tuple[float, int] | None, cap: float) -> str:
    return f"{found[0] * 1000:.1f} ms" if found else f"> {cap * 1000:.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("triples", type=int, nargs="?", default=1_000_000)
    parser.add_argument("seconds", type=float, nargs="?", default=10, help="what rdflib gets for a question; 0: do not ask it")
    parser.add_argument("--quick", action="store_true", help="20,000 triples, 2 seconds")
    given = parser.parse_args()
    triples, cap = (20_000, 2.0) if given.quick else (given.triples, given.seconds)
    rows: list[tuple[str, ...]] = []
    about = []
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder)
        rdf_nt.write(case(triples), export / "graph.nt")
        with (export / "graph.nt").open("rb") as file:
            about.append(f"{sum(1 for _ in file):,} triples; CPU time of the engines alone")
        start = time.process_time()
        with index.opened(export) as opened:
            about.append(f"index made in {time.process_time() - start:.1f} CPU s")
        times = []
        import pyoxigraph

        for _ in range(20):
            start = time.perf_counter()
            index.read(export, lambda folder: pyoxigraph.Store.read_only(str(folder)))
            times.append(time.perf_counter() - start)
        about.append(f"opened in {statistics.median(times) * 1000:.0f} ms (median of 20; worst {max(times) * 1000:.0f} ms; goal: at most 50)")

        if cap:
            from rdflib import Graph

            start = time.process_time()
            graph = Graph().parse(export / "graph.nt", format="nt")
            gc.freeze()  # or each process that is forked would copy what a collection touches
            about.append(f"rdflib read it in {time.process_time() - start:.0f} CPU s; each question may use {cap:g} CPU s")
        ratios, guarded, slowest = [], [], 0.0
        for name, question in questions.saved().items():
            needed = {p.name for p in question.parameters if not p.optional}
            asked = {p.name for p in question.parameters} - LEFT_OPEN.get(name, set())
            bound = names.bind(export, question, {parameter: GIVEN[parameter] for parameter in asked})
            start = time.process_time()
            for _ in range(20):
                checked = guard.check(question.query).binding(bound)
            guarded.append((time.process_time() - start) / 20)
            mine = within(60, ours, str(opened), checked.text)
            assert mine, f"{name} took more than 60 s"
            slowest = max(slowest, mine[0])
            line = [f"`{name}`", f"{mine[1]:,}", shown(mine, 60), "", "", "", ""]
            if cap:
                theirs = within(cap, rdflibs, graph, for_rdflib(question.query, bound))
                ratios.append((theirs[0] if theirs else cap) / mine[0])
                wrong = f"  rdflib has {theirs[1]} rows" if theirs and theirs[1] != mine[1] else ""
                line[3:5] = [shown(theirs, cap) + wrong, f"{'' if theirs else '> '}{ratios[-1]:,.0f}"]
            if asked != needed:
                open_text = guard.check(question.query).binding(names.bind(export, question, {parameter: GIVEN[parameter] for parameter in needed})).text
                everything = within(cap or 10, ours, str(opened), open_text)
                line[5:] = [shown(everything, cap or 10), f"{everything[1]:,}" if everything else ""]
            rows.append(tuple(line))
            print(*line, file=sys.stderr, flush=True)
        about.append(f"guard: {statistics.median(guarded) * 1000:.1f} ms in the median, {max(guarded) * 1000:.1f} ms at most (goal: at most 10)")
        about.append(f"slowest of ours: {slowest:.2f} s")
        if cap:
            about.append(f"median ratio {statistics.median(ratios):.0f}, least {min(ratios):.0f}, over {len(ratios)} questions (goal: at least 20 in the median)")
        measure.show("Questions", "; ".join(about) + ".", ("question", "rows", "ours", "rdflib", "ratio", "all left open", "rows then"), rows)


if __name__ == "__main__":
    main()
