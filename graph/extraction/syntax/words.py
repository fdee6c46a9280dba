"""A parsed paragraph as plain lists, read from spaCy once: Python code then asks lists, which is several times faster."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


_HALF = 1 << 63
"""Heads lie in the array as unsigned numbers relative to the token."""


class Tokens:
    """Attributes of the tokens of a document, each a list with one item per token; `head` holds indices."""

    __slots__ = ("at", "dep", "doc", "end", "head", "index_at", "kids", "lemma", "lower", "n", "pos", "sent", "tag", "text")

    def __init__(self, doc: Doc) -> None:
        from spacy.attrs import DEP, HEAD, IDX, LEMMA, ORTH, POS, SENT_START, TAG

        self.doc = doc
        name = doc.vocab.strings
        # one array instead of a Python object for every token: a fifth of the time
        orth, lemma, pos, tag, dep, head, idx, starts = doc.to_array([ORTH, LEMMA, POS, TAG, DEP, HEAD, IDX, SENT_START]).T.tolist()
        self.n = len(orth)
        self.text: list[str] = [name[t] for t in orth]
        self.lower = [t.lower() for t in self.text]
        self.lemma: list[str] = [name[t].lower() for t in lemma]
        self.pos: list[str] = [name[t] for t in pos]
        self.tag: list[str] = [name[t] for t in tag]
        self.dep: list[str] = [name[t] for t in dep]
        self.head: list[int] = [i + (h if h < _HALF else h - 2 * _HALF) for i, h in enumerate(head)]
        self.at: list[int] = idx
        self.end = [start + len(text) for start, text in zip(self.at, self.text, strict=True)]
        self.index_at = {start: i for i, start in enumerate(self.at)}
        self.kids: list[list[int]] = [[] for _ in orth]
        for i, h in enumerate(self.head):
            if h != i:
                self.kids[h].append(i)
        self.sent: list[int] = []
        number = -1
        for i, start in enumerate(starts):
            number += start == 1 or i == 0
            self.sent.append(number)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The first token and the one after the last of those that lie, in part at least, between these characters."""
        first = max(0, bisect_right(self.at, start) - 1)
        last = first
        while last < self.n and self.at[last] < end:
            last += 1
        return first, last

    def root(self, first: int, last: int) -> int:
        """The token of this range whose head lies outside it (the first such)."""
        for i in range(first, last):
            if not first <= self.head[i] < last or self.head[i] == i:
                return i
        return max(first, last - 1)
