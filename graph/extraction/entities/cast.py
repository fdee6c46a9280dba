"""The entities of one document while it is being read: who they are, what they are called, what is known of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from graph.extraction.gazetteer import fold
from graph.model import Entity, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True, eq=False)
class Member:
    """An entity under construction. `index` is its place in the reading's `entities`."""

    index: int
    type: EntityType
    name: str
    kind: str
    """`name`, or `nominal` where the text never names it."""
    evidence: float = 9.0
    """How strongly the text speaks for its type."""
    forms: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    """Common nouns that it was called by, in the singular and lower case."""
    gender: str = ""
    supposed: bool = False
    """Only the ending of the surname tells the gender: a woman may be called Orlov."""
    number: int = 1
    """How many people a group is, where the text says so; 0 for several."""
    parent: int = -1
    possessor: int = -1
    """Whose relative, lawyer or house it is."""
    country: str = ""
    patient: bool = False
    """Something was done to it: it was the object of a verb, or the subject of a passive."""
    spoke: bool = False
    """It said something: it was the subject of a verb of speech."""
    count: int = 0
    """How often it was named so far."""
    last: int = -1
    """Offset of its last mention so far."""
    first: int = -1


MEMORY = 400


class Cast:
    """The members in the order in which they were met."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.by_name: dict[str, int] = {}
        self.most = 0
        """The largest number of times that one person was mentioned."""
        self._lately: dict[int, None] = {}

    def add(self, type_: EntityType, name: str, kind: str = "name") -> Member:
        """A new member."""
        member = Member(len(self.members), type_, name, kind)
        self.members.append(member)
        self.by_name.setdefault(name.casefold(), member.index)
        return member

    def mentioned(self, member: Member) -> None:
        """Keep in mind that this one was mentioned just now."""
        self._lately.pop(member.index, None)
        self._lately[member.index] = None
        if member.type in {EntityType.person, EntityType.official}:
            self.most = max(self.most, member.count)

    def lately(self) -> list[Member]:
        """The last `MEMORY` members that were mentioned, in the order of their numbers: a reader of a book remembers no more."""
        return [self.members[i] for i in sorted(islice(reversed(self._lately), MEMORY))]

    def get(self, name: str) -> Member | None:
        """The member that was first met under this name."""
        index = self.by_name.get(name.casefold())
        return None if index is None else self.members[index]

    def entities(self, source: str, used: Iterable[int]) -> tuple[tuple[Entity, ...], dict[int, int]]:
        """The members in use as entities with ids local to the source, and where each member went."""
        wanted = sorted(set(used) | {self.members[i].parent for i in set(used) if self.members[i].parent >= 0})
        place = {index: position for position, index in enumerate(wanted)}
        ids: dict[int, str] = {}
        taken: set[str] = set()
        for index in wanted:
            slug = base = slug_of(_whom(self.members[index]))
            number = 2
            while slug in taken:
                slug, number = f"{base}-{number}", number + 1
            taken.add(slug)
            ids[index] = f"{source}#{slug}"
        entities = []
        for index in wanted:
            member = self.members[index]
            aliases = tuple(sorted(form for form in member.forms if form != member.name))
            entities.append(Entity(id=ids[index], type=member.type, name=_whom(member), aliases=aliases, country=member.country,
                                   parent=ids.get(member.parent, "")))
        return tuple(entities), place


def _whom(member: Member) -> str:
    """The name of a member; who says that there are "no such people" speaks of such people."""
    return member.name[3:] if member.kind == "nominal" and member.name.casefold().startswith("no ") else member.name


@lru_cache(10_000)
def slug_of(name: str) -> str:
    """A name in small letters with hyphens, as in an address."""
    return re.sub(r"[\W_]+", "-", fold(name).casefold()).strip("-") or "x"
