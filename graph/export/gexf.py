"""GEXF for Gephi: the graph with labels that tell how sure it is, written line by line. No date of today; a control character is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from graph import files
from graph.errors import ExportError
from graph.export import graphml
from graph.export.ftm import hedge
from graph.model import Value
from graph.network import fields, unidentified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from graph.model import KnowledgeBase

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = {"start": "quote_start", "end": "quote_end", "type": "kind"}
"""GEXF reads `start` and `end` as times, and has its own `type`; an edge's `id` is the statement's."""
_TYPES = {"start": "long", "end": "long", "confidence": "double"}
_ESCAPES = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write GEXF 1.2, whole or not at all. Raises ExportError for a text that XML has no way to write."""
    with files.writing(path) as file:
        for line in _lines(kb):
            file.write(line.encode("utf-8") + b"\n")


def _lines(kb: KnowledgeBase) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed" mode="static">'
    for kind, names in (("node", graphml.NODE), ("edge", graphml.EDGE)):
        yield f'<attributes class="{kind}" mode="static">'
        for name in names:
            yield f'<attribute id="{kind}_{name}" title="{_NAMES.get(name, name)}" type="{_TYPES.get(name, "string")}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for id_, data in graphml.nodes(kb):
        yield f'<node id={_quoted(id_)} label={_quoted(data["name"])}>{_values("node", data)}</node>'
    yield "</nodes>"
    yield "<edges>"
    for s in sorted((s for s in kb.statements if s.decision != "rejected" and not isinstance(s.object, Value)), key=lambda s: s.id):
        assert not isinstance(s.object, Value)
        relation = kb.relations.get(s.relation)
        label = f"{relation.label if relation else s.relation} ({hedge(s)})"
        subject = s.subject.id if s.subject else unidentified(s.source)
        yield f"<edge id={_quoted(s.id)} source={_quoted(subject)} target={_quoted(s.object.id)} label={_quoted(label)}>{_values('edge', fields(s))}</edge>"
    yield "</edges>"
    yield "</graph></gexf>"


def _values(kind: str, data: Mapping[str, Any]) -> str:
    given = ((key, value) for key, value in data.items() if value not in (None, (), [], ""))
    return "<attvalues>" + "".join(f'<attvalue for="{kind}_{key}" value={_quoted(value)}/>' for key, value in given) + "</attvalues>"


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else json.dumps(value, ensure_ascii=False)
    if wrong := _NOT_XML.search(text):
        raise ExportError(f"GEXF has no way to write the control character U+{ord(wrong[0]):04X}, which stands in {text[:60]!r}. "
                          "Choose another format: jsonld, neo4j or ttl.")
    return quoteattr(text, _ESCAPES)
