"""A parsed paragraph as plain lists, read from spaCy once: Python code then asks lists, which is several times faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Tokens:
    """Attributes of the tokens of a document, each a list with one item per token; `head` holds indices."""

    __slots__ = ("at", "dep", "doc", "end", "head", "index_at", "kids", "lemma", "lower", "n", "pos", "sent", "tag", "text")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        tokens = list(doc)
        self.n = len(tokens)
        self.text = [t.text for t in tokens]
        self.lower = [t.lower() for t in self.text]
        self.lemma = [t.lemma_.lower() for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.tag = [t.tag_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        self.head = [t.head.i for t in tokens]
        self.at = [t.idx for t in tokens]
        self.end = [start + len(text) for start, text in zip(self.at, self.text, strict=True)]
        self.index_at = {start: i for i, start in enumerate(self.at)}
        self.kids: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sent = [0] * self.n
        for number, sentence in enumerate(doc.sents if self.n else ()):
            self.sent[sentence.start:sentence.end] = [number] * (sentence.end - sentence.start)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The first token and the one after the last of those that lie, in part at least, between these characters."""
        first = self.index_at.get(start)
        if first is None:
            first = max((i for i in range(self.n) if self.at[i] <= start), default=0)
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
