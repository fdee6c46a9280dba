"""A document as a `Reading`: paragraphs parsed, names found and typed, coreference and times resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction.mentions import Mention, Paragraph, Reading, TimeMention
from graph.model import Entity, EntityType, Segment, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from graph.model import Document

__all__ = ["Mention", "Paragraph", "Reading", "TimeMention", "read"]

_TYPES = {"PERSON": EntityType.person, "ORG": EntityType.organization, "GPE": EntityType.place, "LOC": EntityType.place,
          "FAC": EntityType.place, "WORK_OF_ART": EntityType.work}


def read(document: Document, nlp: Language, known: Sequence[Entity] = ()) -> Reading:  # noqa: ARG001  used once names are repaired
    """Paragraphs, mentions, entities and times of a document; `known` are the entities of the case's tables."""
    paragraphs = tuple(_parsed(document, nlp))
    names: dict[str, int] = {}
    entities: list[Entity] = []
    mentions = []
    for paragraph in paragraphs:
        for span in paragraph.doc.ents:
            if span.label_ in _TYPES:
                if span.text not in names:
                    names[span.text] = len(entities)
                    slug = re.sub(r"\W+", "-", span.text.casefold()).strip("-")
                    entities.append(Entity(id=f"{document.source.id}#{slug}", type=_TYPES[span.label_], name=span.text))
                start, end = paragraph.start + span.start_char, paragraph.start + span.end_char
                mentions.append(Mention(start, end, document.text[start:end], _TYPES[span.label_], "name", (names[span.text],)))
    return Reading(document, paragraphs, tuple(mentions), tuple(entities))


def _parsed(document: Document, nlp: Language) -> Iterator[Paragraph]:
    segments = document.segments or (Segment(SegmentKind.body, 0, len(document.text)),)
    spans = [(segment.kind, segment.start + match.start(), segment.start + match.end())
             for segment in segments if segment.kind is not SegmentKind.boilerplate
             for match in re.finditer(r"\S(?:[^\n]*\S)?", document.text[segment.start:segment.end])]
    docs = nlp.pipe(document.text[start:end] for _, start, end in spans)
    for (kind, start, _), doc in zip(spans, docs, strict=True):
        yield Paragraph(start, kind, doc)
