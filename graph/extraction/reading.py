"""A document as a `Reading`: paragraphs parsed, names found and typed, coreference and times resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction import dates
from graph.extraction.entities import linking, name_types, names, nominals
from graph.extraction.entities.coreference import Resolver
from graph.extraction.entities.pages import Page
from graph.extraction.mentions import Mention, Paragraph, Reading, TimeMention
from graph.extraction.syntax import languages
from graph.extraction.syntax.words import Tokens
from graph.model import Note, SegmentKind
from graph.sources.segments import paragraphs as paragraph_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from graph.model import Document, Entity

__all__ = ["Mention", "Paragraph", "Reading", "TimeMention", "read"]

CHUNK = 5_000
"""Characters that are parsed at once: a longer paragraph is cut at the end of a sentence or word."""
BATCH = 40_000
"""Characters that are parsed together at most: memory grows with them, some 3 KB a character."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\ufeff\xa0]")
_CUT = re.compile(r"[.!?][\"”’)]*\s+(?=\S)|\s+")


def read(document: Document, nlp: Language, known: Sequence[Entity] = ()) -> Reading:
    """Paragraphs, mentions, entities and times of a document; `known` are the entities of the case's tables."""
    spans, notes = _english(document)
    paragraphs = tuple(_parsed(document, spans, nlp))
    tokens = [paragraph.words for paragraph in paragraphs]
    by_name = {form.casefold(): entity for entity in known for form in (*entity.aliases, entity.name) if form[:1].isupper()}
    found = _names(paragraphs, tokens, by_name)
    links = linking.link(found, by_name)
    resolver = Resolver(links)
    resolver.narrator = _narrator(paragraphs, found, links)
    resolver.house = document.source.publisher
    sentence = token = 0
    now = dates.clock(document.source.published or dates.dateline(_told(document)))
    times: list[TimeMention] = []
    for paragraph, words, there in zip(paragraphs, tokens, found, strict=True):
        text = paragraph.text
        common, titles = nominals.find(text, words, there)
        resolver.read(Page(paragraph.start, text, words, there, common, titles, sentence, token))
        times += [TimeMention(paragraph.start + a, paragraph.start + b, document.text[paragraph.start + a:paragraph.start + b], edtf)
                  for a, b, edtf in dates.find(text, now)]
        sentence += (words.sent[-1] + 1) if words.n else 0
        token += words.n
    mentions = [(start, end, type_, kind, tuple(dict.fromkeys(j for i in indices for j in resolver.nameless.same.get(i, (i,)))))
                for start, end, type_, kind, indices in resolver.mentions]
    entities, place = links.cast.entities(document.source.id, (i for *_, indices in mentions for i in indices))
    final = [Mention(start, end, document.text[start:end], type_, kind, tuple(place[i] for i in indices))
             for start, end, type_, kind, indices in sorted(mentions)]
    return Reading(document, paragraphs, tuple(final), entities, tuple(times), notes)


def _names(paragraphs: Sequence[Paragraph], tokens: Sequence[Tokens], known: dict[str, Entity]) -> list[list[names.Name]]:
    """The names of each paragraph; a headline in capitals holds only names that the rest of the document holds."""
    shouted = [_shouted(paragraph.text) for paragraph in paragraphs]
    found: list[list[names.Name]] = [[] for _ in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        if not shouted[index]:
            found[index] = names.find(paragraph.text, tokens[index])
    sure = {word for there in found for name in there for word in (*(name.words if len(name.words) > 1 else ()), *name.nick)}
    sure |= {name.key for there in found for name in there if not name.initial and not name.doubtful} | {entity.name for entity in known.values()}
    found = [[name for name in there if not name.doubtful or name.key in sure] for there in found]
    keys = {name.key for there in found for name in there} | {word for there in found for name in there for word in name.words if len(word) > 3}
    keys |= {entity.name for entity in known.values()}
    for index, paragraph in enumerate(paragraphs):
        if shouted[index]:
            found[index] = names.find(paragraph.text, tokens[index], known=keys, strict=True)
        name_types.weigh(paragraph.text, found[index], tokens[index])
    return found


def _narrator(paragraphs: Sequence[Paragraph], found: Sequence[Sequence[names.Name]], links: linking.Links) -> int:
    """Who says "I" outside quotations: whom a byline, a signature or "I am …" names; -1 where nobody is."""
    last = len(paragraphs) - 4
    for index, (paragraph, there) in enumerate(zip(paragraphs, found, strict=True)):
        text = paragraph.text
        for name in there:
            member = links.choose(name)
            if member is None or member.type not in linking.PEOPLE:
                continue
            before = text[:name.start]
            signed = paragraph.segment is SegmentKind.headline and not before.strip() and len(name.words) > 1 and index >= max(1, last)
            if (index < 4 and re.fullmatch(r"(?:Text |Story )?[Bb]y (?:[a-z]+ )*", before)) or signed or re.search(r"(?:\bI am|\bI['’]m|\b[Mm]y name is) $", before):
                return member.index
    return -1


def _told(document: Document) -> str:
    """The text without its boilerplate: the date of an advertisement is not the report's."""
    return "\n".join(document.text[s.start:s.end] for s in document.segments if s.kind is not SegmentKind.boilerplate)


def _shouted(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]+", text[:300]) if len(word) > 3]
    if text.startswith(("By ", "From ")):
        return False
    if text.isupper() and len(text) < 300:
        return True
    return len(text) < 300 and len(words) > 2 and text.rstrip("\"”’' ")[-1:] not in {".", "!"} and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _english(document: Document) -> tuple[list[tuple[SegmentKind, int, int]], tuple[Note, ...]]:
    """The paragraphs that are read, and a note on those in another language, which are not."""
    spans: list[tuple[SegmentKind, int, int]] = [
        (segment.kind, segment.start + start, segment.start + end) for segment in document.segments if segment.kind is not SegmentKind.boilerplate
             for start, end in paragraph_spans(document.text[segment.start:segment.end])]
    english = languages.is_english(" ".join(document.text[start:min(end, start + 2000)] for _, start, end in spans[:50]))
    foreign = [span for span in spans if (languages.is_foreign_within if english else languages.is_not_surely_english)(document.text[span[1]:span[2]])]
    if not foreign:
        return spans, ()
    left = set(foreign)
    what = f"{len(foreign)} of {len(spans)} paragraphs are" if len(foreign) < len(spans) else "The text is"
    note = Note(kind="language", source=document.source.id, start=foreign[0][1], message=f"{what} not in English and gave no statements.",
                quote=document.text[foreign[0][1]:foreign[0][2]][:160])
    return [span for span in spans if span not in left], (note,)


def _parsed(document: Document, spans: Sequence[tuple[SegmentKind, int, int]], nlp: Language) -> Iterator[Paragraph]:
    pieces = [(kind, start, end) for kind, first, last in spans for start, end in _chunks(document.text, _after_dateline(document.text, first, last), last)]
    texts = [_CONTROL.sub(" ", document.text[start:end]) for _, start, end in pieces]
    size = max(1, min(64, BATCH // max(map(len, texts), default=1)))
    for (kind, start, _), text, doc in zip(pieces, texts, nlp.pipe(texts, batch_size=size), strict=True):
        doc.tensor = doc.tensor[:0]  # 400 bytes a token that nobody asks for again
        yield Paragraph(start, kind, doc, text, Tokens(doc))


_DATELINE = re.compile(r"(?:[^\W\d_a-z][A-ZÀ-Þ.'’ /-]{2,40}(?:,[^()\n]{1,40}?)?(?: ?\([^()\n]{1,40}\))?|\([A-ZÀ-Þ][^()\n]{2,30}, [^()\n]{0,12}\d{4}\)) ?[-–—]{1,2} (?=\S)")


def _after_dateline(text: str, start: int, end: int) -> int:
    """Where the first sentence of a paragraph starts: "MARSK, May 9 (Agency) - " is no part of it."""
    match = _DATELINE.match(text, start, end)
    return match.end() if match else start


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > CHUNK:
        cut = 0
        for match in _CUT.finditer(text, start + CHUNK // 2, start + CHUNK):
            if match.group()[0] in ".!?" or not cut:
                cut = match.end()
        cut = cut or start + CHUNK
        yield start, cut
        start = cut
    if start < end:
        yield start, end
