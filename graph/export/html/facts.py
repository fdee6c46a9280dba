"""What the page knows, as plain lists and dicts: entities, statements, claims and sources, each pointing to others by index."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from graph import edtf
from graph.model import NOBODY_NAMED, EntityType, Source, Stance, Value, claim_id, fingerprint
from graph.network import unidentified

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.model import Claim, Entity, KnowledgeBase, Participant, Statement

STANCES = tuple(Stance)
TYPES = tuple(EntityType)
_ALWAYS = {"id", "key", "name", "title", "value"}
"""There even if empty, unless it is None."""


def facts(kb: KnowledgeBase) -> dict[str, Any]:
    """The page's data. `statements[i].s` is an index of `nodes`, `.o` one too or missing where the object is a `value`.

    A line of the graph is an entry of `claims`: statements with the same subject, relation and object. Where the agent is
    not named, statements of different sources are never put together: they need not mean the same agent.
    """
    kept = [statement for statement in kb.statements if statement.decision != "rejected"]
    nodes = _nodes(kb, kept)
    index = {node["id"]: number for number, node in enumerate(nodes)}
    for node in nodes:
        del node["id"]  # what is not shown is not in the file
    sources = {source.id: number for number, source in enumerate(_sources(kb, kept))}
    relations = {name: number for number, name in enumerate(sorted({s.relation for s in kept}))}
    statements = [_statement(s, index, sources, relations) for s in kept]
    return {
        "title": kb.title,
        "language": _language(kb.language),
        "types": [str(t) for t in TYPES],
        "stances": [str(s) for s in STANCES],
        "relations": [_relation(kb, name) for name in relations],
        "sources": [_source(source, sources) for source in _sources(kb, kept)],
        "nodes": nodes,
        "statements": statements,
        "claims": _claims(kb.claims, kept, statements),
        "story": _story(kb, kept),
    }


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None and (key in _ALWAYS or value not in ("", [], ()))}


def _nodes(kb: KnowledgeBase, kept: list[Statement]) -> list[dict[str, Any]]:
    """All entities, then whoever a statement names that is none (a redacted one, say), then one unnamed agent a source."""
    nodes = {entity.id: _entity(entity) for entity in kb.entities}
    unnamed: dict[str, dict[str, Any]] = {}
    titles = {source.id: source.title or source.id for source in kb.sources}
    for statement in kept:
        for participant in (statement.subject, statement.object):
            if participant is not None and not isinstance(participant, Value) and participant.id not in nodes:
                nodes[participant.id] = _without_empty({"id": participant.id, "key": fingerprint(participant.id), "name": participant.name,
                                                        "type": TYPES.index(participant.type)})
        if statement.subject is None:
            name = unidentified(statement.source)
            unnamed[name] = {"id": name, "key": fingerprint(name), "name": NOBODY_NAMED, "type": TYPES.index(EntityType.unidentified),
                             "description": f"Whoever did what “{titles.get(statement.source, statement.source)}” tells without naming them. "
                                            "It need not be the same person or body each time."}
    return [nodes[name] for name in sorted(nodes)] + [unnamed[name] for name in sorted(unnamed)]


def _entity(entity: Entity) -> dict[str, Any]:
    return _without_empty({
        "id": entity.id,
        "key": fingerprint(entity.id),
        "name": entity.name,
        "type": TYPES.index(entity.type),
        "aliases": sorted(set(entity.aliases) - {entity.name}),
        "description": entity.description,
        "country": entity.country,
        "wikidata": entity.wikidata if re.fullmatch(r"Q[0-9]+", entity.wikidata) else "",
        "at": [entity.latitude, entity.longitude] if entity.latitude is not None and entity.longitude is not None else None,
        "curated": 1 if entity.curated else None,
    })


def _sources(kb: KnowledgeBase, kept: list[Statement]) -> list[Source]:
    """Those that some statement comes from, and those that these retell."""
    known = {source.id: source for source in kb.sources}
    used = {statement.source for statement in kept}
    told = {name for source in used & known.keys() for name in known[source].retells}
    return [known.get(name, Source(id=name)) for name in sorted(used | (told & known.keys()))]


def _source(source: Source, index: Mapping[str, int]) -> dict[str, Any]:
    return _without_empty({"key": fingerprint(source.id), "title": source.title or source.id, "publisher": source.publisher,
                           "author": source.author, "published": source.published, "url": source.url,
                           "language": _language(source.language), "retells": [index[name] for name in source.retells if name in index]})


def _language(tag: str) -> str:
    """A language as a browser wants to know it for quotes, or nothing."""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) else ""


def _relation(kb: KnowledgeBase, name: str) -> dict[str, str]:
    relation = kb.relations.get(name)
    plain = name.replace("_", " ")
    return {"id": name, "label": relation.label if relation else plain, "inverse": relation.inverse if relation else f"{plain} (of)"}


def _statement(statement: Statement, index: Mapping[str, int], sources: Mapping[str, int], relations: Mapping[str, int]) -> dict[str, Any]:
    def who(participant: Participant | None) -> int | str | None:
        return None if participant is None else index.get(participant.id, participant.name)

    def as_written(participant: Participant | Value | None) -> str | None:
        if participant is None or isinstance(participant, Value):
            return None
        return participant.mention if participant.mention != participant.name else None

    object_ = statement.object
    return _without_empty({
        "id": statement.id,
        "s": index[statement.subject.id if statement.subject else unidentified(statement.source)],
        "r": relations[statement.relation],
        "o": None if isinstance(object_, Value) else index[object_.id],
        "value": object_.value if isinstance(object_, Value) else None,
        "stance": STANCES.index(statement.stance),
        "speaker": who(statement.speaker),
        "via": [who(p) for p in statement.via],
        "time": statement.time,
        "months": months(statement.time),
        "place": who(statement.place),
        "qualifiers": [list(pair) for pair in statement.qualifiers],
        "source": sources[statement.source],
        "locator": statement.locator,
        "quote": statement.quote,
        "prefix": statement.prefix,
        "suffix": statement.suffix,
        "sm": as_written(statement.subject),
        "om": as_written(object_),
        "extracted": (statement.extractor or "an extractor") if statement.method.value == "extracted" else None,
        "confidence": statement.confidence,
        "doubts": [] if statement.certain else list(statement.doubts),
        "accepted": 1 if statement.decision == "accepted" else None,
        "note": statement.note,
    })


def months(time: str) -> list[int | None] | None:
    """First and last month (year * 12 + month - 1) that a date can mean, None for an open end; None where there is no date."""
    try:
        first, last = edtf.bounds(time)
    except ValueError:
        return None

    def number(day: date | None) -> int | None:
        return None if day is None else day.year * 12 + day.month - 1

    return [number(first), number(last)]


def _claims(claims: tuple[Claim, ...], kept: list[Statement], statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims with their statements by index, in the order of their ids; those without a named agent split by source."""
    row = {statement.id: number for number, statement in enumerate(kept)}
    groups: dict[tuple[str, int], list[int]] = {}
    speakers = {claim.id: claim.speakers for claim in claims}
    for claim in claims:
        for name in claim.statements:
            if name in row:
                groups.setdefault((claim.id, statements[row[name]]["s"]), []).append(row.pop(name))
    for number in row.values():  # a statement that is in no claim still gets its line
        statement = kept[number]
        object_ = statement.object.value if isinstance(statement.object, Value) else statement.object.id
        key = claim_id(statement.subject.id if statement.subject else None, statement.relation, object_)
        groups.setdefault((key, statements[number]["s"]), []).append(number)
    parts = Counter(name for name, _ in groups)
    result = []
    for (name, subject), members in sorted(groups.items()):
        first = statements[members[0]]
        result.append(_without_empty({
            "id": name, "s": subject, "r": first["r"], "o": first.get("o"), "value": first.get("value"),
            "statements": sorted(members), "speakers": speakers.get(name) if parts[name] == 1 else None,
        }))
    return result


def _story(kb: KnowledgeBase, kept: list[Statement]) -> list[dict[str, Any]]:
    row = {statement.id: number for number, statement in enumerate(kept)}
    claims = {claim.id: claim.statements for claim in kb.claims}
    return [
        _without_empty({"title": step.title, "text": step.text,
                        "statements": [row[name] for key in step.statements for name in claims.get(key, (key,)) if name in row]})
        for step in kb.story
    ]
