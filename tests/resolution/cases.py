"""Small fictional cases for the tests of resolution."""

from __future__ import annotations

from graph.model import (
    Entity,
    EntityType,
    Extraction,
    Method,
    Participant,
    Source,
    Stance,
    Statement,
    Value,
    statement_id,
)
from graph.resolution import Resolution, resolve


def entity(identifier: str, name: str, *aliases: str, type_: str = "person", curated: bool = False, parent: str = "") -> Entity:
    return Entity(id=identifier, type=EntityType(type_), name=name, aliases=aliases, curated=curated, parent=parent)


def curated(name: str, *aliases: str, type_: str = "person") -> Entity:
    return entity(f"{type_}/{name.lower().replace(' ', '-')}", name, *aliases, type_=type_, curated=True)


class Report:
    """A document being put together: names become local entities, `say` adds a statement between them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.entities: dict[str, Entity] = {}
        self.statements: list[Statement] = []

    def name(self, name: str, *aliases: str, type_: str = "person") -> Participant:
        identifier = f"{self.source}#{name.lower().replace(' ', '-')}"
        self.entities.setdefault(identifier, entity(identifier, name, *aliases, type_=type_))
        return Participant(id=identifier, name=name, type=EntityType(type_), mention=name)

    def say(self, subject: Participant | str | None, relation: str, object_: Participant | Value | str, *,
            stance: Stance = Stance.asserted, **rest: object) -> Statement:
        subject = self.name(subject) if isinstance(subject, str) else subject
        object_ = self.name(object_) if isinstance(object_, str) else object_
        start = 100 * len(self.statements)
        written = object_.mention if isinstance(object_, Participant) else object_.value
        statement = Statement(
            id=statement_id(self.source, start, start + 50, relation, subject.mention if subject else "", written),
            subject=subject, relation=relation, object=object_, stance=stance, source=self.source, method=Method.extracted,
            start=start, end=start + 50, **rest,
        )
        self.statements.append(statement)
        return statement

    def done(self) -> Extraction:
        return Extraction(source=self.source, entities=tuple(self.entities.values()), statements=tuple(self.statements))


def solve(*reports: Report, curated: tuple[Entity, ...] = (), statements: tuple[Statement, ...] = (), decisions: tuple = (), **publishers: str) -> Resolution:
    ids = sorted({r.source for r in reports} | {s.source for s in statements})
    return resolve(
        curated=curated, statements=statements, extractions=[r.done() for r in reports], decisions=decisions,
        sources=tuple(Source(id=i, publisher=publishers.get(i, "")) for i in ids),
    )


def ids(resolution: Resolution) -> list[str]:
    return [e.id for e in resolution.entities]
