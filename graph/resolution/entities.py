"""Clusters become entities with global ids, and statements are rewritten to them; what was written stays as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from itertools import chain, count
from operator import attrgetter
from typing import TYPE_CHECKING

from graph.curation.names import slug
from graph.model import EntityType, Participant, Statement
from graph.resolution.names import is_proper, key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.model import Entity
    from graph.resolution.nodes import Node

_FIELDS = tuple(field.name for field in fields(Statement))
_values = attrgetter(*_FIELDS)


def identify(clusters: Sequence[Sequence[Node]]) -> list[str]:
    """An id for every cluster: the curated one; else `type/slug`, with the slug of a source behind it where two would be equal.

    Who is curated or touched by most statements has the plain one, so that a further document seldom changes an id.
    """
    ids = [""] * len(clusters)
    taken: set[str] = set()
    order = sorted(range(len(clusters)), key=lambda c: (_curated(clusters[c]) is None, -sum(n.touched for n in clusters[c]), clusters[c][0].id))
    for number in order:
        members = clusters[number]
        curated = _curated(members)
        if curated is not None:
            ids[number] = curated.id
        else:
            plain = f"{kind(members)}/{slug(name(members))}"
            marked = f"{plain}-{slug(members[0].source)}"
            ids[number] = next(i for i in chain((plain, marked), (f"{marked}-{n}" for n in count(2))) if i not in taken)
        taken.add(ids[number])
    return ids


def merge(identifier: str, members: Sequence[Node]) -> Entity:
    """One entity of all nodes of a cluster: a table's word goes first, every other name becomes an alias."""
    given = sorted((n.entity for n in members), key=lambda e: (e.id != identifier, not e.curated, e.id))
    chosen = name(members)
    aliases = sorted({n.strip() for e in given for n in (e.name, *e.aliases)} - {chosen, ""})

    def first(field: str) -> str:
        return next((getattr(e, field) for e in given if getattr(e, field)), "")

    return replace(
        given[0], id=identifier, type=kind(members), name=chosen, aliases=tuple(aliases), description=first("description"),
        country=first("country"), wikidata=first("wikidata"), protected=first("protected"), parent=first("parent"),
        latitude=next((e.latitude for e in given if e.latitude is not None and e.longitude is not None), None),
        longitude=next((e.longitude for e in given if e.latitude is not None and e.longitude is not None), None),
        curated=any(e.curated for e in given),
    )


def kind(members: Sequence[Node]) -> EntityType:
    """The type of a cluster: what the tables say; an official where any document says so; else what most say."""
    curated = _curated(members)
    if curated is not None:
        return curated.type
    types = Counter(n.entity.type for n in members)
    if EntityType.official in types and EntityType.person in types:
        types[EntityType.official] += types.pop(EntityType.person)
    return min(types, key=lambda t: (-types[t], t))


def name(members: Sequence[Node]) -> str:
    """What a cluster is called: as the tables say; else the name most documents use among those with most words, not as a headline writes it."""
    curated = _curated(members)
    if curated is not None:
        return curated.name
    names = Counter(n.entity.name for n in members)
    return min(names, key=lambda n: (not is_proper(n), len(key(n).split()) < 2, -names[n], -len(n), sum(w[:1].isupper() for w in n.split()), n))


def rewrite(statement: Statement, entities: Mapping[str, Entity], decision: str | None) -> Statement:
    """The same statement, id included, among global entities."""

    def seen(part: Participant) -> Participant:
        entity = entities[part.id]
        return Participant(id=entity.id, name=entity.name, type=entity.type, mention=part.mention, start=part.start, end=part.end)

    given = dict(zip(_FIELDS, _values(statement), strict=True))  # `replace` asks every field what it is: it takes twice as long
    given |= {
        "subject": seen(statement.subject) if statement.subject else None,
        "object": seen(statement.object) if isinstance(statement.object, Participant) else statement.object,
        "speaker": seen(statement.speaker) if statement.speaker else None,
        "via": tuple(map(seen, statement.via)),
        "place": seen(statement.place) if statement.place else None,
        "decision": decision or statement.decision,
    }
    return Statement(**given)


def _curated(members: Sequence[Node]) -> Entity | None:
    return min((n.entity for n in members if n.entity.curated or not n.source), key=lambda e: e.id, default=None)
