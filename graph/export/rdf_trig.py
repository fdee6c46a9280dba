"""TriG of a case: a graph for each source, so that what it says stands apart from what others say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.export import rdf_views

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the quads, whole or not at all."""
    rdf_views.save_graphs(rdf_views.by_source(kb), path, kb.base)
