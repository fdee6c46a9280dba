"""What is to be resolved: every entity that a table or a document names, with how many statements touch it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Entity, Participant, Statement
from graph.resolution.names import family

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.model import Extraction


@dataclass(frozen=True, slots=True)
class Node:
    """An entity before resolution. `source` is empty for a curated one; `touched` counts the statements that name it."""

    entity: Entity
    source: str
    touched: int

    @property
    def id(self) -> str:
        """Its id: global where curated, else local to its source."""
        return self.entity.id

    @property
    def family(self) -> str:
        """Its kind, officials being people."""
        return family(self.entity.type)

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, then its aliases."""
        return (self.entity.name, *self.entity.aliases)


def participants(statement: Statement) -> Iterator[Participant]:
    """Everyone in a statement: subject, object, speaker, those who relay it, place."""
    for part in (statement.subject, statement.object, statement.speaker, *statement.via, statement.place):
        if isinstance(part, Participant):
            yield part


def collect(curated: Sequence[Entity], extractions: Sequence[Extraction], statements: Iterable[Statement]) -> list[Node]:
    """Every entity as a node, sorted by id. A participant whose entity nobody listed gets one from what the statement says."""
    touched: Counter[str] = Counter()
    seen: dict[str, Participant] = {}
    mentions: dict[str, set[str]] = defaultdict(set)
    where: dict[str, str] = {}
    for statement in statements:
        for part in participants(statement):
            touched[part.id] += 1
            seen.setdefault(part.id, part)
            where.setdefault(part.id, statement.source)
            mentions[part.id].add(part.name)
    nodes = {e.id: Node(e, "", touched[e.id]) for e in sorted(curated, key=lambda e: e.id)}
    for extraction in extractions:
        for entity in extraction.entities:
            nodes.setdefault(entity.id, Node(entity, extraction.source, touched[entity.id]))
    for identifier in seen.keys() - nodes.keys():
        name, *others = sorted(mentions[identifier], key=lambda n: (-len(n), n))
        entity = Entity(id=identifier, type=seen[identifier].type, name=name, aliases=tuple(others))
        nodes[identifier] = Node(entity, where[identifier], touched[identifier])
    return [nodes[i] for i in sorted(nodes)]
