"""The statements of a case as nanopublications: what is said, who says so, and how it was made, each in a graph of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export import rdf_views

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write TriG, whole or not at all; a selection is a knowledge base with fewer statements."""
    quads = rdf_views.nanopublications(kb, (s.id for s in kb.statements if s.decision != "rejected"))
    rdf_views.save_graphs(quads, path, kb.base, np="http://www.nanopub.org/nschema#")
