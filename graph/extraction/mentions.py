"""What a document holds before anybody asks who did what: paragraphs as parsed, mentions of entities, and times.

Every offset counts characters of `Document.text`, and `text[m.start:m.end] == m.text` for every mention and time.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from graph.extraction.syntax.words import Tokens
    from graph.model import Document, Entity, EntityType, Note, Participant, SegmentKind


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that names or stands for entities.

    `kind` is `name`, `nominal` or `pronoun`. `entities` are indices into `Reading.entities`: one as a rule, several for
    "the pair" or "they", none where it is not clear whom it means. A mention may lie within another ("Chechnya" in
    "Chechnya's Interior Ministry"), but two never overlap otherwise.
    """

    start: int
    end: int
    text: str
    type: EntityType
    kind: str
    entities: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class TimeMention:
    """Words for a time, with what they mean as EDTF, resolved against the day of publication and what was said before."""

    start: int
    end: int
    text: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as parsed. `text` is that of the document from `start` on with every control character as a space."""

    start: int
    segment: SegmentKind
    doc: Doc
    text: str
    """What `doc.text` is, which spaCy puts together anew for every question."""
    words: Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its paragraphs (boilerplate is not among them), mentions and times, each sorted by place."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    notes: tuple[Note, ...] = ()
    """What a person should know, as that a part is not in English and was not read."""

    def mentions_within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie within these offsets."""
        low = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        high = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return tuple(mention for mention in self.mentions[low:high] if mention.end <= end)

    def written(self, participant: Participant) -> str:
        """What names a participant, for the id of a statement: its mention, and which one where that means several ("the pair")."""
        several = participant.start is not None and participant.end is not None and any(
            len(mention.entities) > 1 and mention.end == participant.end
            for mention in self.mentions_within(participant.start, participant.end))
        return f"{participant.mention}: {participant.name}" if several else participant.mention

    def times_within(self, start: int, end: int) -> tuple[TimeMention, ...]:
        """The times that lie within these offsets."""
        low = bisect_left(self.times, start, key=lambda time: time.start)
        high = bisect_left(self.times, end, key=lambda time: time.start)
        return tuple(time for time in self.times[low:high] if time.end <= end)
