"""RDF/XML of a case, for tools that read nothing else. XML cannot hold control characters: a text with one is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from graph import files
from graph.errors import ExportError
from graph.export import rdf_model
from graph.export.iris import prefixes
from graph.export.rdf_terms import parse

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the file subject by subject, whole or not at all. Raises ExportError for what XML has no way to write."""
    names = {name or "relation-": namespace for name, namespace in prefixes(kb.base).items()}
    by_namespace = {namespace: name for name, namespace in sorted(names.items(), reverse=True)}
    with files.writing(path) as file:
        spaces = "".join(f"\n  xmlns:{name}={quoteattr(namespace)}" for name, namespace in names.items())
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'.encode())
        for subject, pairs in rdf_model.blocks(kb):
            lines = [f"<rdf:Description rdf:about={quoteattr(subject[1:-1])}>"]
            lines += [_element(predicate[1:-1], object_, by_namespace, subject) for predicate, object_ in pairs]
            file.write("\n".join([*lines, "</rdf:Description>\n"]).encode("utf-8"))
        file.write(b"</rdf:RDF>\n")


def _element(predicate: str, object_: str, by_namespace: dict[str, str], subject: str) -> str:
    match = _NAME.search(predicate)
    if not match:
        raise ExportError(f"RDF/XML has no way to write the property {predicate}. Choose another format: jsonld, trig or ttl.")
    namespace, local = predicate[: match.start()], match[0]
    if namespace in by_namespace:
        opening = closing = f"{by_namespace[namespace]}:{local}"
    else:
        opening, closing = f"n:{local} xmlns:n={quoteattr(namespace)}", f"n:{local}"
    value, datatype, language = parse(object_)
    if datatype is None:
        return f"  <{opening} rdf:resource={quoteattr(value)}/>"
    wrong = _NOT_XML.search(value)
    if wrong:
        raise ExportError(f"RDF/XML has no way to write the control character U+{ord(wrong[0]):04X}, which stands in {subject}. "
                          "Choose another format: jsonld, trig or ttl.")
    kind = f" xml:lang={quoteattr(language)}" if language else f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
    return f"  <{opening}{kind}>{escape(value, {chr(13): '&#xD;'})}</{closing}>"
