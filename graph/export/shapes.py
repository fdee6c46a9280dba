"""Check an export: its bytes, and its triples against the shapes (`shapes.ttl`), with every problem in plain words."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from graph import files
from graph.errors import ExportError
from graph.export.iris import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import rdflib

_CANONICAL = {
    "integer": re.compile(r"0|-?[1-9][0-9]*"), "decimal": re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?"),
    "boolean": re.compile("true|false"), "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
LIMIT = 4 * 2**30
"""Bytes of a `graph.nt` that is read."""


def shapes() -> str:
    """The SHACL shapes, as they ship."""
    return resources.files(__package__).joinpath("shapes.ttl").read_text("utf-8")


def validate(export: Path) -> list[str]:
    """What is wrong with an export (its folder, or a `graph.nt`), sorted; empty where nothing is. Raises ExportError, InputError."""
    files.recover(export if export.is_dir() else export.parent)
    path = export / "graph.nt" if export.is_dir() else export
    if not path.exists():
        raise ExportError(f"There is no {path.name} in {str(export)!r}. Make an export with `casegraph build`, or name its folder.")
    return problems(files.read_bytes(path, LIMIT))


def problems(data: bytes) -> list[str]:
    """What is wrong with these N-Triples."""
    import pyoxigraph

    found: set[str] = set()
    lines = data.decode("utf-8", "replace").split("\n")
    ordered = lines.pop() == "" and lines == sorted(set(lines))
    try:
        for number, triple in enumerate(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES), 1):
            if isinstance(triple.object, pyoxigraph.Triple):
                return [f"graph.nt holds a triple inside a triple, which is not RDF 1.1: {triple.subject}."]
            if isinstance(triple.subject, pyoxigraph.BlankNode) or isinstance(triple.object, pyoxigraph.BlankNode):
                found.add("graph.nt has blank nodes: every node must be an IRI.")
            if isinstance(triple.object, pyoxigraph.Literal) and not is_canonical(triple.object.value, triple.object.datatype.value):
                found.add(f"{triple.subject.value} has {triple.object}, which engines change or drop: write its canonical form.")
            ordered = ordered and number <= len(lines) and lines[number - 1] == f"{triple} ."
    except (SyntaxError, ValueError) as error:
        return [f"graph.nt is no valid N-Triples: {error}."]
    if not ordered:
        found.add("graph.nt is not canonical: each line must stand once, in canonical N-Triples, in the order of its bytes.")
    return sorted(found.union(_against_shapes(data)))


def is_canonical(value: str, datatype: str) -> bool:
    """Whether a literal of a datatype that we write has the one form that every engine keeps."""
    form = _CANONICAL.get(datatype.removeprefix(XSD)) if datatype.startswith(XSD) else None
    return form is None or form.fullmatch(value) is not None


def _against_shapes(data: bytes) -> Iterator[str]:
    """What pySHACL finds; the queries among the shapes run on Oxigraph, as rdflib's engine takes minutes where it takes a second."""
    import pyshacl
    import rdflib
    from rdflib import RDF, SH

    rules, queries, declared = _rules()
    yield from _by_queries(data, queries, declared)
    graph = rdflib.Graph().parse(data=data, format="nt11")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules, inference="none")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        shown = f" (it has {_short(value)})" if value is not None and value != focus else ""
        yield f"{_short(focus)} {report.value(result, SH.resultMessage)}{shown}."


@cache
def _rules() -> tuple[rdflib.Graph, tuple[tuple[str, str], ...], dict[str, str]]:
    """The shapes without their queries, the queries with their messages, and the prefixes of the queries."""
    import rdflib
    from rdflib import SH

    rules = rdflib.Graph().parse(data=shapes(), format="turtle")
    queries = tuple((str(rules.value(node, SH.message)), str(rules.value(node, SH.select))) for node in rules.objects(None, SH.sparql))
    rules.remove((None, SH.sparql, None))
    declared = {str(rules.value(node, SH.prefix)): str(rules.value(node, SH.namespace)) for node in rules.objects(None, SH.declare)}
    return rules, queries, declared


def _by_queries(data: bytes, queries: tuple[tuple[str, str], ...], declared: dict[str, str]) -> Iterator[str]:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    for message, select in queries:
        found = store.query(select, prefixes=declared)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        yield from (f"{_short(row['value'].value)} {message}." for row in found)


def _short(term: object) -> str:
    text = str(term)
    return text if len(text) <= 120 else text[:117] + "…"
