"""Who speaks inside quotation marks: the subject of the speech verb beside them, also for the sentences that follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction import cues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

_QUOTED = re.compile(r"[\"“]([^\"“”]*)(?:[\"”]|$)")
_SHORT = 4
"""Fewer words in quotation marks are a borrowed phrase, not a quotation."""


def quotations(tree: Tree) -> list[tuple[int, int]]:
    """The tokens within each pair of quotation marks, as half-open ranges."""
    return [tree.token_range(tree.offset + m.start(1), tree.offset + m.end(1)) for m in _QUOTED.finditer(tree.text)]


def is_quotation(tree: Tree) -> bool:
    """Whether a paragraph is one quotation and nothing else."""
    text = tree.text.strip()
    return text[:1] in {'"', "“"} and text[-1:] in {'"', "”"} and len(_QUOTED.findall(text)) == 1


def quoted_speakers(tree: Tree, frames: Mapping[int, Frame]) -> dict[int, tuple[int, ...]]:
    """For every token in a quotation the tokens of its speaker."""
    found: dict[int, tuple[int, ...]] = {}
    last: tuple[int, ...] = ()
    ranges = quotations(tree)
    inside = {i for first, end in ranges for i in range(first, end)}
    for first, end in ranges:
        if end - first < _SHORT:
            continue
        speaker = _beside(tree, frames, first, end, inside) or last
        last = speaker
        for i in range(first, end):
            found[i] = speaker
    return found


def _beside(tree: Tree, frames: Mapping[int, Frame], first: int, end: int, inside: set[int]) -> tuple[int, ...]:
    """The subject of the nearest verb of speech outside the marks in the sentences that the quotation touches."""
    low = tree.sent_starts[tree.sent[first]]
    high = tree.sent_ends[tree.sent[min(end, tree.size - 1)]] if end < tree.size else tree.size
    verbs = [v for v in frames if low <= v < high and v not in inside and tree.lemma[v] in cues.TELLING | cues.ALLEGING]
    verbs.sort(key=lambda v: min(abs(v - first), abs(v - end)))
    for v in verbs:
        if frames[v].subjects and not frames[v].passive:
            return frames[v].subjects
    return ()
