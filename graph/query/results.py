"""What a query answers, as values, and as the W3C's text forms of them.

CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/; JSON: https://www.w3.org/TR/sparql11-results-json/;
XML: https://www.w3.org/TR/rdf-sparql-XMLres/. In CSV a cell that a spreadsheet would run as a formula gets a `'` before it.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Term(NamedTuple):
    """An RDF term; `kind` is `iri`, `literal` or `blank`. A plain string has neither datatype nor language."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer. `truth` is of ASK, `triples` of CONSTRUCT and DESCRIBE, `variables` and `rows` of SELECT.

    `more` says that a limit cut the answer: there are more rows than these.
    """

    kind: str
    """`boolean`, `rows` or `triples`."""
    truth: bool = False
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    more: bool = False

    def only(self, variables: Iterable[str]) -> Result:
        """The same rows with these columns, in this order; a column that is not there is left out."""
        chosen = [self.variables.index(name) for name in variables if name in self.variables]
        rows = tuple(tuple(row[i] for i in chosen) for row in self.rows)
        return replace(self, variables=tuple(self.variables[i] for i in chosen), rows=rows)

    def dicts(self) -> list[dict[str, str]]:
        """The rows as plain texts by column; an unbound one is the empty text."""
        return [{name: term.value if term else "" for name, term in zip(self.variables, row, strict=True)} for row in self.rows]


def to_csv(result: Result) -> str:
    """Values without their types, one row a line."""
    return _separated(result, lambda term: _neutral(_name(term)), ",")


def to_tsv(result: Result) -> str:
    """Terms as in SPARQL, so that nothing is lost."""
    if result.kind == "boolean":
        return f"{str(result.truth).lower()}\n"
    head = "\t".join(f"?{name}" for name in result.variables)
    return "".join(f"{line}\n" for line in (head, *("\t".join(n3(term) if term else "" for term in row) for row in result.rows)))


def to_json(result: Result) -> str:
    """SPARQL results in JSON."""
    if result.kind == "boolean":
        return json.dumps({"head": {}, "boolean": result.truth}) + "\n"
    rows = [{name: _json(term) for name, term in zip(result.variables, row, strict=True) if term} for row in result.rows]
    return json.dumps({"head": {"vars": list(result.variables)}, "results": {"bindings": rows}}, ensure_ascii=False, indent=1) + "\n"


def to_xml(result: Result) -> str:
    """SPARQL results in XML. A character that XML cannot hold becomes U+FFFD."""
    import pyoxigraph as ox

    return _through(ox.QueryResultsFormat.XML, to_json(_for_xml(result)))


def to_turtle(result: Result, prefixes: Mapping[str, str] | None = None) -> str:
    """The triples as Turtle, sorted."""
    import pyoxigraph as ox

    return _serialized(result, ox.RdfFormat.TURTLE, dict(prefixes or {}))


def to_ntriples(result: Result) -> str:
    """The triples as N-Triples, sorted and each once."""
    return "".join(sorted({f"{' '.join(n3(term) for term in row if term)} .\n" for row in result.rows}))


def to_rdfxml(result: Result, prefixes: Mapping[str, str] | None = None) -> str:
    """The triples as RDF/XML."""
    import pyoxigraph as ox

    return _serialized(_for_xml(result), ox.RdfFormat.RDF_XML, dict(prefixes or {}))


def n3(term: Term) -> str:
    """The term as N-Triples has it."""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind == "blank":
        return f"_:{term.value}"
    text = '"' + "".join(_ESCAPES.get(c, c) for c in term.value) + '"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _name(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _neutral(cell: str) -> str:
    """The cell as text that no spreadsheet runs; a number stays one."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell


def _separated(result: Result, write: Callable[[Term | None], str], separator: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    if result.kind == "boolean":
        writer.writerow([str(result.truth).lower()])
    else:
        writer.writerow(result.variables or ("subject", "predicate", "object"))
        writer.writerows([write(term) for term in row] for row in result.rows)
    return out.getvalue()


def _json(term: Term) -> dict[str, str]:
    if term.kind != "literal":
        return {"type": {"iri": "uri", "blank": "bnode"}[term.kind], "value": term.value}
    extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype} if term.datatype else {}
    return {"type": "literal", "value": term.value, **extra}


def _for_xml(result: Result) -> Result:
    rows = tuple(tuple(term and term._replace(value="".join(c if _in_xml(c) else "\ufffd" for c in term.value)) for term in row)
                 for row in result.rows)
    return replace(result, rows=rows)


def _in_xml(c: str) -> bool:
    return (c >= " " and c not in "\ufffe\uffff") or c in "\t\n\r"


def _through(form: Any, text: str) -> str:
    """The results once more in another form, by the engine's own writer."""
    import pyoxigraph as ox

    parsed = ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)
    data = parsed.serialize(format=form)
    return data.decode() if data else ""


def _serialized(result: Result, form: Any, prefixes: dict[str, str]) -> str:
    import pyoxigraph as ox

    data = to_ntriples(result).encode()
    out = ox.serialize((quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)), format=form, prefixes=prefixes)
    return out.decode() if out else ""
