"""RDF 1.2 of a case: each statement reifies a triple term. rdflib cannot read it; Oxigraph and Jena can.

The same as the query `views/rdf12.rq` says, which a test holds it against; written block by block, as a query would hold the whole case in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model, rdf_turtle
from graph.export.iris import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.model import KnowledgeBase

_REIFIES = f"<{RDF}reifies>"
_STATEMENT = (rdf_model.TYPE, f"<{RDF}Statement>")
_PARTS = (f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>")


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write Turtle 1.2, whole or not at all."""
    with files.writing(path) as file:
        for part in rdf_turtle.chunks(blocks(kb), kb.base):
            file.write(part.encode("utf-8"))


def blocks(kb: KnowledgeBase) -> Iterator[rdf_model.Block]:
    """The blocks of the export, each statement as a reifier; nothing that it says is asserted by that."""
    for subject, pairs in rdf_model.blocks(kb):
        if _STATEMENT in pairs:
            found = dict(pairs)
            rest = [pair for pair in pairs if pair != _STATEMENT and pair[0] not in _PARTS]
            yield subject, sorted([*rest, (_REIFIES, f"<<( {' '.join(found[part] for part in _PARTS)} )>>")])
        else:
            yield subject, pairs
