"""`graph.nt` and `graph.ttl` in one pass, and the RDF of a knowledge base for people who program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model, rdf_nt, rdf_turtle
from graph.export.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import rdflib

    from graph.model import KnowledgeBase


def write_pair(kb: KnowledgeBase, folder: Path) -> None:
    """Write both files into the folder from the same blocks; each is whole or not there."""
    with files.writing(folder / "graph.nt") as lines, files.writing(folder / "graph.ttl") as turtle:
        def also_lines() -> Iterator[rdf_model.Block]:
            for subject, pairs in rdf_model.blocks(kb):
                lines.write(rdf_nt.to_lines(subject, pairs).encode("utf-8"))
                yield subject, pairs

        for part in rdf_turtle.chunks(also_lines(), kb.base):
            turtle.write(part.encode("utf-8"))


def to_rdflib(kb: KnowledgeBase) -> rdflib.Graph:
    """All triples of an export as an rdflib graph, with its prefixes bound."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for name, namespace in prefixes(kb.base).items():
        graph.bind(name, namespace)
    return graph.parse(data="".join(rdf_nt.lines(kb)), format="nt11")
