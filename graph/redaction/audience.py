"""A knowledge base for an audience.

| protected | public                                                     | partner                        | internal |
|-----------|------------------------------------------------------------|--------------------------------|----------|
| `yes`     | a label; no words or values about it; years; no places      | a label; no words that name it | as it is |
| `name`    | a label; no words that name it                             | a label; no words that name it | as it is |
| `quotes`  | its name; no words of statements about it or that name it  | as it is                       | as it is |

A source that is marked confidential keeps nothing but its language; its words are left out, and where in it they stand, for a partner as for
the public.

A label is random and new for each export: neither the label nor any id in the export can be computed from a name. So an export
for the public or a partner that withholds something differs from the one before, by intention.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from graph import edtf, vocabulary
from graph.case import DEFAULT_BASE
from graph.errors import ExportError, UsageError
from graph.model import Claim, Entity, Participant, Source, Stance, Statement, Value, claim_id
from graph.redaction.names import WITHHELD, Secrets
from graph.redaction.words import bare as wordless
from graph.resolution.claims import Voices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.model import KnowledgeBase

AUDIENCES = ("internal", "partner", "public")
_KEPT = {"id", "type", "relation", "source", "method", "stance", "curated", "sha256"}
_SLUGS = {"file", "url"}
"""Fields in which a name is written small."""


def redact(kb: KnowledgeBase, audience: str) -> tuple[KnowledgeBase, dict[str, str]]:
    """The knowledge base with what this audience may not see left out or replaced, and whom each label stands for.

    The second value is for the user's own eyes; no export may hold it. Raises UsageError for an unknown audience, ExportError where the
    name of a relation would give somebody away.
    """
    if audience not in AUDIENCES:
        raise UsageError(f"There is no audience {audience!r}. There are {', '.join(AUDIENCES)}.")
    labelled = [e for e in kb.entities if e.protected in {"yes", "name"}]
    hushed = [e for e in kb.entities if e.protected == "quotes"] if audience == "public" else []
    if audience == "internal" or not (labelled or hushed or any(s.confidential for s in kb.sources)):
        return kb, {}
    run = _Redaction(kb, audience, labelled, hushed)
    run.refuse_relations()
    names = {e.id: e.name for e in kb.entities}
    return run.result(), {new.name: names[old] for old, new in run.entities.items() if old in names}


class _Redaction:
    """One run: which names are secret, and what each id becomes."""

    def __init__(self, kb: KnowledgeBase, audience: str, labelled: list[Entity], hushed: list[Entity]) -> None:
        self.kb = kb
        self.secrets = Secrets(_names(kb, {e.id for e in labelled}))
        self.quoted = Secrets(_names(kb, {e.id for e in (*labelled, *hushed)}))
        self.coarse = {e.id for e in labelled if e.protected == "yes"} if audience == "public" else set()
        self.hushed = {e.id for e in hushed} | self.coarse
        known = {e.id for e in kb.entities}
        strangers = {p.id: Entity(id=p.id, type=p.type, name=p.name) for s in kb.statements for p in _participants(s) if p.id not in known}
        named = {e.id for e in labelled}
        given_away = [e for e in (*kb.entities, *strangers.values()) if e.id not in named and (self.secrets.in_text(e.name) or self._is_slug_of(e.id))]
        self.entities: dict[str, Entity] = {}
        labels = _labels()
        for entity in (*labelled, *given_away):
            label = f"{entity.type.value.capitalize()} {next(labels)}"
            self.entities[entity.id] = Entity(id=f"{entity.type.value}/{label.rsplit(maxsplit=1)[-1].lower()}", type=entity.type, name=label,
                                              protected=entity.protected or "name", curated=entity.curated)
        self.confidential = {s.id for s in kb.sources if s.confidential}
        self.sources = {s.id: f"source-{next(labels).lower()}" for s in kb.sources if s.confidential or self._is_slug_of(f"{s.id} {s.file}")}

    def _is_slug_of(self, text: str) -> bool:
        return self.secrets.in_text(text, slug=True)

    def result(self) -> KnowledgeBase:
        kb = self.kb
        ids: dict[str, str] = {}
        statements = [self._statement(s, ids) for s in kb.statements]
        closed = {old.id for old, new in zip(kb.statements, statements, strict=True) if isinstance(old.object, Value) and new.object != old.object}
        orphans = self._orphans(statements)
        story = tuple(replace(self._scrubbed(step), statements=tuple(ids[i] for i in step.statements if i in ids)) for step in kb.story)
        return replace(
            kb,
            title=self.secrets.scrub(kb.title, slug=True),
            base=DEFAULT_BASE if self._is_slug_of(kb.base) else kb.base,
            sources=tuple(sorted((self._source(s) for s in kb.sources), key=lambda s: s.id)),
            entities=tuple(sorted((self._entity(e, orphans) for e in kb.entities if e.id not in orphans), key=lambda e: e.id)),
            statements=tuple(sorted(statements, key=lambda s: (s.source, s.start if s.start is not None else -1, s.id))),
            claims=tuple(sorted(self._claims(ids, closed), key=lambda c: c.id)),
            notes=(),  # they speak to whoever made the export
            story=story,
            relations={name: replace(self._scrubbed(r), id=r.id) for name, r in kb.relations.items()},
        )

    def refuse_relations(self) -> None:
        """The name of a relation is in every export and stands for itself. Raises ExportError where one of the case's own gives a name away."""
        telling = sorted(name for name in self.kb.relations.keys() - vocabulary.relations().keys() if self._is_slug_of(name))
        if telling:
            raise ExportError(f"The relation {', '.join(telling)} of relations.toml holds the name of somebody protected. Call it something else.")

    def _orphans(self, statements: Iterable[Statement]) -> set[str]:
        """Entities that only withheld words spoke of: the place where a protected person was seen, say."""
        before = {p.id for s in self.kb.statements for p in _participants(s)}
        after = {p.id for s in statements for p in _participants(s)}
        return {i for i in before - after if i not in self.entities}

    def _source(self, source: Source) -> Source:
        source = replace(source, retells=())  # claims have been counted; the ids of other sources may tell too much
        if source.id not in self.sources:
            same: Source = self._scrubbed(source, blank={"url", "title", "author", "file", "language"})
            return same
        if source.confidential:
            return Source(id=self.sources[source.id], language=source.language, confidential=True)
        bare: Source = self._scrubbed(source, blank={"url", "title", "author", "language"})
        return replace(bare, id=self.sources[source.id], file="", url="", sha256="")

    def _entity(self, entity: Entity, orphans: set[str]) -> Entity:
        if entity.id in self.entities:
            return self.entities[entity.id]
        aliases = tuple(a for a in entity.aliases if not self.secrets.in_text(a))
        parent = self.entities[entity.parent].id if entity.parent in self.entities else "" if entity.parent in orphans else entity.parent
        bare: Entity = self._scrubbed(entity, blank={"wikidata", "description"})
        return replace(bare, aliases=aliases, parent=parent, protected=entity.protected)

    def _statement(self, statement: Statement, ids: dict[str, str]) -> Statement:
        about = {p.id for p in _participants(statement)}
        words = f"{statement.prefix}{statement.quote}{statement.suffix}"
        bare: dict[str, Any] = {}
        said, told = True, statement
        if about & self.hushed or statement.source in self.confidential:
            told = wordless(statement)  # a value that was read may be a sentence
            said = False
        if not said or self.quoted.in_text(words):
            bare = {"quote": "", "prefix": "", "suffix": "", "start": None, "end": None}
            said = False
        if statement.source in self.confidential:
            bare |= {"locator": "", "note": ""}
        if about & self.coarse:
            bare |= {"time": _year(statement.time), "place": None, "locator": "", "note": "", "qualifiers": (), "doubts": (WITHHELD,) * bool(statement.doubts)}
            if isinstance(statement.object, Value):
                bare["object"] = Value(WITHHELD)
        scrubbed: Statement = self._scrubbed(replace(told, **{**bare, "place": None}), blank={"note", "locator"})
        result = replace(
            scrubbed,
            source=self.sources.get(statement.source, statement.source),
            place=None if "place" in bare else self._participant(statement.place, said=said),
            subject=self._participant(statement.subject, said=said),
            object=self._participant(statement.object, said=said) if isinstance(statement.object, Participant) else scrubbed.object,
            speaker=self._participant(statement.speaker, said=said),
            via=tuple(self._participant(p, said=said) for p in statement.via),
        )
        # The id is a hash of the words as written: where one is withheld, it could be tried against guesses.
        ids[statement.id] = statement.id if result == statement else f"st-{_label(16).lower()}"
        return replace(result, id=ids[statement.id])

    @overload
    def _participant(self, participant: None, *, said: bool) -> None: ...
    @overload
    def _participant(self, participant: Participant, *, said: bool) -> Participant: ...
    def _participant(self, participant: Participant | None, *, said: bool) -> Participant | None:
        """Who it is to this audience; the words that named it there only where the statement's words are shown."""
        if participant is None:
            return None
        known = self.entities.get(participant.id)
        if known:
            return Participant(id=known.id, name=known.name, type=known.type)
        bare: Participant = self._scrubbed(participant, blank={"mention"})
        return bare if said else replace(bare, mention="", start=None, end=None)

    def _claims(self, ids: Mapping[str, str], closed: set[str]) -> Iterable[Claim]:
        """Every claim with the ids of this export. Statements in `closed`, whose value is withheld, leave the claim that tells it."""
        renamed = {old: entity.id for old, entity in self.entities.items()}
        by_id = {s.id: s for s in self.kb.statements}
        voices = Voices([s for s in self.kb.statements if s.decision != "rejected"], self.kb.entities, self.kb.sources)
        for claim in self.kb.claims:
            subject = renamed.get(claim.subject, claim.subject) if claim.subject else None
            if subject and subject.startswith("unidentified/"):
                subject = "unidentified/" + self.sources.get(subject.split("/", 1)[1], subject.split("/", 1)[1])
            parts: dict[bool, list[Statement]] = defaultdict(list)
            for i in claim.statements:
                parts[i in closed].append(by_id[i])
            for withheld, members in sorted(parts.items()):
                told = tuple(sorted(ids[s.id] for s in members))
                object_ = WITHHELD if withheld else renamed.get(claim.object, claim.object)
                # Of several claims whose values are withheld none may be mistaken for another, so each has an id of its own statements.
                key = f"{WITHHELD} {told[0]}" if withheld else object_
                same = subject == claim.subject and key == claim.object
                stances = {s.stance for s in members}
                counted: dict[str, Any] = {} if len(parts) == 1 else {"stances": tuple(sorted(stances)), "contested": Stance.denied in stances and len(stances) > 1,
                                                      "speakers": len(voices.independent(s for s in members if s.certain))}
                yield replace(claim, id=claim.id if same else claim_id(subject, claim.relation, key, literal=claim.literal), subject=subject, object=object_,
                              statements=told, **counted)

    def _scrubbed(self, value: Any, blank: Iterable[str] = ()) -> Any:
        """A dataclass with every text that holds a secret withheld, or emptied where its field is in `blank`."""
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = old if field.name in _KEPT else self._scrub(old, slug=field.name in _SLUGS)
            if new != old:
                changes[field.name] = "" if field.name in blank else new
        return replace(value, **changes)

    def _scrub(self, value: Any, *, slug: bool = False) -> Any:
        if isinstance(value, str):
            return self.secrets.scrub(value, slug=slug)
        if isinstance(value, tuple):
            return tuple(self._scrub(v) for v in value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._scrubbed(value)
        return value


def _names(kb: KnowledgeBase, ids: set[str]) -> list[str]:
    """Every name of these entities: their own, their aliases, and proper names by which statements call them."""
    names = [n for e in kb.entities if e.id in ids for n in (e.name, *e.aliases)]
    for statement in kb.statements:
        for participant in _participants(statement):
            if participant.id in ids and participant.mention[:1].isupper() and " the " not in f" {participant.mention.lower()} ":
                names.append(participant.mention)
    return [n for n in names if n.lower() not in _PRONOUNS]


_PRONOUNS = {"he", "she", "they", "him", "her", "them", "his", "their", "i", "we", "my", "our", "it", "its", "who", "whom", "whose"}


def _participants(statement: Statement) -> list[Participant]:
    found = [statement.subject, statement.object, statement.speaker, statement.place, *statement.via]
    return [p for p in found if isinstance(p, Participant)]


def _year(time: str) -> str:
    """The year of the first day of a date, or nothing."""
    if not time:
        return ""
    first, last = edtf.bounds(time)
    known = first or last
    return f"{known.year:04d}" if known else ""


def _labels() -> Iterator[str]:
    """Labels, none of them twice."""
    seen: set[str] = set()
    while True:
        label = _label()
        if label not in seen:
            seen.add(label)
            yield label


def _label(length: int = 6) -> str:
    """Random letters and digits that cannot be mistaken for one another."""
    return "".join(secrets.choice("ABCDEFGHJKMNPQRSTVWXYZ23456789") for _ in range(length))


__all__ = ["AUDIENCES", "WITHHELD", "redact"]
