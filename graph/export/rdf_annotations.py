"""The quotes of a case as Web Annotations (W3C), for readers that highlight them in the documents.

The same as the query `views/webannotation.rq` says, which a test holds it against; written statement by statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import files, vocabulary
from graph.export import rdf_model, rdf_turtle
from graph.export.iris import DCTERMS, RDF, TERM, mint, prefixes
from graph.export.rdf_terms import integer, text, uri
from graph.model import NOBODY_NAMED, Source, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.model import KnowledgeBase, Participant, Statement

OA = "http://www.w3.org/ns/oa#"


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write Turtle, whole or not at all; what it says of a source stands where it is first quoted."""
    names = {**prefixes(kb.base), "oa": OA}
    with files.writing(path) as file:
        file.write(rdf_turtle.header(names).encode("utf-8"))
        for part in rdf_turtle.subjects(blocks(kb), names):
            file.write(part.encode("utf-8"))


def blocks(kb: KnowledgeBase) -> Iterator[rdf_model.Block]:
    """For each statement with a quote, by id: the annotation, its body, its two selectors and its target."""
    sources = {source.id: source for source in kb.sources}
    told: set[str] = set()
    words = _Words(kb)
    for statement in sorted((s for s in kb.statements if s.quote and s.decision != "rejected"), key=lambda s: s.id):
        source = sources.get(statement.source) or Source(id=statement.source)
        where = f"<{mint(kb.base, 'source', source.id)}>"
        if source.id not in told:
            told.add(source.id)
            about = [(f"<{DCTERMS}identifier>", text(source.id))]
            about += [(f"<{DCTERMS}title>", text(source.title))] if source.title else []
            yield where, sorted([*about, *([(f"<{TERM}url>", uri(source.url))] if source.url else [])])
        yield from _annotation(statement, f"<{mint(kb.base, 'statement', statement.id)}", where, words.of(statement))


def _annotation(statement: Statement, iri: str, source: str, words: str) -> Iterator[rdf_model.Block]:
    annotation, body, position, quote, target = (f"{iri}/annotation{part}>" for part in ("", "/body", "/position", "/quote", "/target"))
    selectors = [("hasSelector", quote)]
    yield _block(annotation, "Annotation", ("motivatedBy", f"<{OA}describing>"), ("hasTarget", target), ("hasBody", f"{iri}>"), ("hasBody", body))
    yield body, sorted([(rdf_model.TYPE, f"<{OA}TextualBody>"), (f"<{RDF}value>", text(words))])
    if statement.start is not None and statement.end is not None:
        yield _block(position, "TextPositionSelector", ("start", integer(statement.start)), ("end", integer(statement.end)))
        selectors.append(("hasSelector", position))
    around = [(name, text(value)) for name, value in (("prefix", statement.prefix), ("suffix", statement.suffix)) if value]
    yield _block(quote, "TextQuoteSelector", ("exact", text(statement.quote)), *around)
    yield _block(target, "SpecificResource", ("hasSource", source), *selectors)


def _block(subject: str, kind: str, *pairs: tuple[str, str]) -> rdf_model.Block:
    return subject, sorted([(rdf_model.TYPE, f"<{OA}{kind}>"), *((f"<{OA}{name}>", value) for name, value in pairs)])


class _Words:
    """A statement in one line of words, as its body has it."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._names = {entity.id: entity.name for entity in kb.entities}
        self._titles = {source.id: source.title for source in kb.sources}
        self._relations = kb.relations or vocabulary.relations()

    def of(self, s: Statement) -> str:
        subject = self._name(s.subject) if s.subject else f"{NOBODY_NAMED} ({self._titles.get(s.source) or s.source})"
        relation = self._relations[s.relation].label if s.relation in self._relations else s.relation
        said = s.object.value if isinstance(s.object, Value) else self._name(s.object)
        return f"{subject} {relation} {said} ({s.stance}{f' by {self._name(s.speaker)}' if s.speaker else ''})"

    def _name(self, participant: Participant) -> str:
        return self._names.setdefault(participant.id, participant.name)
