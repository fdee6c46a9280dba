"""What a document tells twice is one statement: the fuller telling stays, and an unnamed agent gives way to a named one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.circumstances import ACTS, CARRIED
from graph.model import Participant, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Statement

_REPEATABLE = frozenset({"said", "denied", "witnessed", "accused", "criticized", "called_on", "contacted"})

ELSEWHERE = "The time is that of another telling of the same act."


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each thing told, unless stance or speaker differ or both times are given and differ."""
    groups: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
    statements = list(statements)
    for statement in statements:
        object_ = statement.object
        what = object_.id if isinstance(object_, Participant) else object_.value.casefold()
        speaker = statement.speaker.id if statement.speaker else ""
        groups[statement.relation, what, statement.stance.value, speaker].append(statement)
    kept: list[Statement] = []
    related = {p.id for s in statements if s.relation == "relative_of" and not s.rule.startswith("kin:")
               for p in (s.subject, s.object) if isinstance(p, Participant)}
    for (relation, *_), group in groups.items():
        kept.extend(group if relation in _REPEATABLE else _distinct(group))
    offices = {(s.subject.id, value.casefold()) for s in kept if s.subject is not None for key, value in s.qualifiers if key == "role"}
    kept = [s for s in kept if not (s.relation == "position" and s.subject is not None and isinstance(s.object, Value)
                                    and (s.subject.id, s.object.value.casefold()) in offices)]
    # "her husband" is most likely the one whom another sentence names.
    return [s for s in kept if not (s.rule.startswith("kin:") and isinstance(s.object, Participant) and s.object.id in related)]


def _distinct(group: list[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for statement in sorted(group, key=lambda s: (s.subject is None, not s.time or CARRIED in s.doubts, -(s.confidence or 0), s.start or 0)):
        if not any(_same(statement, other) for other in kept):
            kept.append(statement)
    return kept


def _same(statement: Statement, other: Statement) -> bool:
    if statement.subject is not None and (other.subject is None or statement.subject.id != other.subject.id):
        return False
    return not statement.time or not other.time or statement.time == other.time or CARRIED in statement.doubts or CARRIED in other.doubts


def dated(statements: Iterable[Statement]) -> list[Statement]:
    """The statements, one without a time given that of another telling of the same act, where all other tellings agree.

    What different agents are said to have done are different acts.
    """
    statements = list(statements)
    tellings: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        if isinstance(s.object, Participant) and s.time and s.relation in ACTS and CARRIED not in s.doubts:
            tellings[s.relation, s.object.id].append(s)
    found = []
    for s in statements:
        others = tellings.get((s.relation, s.object.id), []) if isinstance(s.object, Participant) and not s.time else []
        times = {other.time for other in others}
        alike = all((s.subject and s.subject.id) == (other.subject and other.subject.id) for other in others)
        found.append(replace(s, time=times.pop(), doubts=(*s.doubts, ELSEWHERE)) if len(times) == 1 and alike else s)
    return found
