"""Statements that say the same thing become one claim, with how many independent speakers stand behind it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.model import Claim, Participant, Stance, claim_id
from graph.resolution.exact import is_common
from graph.resolution.names import family, key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Entity, Source, Statement

BODIES = ("works_for", "leader_of", "member_of", "represents")
"""Relations by which a person may speak for a body: they and it are one speaker."""
COPIED = 8
"""Words in a row from which a sentence is no coincidence."""
_SINGLE = frozenset({"organization", "person", "official"})
"""Kinds of which a mere description may mean somebody who is named elsewhere; residents or witnesses are none of them."""


def claims(statements: Iterable[Statement], entities: Iterable[Entity], sources: Iterable[Source]) -> tuple[Claim, ...]:
    """Every claim, sorted by id. Rejected statements make none; doubtful ones belong to theirs and are no voice."""
    kept = [s for s in statements if s.decision != "rejected"]
    voices = Voices(kept, entities, sources)
    groups: dict[tuple[str | None, str, bool, str], list[Statement]] = defaultdict(list)
    for statement in kept:
        groups[claimed(statement)].append(statement)
    found = []
    for (subject, relation, literal, object_), members in groups.items():
        stances = {s.stance for s in members}
        found.append(Claim(
            id=claim_id(subject, relation, object_, literal=literal), subject=subject, relation=relation, object=object_, literal=literal,
            statements=tuple(s.id for s in members), stances=tuple(sorted(stances)), speakers=len(voices.independent(s for s in members if s.certain)),
            contested=Stance.denied in stances and len(stances) > 1,
        ))
    return tuple(sorted(found, key=lambda c: (c.id, c.literal)))


def claimed(statement: Statement) -> tuple[str | None, str, bool, str]:
    """What a statement says, without who says it: subject, relation, whether the object is a literal, object."""
    subject = statement.subject.id if statement.subject else None
    if isinstance(statement.object, Participant):
        return subject, statement.relation, False, statement.object.id
    return subject, statement.relation, True, " ".join(statement.object.value.split()).casefold()


def copies(statements: Iterable[Statement]) -> dict[str, str]:
    """For each source that has a long sentence of its own voice in the very words of another: the first source that has its words.

    What somebody is quoted with may well stand in two reports that nobody copied; what a report tells itself does not.
    """
    written: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        if s.speaker is None and s.quote.count(" ") >= COPIED - 1:
            written[" ".join(s.quote.casefold().split())].add(s.source)
    first: dict[str, str] = {}

    def find(source: str) -> str:
        while first.setdefault(source, source) != source:
            source = first[source]
        return source

    for _, alike in sorted(written.items()):
        if len(alike) > 1:
            roots = sorted({find(s) for s in alike})
            first.update(dict.fromkeys(roots[1:], roots[0]))
    return {source: find(source) for source in sorted(first)}


class Voices:
    """Who speaks in a statement, so that the same voice heard twice counts once."""

    def __init__(self, statements: Iterable[Statement], entities: Iterable[Entity], sources: Iterable[Source]) -> None:
        entities = list(entities)
        outlets = {key(n): e.id for e in entities if e.type == "organization" for n in (e.name, *e.aliases)}
        # Whoever publishes speaks; where nobody is named, whoever wrote it, so that one person's notes are one voice.
        self._unnamed = frozenset(e.id for e in entities if e.type in _SINGLE and not e.curated and is_common(family(e.type), e.name))
        listed = list(sources)
        published = {s.id: key(s.publisher or s.author) for s in listed}
        own = {source: outlets.get(voice, f"outlet {voice}") if voice else f"source {source}" for source, voice in published.items()}
        # A retelling of one source speaks with its voice; one of several has none of its own.
        voices = {s.id: own.get(s.retells[0], own[s.id]) if len(s.retells) == 1 else f"source {s.id}" if s.retells else own[s.id] for s in listed}
        statements = list(statements)
        # One text in two files, or a wire report in two papers, is one voice: nobody writes the same long sentence twice.
        first = copies(statements)
        alike: dict[str, list[str]] = defaultdict(list)
        for source, voice in sorted(voices.items()):
            alike[first.get(source, source)].append(voice)
        self._sources = {s: min(alike[first.get(s, s)], key=lambda v: (v.startswith("source "), v)) for s in voices}
        self._echoes = frozenset(f"source {s.id}" for s in listed if len(s.retells) > 1)
        self._bodies: dict[str, set[str]] = defaultdict(set)
        for s in statements:
            if s.relation in BODIES and s.stance is Stance.asserted and s.subject and isinstance(s.object, Participant):
                self._bodies[s.subject.id].add(s.object.id)

    def of(self, statement: Statement) -> str:
        """The nearest speaker; the outlet where it speaks itself; the document where no outlet is known."""
        return statement.speaker.id if statement.speaker else self._sources.get(statement.source, f"source {statement.source}")

    def independent(self, statements: Iterable[Statement]) -> tuple[str, ...]:
        """The independent voices that assert or allege: two outlets that quote one body, or it and its spokesman, are one."""
        heard = {self.of(s) for s in statements if s.stance is not Stance.denied}
        heard = heard - self._echoes or heard
        # "The group", "a spokesman" may be any of those who are named, and each other: they are no further voice.
        named = heard - self._unnamed
        heard = named or set(sorted(heard)[:1])
        return tuple(sorted(v for v in heard if not self.bodies(v) & heard))

    def bodies(self, voice: str) -> frozenset[str]:
        """The bodies that somebody may speak for."""
        return frozenset(self._bodies.get(voice, ())) - {voice}


