"""Who sentenced whom, told over several sentences: a verdict without an agent has the court or judge of the verdict before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.circumstances import CARRIED
from graph.model import EntityType, Participant, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Statement

_VERDICTS = frozenset({"convicted", "sentenced"})
_REACH = 600
"""Characters between one verdict and the next of the same hearing."""
_ACQUITTAL = ("acquit", "discharge", "exonerate", "absolve", "clear")
_BENCH = (EntityType.organization, EntityType.official)


def benched(statements: Iterable[Statement]) -> list[Statement]:
    """The statements in order, verdicts without an agent or a time given those of the verdict shortly before, with a doubt that says so."""
    found: list[Statement] = []
    bench: tuple[int, Participant] | None = None
    day: tuple[int, str] | None = None
    for told_here in sorted(statements, key=lambda s: (s.start or 0, s.end or 0)):
        statement = told_here
        start, subject = statement.start or 0, statement.subject
        acquittal = statement.relation == "released" and any(f":{v}" in statement.rule for v in _ACQUITTAL)
        if (statement.relation in _VERDICTS or acquittal) and statement.stance is Stance.asserted:
            told = statement.rule.startswith("verb:")
            if subject is not None and subject.type in _BENCH:
                bench = start, subject
            elif subject is None and told and bench is not None and start - bench[0] <= _REACH:
                statement = replace(statement, subject=bench[1], rule=statement.rule + ":bench", doubts=(
                    *statement.doubts, "The court is that of the verdict before; this sentence does not name it."))
            if statement.time and CARRIED not in statement.doubts:
                day = start, statement.time
            elif told and day is not None and start - day[0] <= _REACH and not statement.time:
                statement = replace(statement, time=day[1], doubts=(*statement.doubts, CARRIED))
        found.append(statement)
    return found
