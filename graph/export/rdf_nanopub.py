"""The statements of a case as nanopublications: what is said, who says so, and how it was made, each in a graph of its own.

The same as the queries `views/nanopub-*.rq` say, which a test holds it against; written statement by statement, as four queries for each
took a hundred times as long.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model, rdf_turtle
from graph.export.iris import DC, DCTERMS, PROV, QUALIFIER, RDF, TERM, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from graph.model import KnowledgeBase

    Triple: TypeAlias = tuple[str, str, str]

NP = "http://www.nanopub.org/nschema#"
_CASE, _SOURCE, _STATEMENT = ((rdf_model.TYPE, f"<{kind}>") for kind in (f"{TERM}Case", f"{TERM}Source", f"{RDF}Statement"))
_QUOTED_FROM, _DERIVED_FROM, _TITLE, _SPEAKER = f"<{PROV}wasQuotedFrom>", f"<{PROV}wasDerivedFrom>", f"<{DCTERMS}title>", f"<{TERM}speaker>"
_SUBJECT, _PREDICATE, _OBJECT = _PARTS = tuple(f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))
_SAID = {*_PARTS, rdf_model.TYPE, *(f"<{TERM}{name}>" for name in ("stance", "time", "earliest", "latest", "place"))}
_WORDS = {_QUOTED_FROM, *(f"<{TERM}{name}>" for name in ("quote", "prefix", "suffix", "start", "end", "locator", "via"))}
_MADE = {f"<{TERM}{name}>" for name in ("method", "extractor", "rule", "confidence", "decision", "doubt")}
_OF_SOURCE = {f"<{DCTERMS}identifier>", _TITLE, f"<{DC}publisher>", f"<{DCTERMS}issued>", f"<{TERM}url>", f"<{TERM}sha256>", _DERIVED_FROM}


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write TriG, whole or not at all; a selection is a knowledge base with fewer statements."""
    names = {**prefixes(kb.base), "np": NP}
    with files.writing(path) as file:
        file.write(rdf_turtle.header(names).encode("utf-8"))
        for graph, triples in graphs(kb):
            body = "".join(rdf_turtle.subjects(_blocks(triples), names))
            file.write(f"\n{graph} {{{body}}}\n".encode())


def graphs(kb: KnowledgeBase) -> Iterator[tuple[str, list[Triple]]]:
    """Every graph with its triples as N-Triples terms: assertion, head, provenance and publication of each statement, by id."""
    known: dict[str, list[rdf_model.Pair]] = {}
    case, mark = "", "/" if "#" in kb.base else "#"  # an IRI has one # at most
    for subject, pairs in rdf_model.blocks(kb):  # the case and its sources come before its statements
        if _STATEMENT in pairs:
            np = f"{subject[:-1]}/np"
            yield f"{np}{mark}assertion>", _assertion(subject, pairs)
            yield f"{np}{mark}head>", [(f"{np}>", rdf_model.TYPE, f"<{NP}Nanopublication>"), *(
                (f"{np}>", f"<{NP}has{kind}>", f"{np}{mark}{name}>")
                for kind, name in (("Assertion", "assertion"), ("Provenance", "provenance"), ("PublicationInfo", "publication")))]
            yield f"{np}{mark}provenance>", _provenance(f"{np}{mark}assertion>", pairs, known)
            made = [(f"{np}>", predicate, object_) for predicate, object_ in pairs if predicate in _MADE]
            titles = [(case, predicate, object_) for predicate, object_ in known[case] if predicate == _TITLE]
            yield f"{np}{mark}publication>", [*made, (f"{np}>", _DERIVED_FROM, subject), (f"{np}>", f"<{DCTERMS}isPartOf>", case), *titles]
        elif _SOURCE in pairs:
            known[subject] = pairs
        elif _CASE in pairs:
            case = subject
            known[case] = pairs


def _assertion(subject: str, pairs: list[rdf_model.Pair]) -> list[Triple]:
    """What is said, always with its stance; as a plain triple only where it is asserted and nothing is doubtful."""
    found = dict(pairs)
    triples = [(subject, predicate, object_) for predicate, object_ in pairs if predicate in _SAID or predicate.startswith(f"<{QUALIFIER}")]
    certain = f"<{TERM}doubt>" not in found or found.get(f"<{TERM}decision>") == f"<{TERM}accepted>"
    if found[f"<{TERM}stance>"] == f"<{TERM}asserted>" and certain:
        triples.append((found[_SUBJECT], found[_PREDICATE], found[_OBJECT]))
    return triples


def _provenance(assertion: str, pairs: list[rdf_model.Pair], known: Mapping[str, list[rdf_model.Pair]]) -> list[Triple]:
    """Who says so, in which words, where."""
    source = dict(pairs)[_QUOTED_FROM]
    return [*((assertion, predicate, object_) for predicate, object_ in pairs if predicate in _WORDS),
            *((assertion, f"<{PROV}wasAttributedTo>", object_) for predicate, object_ in pairs if predicate == _SPEAKER),
            (source, *_SOURCE), *((source, predicate, object_) for predicate, object_ in known[source] if predicate in _OF_SOURCE)]


def _blocks(triples: list[Triple]) -> Iterator[rdf_model.Block]:
    for subject, group in groupby(sorted(triples), key=itemgetter(0)):
        yield subject, [(predicate, object_) for _, predicate, object_ in group]
