"""The RDF of a knowledge base for people who program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export import rdf_nt
from graph.export.iris import prefixes

if TYPE_CHECKING:
    import rdflib

    from graph.model import KnowledgeBase


def to_rdflib(kb: KnowledgeBase) -> rdflib.Graph:
    """All triples of an export as an rdflib graph, with its prefixes bound."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for name, namespace in prefixes(kb.base).items():
        graph.bind(name, namespace)
    return graph.parse(data="".join(rdf_nt.lines(kb)), format="nt11")
