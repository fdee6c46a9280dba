"""N-Quads of a case: the quads of its TriG, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_views

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the quads, whole or not at all."""
    with files.writing(path) as file:
        for quad in rdf_views.by_source(kb):
            file.write(f"{quad} .\n".encode())
