"""Who sentenced whom, told over several sentences: a verdict without an agent has the court or judge of the verdict before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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
    """The statements in order, verdicts without an agent given that of the verdict shortly before, with a doubt that says so."""
    found: list[Statement] = []
    last: tuple[int, Participant] | None = None
    for statement in sorted(statements, key=lambda s: (s.start or 0, s.end or 0)):
        start, subject = statement.start or 0, statement.subject
        verdict = statement.relation in _VERDICTS or (statement.relation == "released" and any(f":{v}" in statement.rule for v in _ACQUITTAL))
        if verdict and statement.stance is Stance.asserted:
            if subject is not None and subject.type in _BENCH:
                last = start, subject
            elif subject is None and last is not None and start - last[0] <= _REACH and statement.rule.startswith("verb:"):
                found.append(replace(statement, subject=last[1], rule=statement.rule + ":bench", doubts=(
                    *statement.doubts, "The court is that of the verdict before; this sentence does not name it.")))
                continue
        found.append(statement)
    return found
