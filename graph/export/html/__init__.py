"""`graph.html`: the graph as one page that opens from disk, asks for nothing and runs nothing but its own code.

facts.py     what the page knows: entities, statements, claims, sources, as plain lists
layout.py    where each node stands (small graphs); groups.py where there are many
network.py   the pyvis network: shapes, sizes, positions
document.py  template, scripts, style, policy: the file
page/        the template, the scripts (in the order in which they are joined) and the style
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the page of this knowledge base. Everything that it holds can be read in it; rejected statements are not in it."""
    from graph.export.html.network import CaseNetwork

    CaseNetwork.of(kb).write_html(str(path))
