"""What was not stated, for a person to read: sentences that tell of an act and a named person, and readings too weak to state."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from graph.model import EntityType, Note, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.syntax.tree import Tree
    from graph.model import Document, Statement

_PEOPLE = (EntityType.person, EntityType.official)
_ACTS = frozenset("""
    detained abducted tortured attacked killed threatened persecuted coerced questioned searched denied_access charged convicted sentenced
    released expelled handed_over returned_to dismissed banned sanctioned investigated fled_from fled_to
""".split())


def act_verbs(lexicon: Lexicon) -> frozenset[str]:
    """The verbs that tell of an act of these relations by themselves, without a particle or a noun beside them."""
    return frozenset(lemma for lemma, patterns in lexicon.verbs.items() if any(
        p.relation in _ACTS and not (p.particle or p.beside or p.needs or p.nouns or p.object_in or p.clause_needed or p.negated)
        for p in patterns))


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What these spans cover: spans that do not meet, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif end > start:
            found.append((start, end))
    return found


def silent(tree: Tree, acts: frozenset[str], told: Sequence[tuple[int, int]], document: Document) -> Iterator[Note]:
    """One note a sentence in which somebody named meets an act, and of which nothing is told (`told`: what statements cover, `joined`)."""
    for first, last in zip(tree.sent_starts, tree.sent_ends, strict=True):
        start, end = tree.start[first], tree.end[last - 1]
        place = bisect_left(told, (end,))
        if place and told[place - 1][1] > start:
            continue  # the last span that starts before the sentence ends reaches into it
        verb = next((i for i in range(first, last) if tree.pos[i] == "VERB" and tree.lemma[i] in acts), None)
        person = next((m for m in tree.mentions if start <= m.start < end and m.kind == "name" and m.type in _PEOPLE), None)
        if verb is not None and person is not None:
            yield Note(kind="silence", source=document.source.id, start=start, quote=document.text[start:end],
                       message=f"“{tree.words[verb]}” and {person.text} stand in one sentence that gave no statement.")


def doubtful(statement: Statement) -> Note:
    """What a reading too weak to state would have said."""
    subject = statement.subject.name if statement.subject else "somebody"
    object_ = statement.object.value if isinstance(statement.object, Value) else statement.object.name
    return Note(kind="doubtful", source=statement.source, start=statement.start or 0, quote=statement.quote,
                message=f"{subject} – {statement.relation.replace('_', ' ')} – {object_}")
