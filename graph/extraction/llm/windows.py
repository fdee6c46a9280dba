"""A document in windows of whole paragraphs, small enough for a model to read with care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.mentions import Reading

SIZE = 2_500
"""Characters of a window: some 600 tokens, about 40 statements of answer."""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of the document that is read at once, and the names that stand before it."""

    start: int
    end: int
    names: tuple[str, ...]


def windows(reading: Reading, size: int = SIZE) -> Iterator[Window]:
    """Windows in order, together every paragraph that is no boilerplate; one paragraph is never cut."""
    spans = [(p.start, p.start + len(p.text)) for p in reading.paragraphs if p.text.strip()]
    first = 0
    while first < len(spans):
        last = first
        while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= size:
            last += 1
        start, end = spans[first][0], spans[last][1]
        yield Window(start, end, _names(reading, start))
        first = last + 1


def _names(reading: Reading, before: int) -> tuple[str, ...]:
    seen = {index for m in reading.mentions if m.end <= before and m.kind == "name" for index in m.entities}
    return tuple(dict.fromkeys(reading.entities[index].name for index in sorted(seen)))[:80]
