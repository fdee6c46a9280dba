"""An export read back: `graph.nt` as the knowledge base it was written from, so that every format can be made from an export.

What the RDF does not hold does not come back: rejected statements, notes and stories of the build, the order of aliases, of
qualifiers, of what a source retells and of a relation's types (they are sorted), and digits of a confidence after the sixth.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from graph import files
from graph.errors import ExportError
from graph.export.iris import CROSSWALK, DC, DCTERMS, GEO, OWL, PROV, QUALIFIER, RDF, RDFS, SCHEMA, SKOS, TERM, WIKIDATA
from graph.export.shapes import LIMIT
from graph.model import (
    Claim,
    Entity,
    EntityType,
    KnowledgeBase,
    Method,
    Participant,
    Relation,
    Source,
    Stance,
    Statement,
    Value,
)

if TYPE_CHECKING:
    from pathlib import Path

Node: TypeAlias = "dict[str, list[_Term]]"
_STATEMENT, _CASE, _SOURCE, _ENTITY, _CLAIM, _RELATION, _UNIDENTIFIED = (
    RDF + "Statement", *(TERM + name for name in ("Case", "Source", "Entity", "Claim", "Relation", "Unidentified")))


class _Term(str):
    """The value of a term; `datatype` is empty for an IRI."""

    __slots__ = ("datatype",)
    datatype: str


def read(path: Path) -> KnowledgeBase:
    """The knowledge base of an export (its folder, or its `graph.nt`). Raises ExportError, InputError, WriteError."""
    files.recover(path if path.is_dir() else path.parent)
    path = path / "graph.nt" if path.is_dir() else path
    return from_ntriples(files.read_bytes(path, LIMIT))


def from_ntriples(data: bytes) -> KnowledgeBase:
    """The knowledge base of these N-Triples. Raises ExportError where they are not an export of ours."""
    nodes, by_type = _nodes(data)
    try:
        return _Reader(nodes, by_type).knowledge_base()
    except (KeyError, IndexError, ValueError) as error:
        raise ExportError(f"graph.nt is no export of ours: {error!r} is missing or wrong. `casegraph check --rdf` tells all problems.") from error


def _nodes(data: bytes) -> tuple[dict[str, Node], dict[str, list[str]]]:
    import pyoxigraph

    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    by_type: dict[str, list[str]] = defaultdict(list)
    try:
        for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES):
            term = _Term(triple.object.value)
            term.datatype = triple.object.datatype.value if isinstance(triple.object, pyoxigraph.Literal) else ""
            nodes[triple.subject.value][triple.predicate.value].append(term)
            if triple.predicate.value == RDF + "type":
                by_type[term].append(triple.subject.value)
    except (SyntaxError, ValueError, AttributeError) as error:
        raise ExportError(f"graph.nt is no valid N-Triples: {error}.") from error
    return nodes, by_type


class _Reader:
    """Looks up what the nodes point to."""

    def __init__(self, nodes: dict[str, Node], by_type: dict[str, list[str]]) -> None:
        self.nodes, self.by_type = nodes, by_type
        self.claims_of: dict[str, list[str]] = defaultdict(list)
        for iri in by_type[_STATEMENT]:
            for claim in nodes[iri].get(TERM + "claim", ()):
                self.claims_of[claim].append(self.id(iri))

    def knowledge_base(self) -> KnowledgeBase:
        if not self.by_type[_CASE]:
            raise ExportError("graph.nt is no export of ours: it has no v:Case.")
        iri = self.by_type[_CASE][0]
        case = self.nodes[iri]
        unidentified = set(self.by_type[_UNIDENTIFIED])
        return KnowledgeBase(
            title=_one(case, DCTERMS + "title"), base=iri.removesuffix("case"), language=_one(case, DC + "language"),
            sources=tuple(sorted(map(self.source, self.by_type[_SOURCE]), key=lambda s: s.id)),
            entities=tuple(sorted((self.entity(e) for e in self.by_type[_ENTITY] if e not in unidentified), key=lambda e: e.id)),
            statements=tuple(sorted(map(self.statement, self.by_type[_STATEMENT]), key=lambda s: (s.source, -1 if s.start is None else s.start, s.id))),
            claims=tuple(sorted(map(self.claim, self.by_type[_CLAIM]), key=lambda c: c.id)),
            relations={r.id: r for r in sorted(map(self.relation, self.by_type[_RELATION]), key=lambda r: r.id)},
        )

    def id(self, iri: str) -> str:
        return str(self.nodes[iri][DCTERMS + "identifier"][0])

    def source(self, iri: str) -> Source:
        node = self.nodes[iri]
        return Source(
            id=self.id(iri), file=_one(node, TERM + "file"), title=_one(node, DCTERMS + "title"), publisher=_one(node, DC + "publisher"),
            author=_one(node, DC + "creator"), published=_one(node, DCTERMS + "issued"), url=_one(node, TERM + "url"),
            language=_one(node, DC + "language"), sha256=_one(node, TERM + "sha256"), confidential=_one(node, TERM + "confidential") == "true",
            retells=tuple(sorted(map(self.id, node.get(PROV + "wasDerivedFrom", ())))))

    def type(self, iri: str) -> EntityType:
        names = {str(term).removeprefix(TERM).lower() for term in self.nodes[iri][RDF + "type"] if term.startswith(TERM)}
        return EntityType((names - {"entity"}).pop())

    def entity(self, iri: str) -> Entity:
        node = self.nodes[iri]
        parent = node.get(TERM + "parent")
        return Entity(
            id=self.id(iri), type=self.type(iri), name=str(node[SKOS + "prefLabel"][0]), aliases=tuple(sorted(map(str, node.get(SKOS + "altLabel", ())))),
            description=_one(node, DCTERMS + "description"), country=_one(node, TERM + "country"),
            wikidata=_one(node, OWL + "sameAs").removeprefix(WIKIDATA), latitude=_number(node, GEO + "lat"), longitude=_number(node, GEO + "long"),
            protected=_one(node, TERM + "protected"), parent=self.id(parent[0]) if parent else "", curated=_one(node, TERM + "fromTable") == "true")

    def participant(self, iri: str, node: Node, role: str) -> Participant:
        return Participant(
            id=self.id(iri), name=str(self.nodes[iri][SKOS + "prefLabel"][0]), type=self.type(iri), mention=_one(node, f"{TERM}{role}Mention"),
            start=_whole(node, f"{TERM}{role}Start"), end=_whole(node, f"{TERM}{role}End"))

    def optional(self, node: Node, role: str) -> Participant | None:
        found = node.get(TERM + role)
        return self.participant(found[0], node, role) if found else None

    def statement(self, iri: str) -> Statement:
        node = self.nodes[iri]
        subject, object_ = node[RDF + "subject"][0], node[RDF + "object"][0]
        relays = sorted((self.nodes[relay] for relay in node.get(TERM + "relay", ())), key=lambda n: int(n[TERM + "position"][0]))
        decision = _one(node, TERM + "decision").removeprefix(TERM)
        return Statement(
            id=self.id(iri), relation=self.id(node[RDF + "predicate"][0]), stance=Stance(node[TERM + "stance"][0].removeprefix(TERM)),
            subject=None if self.type(subject) is EntityType.unidentified else self.participant(subject, node, "subject"),
            object=Value(str(object_)) if object_.datatype else self.participant(object_, node, "object"),
            speaker=self.optional(node, "speaker"), place=self.optional(node, "place"),
            via=tuple(self.participant(relay[TERM + "speaker"][0], relay, "speaker") for relay in relays),
            time=_one(node, TERM + "time"),
            qualifiers=tuple(sorted((self._key(p), str(value)) for p, values in node.items() if p.startswith(QUALIFIER) for value in values)),
            source=self.id(node[PROV + "wasQuotedFrom"][0]), quote=_one(node, TERM + "quote"), start=_whole(node, TERM + "start"),
            end=_whole(node, TERM + "end"), prefix=_one(node, TERM + "prefix"), suffix=_one(node, TERM + "suffix"), locator=_one(node, TERM + "locator"),
            method=Method(node[TERM + "method"][0].removeprefix(TERM)), extractor=_one(node, TERM + "extractor"), rule=_one(node, TERM + "rule"),
            confidence=_number(node, TERM + "confidence"), doubts=tuple(sorted(map(str, node.get(TERM + "doubt", ())))),
            decision=decision or None, note=_one(node, SKOS + "note"))

    def _key(self, iri: str) -> str:
        return str(self.nodes[iri][RDFS + "label"][0])

    def claim(self, iri: str) -> Claim:
        node = self.nodes[iri]
        subject, object_ = node.get(TERM + "claimSubject"), node[TERM + "claimObject"][0]
        return Claim(
            id=self.id(iri), subject=self.id(subject[0]) if subject else None, relation=self.id(node[TERM + "claimRelation"][0]),
            object=str(object_) if object_.datatype else self.id(object_), literal=bool(object_.datatype), statements=tuple(sorted(self.claims_of[iri])),
            stances=tuple(sorted(Stance(stance.removeprefix(TERM)) for stance in node[TERM + "claimStance"])),
            speakers=int(node[TERM + "independentSpeakers"][0]), contested=_one(node, TERM + "contested") == "true")

    def relation(self, iri: str) -> Relation:
        node = self.nodes[iri]
        return Relation(
            id=self.id(iri), label=_one(node, RDFS + "label"), inverse=_one(node, TERM + "inverseLabel"), definition=_one(node, SKOS + "definition"),
            domain=tuple(sorted(_type(t) for t in node.get(SCHEMA + "domainIncludes", ()))),
            range=tuple(sorted(_type(t) for t in node.get(SCHEMA + "rangeIncludes", ()))),
            crosswalk=tuple(sorted((t.datatype.removeprefix(CROSSWALK), str(t)) for t in node.get(SKOS + "notation", ()))))


def _one(node: Node, predicate: str) -> str:
    values = node.get(predicate)
    return str(values[0]) if values else ""


def _whole(node: Node, predicate: str) -> int | None:
    values = node.get(predicate)
    return int(values[0]) if values else None


def _number(node: Node, predicate: str) -> float | None:
    values = node.get(predicate)
    return float(values[0]) if values else None


def _type(class_: str) -> str:
    return "literal" if class_ == RDFS + "Literal" else class_.removeprefix(TERM).lower()
