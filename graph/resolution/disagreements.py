"""Where sources disagree: denials, and one event with other times, places, agents, reasons or numbers, in plain words.

Nothing is judged, and what a single source tells in two ways is not shown: it may tell of two events. Two times far apart may be
two events as well; the sentence then says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph import edtf
from graph.model import Participant, Stance, Value
from graph.resolution import places, quotes
from graph.resolution.claims import claimed
from graph.resolution.compare import compare
from graph.resolution.names import family, key
from graph.resolution.nodes import participants
from graph.resolution.parsing import is_full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.model import Entity, Relation, Source, Statement

ONCE = frozenset({"killed", "founded", "convicted", "sentenced", "expelled", "returned_to"})
"""What happens to somebody once, as a rule."""
BY_ONE = frozenset({
    "abducted", "appointed", "attacked", "banned", "charged", "convicted", "detained", "dismissed", "expelled", "granted_protection",
    "handed_over", "killed", "released", "searched", "sentenced", "tortured",
})
"""What one body does at a time: another agent of the same event is another telling."""
_WHY = {"reason": "why", "offence": "for which offence", "term": "for how long", "count": "how many", "recipient": "into whose hands",
        "destination": "where to", "origin": "where from"}
NEAR = 45
"""Days: what two sources tell of within so many days is one event that they date otherwise."""


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """What sources differ on (`denied`, `when`, `where`, `who`, `age`, `spelling`, or a qualifier), about what, and who says what."""

    kind: str
    about: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    """What is said, and the ids of the statements that say it."""
    note: str = ""

    def __str__(self) -> str:
        """The sentence that heads it."""
        return f"{self.about}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told, of whom: a sentence with `{}` for the names of those to whom one and the same thing happened."""

    sentence: str
    whom: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A disagreement before those of several people are put together."""

    kind: str
    told: _Told
    rest: str
    sides: tuple[tuple[str, tuple[Statement, ...]], ...]
    note: str = ""

    def key(self, whole: Mapping[str, str]) -> tuple[object, ...]:
        """Alike for two people whom the same words tell of."""
        words = tuple((value, tuple(sorted({(s.source, whole.get(s.id) or f"{s.locator} {s.start}") for s in members}))) for value, members in self.sides)
        return self.kind, self.told.sentence, self.rest, self.note, words, "" if "{}" in self.told.sentence else self.told.whom


def disagreements(
    statements: Iterable[Statement], entities: Mapping[str, Entity], relations: Mapping[str, Relation], sources: Iterable[Source]
) -> tuple[Disagreement, ...]:
    """Every disagreement between statements, denials first and spellings last.

    Rejected statements are no side, and what is doubtful and not yet decided is one of a denial at most: a doubtful time is nobody's word.
    """
    told = [s for s in statements if s.decision != "rejected"]
    kept = [s for s in told if s.certain]
    above = places.parents(entities, kept)
    named = {key(n): e.id for e in entities.values() if e.type == "place" for n in (e.name, *e.aliases)}
    claims: dict[tuple[str | None, str, bool, str], list[Statement]] = defaultdict(list)
    events: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in told:
        claims[claimed(s)].append(s)
    for s in kept:
        if s.relation in BY_ONE and s.stance is not Stance.denied and isinstance(s.object, Participant):
            events[s.relation, s.object.id].append(s)
    found: list[_Found] = []
    for members in claims.values():
        saying = _saying(members[0], relations)
        found += _denied(saying, members)
        if (members[0].relation, claimed(members[0])[3]) not in events:
            found += _told_otherwise(saying, [s for s in members if s.stance is not Stance.denied and s.certain], above, entities, named)
    for (relation, _), members in events.items():
        name = members[0].object.name if isinstance(members[0].object, Participant) else ""
        for when, of_one in _one_by_one(members):
            found += _who(_Told(f"Who {_label(relation, relations)} {{}}{when}", name), of_one, above)
            found += _told_otherwise(_Told(f"Somebody {_label(relation, relations)} {{}}{when}", name), of_one, above, entities, named)
    found += _ages(kept, entities, {s.id: s.published for s in sources})
    found += _spelled(kept, entities)
    return _together(found, quotes.whole(told))


def _together(found: Iterable[_Found], words: Mapping[str, str]) -> tuple[Disagreement, ...]:
    """One disagreement where the same words tell the same of several people."""
    groups: dict[tuple[object, ...], list[_Found]] = defaultdict(list)
    for one in found:
        groups[one.key(words)].append(one)
    result = set()
    for alike in groups.values():
        first = alike[0]
        whom = sorted({f.told.whom for f in alike})
        names = " and ".join(filter(None, (", ".join(whom[:-1]), whom[-1])))
        sides = tuple((value, _ids(s for f in alike for v, members in f.sides if v == value for s in members)) for value, _ in first.sides)
        result.add(Disagreement(first.kind, f"{first.told.sentence.replace('{}', names)}: {first.rest}", sides, first.note))
    order = {kind: place for place, kind in enumerate(("denied", "who", "when", "where", *_WHY.values(), "age", "spelling"))}
    return tuple(sorted(result, key=lambda d: (order[d.kind], d)))


def _one_by_one(members: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """The statements of each event of a kind that befell somebody, with its time in words where there are several.

    A source that tells of it at two times tells of two events, and what others tell belongs to the one whose time it fits.
    """
    times = sorted({s.time for s in members if s.time and edtf.is_valid(s.time)})
    by_source: dict[str, set[str]] = defaultdict(set)
    for s in members:
        if s.time in times:
            by_source[s.source].add(s.time)
    twice = [(a, b) for given in by_source.values() for a, b in combinations(sorted(given), 2) if not _meet(a, b)]

    def apart(one: str, other: str) -> bool:
        return any((_meet(one, a) and _meet(other, b)) or (_meet(one, b) and _meet(other, a)) for a, b in twice)

    groups: list[list[str]] = []
    for time in times:
        mine = [g for g in groups if any(_meet(time, t) or not apart(time, t) for t in g)]
        groups = [g for g in groups if g not in mine] + [[t for g in mine for t in g] + [time]]
    if len(groups) < 2:
        return [("", list(members))]
    return [(f", {edtf.words(max(group, key=_length))}", [s for s in members if s.time in group]) for group in groups]


def _denied(told: _Told, members: Sequence[Statement]) -> list[_Found]:
    denied = [s for s in members if s.stance is Stance.denied]
    others = [s for s in members if s.stance is not Stance.denied]
    if not denied or not others:
        return []
    stances = " or ".join(sorted({s.stance.value for s in others}))
    return [_Found("denied", told, "some say so, others deny it", ((stances, tuple(others)), ("denied", tuple(denied))))]


def _told_otherwise(
    told: _Told, members: Sequence[Statement], above: Mapping[str, str], entities: Mapping[str, Entity], named: Mapping[str, str]
) -> list[_Found]:
    """When, where and why, as different sources tell one event; `named` has the ids of places by their names."""
    found: list[_Found] = []
    if len(members) < 2:
        return found

    def when(a: Statement, b: Statement) -> bool:
        return _meet(a.time, b.time)

    def where(a: Statement, b: Statement) -> bool:
        if not (a.place and b.place) or not _meet(a.time, b.time) or _is_vague(a.place, entities) or _is_vague(b.place, entities):
            return True
        return places.compatible(a.place.id, b.place.id, above, entities)

    dated = [s for s in members if s.time and edtf.is_valid(s.time)]
    if odd := _odd(dated, lambda s: s.time, when):
        once = odd[0].relation in ONCE or max(_days(a, b) for a, b in combinations(sorted({s.time for s in odd}), 2)) <= NEAR
        found.append(_Found("when", told, "sources give different times", _sides(odd, lambda s: s.time), "" if once else "or it happened more than once"))
    if odd := _odd([s for s in members if s.place], _place, where, _is_one_act):
        found.append(_Found("where", told, "sources give different places", _sides(odd, _place)))
    for name, question in _WHY.items():
        def value(s: Statement, name: str = name) -> str:
            return dict(s.qualifiers).get(name, "")

        def why(a: Statement, b: Statement, value: Callable[[Statement], str] = value, name: str = name) -> bool:
            one, other = key(value(a)), key(value(b))
            if name in {"destination", "origin"} and one in named and other in named and places.compatible(named[one], named[other], above, entities):
                return True
            return not _meet(a.time, b.time) or one in other or other in one or bool(_content(one) & _content(other))

        if odd := _odd([s for s in members if value(s)], value, why):
            found.append(_Found(question, told, f"sources differ on {question}", _sides(odd, value)))
    return found


def _who(told: _Told, members: Sequence[Statement], above: Mapping[str, str]) -> list[_Found]:
    def meet(a: Statement, b: Statement) -> bool:
        one, other = (s.subject.id if s.subject else "" for s in (a, b))
        related = one == other or one in places.ancestors(other, above) or other in places.ancestors(one, above)
        # Without times nobody knows that it is one event.
        return related or not (a.time and b.time and _meet(a.time, b.time))

    odd = _odd([s for s in members if s.subject], _agent, meet)
    return [_Found("who", told, "sources name different agents", _sides(odd, _agent), "it may be one body under two names, or several")] if odd else []


def _is_one_act(one: Statement, other: Statement) -> bool:
    """Whether one source tells of one act in two ways: the same agent, within weeks, as the same speaker has it."""
    agents = {s.subject.id if s.subject else "" for s in (one, other)}
    speakers = {s.speaker.id if s.speaker else "" for s in (one, other)}
    return one.relation in BY_ONE and len(agents) == 1 and "" not in agents and len(speakers) == 1 and one.time == other.time != "" and _length(one.time) <= NEAR


_VAGUE = frozenset("area city country countryside district home homeland land neighborhood neighbourhood place premises region republic residence scene state town village".split())


def _is_vague(place: Participant, entities: Mapping[str, Entity]) -> bool:
    """Whether a place is a word for any ("their homeland"): it differs from no other."""
    entity = entities.get(place.id)
    return key(place.name).split()[-1:] != [] and key(place.name).split()[-1] in _VAGUE and not (entity and entity.curated) and place.name == place.name.lower()


def _ages(statements: Iterable[Statement], entities: Mapping[str, Entity], published: Mapping[str, str]) -> list[_Found]:
    ages: dict[str, list[tuple[Statement, int]]] = defaultdict(list)
    for s in statements:
        if s.relation == "age" and s.subject and isinstance(s.object, Value) and s.object.value.strip().isdigit():
            try:
                year = edtf.bounds(published.get(s.source, ""))[0]
            except ValueError:
                year = None
            if year:
                ages[s.subject.id].append((s, year.year - int(s.object.value)))
    found = []
    for person, given in sorted(ages.items()):
        born = [year for _, year in given]
        if max(born) - min(born) > 1 and len({s.source for s, _ in given}) > 1:
            sides = _sides([s for s, _ in given], lambda s: s.object.value if isinstance(s.object, Value) else "")
            found.append(_Found("age", _Told(entities[person].name), "sources give different ages", sides))
    return found


def _spelled(statements: Iterable[Statement], entities: Mapping[str, Entity]) -> list[_Found]:
    """Names of one entity in different spellings, as the documents have them; a surname alone is no spelling."""
    written: dict[str, dict[str, dict[str, Statement]]] = defaultdict(lambda: defaultdict(dict))
    for s in statements:
        for part in participants(s):
            if part.mention and (family(part.type) != "person" or is_full(part.mention)):
                written[part.id][part.mention.removeprefix("the ").removeprefix("The ")][s.id] = s
    found = []
    for identifier, spellings in sorted(written.items()):
        kind = family(entities[identifier].type)
        by_key: dict[str, str] = {}
        for mention in sorted(spellings):
            by_key.setdefault(key(mention), mention)
        alike = {m for a, b in combinations(sorted(by_key.values()), 2) if 0.7 <= compare(kind, a, b).score < 1 and len(key(a).split()) == len(key(b).split())
                 for m in (a, b)}
        if alike and kind in {"person", "place", "organization"}:
            sides = tuple((m, tuple(spellings[m].values())) for m in sorted(alike))
            found.append(_Found("spelling", _Told(entities[identifier].name), "spelled in different ways", sides))
    return found


def _odd(
    members: Sequence[Statement], value: Callable[[Statement], str], meet: Callable[[Statement, Statement], bool],
    one_act: Callable[[Statement, Statement], bool] = lambda _a, _b: False,
) -> list[Statement]:
    """The statements that cannot be told of one event together with one of another source, or of this one where it is certainly one act."""
    # Two sources speak for all that tell the same: enough to find one other than that of the other side.
    alike: dict[tuple[str, str, str], dict[str, Statement]] = defaultdict(dict)
    for s in members:
        by_source = alike[value(s), s.time, s.place.id if s.place else ""]
        if len(by_source) < 2:
            by_source.setdefault(s.source, s)
    odd: set[tuple[str, str, str]] = set()
    for (one, some), (other, others) in combinations(sorted(alike.items()), 2):
        if one[0] != other[0] and not (one in odd and other in odd) \
                and any((a.source != b.source or one_act(a, b)) and not meet(a, b) for a in some.values() for b in others.values()):
            odd |= {one, other}
    return [s for s in members if (value(s), s.time, s.place.id if s.place else "") in odd]


def _place(statement: Statement) -> str:
    return statement.place.name if statement.place else ""


def _agent(statement: Statement) -> str:
    return statement.subject.name if statement.subject else ""


def _sides(members: Sequence[Statement], value: Callable[[Statement], str]) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    sides: dict[str, list[Statement]] = defaultdict(list)
    for s in members:
        sides[value(s)].append(s)
    return tuple((v, tuple(sides[v])) for v in sorted(sides))


def _ids(members: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(sorted({s.id for s in members}))


def _meet(one: str, other: str) -> bool:
    """Whether two times may be one; a missing or unreadable one may be any."""
    if not one or not other:
        return True
    try:
        (a, b), (c, d) = edtf.bounds(one), edtf.bounds(other)
    except ValueError:
        return True
    return not ((b and c and b < c) or (d and a and d < a))


def _days(one: str, other: str) -> int:
    """Days between two times; 0 where they may be one."""
    if _meet(one, other):
        return 0
    (a, b), (c, d) = edtf.bounds(one), edtf.bounds(other)
    return (c - b).days if b and c and b < c else (a - d).days if a and d else 0


def _length(time: str) -> int:
    """How many days a time may be; very many where it has no end."""
    first, last = edtf.bounds(time)
    return (last - first).days if first and last else 1_000_000


_EMPTY = frozenset("the for and with his her their its was were had has who that this from into after because being over alleged".split())


def _content(text: str) -> set[str]:
    """The words of a reason that carry it, by their first six letters."""
    return {w[:6] for w in text.split() if len(w) > 3 and w not in _EMPTY}


def _saying(statement: Statement, relations: Mapping[str, Relation]) -> _Told:
    subject = statement.subject.name if statement.subject else "somebody"
    begin = f"{subject[:1].upper()}{subject[1:]} {_label(statement.relation, relations)} ".replace("{", "(").replace("}", ")")
    return _Told(begin + "{}", statement.object.name if isinstance(statement.object, Participant) else statement.object.value)


def _label(relation: str, relations: Mapping[str, Relation]) -> str:
    return relations[relation].label if relation in relations else relation
