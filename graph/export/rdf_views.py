"""Other shapes of the same RDF, made by the CONSTRUCT queries in `views/` on an in-memory store."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_nt, rdf_turtle
from graph.export.iris import mint, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from graph.export import rdf_model
    from graph.model import KnowledgeBase


def load(kb: KnowledgeBase) -> ox.Store:
    """The triples of an export in a store."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load("".join(rdf_nt.lines(kb)).encode("utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


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


def by_source(kb: KnowledgeBase) -> Iterable[ox.Quad]:
    """Every triple: what a source says in the graph of that source, what holds for the whole case in the default graph."""
    import pyoxigraph

    store, placed, quads = load(kb), set(), []
    sources = sorted({s.id for s in kb.statements} | {s.id for s in kb.sources})
    for source in sources:
        iri = mint(kb.base, "source", source)
        for triple in construct(store, "source", kb.base, source=iri):
            placed.add(triple)
            quads.append(pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, pyoxigraph.NamedNode(iri)))
    rest = sorted((quad for quad in store if quad.triple not in placed), key=str)
    return [*rest, *quads]


def nanopublications(kb: KnowledgeBase, statements: Iterable[str]) -> list[ox.Quad]:
    """These statements as nanopublications: head, assertion, provenance and publication info, a graph each."""
    import pyoxigraph

    store, quads = load(kb), []
    for statement in sorted(set(statements)):
        iri = mint(kb.base, "statement", statement)
        for part in ("head", "assertion", "provenance", "publication"):
            graph = pyoxigraph.NamedNode(f"{iri}/np#{part}")
            quads += [pyoxigraph.Quad(t.subject, t.predicate, t.object, graph)
                      for t in construct(store, f"nanopub-{part}", kb.base, statement=iri)]
    return quads


def save(triples: Iterable[ox.Triple], path: Path, base: str, **more: str) -> None:
    """Write triples as Turtle with the prefixes of the case (`more` adds some), whole or not at all."""
    with files.writing(path) as file:
        for part in rdf_turtle.chunks(_blocks(triples), base, **more):
            file.write(part.encode("utf-8"))


def save_graphs(quads: Iterable[ox.Quad], path: Path, base: str, **more: str) -> None:
    """Write quads as TriG: first the default graph, then each graph by its name; whole or not at all."""
    names = {**prefixes(base), **more}
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault("" if quad.graph_name == _default() else str(quad.graph_name), []).append(quad.triple)
    with files.writing(path) as file:
        file.write(rdf_turtle.header(names).encode("utf-8"))
        for graph, triples in sorted(graphs.items()):
            body = "".join(rdf_turtle.subjects(_blocks(triples), names))
            file.write((f"\n{graph} {{{body}}}\n" if graph else body).encode("utf-8"))


def _default() -> ox.DefaultGraph:
    import pyoxigraph

    return pyoxigraph.DefaultGraph()


def _blocks(triples: Iterable[ox.Triple]) -> Iterator[rdf_model.Block]:
    import pyoxigraph

    terms = sorted((str(t.subject), str(t.predicate), f"<<( {t.object} )>>" if isinstance(t.object, pyoxigraph.Triple) else str(t.object))
                   for t in triples)
    for subject, group in groupby(terms, key=itemgetter(0)):
        yield subject, [(predicate, object_) for _, predicate, object_ in group]
