"""The words in which a document tells one thing of several people: each statement has its own part of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Stance, Statement


def whole(statements: Iterable[Statement]) -> dict[str, str]:
    """The quote of each statement that has one: of those of one relation and stance that lie in each other ("Lima and Diaz fled", "Diaz fled") the longest."""
    groups: dict[tuple[str, str, Stance], list[Statement]] = defaultdict(list)
    for s in statements:
        if s.quote:
            groups[s.source, s.relation, s.stance].append(s)
    found: dict[str, str] = {}
    for alike in groups.values():
        longest = alike[0]
        for s in sorted(alike, key=lambda s: (s.start or 0, -(s.end or 0), s.id)):
            if s.start is None or longest.start is None or s.end is None or longest.end is None or s.end > longest.end or s.quote not in longest.quote:
                longest = s
            found[s.id] = longest.quote
    return found
