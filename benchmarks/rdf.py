"""RDF at size: `graph.nt` and `graph.ttl` against a plain sort and write of ready lines, and against rdflib. Time and memory.

    python benchmarks/rdf.py [--triples 1000000] [--steps ours,sort,rdflib,oxigraph,read,shapes] [--quick]

Each step runs in a process of its own, so that its peak of memory is its own; the times are CPU seconds of that process (wall seconds
beside), as other work on the machine changes the latter. Every step starts from the same made-up case in memory.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import measure

from graph import vocabulary
from graph.export import rdf, rdf_model, rdf_nt
from graph.export.rdf_terms import parse
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
    claim_id,
    statement_id,
)

PER_STATEMENT = 36.7
"""Triples that come with one statement of the made-up case, its share of claims, entities and sources included."""
WORDS = ("the officers of the harbour police took him from his home at dawn and brought him to the station by the old pier where "
         "relatives waited for three days before a lawyer was let in, the group said on Monday").split()


def case(triples: int) -> KnowledgeBase:
    """A case of about so many triples: the same for the same number."""
    rng, count = random.Random(11), int(triples / PER_STATEMENT)
    relations = vocabulary.relations()
    names = [name for name, r in relations.items() if "person" in r.domain and "person" in r.range]
    people = [Entity(id=f"person/p-{n}", type=EntityType.person, name=f"Person {n}", aliases=(f"P. {n}",)) for n in range(max(50, count // 8))]
    bodies = [Entity(id=f"organization/b-{n}", type=EntityType.organization, name=f"Body {n}") for n in range(max(10, count // 80))]
    sources = [Source(id=f"source-{n}", title=f"Report {n}", publisher=f"Outlet {n % 50}", published="2021-02-05", language="en", sha256=f"{n:064x}",
                      file=f"reports/{n}.txt") for n in range(max(5, count // 40))]

    def who(entity: Entity, mention: str) -> Participant:
        start = rng.randrange(5000)
        return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention, start=start, end=start + len(mention))
    statements = []
    for n in range(count):
        body, person, start = rng.choice(bodies), rng.choice(people), rng.randrange(5000)
        quote = " ".join(rng.sample(WORDS, 14))
        source = sources[n * len(sources) // count].id
        statements.append(Statement(
            id=statement_id(source, n, n, "x", "y", "z"), subject=who(body, "the police"), relation=rng.choice(names), object=who(person, "him"),
            stance=rng.choice(list(Stance)), speaker=who(rng.choice(people), "the group") if n % 3 == 0 else None, time=rng.choice(["", "2020-04", "2017/.."]),
            source=source, quote=quote, start=start, end=start + len(quote), prefix=" ".join(rng.sample(WORDS, 8)), suffix=" ".join(rng.sample(WORDS, 8)),
            locator=f"paragraph {n % 30}", method=Method.extracted, extractor="rules/1", rule="active", confidence=round(rng.random(), 2)))
    claims: dict[str, list[Statement]] = {}
    for s in statements:
        claims.setdefault(claim_id(s.subject.id, s.relation, s.object.id), []).append(s)
    return KnowledgeBase(title="Benchmark", base="https://case.example/", relations=relations, sources=tuple(sources), entities=(*people, *bodies),
                         statements=tuple(statements), claims=tuple(
        Claim(id=key, subject=g[0].subject.id, relation=g[0].relation, object=g[0].object.id, literal=False, statements=tuple(s.id for s in g),
              stances=tuple(sorted({s.stance for s in g})), speakers=len(g), contested=False) for key, g in claims.items()))


def ours(kb: KnowledgeBase, folder: Path) -> dict[str, float]:
    rdf.write_pair(kb, folder)
    return {"MB nt": (folder / "graph.nt").stat().st_size / 1e6, "MB ttl": (folder / "graph.ttl").stat().st_size / 1e6}


def prepare_sort(kb: KnowledgeBase) -> list[str]:
    lines = "".join(rdf_nt.lines(kb)).splitlines(keepends=True)
    random.Random(3).shuffle(lines)
    return lines


def sort(lines: list[str], folder: Path) -> dict[str, float]:
    with (folder / "lines.nt").open("w", encoding="utf-8") as file:
        file.writelines(sorted(lines))
    return {"triples": len(lines)}


def prepare_rdflib(kb: KnowledgeBase) -> list[tuple[object, object, object]]:
    from rdflib import Literal, URIRef

    def term(text: str) -> object:
        value, datatype, language = parse(text)
        return URIRef(value) if datatype is None else Literal(value, datatype=URIRef(datatype) if datatype else None, lang=language or None)
    return [(term(subject), term(p), term(o)) for subject, pairs in rdf_model.blocks(kb) for p, o in pairs]


def rdflib(triples: list[tuple[object, object, object]], folder: Path) -> dict[str, float]:
    from rdflib import Graph

    graph = Graph()
    for triple in triples:
        graph.add(triple)
    graph.serialize(folder / "rdflib.ttl", format="turtle")
    return {}


def prepare_oxigraph(kb: KnowledgeBase) -> list[object]:
    import pyoxigraph

    return list(pyoxigraph.parse("".join(rdf_nt.lines(kb)).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))


def oxigraph(triples: list[object], folder: Path) -> dict[str, float]:
    import pyoxigraph

    from graph.export.iris import prefixes

    pyoxigraph.serialize(triples, folder / "ox.nt", pyoxigraph.RdfFormat.N_TRIPLES)
    pyoxigraph.serialize(triples, folder / "ox.ttl", pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes("https://case.example/"))
    return {}


def read(data: bytes, _: Path) -> dict[str, float]:
    from graph.export.rdf_read import from_ntriples

    return {"statements": len(from_ntriples(data).statements)}


def shapes(data: bytes, _: Path) -> dict[str, float]:
    from graph.export.shapes import problems

    found = problems(data)
    return {"problems": len([p for p in found if "contested" not in p])}


def as_bytes(kb: KnowledgeBase) -> bytes:
    return "".join(rdf_nt.lines(kb)).encode()


STEPS = {"ours": (lambda kb: kb, ours), "sort": (prepare_sort, sort), "rdflib": (prepare_rdflib, rdflib), "oxigraph": (prepare_oxigraph, oxigraph), "read": (as_bytes, read), "shapes": (as_bytes, shapes)}


def step(name: str, triples: int) -> dict[str, float]:
    prepare, run = STEPS[name]
    given = prepare(case(triples))
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        before = _resident()
        cpu, wall = time.process_time(), time.perf_counter()
        more = run(given, Path(folder))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": round(cpu, 2), "wall": round(wall, 2), "MB more": round(max(0.0, peak - before)), "peak MB": round(peak), **{k: round(v, 1) for k, v in more.items()}}


def _resident() -> float:
    """The peak of memory so far, which what is prepared has set."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--steps", default="ours,sort,oxigraph,rdflib")
    parser.add_argument("--step")
    parser.add_argument("--quick", action="store_true", help="20,000 triples")
    given = parser.parse_args()
    given.triples = min(given.triples, 20_000) if given.quick else given.triples
    if given.step:
        print(json.dumps(step(given.step, given.triples)))
        return
    results = {}
    for name in given.steps.split(","):
        done = subprocess.run([sys.executable, __file__, "--step", name, "--triples", str(given.triples)], stdout=subprocess.PIPE, check=True)
        results[name] = json.loads(done.stdout)
        print(name, results[name], file=sys.stderr, flush=True)
    base = results["ours"]["cpu"] if "ours" in results else 0.0
    names = {"ours": "`graph.nt` and `graph.ttl`", "sort": "sort and write of ready lines", "rdflib": "rdflib: add, then Turtle", "oxigraph": "pyoxigraph: both files from ready triples",
             "read": "`graph.nt` read back", "shapes": "SHACL shapes"}
    goals = {"sort": "ours ≤ 2 × this", "rdflib": "this ≥ 15 × ours"}
    measure.show(
        "RDF", f"{given.triples:,} triples of a made-up case in memory; each step in a process of its own.", ("step", "processor seconds", "beside ours", "memory on top, MB", "goal"),
        [(names[name], f"{found['cpu']:.1f}", "" if name == "ours" or not base else f"ours takes {base / found['cpu']:.2f} × this; this {found['cpu'] / base:.1f} × ours",
          f"{found['MB more']:.0f}", goals.get(name, "")) for name, found in results.items()])


if __name__ == "__main__":
    main()
