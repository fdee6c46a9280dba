"""Every IRI of an export is made here, and nowhere else.

An id is opaque: its characters beyond letters, digits and `-._~/` are percent-encoded as UTF-8, so two ids never meet in one IRI
and every IRI is plain ASCII, whatever somebody wrote in a table.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal
from urllib.parse import quote

from graph import vocabulary

VOCABULARY = "https://claims.example/vocabulary"
"""The ontology. `.example` is reserved (RFC 2606): it can never lead to a stranger's page."""
TERM = VOCABULARY + "#"
RELATION = "https://claims.example/relation#"
INVERSE = "https://claims.example/inverse#"
QUALIFIER = "https://claims.example/qualifier#"
CROSSWALK = "https://claims.example/crosswalk#"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
SCHEMA = "https://schema.org/"
FTM = "https://w3id.org/ftm#"
EDTF = "http://id.loc.gov/datatypes/edtf/"
WIKIDATA = "http://www.wikidata.org/entity/"

Kind = Literal["case", "entity", "source", "statement", "claim", "unidentified", "relation", "inverse"]

_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.~-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.~-]*)*")
_DOTS = re.compile(r"(?<![^/])\.{1,2}(?![^/])")


def mint(base: str, kind: Kind, id_: str = "") -> str:
    """The IRI of one thing of a case. The relations of the standard vocabulary have the same IRI in every case."""
    if kind == "relation" and id_ in standard_relations():
        return RELATION + id_
    if kind == "inverse" and id_ in standard_relations():
        return INVERSE + id_
    if kind == "case":
        return base + "case"
    return f"{base}{kind}/{id_ if _PLAIN.fullmatch(id_) else _encoded(id_)}"


def qualifier(key: str) -> str:
    """The property of a qualifier."""
    return QUALIFIER + _encoded(key)


def crosswalk(scheme: str) -> str:
    """The datatype of the codes of another scheme."""
    return CROSSWALK + _encoded(scheme)


def prefixes(base: str) -> dict[str, str]:
    """The prefixes of every Turtle, JSON-LD and query, by name."""
    return {
        "": RELATION, "v": TERM, "q": QUALIFIER, "inverse": INVERSE, "crosswalk": CROSSWALK,
        "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "owl": OWL, "skos": SKOS, "dc": DC, "dcterms": DCTERMS, "prov": PROV,
        "geo": GEO, "schema": SCHEMA, "ftm": FTM, "edtf": EDTF, "wikidata": WIKIDATA,
        "case": base, "entity": f"{base}entity/", "source": f"{base}source/", "statement": f"{base}statement/",
        "claim": f"{base}claim/", "unidentified": f"{base}unidentified/", "relation": f"{base}relation/",
        **{type_: f"{base}entity/{type_}/" for type_ in ("person", "official", "organization", "place", "group", "work")},
    }


@cache
def standard_relations() -> frozenset[str]:
    """The ids of the relations that ship with the package."""
    return frozenset(vocabulary.relations())


def _encoded(id_: str) -> str:
    """Percent-encoded, and no `.` or `..` as a segment, which readers of IRIs would resolve away."""
    text = quote(id_, safe="/-._~", errors="surrogatepass")
    return _DOTS.sub(lambda match: "%2E" * len(match[0]), text)
