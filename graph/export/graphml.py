"""`graph.graphml`: the networkx graph for Gephi, yEd and networkx itself."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from graph import files
from graph.network import to_networkx

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase

_NOT_XML = re.compile(r"[^\t\n\r -퟿-�\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write; it is replaced by U+FFFD."""


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write GraphML with flat attributes: lists as JSON text, control characters replaced by U+FFFD."""
    import networkx as nx

    graph = to_networkx(kb)
    flat = nx.MultiDiGraph(**{key: _flat(value) for key, value in graph.graph.items()})
    for node, data in graph.nodes(data=True):
        flat.add_node(_flat(node), **{key: _flat(value) for key, value in data.items()})
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        flat.add_edge(_flat(subject), _flat(object_), key=key, **{k: _flat(v) for k, v in data.items()})
    buffer = io.BytesIO()
    nx.write_graphml_xml(flat, buffer, named_key_ids=True)
    with files.writing(path) as file:
        file.write(buffer.getvalue())


def _flat(value: Any) -> str | int | float | bool:
    if isinstance(value, (bool, int, float)):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _NOT_XML.sub("�", text)
