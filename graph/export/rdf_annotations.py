"""The quotes of a case as Web Annotations (W3C), for readers that highlight them in the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export import rdf_views

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write Turtle, whole or not at all."""
    triples = rdf_views.construct(rdf_views.load(kb), "webannotation", kb.base)
    rdf_views.save(triples, path, kb.base, oa="http://www.w3.org/ns/oa#")
