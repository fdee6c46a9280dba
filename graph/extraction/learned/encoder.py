"""Word pieces and windows, and the encoder's state of each word through onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from graph.extraction.learned.pieces import Pieces
    from graph.extraction.learned.words import Words

FIRST, LAST = 101, 102
LONGEST = 384
OVERLAP = 96
"""Pieces a window holds, and how many of the words before it are shown again."""


@dataclass(frozen=True, slots=True)
class Window:
    """Words `[first, end)`; those before `fresh` were in the window before."""

    first: int
    fresh: int
    end: int


def windows(text: Words, lengths: Sequence[int]) -> Iterator[Window]:
    """Windows of whole sentences of at most `LONGEST` pieces, where a sentence is not longer; each begins with what came before."""
    count = len(lengths)
    start = 0
    while start < count:
        first, room = start, OVERLAP
        while first > 0 and lengths[first - 1] <= room:
            first -= 1
            room -= lengths[first]
        end, room = start, LONGEST - sum(lengths[first:start])
        while end < count and lengths[end] <= room:
            room -= lengths[end]
            end += 1
        if end < count:
            whole = end
            while whole > start and text.sentences[whole] == text.sentences[whole - 1]:
                whole -= 1
            end = whole if whole > start else max(end, start + 1)
        yield Window(first, start, end)
        start = end


@dataclass(frozen=True, slots=True)
class Encoder:
    """An onnxruntime session and the vocabulary of its pieces."""

    session: Any
    vocabulary: Pieces

    def states(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """[words, size]: the state of each word's first piece."""
        ids, firsts = [FIRST], []
        for word in pieces:
            firsts.append(len(ids))
            ids.extend(word)
        feed = np.array([[*ids, LAST]], dtype=np.int64)
        (hidden,) = self.session.run(None, {"ids": feed})
        return np.asarray(hidden[0][firsts], dtype=np.float32)
