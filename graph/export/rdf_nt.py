"""`graph.nt`, the truth that every other RDF format is made from: N-Triples, sorted by bytes, each line once.

The bytes are the canonical form of RDFC-1.0 (there are no blank nodes to rename, and every line is canonical N-Triples) and
equal to `LC_ALL=C sort -u` of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the file block by block; memory does not grow with it."""
    with files.writing(path) as file:
        for part in lines(kb):
            file.write(part.encode("utf-8"))


def lines(kb: KnowledgeBase) -> Iterator[str]:
    """The lines of each subject as one text."""
    for subject, pairs in rdf_model.blocks(kb):
        yield to_lines(subject, pairs)


def to_lines(subject: str, pairs: list[rdf_model.Pair]) -> str:
    """The lines of one subject."""
    return "".join([f"{subject} {predicate} {object_} .\n" for predicate, object_ in pairs])
