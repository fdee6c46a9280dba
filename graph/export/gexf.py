"""GEXF for Gephi: the networkx graph with labels that tell the stance. No date of today; control characters become U+FFFD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from graph import files
from graph.network import to_networkx

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = {"start": "quote_start", "end": "quote_end", "type": "kind"}
"""GEXF reads `start` and `end` as times, and has its own `type`; an edge's `id` is the statement's."""


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write GEXF 1.2, whole or not at all."""
    import networkx as nx

    graph = to_networkx(kb)
    flat = nx.MultiDiGraph()
    for node, data in sorted(graph.nodes(data=True)):
        flat.add_node(_flat(node), label=_flat(data["name"]), **_attributes(data))
    for subject, object_, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        relation = kb.relations.get(data["relation"])
        label = relation.label if relation else data["relation"]
        flat.add_edge(_flat(subject), _flat(object_), key=_flat(key), label=_flat(f"{label} ({data['stance']})"), **_attributes(data))
    text = "\n".join(nx.generate_gexf(flat, version="1.2draft"))
    with files.writing(path) as file:
        file.write((re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1) + "\n").encode("utf-8"))


def _attributes(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {_NAMES.get(key, key): _flat(value) for key, value in data.items() if value not in (None, (), [])}


def _flat(value: Any) -> str | int | float | bool:
    if isinstance(value, (bool, int, float)):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _NOT_XML.sub("�", text)
