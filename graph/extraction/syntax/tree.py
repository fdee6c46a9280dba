"""A parsed paragraph as plain lists: every feature is read from spaCy once, and the rules work on integers and strings."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from graph.extraction.syntax.repairs import mend
from graph.extraction.syntax.tags import CLAUSAL, NOMINAL, PEOPLE, RELATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.extraction.mentions import Mention, Paragraph, TimeMention

__all__ = ["CLAUSAL", "NOMINAL", "PEOPLE", "RELATIVE", "Tree"]


class Tree:
    """The words of one paragraph with their dependencies; offsets count characters of the document."""

    __slots__ = ("by_head", "cover", "dep", "end", "head", "kids", "lemma", "low", "mentions", "offset", "pos",
                 "sent", "sent_ends", "sent_starts", "size", "start", "tag", "text", "times", "words")

    def __init__(self, paragraph: Paragraph, mentions: Sequence[Mention] = (), times: Sequence[TimeMention] = ()) -> None:
        words = paragraph.words
        self.offset = paragraph.start
        self.text: str = paragraph.text
        self.size = words.n
        self.words, self.low, self.tag, self.pos, self.sent = words.text, words.lower, words.tag, words.pos, words.sent
        # what is mended is a copy
        self.lemma: list[str] = list(words.lemma)
        self.dep: list[str] = list(words.dep)
        self.head: list[int] = list(words.head)
        self.kids: list[list[int]] = [list(kids) for kids in words.kids]
        self.start: list[int] = [start + self.offset for start in words.at]
        self.end = [end + self.offset for end in words.end]
        self.sent_starts: list[int] = [i for i in range(self.size) if i == 0 or self.sent[i] != self.sent[i - 1]]
        self.sent_ends: list[int] = [*self.sent_starts[1:], self.size] if self.size else []
        self.mentions = list(mentions)
        self.times = list(times)
        self.by_head: dict[int, Mention] = {}
        self.cover: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: (m.end - m.start, m.start)):
            first, last = self.token_range(mention.start, mention.end)
            for i in range(first, last):
                self.cover.setdefault(i, mention)
            if first < last:
                self.by_head[self.root_of(first, last)] = mention
        mend(self)

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that lie in these characters, as a half-open range."""
        first = bisect_left(self.start, start)
        return first, max(first, bisect_left(self.start, end))

    def root_of(self, first: int, last: int) -> int:
        """The token of a range that hangs on a word outside it; of several the one highest in the tree, then the last."""
        roots = [i for i in range(first, last) if not first <= self.head[i] < last or self.head[i] == i]
        return roots[-1] if roots and self.dep[roots[-1]] not in {"punct", "case"} else (roots[0] if roots else last - 1)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child in one of these relations."""
        return next((k for k in self.kids[i] if self.dep[k] in deps), None)

    def children(self, i: int, *deps: str) -> list[int]:
        """All children in one of these relations."""
        return [k for k in self.kids[i] if self.dep[k] in deps]

    def subtree(self, i: int) -> Iterator[int]:
        """A token and everything below it, in no particular order."""
        stack = [i]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(self.kids[node])

    def conjuncts(self, i: int) -> list[int]:
        """A token and the nominal tokens coordinated with it, leaving out those after "but not"."""
        found, stack = [], [i]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(k for k in self.kids[node]
                         if self.dep[k] == "conj" and self.pos[k] in NOMINAL and not self.negated_word(k))
        return sorted(found)

    def negated_word(self, i: int) -> bool:
        """Whether "no", "not" or "neither" stands on this very word."""
        return any(self.low[k] in {"no", "not", "neither", "nor", "never"} and abs(k - i) <= 4
                   for k in self.kids[i] if self.dep[k] in {"det", "neg", "preconj", "advmod", "cc"})

    def phrase(self, i: int, *, stop: frozenset[str] = CLAUSAL) -> tuple[int, int]:
        """The range of a phrase without the clauses, coordinations and appositions that hang on it."""
        first = last = i
        stack = [i]
        while stack:
            node = stack.pop()
            first, last = min(first, node), max(last, node)
            for k in self.kids[node]:
                dep = self.dep[k]
                if dep in stop or dep in {"punct", "conj", "cc", "appos", "preconj"}:
                    continue
                stack.append(k)
        return first, last + 1

    def slice(self, first: int, last: int) -> str:
        """The text of a range of tokens, as it stands."""
        return self.text[self.start[first] - self.offset:self.end[last - 1] - self.offset] if first < last else ""
