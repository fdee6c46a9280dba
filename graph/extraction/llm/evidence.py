"""Where the words of a proposal stand in the text: the quote, and each side of it, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from graph.extraction.entities.cast import slug_of
from graph.model import Entity, EntityType, Participant

if TYPE_CHECKING:
    from graph.extraction.llm.windows import Window
    from graph.extraction.mentions import Mention, Reading

EDITS = 0.05
"""Share of a quote's characters that may differ from the text before it is no quote of it."""
_SPACE = re.compile(r"\s+")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Found:
    """A side of a proposal in the text, and why a person should look at it."""

    participant: Participant
    doubt: str = ""


def locate(quote: str, text: str, window: Window) -> tuple[int, int] | None:
    """Start and end of the quote in the document, within the window: exact, else with at most 5 % edits, else None."""
    within = text[window.start:window.end]
    at = within.find(quote)
    if at >= 0 and quote.strip():
        return window.start + at, window.start + at + len(quote)
    wanted, there = _plain(quote), _plain(within)
    if len(wanted) < 8:
        return None
    found = fuzz.partial_ratio_alignment(wanted, there, score_cutoff=100 * (1 - 2 * EDITS))
    if found is None:
        return None
    start, end = _widened(there, found.dest_start, found.dest_end)
    if Levenshtein.distance(wanted, there[start:end]) > EDITS * len(wanted):
        start, end = found.dest_start, found.dest_end
        if Levenshtein.distance(wanted, there[start:end]) > EDITS * len(wanted):
            return None
    return window.start + start, window.start + end


def _plain(text: str) -> str:
    """The text with look-alike marks made one; of the same length."""
    return re.sub(r"\s", " ", text.translate(_ALIKE)).casefold() if len(text.casefold()) == len(text) else re.sub(r"\s", " ", text.translate(_ALIKE))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def side(name: str, kind: str, span: tuple[int, int], reading: Reading) -> Found | None:
    """The entity of this name, where it stands in the quote, or a word there refers to it by the rules; else None.

    A pronoun that the rules leave open may stand for an entity that was named before; then a person should look.
    """
    indices = _entities(name, reading)
    inside = [m for m in reading.mentions if m.start < span[1] and m.end > span[0]]
    for mention in sorted(inside, key=lambda m: (m.kind != "name", m.start, -m.end)):
        hit = [i for i in mention.entities if i in indices]
        if hit:
            return Found(_participant(reading.entities[hit[0]], mention))
    literal = _literal(name, span, reading)
    if literal and (indices or kind in set(EntityType)):
        if indices:
            entity = reading.entities[indices[0]]
        else:
            entity = Entity(id=f"{reading.document.source.id}#{slug_of(name)}", type=EntityType(kind), name=name)
        text = reading.document.text[literal[0]:literal[1]]
        return Found(Participant(id=entity.id, name=entity.name, type=entity.type, mention=text, start=literal[0], end=literal[1]))
    if indices:
        entity = reading.entities[indices[0]]
        named_before = any(m.end <= span[1] and set(m.entities) & set(indices) for m in reading.mentions)
        open_words = [m for m in inside if not m.entities and m.kind in {"pronoun", "nominal"} and _may_be(m, entity)]
        if named_before and open_words:
            return Found(_participant(entity, open_words[0]), f"Only the model says that “{open_words[0].text}” is {entity.name}.")
    return None


def _entities(name: str, reading: Reading) -> list[int]:
    wanted = _fold(name)
    exact = [i for i, e in enumerate(reading.entities) if wanted in {_fold(n) for n in (e.name, *e.aliases)}]
    if exact:
        return exact
    by_mention = sorted({i for m in reading.mentions if _fold(m.text) == wanted and len(m.entities) == 1 for i in m.entities})
    if by_mention:
        return by_mention
    words = set(wanted.split())
    part = [i for i, e in enumerate(reading.entities) if e.type in {"person", "official"} and (words <= set(_fold(e.name).split()) or set(_fold(e.name).split()) <= words)]
    return part if len(part) == 1 else []


def _literal(name: str, span: tuple[int, int], reading: Reading) -> tuple[int, int] | None:
    """Where the name itself stands in the quote, as whole words."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    match = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE).search(reading.document.text, *span) if pattern else None
    return match.span() if match else None


def _may_be(mention: Mention, entity: Entity) -> bool:
    people = {EntityType.person, EntityType.official}
    return entity.type == mention.type or (entity.type in people and mention.type in people)


def _participant(entity: Entity, mention: Mention) -> Participant:
    return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text, start=mention.start, end=mention.end)


def _fold(name: str) -> str:
    plain = _SPACE.sub(" ", name.translate(_ALIKE).casefold()).strip(" .,;:'\"")
    return re.sub(r"^(?:the|a|an) |'s$", "", plain)


def says(value: str, text: str) -> str:
    """The words of a value as they stand in the text, white space and case aside; empty where they do not."""
    pattern = r"\s+".join(map(re.escape, value.translate(_ALIKE).split()))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text.translate(_ALIKE), re.IGNORECASE) if pattern else None
    return text[match.start():match.end()] if match else ""
