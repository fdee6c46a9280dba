"""The saved questions on 1,000,000 triples: Oxigraph behind our guard against rdflib's engine, in one run.

    python benchmarks/queries.py [TRIPLES] [SECONDS]

Each question is asked about somebody, as people do. rdflib gets SECONDS (default 20) for each; where it needs more, the factor is a
lower bound, marked `>`. Times are wall time of the engine alone, the best of three for ours; `whole` is with guard, process and JSON.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

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
from graph.query import engine, guard, index, names, questions, results

TRIPLES_PER_STATEMENT = 28
"""Measured on what `case` makes; the count that was made is printed."""
KINDS = {EntityType.person: 60, EntityType.official: 10, EntityType.organization: 15, EntityType.place: 8, EntityType.group: 7}
GIVEN = {
    "entity": "Person Nr 7", "person": "Person Nr 7", "speaker": "Organization Nr 3", "place": "Place Nr 1", "official": "Official Nr 5", "leader": "Official Nr 5",
    "victim": "Person Nr 7", "document": "source-11", "first": "Person Nr 7", "second": "Organization Nr 3", "stance": "denied", "text": "harbour 1234",
    "since": "2020-01-01", "until": "2020-12-31", "relation": "detained",
}


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


def rdflib_answers(graph, text: str, out) -> None:
    start = time.perf_counter()
    try:
        rows = len(list(graph.query(text)))
    except Exception as error:  # noqa: BLE001 - no answer is no time to compare with
        out.send((0.0, f"no answer: {type(error).__name__}"))
        return
    out.send((time.perf_counter() - start, rows))


def with_values(text: str, bound) -> str:
    """The question as written, for rdflib: its parser does not read every spacing of tokens that SPARQL allows."""
    for name, term in bound.items():
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {results.n3(term)} }}")
    return re.sub(r"VALUES \?\w+ \{ UNDEF \}", "", text)


def main() -> None:
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    patience = float(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder)
        rdf_nt.write(case(triples), export / "graph.nt")
        with (export / "graph.nt").open("rb") as file:
            print(f"{sum(1 for _ in file):,} triples")
        start = time.perf_counter()
        with index.opened(export):
            print(f"index made in {time.perf_counter() - start:.1f} s")
        opened = []
        for _ in range(20):
            start = time.perf_counter()
            with index.store(export):
                opened.append(time.perf_counter() - start)
        print(f"index opened in {statistics.median(opened) * 1000:.0f} ms (median of 20; worst {max(opened) * 1000:.0f} ms)")

        written, texts, ours, whole, counts, guarded = {}, {}, {}, {}, {}, []
        for name, question in questions.saved().items():
            bound = names.bind(export, question, {p.name: GIVEN[p.name] for p in question.parameters})
            times = []
            for _ in range(20):
                start = time.perf_counter()
                checked = guard.check(question.query).binding(bound)
                times.append(time.perf_counter() - start)
            guarded.append(statistics.median(times))
            texts[name] = checked.text
            written[name] = with_values(question.query, bound)
            with index.store(export) as store:
                times = []
                for _ in range(3):
                    start = time.perf_counter()
                    counts[name] = len(list(store.query(checked.text)))
                    times.append(time.perf_counter() - start)
                ours[name] = min(times)
            start = time.perf_counter()
            engine.run(export, engine.Ask(query=question.query, bound=bound), engine.Limits(seconds=60))
            whole[name] = time.perf_counter() - start
        print(f"guard: {statistics.median(guarded) * 1000:.1f} ms in the median, {max(guarded) * 1000:.1f} ms at most")
        if patience == 0:
            for name in texts:
                print(f"{name:24} {counts[name]:7} rows {ours[name] * 1000:9.1f} ms  whole {whole[name] * 1000:7.0f} ms")
            return

        from rdflib import Graph

        start = time.perf_counter()
        graph = Graph().parse(export / "graph.nt", format="nt")
        print(f"rdflib read it in {time.perf_counter() - start:.0f} s\n{'question':24} {'rows':>7} {'ours':>10} {'whole':>10} {'rdflib':>11} {'factor':>8}")
        factors = []
        context = multiprocessing.get_context("fork")  # the graph is read once, and a question that takes too long can be ended
        for name, text in written.items():
            get, put = context.Pipe(duplex=False)
            process = context.Process(target=rdflib_answers, args=(graph, text, put))
            process.start()
            if get.poll(patience):
                seconds, rows = get.recv()
                mark, note = " ", "" if rows == counts[name] else f"  ({rows} rows!)"
            else:
                seconds, mark, note = patience, ">", ""
            process.kill()
            process.join()
            if seconds:
                factors.append(seconds / ours[name])
            print(f"{name:24} {counts[name]:7} {ours[name] * 1000:7.1f} ms {whole[name] * 1000:7.0f} ms {mark}{seconds * 1000:7.0f} ms {mark}{seconds / ours[name]:7.0f}{note}", flush=True)
        print(f"median factor {statistics.median(factors):.0f} × over {len(factors)} questions")


if __name__ == "__main__":
    main()
