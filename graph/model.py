"""The nouns of Casegraph as frozen values. Stages pass these to each other and nothing else.

An offset counts characters (code points) of `Document.text`; for every span `text[start:end]` is what it names.
An id is opaque to every stage but the one that mints it: `ids` here for statements and claims, `resolution` for entities.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stance(StrEnum):
    """How a speaker puts what is said: told as fact, hedged, or denied (the statement is then what is denied)."""

    asserted = "asserted"
    alleged = "alleged"
    denied = "denied"


class EntityType(StrEnum):
    """What an entity is. `unidentified` stands for the agent whom a source does not name."""

    person = "person"
    official = "official"
    organization = "organization"
    place = "place"
    group = "group"
    work = "work"
    unidentified = "unidentified"


NOBODY_NAMED = "someone not named"
"""The name of the agent whom a source does not name."""


class SegmentKind(StrEnum):
    """What a part of a text is; boilerplate gives no statements."""

    headline = "headline"
    body = "body"
    caption = "caption"
    boilerplate = "boilerplate"


class Method(StrEnum):
    """Where a statement comes from: a person's table, or an extractor."""

    curated = "curated"
    extracted = "extracted"


QUALIFIERS = ("recipient", "destination", "origin", "role", "what", "reason", "offence", "term", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document or a curated table. `file` is relative to the case folder; `published` is EDTF or empty."""

    id: str
    file: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    sha256: str = ""
    confidential: bool = False
    retells: tuple[str, ...] = ()
    """Ids of the sources that this one retells in other words, as notes on an article do: it is no voice of its own."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on (until the next anchor) a person finds the text at `label`: "page 2, paragraph 3"."""

    start: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source with its text, its segments in order and without gaps, and where a person finds each part."""

    source: Source
    text: str
    segments: tuple[Segment, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    notes: tuple[Note, ...] = ()

    def locate(self, offset: int) -> str:
        """Where a person finds this offset ("paragraph 3"), or the empty string."""
        index = bisect_right(self.anchors, offset, key=lambda anchor: anchor.start)
        return self.anchors[index - 1].label if index else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, official, organization, place, group or work, with every name it is known by."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    country: str = ""
    wikidata: str = ""
    latitude: float | None = None
    longitude: float | None = None
    protected: str = ""
    """Empty, or what is to be kept from a public export: `yes`, `name` or `quotes`."""
    parent: str = ""
    """Id of the body or place that it belongs to, where known."""
    curated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An entity in a statement, with the words that name it there. Before resolution `id` is local to the source."""

    id: str
    name: str
    type: EntityType
    mention: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """An object that is no entity: an age, a position, something said."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Subject, relation, object, and everything that lets a reader judge it. `time` is EDTF or empty.

    `prefix` and `suffix` are the words around the quote in its paragraph, as `around` gives them.
    """

    id: str
    subject: Participant | None
    relation: str
    object: Participant | Value
    stance: Stance
    speaker: Participant | None = None
    via: tuple[Participant, ...] = ()
    time: str = ""
    place: Participant | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    source: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    method: Method
    extractor: str = ""
    rule: str = ""
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    """Why a person should look at it; empty where nothing is doubtful."""
    decision: str | None = None
    """`accepted` or `rejected`, where a person decided."""
    note: str = ""

    @property
    def certain(self) -> bool:
        """Whether nothing in it is doubtful, or a person accepted it."""
        return not self.doubts or self.decision == "accepted"


CONTEXT = 200
"""Characters kept before a quote, and after it."""


def around(text: str, start: int, end: int, low: int, high: int) -> tuple[str, str]:
    """What stands before and after `text[start:end]` within `low` and `high`, at most `CONTEXT` characters each.

    Never half a word: half a name gives somebody away, and no list of names has it.
    """
    first, last = max(low, start - CONTEXT), min(high, end + CONTEXT)
    while low < first < start and not text[first - 1].isspace():
        first += 1
    while high > last > end and not text[last].isspace():
        last -= 1
    return text[first:start], text[end:last]



@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The statements that say the same thing, with how many independent speakers say so and how they put it."""

    id: str
    subject: str | None
    relation: str
    object: str
    literal: bool
    statements: tuple[str, ...]
    stances: tuple[Stance, ...]
    speakers: int
    """Independent speakers who assert or allege it: two outlets that quote the same body are one, and a doubtful statement has none."""
    contested: bool
    """Somebody denies it and somebody does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's judgement on two entities (`same`, `different`) or one statement (`accepted`, `rejected`); `undone` takes one back."""

    decision: str
    left: str
    right: str = ""
    by: str = ""
    on: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Note:
    """Something a person should know about the build. `kind` is one of the headings of `report.md`."""

    kind: str
    source: str = ""
    start: int = -1
    message: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one document gave: entities with ids local to it, statements between them, and what to tell a person."""

    source: str
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryStep:
    """One step of a story told by the case: a title, a text, and the claims or statements it shows."""

    title: str
    text: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """A case after resolution: what every export is made from. All tuples are sorted by id, statements by source and offset."""

    title: str
    base: str
    """IRI under which all IRIs are minted; ends in `/`."""
    language: str = "en"
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    story: tuple[StoryStep, ...] = ()
    relations: Mapping[str, Relation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """An entry of the vocabulary. `domain` and `range` hold entity types; `range` may hold `literal`."""

    id: str
    label: str
    inverse: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    crosswalk: tuple[tuple[str, str], ...] = ()


def fingerprint(*parts: object) -> str:
    """16 lowercase characters (80 bits of SHA-256, base 32) of the parts; no separator can be forged, as the parts are JSON."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.sha256(data).digest()[:10]).decode("ascii").lower()


def statement_id(source: str, start: int, end: int, relation: str, subject: str, object_: str) -> str:
    """The id of an extracted statement: source, span, relation and both mentions as written, so that merging never changes it."""
    return "st-" + fingerprint(source, start, end, relation, subject, object_)


def curated_id(source: str, relation: str, subject: str, object_: str, *rest: str) -> str:
    """The id of a row of a table: its cells as written. `rest` is stance, speaker, time, locator and quote."""
    return "st-" + fingerprint("curated", source, relation, subject, object_, *rest)


def claim_id(subject: str | None, relation: str, object_: str, *, literal: bool = False) -> str:
    """The id of the claim that these three make; words that look like an entity's id are other than that entity."""
    return "cl-" + fingerprint(subject, relation, object_, *(["literal"] if literal else []))
