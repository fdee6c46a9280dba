"""Who may have a role: the mentions of a reading, and beside them the spans that only the model sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction.learned.proposals import STATIC_LITERALS, Candidate, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.extraction.learned.words import Words

PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "their", "who", "whom", "i", "we", "me", "us", "my", "our",
                      "it", "its", "hers", "himself", "herself", "themselves", "whose", "you", "your"})
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that only the model sees, with the words of its mentions."""

    entity: int
    type: str
    name: str


def pronouns(text: Words, source: str, taken: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The pronouns that no mention covers, unresolved."""
    covered = {(c.first, c.end) for c in taken}
    return tuple(Candidate(i, i + 1, "pronoun", None, pronoun=True) for i in range(len(text.starts))
                 if source[text.starts[i]:text.ends[i]].lower() in PRONOUNS and (i, i + 1) not in covered)


def added(text: Words, source: str, spans: Sequence[Span], taken: Sequence[Candidate], names: Sequence[str],
          first_free: int) -> tuple[tuple[Candidate, ...], tuple[Named, ...]]:
    """Candidates for the entity spans that no taken mention covers, with entities numbered from `first_free`.

    Spans with the same words are one entity; a surname is the person of the text who bears it, if there is one. `names[i]`
    is the name of entity i of those taken.
    """
    by_name = {_plain(name): i for i, name in enumerate(names)}
    kinds = {c.entity: c.type for c in taken if c.entity is not None}
    people = {i: _plain(name).split() for i, name in enumerate(names) if kinds.get(i) in {"person", "official"}}
    made: list[Named] = []
    found: list[Candidate] = []
    over: dict[int, list[Candidate]] = {}
    for candidate in taken:
        for word in range(candidate.first, candidate.end):
            over.setdefault(word, []).append(candidate)
    longest_first = sorted((s for s in spans if s.label not in STATIC_LITERALS), key=lambda s: (s.first - s.end, s))
    for span in longest_first:
        if any(_same(text, source, span, c) for word in range(span.first, span.end) for c in over.get(word, ())):
            continue
        words = source[text.starts[span.first]:text.ends[span.end - 1]]
        plain = _plain(words)
        if not plain or plain in PRONOUNS:
            continue
        entity = by_name.get(plain)
        if entity is None and span.label in {"person", "official"}:
            bearers = [i for i, parts in people.items() if len(plain.split()) == 1 and plain in parts]
            entity = bearers[0] if len(bearers) == 1 else None
        if entity is None:
            entity = first_free + len(made)
            made.append(Named(entity, span.label, _bare(words)))
            by_name[plain] = entity
            if span.label in {"person", "official"}:
                people[entity] = plain.split()
        found.append(Candidate(span.first, span.end, span.label, entity))
    return tuple(sorted(found, key=lambda c: (c.first, c.end))), tuple(made)


def _same(text: Words, source: str, span: Span, other: Candidate) -> bool:
    """Whether they name the same thing: they differ by an article, or they cross."""
    if span.first >= other.end or other.first >= span.end:
        return False
    a, b = (_core(text, source, x.first, x.end) for x in (span, other))
    crossing = span.first < other.first < span.end < other.end or other.first < span.first < other.end < span.end
    return a == b or crossing or (text.root(*a) == text.root(*b) and not other.pronoun)


def _core(text: Words, source: str, first: int, end: int) -> tuple[int, int]:
    while first < end - 1 and source[text.starts[first]:text.ends[first]].lower() in _ARTICLES:
        first += 1
    return first, end


def _bare(words: str) -> str:
    head, _, rest = words.partition(" ")
    return rest if head.lower() in _ARTICLES and rest else words


def _plain(words: str) -> str:
    return " ".join(_bare(words).casefold().removesuffix("'s").removesuffix("\u2019s").split())
