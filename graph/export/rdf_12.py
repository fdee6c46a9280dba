"""RDF 1.2 of a case: each statement reifies a triple term. rdflib cannot read it; Oxigraph and Jena can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export import rdf_views

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write Turtle 1.2, whole or not at all."""
    rdf_views.save(rdf_views.construct(rdf_views.load(kb), "rdf12", kb.base), path, kb.base)
