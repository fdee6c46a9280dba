"""JSON-LD 1.1 of a case, with its context embedded: nothing has to be fetched to read it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from graph import files
from graph.export import rdf_model
from graph.export.iris import XSD, prefixes
from graph.export.rdf_terms import parse

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_RELATION = "is"
"""The prefix of relations: JSON-LD knows no empty one."""


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the file node by node, whole or not at all."""
    names = {name or _RELATION: namespace for name, namespace in prefixes(kb.base).items()}
    by_namespace = {namespace: name for name, namespace in sorted(names.items(), reverse=True)}
    context = {"@version": 1.1, "id": "@id", "type": "@type", **{name: {"@id": namespace, "@prefix": True} for name, namespace in names.items()}}
    with files.writing(path) as file:
        file.write(f'{{"@context": {json.dumps(context)},\n"@graph": [\n'.encode())
        for number, (subject, pairs) in enumerate(rdf_model.blocks(kb)):
            text = json.dumps(_node(subject, pairs, by_namespace), ensure_ascii=False)
            file.write(f"{',' if number else ''}\n{text}".lstrip("\n").encode("utf-8"))
        file.write(b"\n]}\n")


def _node(subject: str, pairs: list[rdf_model.Pair], by_namespace: dict[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _short(subject[1:-1], by_namespace)}
    for predicate, object_ in pairs:
        value, datatype, language = parse(object_)
        if predicate == rdf_model.TYPE:
            node.setdefault("type", []).append(_short(value, by_namespace))
            continue
        node.setdefault(_short(predicate[1:-1], by_namespace), []).append(_value(value, datatype, language, by_namespace))
    return {key: values[0] if isinstance(values, list) and len(values) == 1 else values for key, values in node.items()}


def _value(value: str, datatype: str | None, language: str, by_namespace: dict[str, str]) -> Any:
    if datatype is None:
        return {"id": _short(value, by_namespace)}
    if language:
        return {"@value": value, "@language": language}
    if datatype == XSD + "boolean":
        return value == "true"
    if datatype == XSD + "integer" and len(value) < 16:
        return int(value)
    return {"@value": value, "@type": _short(datatype, by_namespace)} if datatype else value


def _short(iri: str, by_namespace: dict[str, str]) -> str:
    cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
    name = by_namespace.get(iri[:cut])
    return f"{name}:{iri[cut:]}" if name and _LOCAL.fullmatch(iri[cut:]) else iri
