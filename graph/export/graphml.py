"""`graph.graphml`: the networkx graph for Gephi, yEd and networkx itself, written line by line so that memory stays flat."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from graph import files
from graph.model import NOBODY_NAMED, EntityType, Note, Value
from graph.network import fields, unidentified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from graph.model import KnowledgeBase, Statement

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write; it is replaced by U+FFFD."""
_SPECIAL = re.compile("[^\t\n\x20-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in a text as it is."""
NODE = ("type", "name", "aliases", "description", "protected", "statements")
EDGE = ("id", "relation", "stance", "time", "source", "quote", "start", "end", "locator", "method", "extractor", "rule", "confidence", "doubts", "decision",
         "note", "speaker", "via", "place", "qualifiers", "subject_mention", "object_mention")
_NUMBERS = {"start": "int", "end": "int", "confidence": "double"}


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write GraphML with flat attributes: lists as JSON text, control characters replaced by U+FFFD. Rejected statements are left out."""
    with files.writing(path) as file:
        for line in _lines(kb):
            file.write(line.encode("utf-8") + b"\n")


def unwritable(statements: Iterable[Statement]) -> list[Note]:
    """A note for each document of which a quote holds what XML has no way to write."""
    found = sorted({s.source for s in statements if _NOT_XML.search(s.quote)})
    return [Note(kind="characters", source=source, message="control characters in its quotes stand as U+FFFD in graph.graphml.") for source in found]


def _lines(kb: KnowledgeBase) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for key in ("title", "base"):
        yield f'<key id="graph_{key}" for="graph" attr.name="{key}" attr.type="string"/>'
    for kind, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            yield f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{_NUMBERS.get(name, "string")}"/>'
    yield '<graph edgedefault="directed">'
    yield from _data("graph", {"title": kb.title, "base": kb.base})
    for id_, data in nodes(kb):
        yield from _node(id_, data)
    for s in kb.statements:
        if s.decision != "rejected" and not isinstance(s.object, Value):
            subject = s.subject.id if s.subject else unidentified(s.source)
            yield f"<edge id={_attribute(s.id)} source={_attribute(subject)} target={_attribute(s.object.id)}>"
            yield from _data("edge", fields(s))
            yield "</edge>"
    yield "</graph>"
    yield "</graphml>"


def nodes(kb: KnowledgeBase) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of the networkx graph with its attributes, without the graph: entities, then who is not named."""
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    unnamed: set[str] = set()
    for s in kb.statements:
        if s.decision != "rejected":
            subject = s.subject.id if s.subject else unidentified(s.source)
            if s.subject is None:
                unnamed.add(subject)
            if isinstance(s.object, Value):
                own[subject].append(fields(s))
    for entity in kb.entities:
        yield entity.id, {"type": entity.type.value, "name": entity.name, "aliases": entity.aliases, "description": entity.description,
                          "protected": entity.protected, "statements": own.get(entity.id, [])}
    for id_ in sorted(unnamed):
        yield id_, {"type": EntityType.unidentified.value, "name": NOBODY_NAMED, "aliases": (), "description": "", "protected": "", "statements": own.get(id_, [])}


def _node(id_: str, data: Mapping[str, Any]) -> Iterator[str]:
    yield f"<node id={_attribute(id_)}>"
    yield from _data("node", data)
    yield "</node>"


def _data(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        text = value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else json.dumps(value, ensure_ascii=False)
        yield f'<data key="{kind}_{key}">{_text(text)}</data>'


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("�", text), {"\r": "&#13;"}) if _SPECIAL.search(text) else text


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("�", text))
