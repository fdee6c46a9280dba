"""What a person has read in a sentence, a program need not tell again from the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.model import Method, Note, Participant, Value
from graph.resolution.nodes import participants

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.model import Entity, Statement

KIND = "told by a table"


def covered(statements: Iterable[Statement]) -> frozenset[str]:
    """Ids of the extracted statements that a curated one tells from the same words of the same source.

    It has the relation and the stance, its sides are the same or mere descriptions ("the officers") where the table names somebody, and one
    side at least is the same. Another named person, or another stance, is something new: that stays.
    """
    told: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    read: list[Statement] = []
    for statement in statements:
        if statement.start is None or not statement.source:
            continue
        if statement.method is Method.curated:
            told[statement.source, statement.relation].append(statement)
        else:
            read.append(statement)
    return frozenset(s.id for s in read if not s.decision and any(_covers(c, s) for c in told[s.source, s.relation]))


def left(entities: Sequence[Entity], statements: Iterable[Statement], dropped: Iterable[Statement]) -> tuple[Entity, ...]:
    """The entities without those that only the dropped statements named."""
    named = {p.id for s in statements for p in participants(s)} | {e.parent for e in entities}
    gone = {p.id for s in dropped for p in participants(s)} - named
    return tuple(e for e in entities if e.curated or e.id not in gone)


def unanswered(notes: Iterable[Note], curated: Iterable[Statement]) -> list[Note]:
    """The notes without the silences of sentences from which a table tells something: somebody has read those."""
    read: dict[str, list[range]] = defaultdict(list)
    for s in curated:
        if s.start is not None and s.end is not None:
            read[s.source].append(_span(s))
    return [n for n in notes if n.kind != "silence" or not any(
        span.start < n.start + len(n.quote) and n.start < span.stop for span in read[n.source])]


def notes(dropped: Iterable[Statement]) -> list[Note]:
    """For each source, how many readings a table tells already."""
    counts = Counter(s.source for s in dropped)
    return [Note(kind=KIND, source=source, message=f"{n} reading{'s' * (n != 1)} by the program left out: statements.csv tells the same from the same words.")
            for source, n in sorted(counts.items())]


def _covers(curated: Statement, read: Statement) -> bool:
    first, second = _span(curated), _span(read)
    if curated.stance is not read.stance or max(first.start, second.start) >= min(first.stop, second.stop):
        return False
    sides = [_side(curated.subject, read.subject), _side(curated.object, read.object)]
    return None not in sides and True in sides


def _span(statement: Statement) -> range:
    return range(statement.start or 0, statement.end or 0)


def _side(curated: Participant | Value | None, read: Participant | Value | None) -> bool | None:
    """True for the same, False for a description of it, None for something else."""
    if isinstance(curated, Participant) and isinstance(read, Participant):
        return True if curated.id == read.id else None if read.name[:1] != read.name[:1].lower() else False
    if curated is None or read is None:
        return True if curated is read else False if read is None else None
    return False if isinstance(curated, Value) and isinstance(read, Value) else None
