"""What speaks for and against two names being one, beside the names: company, places, offices, ages, documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import edtf
from graph.model import Participant, Value
from graph.resolution.names import key
from graph.resolution.nodes import participants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.model import Source, Statement
    from graph.resolution.clusters import Clusters

CROWD = 40
"""Who stands in more company than this (a state, its police) is no evidence."""
SLACK = 2
"""Years by which two reports of one age may differ and still mean one person."""


TOGETHER = "one document names both"


@dataclass(frozen=True, slots=True)
class Weight:
    """What the evidence adds to the likeness of two names, why, and whether it forbids joining them by a program."""

    amount: float = 0.0
    reasons: tuple[str, ...] = ()
    ask: bool = False


@dataclass(slots=True)
class Traits:
    """What the statements say of one cluster."""

    company: set[int] = field(default_factory=set)
    facing: set[int] = field(default_factory=set)
    """Who stands on the other side of a statement with it."""
    places: set[int] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    born: list[tuple[int, int]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


class Evidence:
    """Traits of clusters, gathered once from all statements."""

    def __init__(self, statements: Iterable[Statement], positions: Mapping[str, int], sources: Iterable[Source], names: Sequence[str]) -> None:
        self._traits: dict[int, Traits] = defaultdict(Traits)
        self._names = names
        years = {s.id: _year(s.published) for s in sources}
        for statement in statements:
            if statement.decision != "rejected":
                self._read(statement, positions, years.get(statement.source))
        self._crowd: Counter[int] = Counter()
        for traits in self._traits.values():
            self._crowd.update(traits.company | traits.places)

    def _read(self, statement: Statement, positions: Mapping[str, int], year: int | None) -> None:
        here = {positions[p.id] for p in participants(statement)}
        for number in here:
            traits = self._traits[number]
            traits.company |= here - {number}
            traits.sources.add(statement.source)
            if statement.place:
                traits.places.add(positions[statement.place.id])
        if not statement.subject:
            return
        subject = self._traits[positions[statement.subject.id]]
        if isinstance(statement.object, Participant):
            if statement.object.id != statement.subject.id:
                other = positions[statement.object.id]
                subject.facing.add(other)
                self._traits[other].facing.add(positions[statement.subject.id])
        elif isinstance(statement.object, Value):
            if statement.relation == "age" and year and statement.object.value.strip().isdigit():
                age = int(statement.object.value)
                subject.born.append((year - age - 1, year - age))
            elif statement.relation == "position":
                subject.roles.add(key(statement.object.value))
        subject.roles |= {key(v) for k, v in statement.qualifiers if k == "role"}

    def of(self, members: Sequence[int]) -> Traits:
        """The traits of several nodes as one."""
        merged = Traits()
        for number in members:
            if traits := self._traits.get(number):
                merged.company |= traits.company
                merged.facing |= traits.facing
                merged.places |= traits.places
                merged.roles |= traits.roles
                merged.sources |= traits.sources
                merged.born += traits.born
        return merged

    def has_age(self, members: Sequence[int]) -> bool:
        """Whether a report gives the age of any of these."""
        return any(self._traits[n].born for n in members if n in self._traits)

    def ages_differ(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether the ages that reports give say that these are two."""
        one, other = ([b for n in side if n in self._traits for b in self._traits[n].born] for side in (left, right))
        return any(a[0] - b[1] > SLACK or b[0] - a[1] > SLACK for a in one for b in other)

    def weigh(self, clusters: Clusters, left: int, right: int) -> Weight:
        """What speaks for (above 0) and against (below 0) the clusters of two nodes being one."""
        members = clusters.members(left), clusters.members(right)
        one, other = self.of(members[0]), self.of(members[1])
        if self.ages_differ(*members):
            return Weight(-0.3, ("their ages differ",), ask=True)
        amount, reasons, ask = 0.0, [], False
        if one.facing & set(members[1]):
            amount, ask = -0.2, True
            reasons.append("a statement has one on each side")
        elif one.sources & other.sources:
            amount -= 0.08
            ask = True
            reasons.append(TOGETHER)
        roots = [{clusters.find(n) for n in t.company - t.places if self._crowd[n] <= CROWD} for t in (one, other)]
        shared = sorted(self._names[n] for n in roots[0] & roots[1])
        if shared:
            amount += min(0.08 * len(shared), 0.2)
            reasons.append(f"both with {', '.join(shared[:3])}")
        if one.roles & other.roles:
            amount += 0.06
            reasons.append(f"both {min(one.roles & other.roles)}")
        places = {clusters.find(n) for n in one.places} & {clusters.find(n) for n in other.places}
        if places:
            amount += 0.03
            reasons.append(f"both in {min(self._names[n] for n in places)}")
        if one.born and other.born:
            amount += 0.06
            reasons.append("of one age")
        return Weight(amount, tuple(reasons), ask)


def _year(published: str) -> int | None:
    try:
        first, _ = edtf.bounds(published) if published else (None, None)
    except ValueError:
        return None
    return first.year if first else None
