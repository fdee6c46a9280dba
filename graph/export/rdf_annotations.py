"""The quotes of a case as Web Annotations (W3C), for readers that highlight them in the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_turtle, rdf_views
from graph.export.iris import prefixes

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write Turtle part by part, whole or not at all; what it says of a source stands where it is first quoted."""
    names = {**prefixes(kb.base), "oa": "http://www.w3.org/ns/oa#"}
    told: set[str] = set()
    with files.writing(path) as file:
        file.write(rdf_turtle.header(names).encode("utf-8"))
        for part in rdf_views.slices(kb):
            found = list(rdf_views.blocks(rdf_views.construct(rdf_views.load(part), "webannotation", kb.base)))
            fresh = [(subject, pairs) for subject, pairs in found if subject not in told]
            told |= {subject for subject, _ in fresh if "/annotation" not in subject}
            file.write("".join(rdf_turtle.subjects(fresh, names)).encode("utf-8"))
