"""Other shapes of the same RDF, made by the CONSTRUCT queries in `views/` on an in-memory store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model, rdf_nt, rdf_turtle
from graph.export.iris import mint, prefixes
from graph.model import Participant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from graph.model import Entity, KnowledgeBase, Source, Statement


SLICE = 100
"""Statements that a view sees at a time: all that it says of a statement stands one hop away, and memory stays flat."""


def load(kb: KnowledgeBase) -> ox.Store:
    """The triples of an export in a store."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load("".join(rdf_nt.lines(kb)).encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def _part(kb: KnowledgeBase, statements: Sequence[Statement], entities: Mapping[str, Entity], sources: Mapping[str, Source]) -> KnowledgeBase:
    named = {p.id for s in statements for p in (s.subject, s.object, s.speaker, s.place, *s.via) if isinstance(p, Participant)}
    relations = {s.relation for s in statements}
    return replace(
        kb, statements=tuple(statements), claims=(), notes=(), relations={name: r for name, r in kb.relations.items() if name in relations},
        entities=tuple(entities[i] for i in sorted(named) if i in entities),
        sources=tuple(sources[i] for i in sorted({s.source for s in statements}) if i in sources))


@cache
def query(name: str) -> str:
    """The text of a view."""
    return resources.files(__package__).joinpath("views", f"{name}.rq").read_text("utf-8")


def construct(store: ox.Store, name: str, base: str, **given: str) -> list[ox.Triple]:
    """The triples of a view, sorted; `given` binds variables of the query to IRIs, as terms."""
    import pyoxigraph

    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {pyoxigraph.Variable(key): pyoxigraph.NamedNode(value) for key, value in given.items()}
    found = store.query(query(name), prefixes=prefixes(base), substitutions=bound)
    assert isinstance(found, pyoxigraph.QueryTriples)
    return sorted(set(found), key=str)


def by_source(kb: KnowledgeBase) -> Iterator[ox.Quad]:
    """Every triple: first what holds for the whole case, in the default graph; then what a source says, in the graph of that source."""
    import pyoxigraph

    shown = [s for s in kb.statements if s.decision != "rejected"]
    told = {f"<{mint(kb.base, 'relation', name)}>" for name in {s.relation for s in shown}}
    own = {f"<{mint(kb.base, 'statement', s.id)}" for s in shown}
    for subject, pairs in rdf_model.blocks(kb):
        if subject[:-1] not in own and subject.split("/via/")[0] not in own:
            rest = [pair for pair in pairs if pair[0] not in told]
            yield from pyoxigraph.parse(rdf_nt.to_lines(subject, rest).encode("utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)
    entities, sources = {e.id: e for e in kb.entities}, {s.id: s for s in kb.sources}
    by: dict[str, list[Statement]] = defaultdict(list)
    for s in shown:
        by[s.source].append(s)
    claims = {i: c for c in kb.claims for i in c.statements}
    for iri, source in sorted((mint(kb.base, "source", source), source) for source in by):
        found: set[ox.Triple] = set()
        for start in range(0, len(by[source]), SLICE):
            part = by[source][start:start + SLICE]
            part_kb = replace(_part(kb, part, entities, sources), claims=tuple({claims[s.id].id: claims[s.id] for s in part if s.id in claims}.values()))
            found |= set(construct(load(part_kb), "source", kb.base, source=iri))
        graph = pyoxigraph.NamedNode(iri)
        yield from (pyoxigraph.Quad(t.subject, t.predicate, t.object, graph) for t in sorted(found, key=str))


def save(triples: Iterable[ox.Triple], path: Path, base: str, **more: str) -> None:
    """Write triples as Turtle with the prefixes of the case (`more` adds some), whole or not at all."""
    with files.writing(path) as file:
        for part in rdf_turtle.chunks(blocks(triples), base, **more):
            file.write(part.encode("utf-8"))


def save_graphs(quads: Iterable[ox.Quad], path: Path, base: str, **more: str) -> None:
    """Write quads as TriG, graph by graph as they come; whole or not at all."""
    names = {**prefixes(base), **more}
    with files.writing(path) as file:
        file.write(rdf_turtle.header(names).encode("utf-8"))
        for graph, group in groupby(quads, key=lambda quad: "" if quad.graph_name == _default() else str(quad.graph_name)):
            if graph:
                body = "".join(rdf_turtle.subjects(blocks(quad.triple for quad in group), names))
                file.write(f"\n{graph} {{{body}}}\n".encode())
            else:  # large, and in the order of its subjects
                for _, block in groupby(group, key=lambda quad: str(quad.subject)):
                    file.write("".join(rdf_turtle.subjects(blocks(quad.triple for quad in block), names)).encode("utf-8"))


def _default() -> ox.DefaultGraph:
    import pyoxigraph

    return pyoxigraph.DefaultGraph()


def blocks(triples: Iterable[ox.Triple]) -> Iterator[rdf_model.Block]:
    """Triples as blocks, sorted."""
    import pyoxigraph

    terms = sorted((str(t.subject), str(t.predicate), f"<<( {t.object} )>>" if isinstance(t.object, pyoxigraph.Triple) else str(t.object))
                   for t in triples)
    for subject, group in groupby(terms, key=itemgetter(0)):
        yield subject, [(predicate, object_) for _, predicate, object_ in group]
