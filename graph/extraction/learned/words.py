"""The words of a reading as flat arrays, and the way through the parse from one word to another.

Training and extraction share this module, so that both see the same features.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.extraction.mentions import Paragraph

_NO_PATH = "apart"
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, without whitespace tokens. `heads` are indices into the same arrays; a root is its own head."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    marks: tuple[tuple[str, ...], ...] = ()
    """Of each word: its shape, part of speech, label in the parse, and the kind of name that spaCy sees there."""

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """First word and end (exclusive) of the words that overlap these characters, or None."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.starts) and self.starts[last] < end:
            last += 1
        return (first, last) if last > first else None

    def root(self, first: int, end: int) -> int:
        """The word of `[first, end)` whose head lies outside it; the first one if there are several."""
        for index in range(first, end):
            if not first <= self.heads[index] < end or self.heads[index] == index:
                return index
        return end - 1


def words(paragraphs: Iterable[Paragraph]) -> Words:
    """The words of parsed paragraphs; offsets count characters of the document's text."""
    starts: list[int] = []
    ends: list[int] = []
    lemmas: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    sentences: list[int] = []
    numbers: list[int] = []
    marks: list[tuple[str, ...]] = []
    sentence = 0
    for number, paragraph in enumerate(paragraphs):
        tokens = paragraph.words
        spaces = [text.isspace() for text in tokens.text]
        kept: dict[int, int] = {}
        for i in range(tokens.n):
            if not spaces[i]:
                kept[i] = len(starts) + len(kept)
        for i, (inside, kind) in enumerate(_named(paragraph)):
            if spaces[i]:
                continue
            starts.append(paragraph.start + tokens.at[i])
            ends.append(paragraph.start + tokens.end[i])
            lemmas.append(tokens.lemma[i])
            heads.append(kept.get(tokens.head[i], kept[i]))
            labels.append(tokens.dep[i])
            sentences.append(sentence + tokens.sent[i])
            numbers.append(number)
            marks.append((f"shape={_shape(tokens.text[i])}", f"pos={tokens.pos[i]}", f"dep={tokens.dep[i]}", f"name={inside}-{kind}"))
        sentence += tokens.sent[-1] + 1 if tokens.n else 0
    return Words(tuple(starts), tuple(ends), tuple(lemmas), tuple(heads), tuple(labels), tuple(sentences), tuple(numbers),
                 tuple(marks))


def _named(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Of each token whether it begins, goes on with or is outside a name (B, I, O), and of what kind, in spaCy's eyes."""
    from spacy.attrs import ENT_IOB, ENT_TYPE

    doc = paragraph.doc
    return [(("", "I", "O", "B")[place], doc.vocab.strings[kind] if kind else "") for place, kind in doc.to_array([ENT_IOB, ENT_TYPE]).tolist()]


def path(text: Words, origin: int, target: int) -> str:
    """The labels on the way from one word to another in the same sentence: up with `<`, down with `>`.

    Prepositions are named on the way down (`>prep:to >pobj`). Ways longer than 5 steps and ways between sentences are
    `far` and `apart`.
    """
    if text.sentences[origin] != text.sentences[target]:
        return _NO_PATH
    if origin == target:
        return "self"
    above_origin, above_target = _ancestors(text, origin), _ancestors(text, target)
    meeting = next((word for word in above_origin if word in above_target), None)
    if meeting is None:
        return _NO_PATH
    up = [f"<{text.labels[word]}" for word in above_origin[:above_origin.index(meeting)]]
    down = [_step_down(text, word) for word in reversed(above_target[:above_target.index(meeting)])]
    return " ".join(up + down) if len(up) + len(down) <= _LONGEST else "far"


def _shape(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "capitals"
    if word[:1].isupper():
        return "capital"
    if word.isdigit():
        return f"number{min(len(word), 4)}"
    return "lower" if word.isalpha() else "other"


def _ancestors(text: Words, word: int) -> list[int]:
    found = [word]
    while text.heads[found[-1]] not in found:
        found.append(text.heads[found[-1]])
    return found


def _step_down(text: Words, word: int) -> str:
    label = text.labels[word]
    return f">{label}:{text.lemmas[word]}" if label in {"prep", "dative"} else f">{label}"
