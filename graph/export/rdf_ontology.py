"""The ontology that is part of every export: our own terms (`ontology.ttl`) and the relations of the case."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from graph import vocabulary
from graph.export.iris import (
    DCTERMS,
    OWL,
    QUALIFIER,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TERM,
    VOCABULARY,
    crosswalk,
    mint,
    qualifier,
)
from graph.export.rdf_terms import english, text, typed
from graph.model import QUALIFIERS, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import KnowledgeBase

_TYPE, _LABEL, _DEFINED_BY = f"<{RDF}type>", f"<{RDFS}label>", f"<{RDFS}isDefinedBy>"
_DEFINITION, _NOTATION = f"<{SKOS}definition>", f"<{SKOS}notation>"
_DOMAIN, _RANGE = f"<{SCHEMA}domainIncludes>", f"<{SCHEMA}rangeIncludes>"
_OBJECT, _DATATYPE, _INVERSE_OF = f"<{OWL}ObjectProperty>", f"<{OWL}DatatypeProperty>", f"<{OWL}inverseOf>"


def blocks(kb: KnowledgeBase) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Subjects with their pairs: our terms, every relation of the case with its inverse, and what statements use beside them."""
    yield from _terms()
    relations = kb.relations or vocabulary.relations()
    for relation in relations.values():
        yield from _relation(kb.base, relation)
    for scheme in sorted({scheme for relation in relations.values() for scheme, _ in relation.crosswalk}):
        yield f"<{crosswalk(scheme)}>", [(_TYPE, f"<{RDFS}Datatype>"), (_LABEL, text(scheme)), (_DEFINED_BY, f"<{VOCABULARY}>")]
    shown = [s for s in kb.statements if s.decision != "rejected"]
    for unknown in sorted({s.relation for s in shown} - relations.keys()):
        yield from _relation(kb.base, Relation(id=unknown, label=unknown, inverse="", definition="", domain=(), range=()))
    for key in sorted({key for s in shown for key, _ in s.qualifiers} - set(QUALIFIERS)):
        yield f"<{qualifier(key)}>", [(_TYPE, _DATATYPE), (f"<{RDFS}subPropertyOf>", f"<{TERM}qualifier>"), (_LABEL, text(key))]


def terms() -> str:
    """`ontology.ttl`, as it ships."""
    return resources.files(__package__).joinpath("ontology.ttl").read_text("utf-8")


@cache
def _terms() -> list[tuple[str, list[tuple[str, str]]]]:
    import pyoxigraph

    grouped = defaultdict(list)
    for triple in pyoxigraph.parse(terms(), format=pyoxigraph.RdfFormat.TURTLE):
        grouped[str(triple.subject)].append((str(triple.predicate), str(triple.object)))
    for subject, pairs in grouped.items():
        if subject.startswith((f"<{TERM}", f"<{QUALIFIER}")):
            pairs.append((_DEFINED_BY, f"<{VOCABULARY}>"))
    return list(grouped.items())


def _relation(base: str, relation: Relation) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    entities = [type_ for type_ in relation.range if type_ != "literal"]
    iri, inverse = (f"<{mint(base, kind, relation.id)}>" for kind in ("relation", "inverse"))
    pairs = [(_TYPE, f"<{TERM}Relation>"), (_TYPE, f"<{RDF}Property>"), (_LABEL, english(relation.label)), (_DEFINED_BY, f"<{VOCABULARY}>"),
             (f"<{DCTERMS}identifier>", text(relation.id))]
    if relation.definition:
        pairs.append((_DEFINITION, english(relation.definition)))
    if relation.inverse:
        pairs.append((f"<{TERM}inverseLabel>", english(relation.inverse)))
    pairs += [(_DOMAIN, f"<{TERM}{type_.capitalize()}>") for type_ in relation.domain]
    pairs += [(_RANGE, f"<{TERM}{type_.capitalize()}>") for type_ in entities]
    if "literal" in relation.range:
        pairs.append((_RANGE, f"<{RDFS}Literal>"))
    if len(entities) in {0, len(relation.range)} and relation.range:
        pairs.append((_TYPE, _OBJECT if entities else _DATATYPE))
    pairs += [(_NOTATION, typed(code, crosswalk(scheme))) for scheme, code in relation.crosswalk]
    if entities and len(entities) == len(relation.range) and relation.inverse:
        pairs.append((_INVERSE_OF, inverse))
        yield inverse, [(_TYPE, _OBJECT), (_LABEL, english(relation.inverse)), (_INVERSE_OF, iri), (_DEFINED_BY, f"<{VOCABULARY}>")]
    yield iri, pairs
