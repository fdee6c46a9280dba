"""The RDF model (docs/rdf.md): a knowledge base as blocks of triples, one block for each subject, in the order of their bytes.

A block is a subject with its sorted pairs of predicate and object, all as canonical N-Triples terms. Only the subjects are
sorted, so that writing needs no more memory than a list of references to them: each block is formatted when its turn comes.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import merge
from itertools import groupby, islice
from operator import eq, itemgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from graph import edtf
from graph.export import rdf_ontology
from graph.export.iris import (
    DC,
    DCTERMS,
    FTM,
    GEO,
    OWL,
    PROV,
    RDF,
    SKOS,
    TERM,
    VOCABULARY,
    WIKIDATA,
    Kind,
    mint,
    qualifier,
)
from graph.export.rdf_terms import FALSE, TRUE, day, decimal, integer, text, uri
from graph.export.rdf_terms import edtf as edtf_term
from graph.model import NOBODY_NAMED, Entity, EntityType, Method, Participant, Source, Stance, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from graph.model import Claim, KnowledgeBase, Statement

Record = TypeVar("Record")
Pair: TypeAlias = tuple[str, str]
Block: TypeAlias = tuple[str, list[Pair]]

TYPE = f"<{RDF}type>"
_PRED = {name: f"<{TERM}{name}>" for name in (
    "claim", "claimObject", "claimRelation", "claimStance", "claimSubject", "confidence", "confidential", "contested", "country", "decision",
    "doubt", "earliest", "end", "extractor", "file", "fromTable", "independentSpeakers", "issuedEarliest", "issuedLatest", "latest",
    "locator", "method", "objectEnd", "objectMention", "objectStart", "parent", "place", "placeEnd", "placeMention",
    "placeStart", "position", "prefix", "protected", "quote", "relay", "rule", "sha256", "speaker", "speakerEnd",
    "speakerMention", "speakerStart", "stance", "start", "subjectEnd", "subjectMention", "subjectStart", "suffix", "time",
    "url", "via", "withheld")}
_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{name}>" for name in ("Statement", "subject", "predicate", "object"))
_IDENTIFIER, _TITLE, _DESCRIPTION, _ISSUED = (f"<{DCTERMS}{name}>" for name in ("identifier", "title", "description", "issued"))
_PUBLISHER, _CREATOR, _LANGUAGE = (f"<{DC}{name}>" for name in ("publisher", "creator", "language"))
_PREF_LABEL, _ALT_LABEL, _NOTE = (f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "note"))
_QUOTED_FROM, _DERIVED_FROM = f"<{PROV}wasQuotedFrom>", f"<{PROV}wasDerivedFrom>"
_SAME_AS, _LATITUDE, _LONGITUDE = f"<{OWL}sameAs>", f"<{GEO}lat>", f"<{GEO}long>"
_CLASSES = {
    type_: [(TYPE, f"<{TERM}{type_.value.capitalize()}>"), (TYPE, f"<{TERM}Entity>"), (TYPE, f"<{FTM}{schema}>")]
    for type_, schema in {
        EntityType.person: "Person", EntityType.official: "Person", EntityType.organization: "Organization",
        EntityType.place: "Address", EntityType.group: "LegalEntity", EntityType.work: "Thing",
        EntityType.unidentified: "LegalEntity",
    }.items()
}


def blocks(kb: KnowledgeBase) -> Iterator[Block]:
    """Every block of an export, each subject once, sorted by bytes: case, vocabulary, sources, entities, statements, claims."""
    model = _Model(kb)
    relays = ((f"{s.id}/via/{number}", via, number) for s in model.statements for number, via in enumerate(s.via, 1))
    streams = (
        _in_order([kb], lambda _: model.iri("case"), _case),
        _in_order(rdf_ontology.blocks(kb), itemgetter(0), itemgetter(1)),
        _in_order(model.sources.values(), lambda source: model.source_iris[source.id], model.source),
        _in_order(model.entities.values(), lambda entity: model.entity_iris[entity.id], model.entity),
        _in_order(model.nameless, lambda source: model.iri("unidentified", source), model.unidentified),
        _in_order(model.statements, lambda statement: model.iri("statement", statement.id), model.statement),
        _in_order(relays, lambda relay: model.iri("statement", relay[0]), lambda relay: model.relay(*relay[1:])),
        _in_order(model.claims.values(), lambda claim: model.claim_iris[claim.id], model.claim),
    )
    for subject, group in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        pairs = [pair for _, made in group for pair in made]
        pairs += model.plain.get(subject, ())
        pairs.sort()
        yield subject, list(dict.fromkeys(pairs)) if any(map(eq, pairs, islice(pairs, 1, None))) else pairs


def _in_order(records: Iterable[Record], name: Callable[[Record], str], make: Callable[[Record], list[Pair]]) -> Iterator[Block]:
    """The blocks of these records, sorted by subject; each is made when it is asked for."""
    for record in sorted(records, key=name):
        yield name(record), make(record)


class _Model:
    """What the blocks of one knowledge base have in common: its base, its plain triples, its links from statement to claim."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.base = kb.base
        self.statements = [s for s in kb.statements if s.decision != "rejected"]
        known = {s.id for s in self.statements}
        self.claims = {c.id: c for c in kb.claims if not known.isdisjoint(c.statements)}
        self.claims_of: dict[str, list[str]] = defaultdict(list)
        self.claim_iris = {claim: self.iri("claim", claim) for claim in self.claims}
        for claim in self.claims.values():
            for statement_id in claim.statements:
                self.claims_of[statement_id].append(self.claim_iris[claim.id])
        self.entities = {entity.id: entity for entity in kb.entities}
        self.sources = {source.id: source for source in kb.sources}
        self.nameless: set[str] = set()
        self.plain: dict[str, list[Pair]] = defaultdict(list)
        for statement in self.statements:
            self._meet(statement)
        self.relations = {relation: self.iri("relation", relation) for relation in sorted({s.relation for s in self.statements})}
        self.entity_iris = {entity: self.iri("entity", entity) for entity in self.entities}
        self.source_iris = {source: self.iri("source", source) for source in self.sources}
        for statement in filter(is_plain, self.statements):
            self.plain[self.subject(statement)].append((self.relations[statement.relation], self.object(statement)))

    def _meet(self, statement: Statement) -> None:
        """Note what a statement needs beside itself. Nothing that a statement points to may be missing."""
        for participant in (statement.subject, statement.object, statement.speaker, statement.place, *statement.via):
            if isinstance(participant, Participant) and participant.id not in self.entities:
                self.entities[participant.id] = Entity(id=participant.id, type=participant.type, name=participant.name)
        if statement.source not in self.sources:
            self.sources[statement.source] = Source(id=statement.source)
        if statement.subject is None:
            self.nameless.add(statement.source)

    def iri(self, kind: Kind, id_: str = "") -> str:
        return f"<{mint(self.base, kind, id_)}>"

    def subject(self, statement: Statement) -> str:
        return self.entity_iris[statement.subject.id] if statement.subject else self.iri("unidentified", statement.source)

    def object(self, statement: Statement) -> str:
        return text(statement.object.value) if isinstance(statement.object, Value) else self.entity_iris[statement.object.id]

    def entity(self, entity: Entity) -> list[Pair]:
        pairs = [*_CLASSES[entity.type], (_IDENTIFIER, text(entity.id)), (_PREF_LABEL, text(entity.name)),
                 (_PRED["fromTable"], TRUE if entity.curated else FALSE)]
        pairs += [(_ALT_LABEL, text(alias)) for alias in entity.aliases if alias != entity.name]
        pairs += [(predicate, text(value)) for predicate, value in (
            (_DESCRIPTION, entity.description), (_PRED["country"], entity.country), (_PRED["protected"], entity.protected)) if value]
        if entity.wikidata[:1] == "Q" and entity.wikidata[1:].isdecimal() and entity.wikidata.isascii():
            pairs.append((_SAME_AS, f"<{WIKIDATA}{entity.wikidata}>"))
        if entity.latitude is not None and entity.longitude is not None:
            pairs += [(TYPE, f"<{GEO}SpatialThing>"), (_LATITUDE, decimal(entity.latitude)), (_LONGITUDE, decimal(entity.longitude))]
        if entity.parent in self.entities:
            pairs.append((_PRED["parent"], self.entity_iris[entity.parent]))
        return pairs

    def unidentified(self, source: str) -> list[Pair]:
        name = self.sources[source].title or source
        return [*_CLASSES[EntityType.unidentified], (_IDENTIFIER, text(f"unidentified/{source}")),
                (_PREF_LABEL, text(f"{NOBODY_NAMED} ({name})")), (_PRED["fromTable"], FALSE),
                (f"<{DCTERMS}source>", self.source_iris[source])]

    def source(self, source: Source) -> list[Pair]:
        pairs = [(TYPE, f"<{TERM}Source>"), (TYPE, f"<{PROV}Entity>"), (_IDENTIFIER, text(source.id))]
        pairs += [(predicate, text(value)) for predicate, value in (
            (_TITLE, source.title), (_PUBLISHER, source.publisher), (_CREATOR, source.author), (_LANGUAGE, source.language),
            (_PRED["file"], source.file), (_PRED["sha256"], source.sha256)) if value]
        if source.url:
            pairs.append((_PRED["url"], uri(source.url)))
        if source.published:
            pairs.append((_ISSUED, edtf_term(source.published)))
            pairs += _bounds(source.published, "issuedEarliest", "issuedLatest")
        if source.confidential:
            pairs.append((_PRED["confidential"], TRUE))
        return pairs + [(_DERIVED_FROM, self.source_iris[original]) for original in source.retells if original in self.sources]

    def statement(self, statement: Statement) -> list[Pair]:
        pairs = [
            (TYPE, _STATEMENT), (_IDENTIFIER, text(statement.id)), (_SUBJECT, self.subject(statement)),
            (_PREDICATE, self.relations[statement.relation]), (_OBJECT, self.object(statement)),
            (_PRED["stance"], f"<{TERM}{statement.stance.value}>"), (_PRED["method"], f"<{TERM}{statement.method.value}>"),
            (_QUOTED_FROM, self.source_iris[statement.source]),
        ]
        pairs += [(_PRED[name], text(value)) for name, value in (
            ("quote", statement.quote), ("prefix", statement.prefix), ("suffix", statement.suffix), ("locator", statement.locator),
            ("extractor", statement.extractor), ("rule", statement.rule)) if value]
        pairs += [(_PRED[name], integer(value)) for name, value in (("start", statement.start), ("end", statement.end)) if value is not None]
        if statement.time:
            pairs.append((_PRED["time"], edtf_term(statement.time)))
            pairs += _bounds(statement.time, "earliest", "latest")
        if statement.confidence is not None:
            pairs.append((_PRED["confidence"], decimal(statement.confidence)))
        if statement.decision:
            pairs.append((_PRED["decision"], f"<{TERM}{statement.decision}>"))
        if statement.method is Method.extracted and not statement.quote:
            pairs.append((_PRED["withheld"], TRUE))
        if statement.note:
            pairs.append((_NOTE, text(statement.note)))
        pairs += [(_PRED["doubt"], text(doubt)) for doubt in statement.doubts]
        pairs += [(f"<{qualifier(key)}>", text(value)) for key, value in statement.qualifiers]
        if statement.speaker:
            pairs.append((_PRED["speaker"], self.entity_iris[statement.speaker.id]))
        if statement.place:
            pairs.append((_PRED["place"], self.entity_iris[statement.place.id]))
        for number, via in enumerate(statement.via, 1):
            pairs.append((_PRED["via"], self.entity_iris[via.id]))
            pairs.append((_PRED["relay"], self.iri("statement", f"{statement.id}/via/{number}")))
        for role, participant in (("subject", statement.subject), ("object", statement.object), ("speaker", statement.speaker), ("place", statement.place)):
            if isinstance(participant, Participant):
                pairs += _words(participant, role)
        pairs += [(_PRED["claim"], claim) for claim in self.claims_of.get(statement.id, ())]
        return pairs

    def relay(self, via: Participant, number: int) -> list[Pair]:
        pairs = [(TYPE, f"<{TERM}Relay>"), (_PRED["position"], integer(number)), (_PRED["speaker"], self.entity_iris[via.id])]
        return pairs + _words(via, "speaker")

    def claim(self, claim: Claim) -> list[Pair]:
        pairs = [
            (TYPE, f"<{TERM}Claim>"), (_IDENTIFIER, text(claim.id)), (_PRED["claimRelation"], self.iri("relation", claim.relation)),
            (_PRED["claimObject"], text(claim.object) if claim.literal else self.entity_iris[claim.object]),
            (_PRED["independentSpeakers"], integer(claim.speakers)), (_PRED["contested"], TRUE if claim.contested else FALSE),
        ]
        if claim.subject is not None:
            pairs.append((_PRED["claimSubject"], self.entity_iris[claim.subject]))
        return pairs + [(_PRED["claimStance"], f"<{TERM}{stance.value}>") for stance in claim.stances]


def _case(kb: KnowledgeBase) -> list[Pair]:
    return [(TYPE, f"<{TERM}Case>"), (_TITLE, text(kb.title)), (_LANGUAGE, text(kb.language)),
            (f"<{DCTERMS}conformsTo>", f"<{VOCABULARY}>")]


def is_plain(statement: Statement) -> bool:
    """Whether it is also told as a plain triple: asserted, not rejected, and not waiting for a person to look at it."""
    return statement.stance is Stance.asserted and (statement.decision == "accepted" or not (statement.decision or statement.doubts))


def _words(participant: Participant, role: str) -> list[Pair]:
    pairs = [(_PRED[f"{role}Mention"], text(participant.mention))] if participant.mention else []
    if participant.start is not None and participant.end is not None:
        pairs += [(_PRED[f"{role}Start"], integer(participant.start)), (_PRED[f"{role}End"], integer(participant.end))]
    return pairs


def _bounds(time: str, first: str, last: str) -> list[Pair]:
    """The first and the last day as `xsd:date`; none where the text is no EDTF, which the shapes then find."""
    try:
        days: tuple[date | None, date | None] = edtf.bounds(time)
    except ValueError:
        return []
    return [(_PRED[name], day(value)) for name, value in zip((first, last), days, strict=True) if value is not None]
