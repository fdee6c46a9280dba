"""Threats that no verb of threatening names: "a caller told X that she would regret it", "we will bury you, they told X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.constructions.candidates import Candidate
from graph.extraction.constructions.clauses import clause_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

_TELLING = frozenset({"tell", "warn", "shout", "scream", "write", "say", "yell"})
_COMING = frozenset({"would", "will", "'ll", "’ll", "'d", "should"})
_FATE = frozenset("regret suffer die disappear vanish rot bleed burn hang perish".split())
_DEED = frozenset("kill bury burn shoot hang destroy behead cut crush hunt slaughter strangle drown beat rape break finish".split())


def threats(tree: Tree, frames: Mapping[int, Frame]) -> Iterator[Candidate]:
    """`threatened` where somebody tells another what will befall them."""
    for frame in frames.values():
        if frame.lemma not in _TELLING or frame.passive or frame.complement is None or not frame.subjects:
            continue
        told = frames.get(frame.complement)
        addressed = frame.datives or (frame.objects if frame.lemma in {"tell", "warn"} else ()) or tuple(
            h for name, _, heads in frame.obliques if name in {"at", "to"} for h in heads)
        if told is None or not addressed or not any(tree.low[k] in _COMING for k in tree.children(told.verb, "aux")):
            continue
        if any(tree.lemma[k] in {"not", "n't", "never"} for k in tree.children(told.verb, "neg")) and told.lemma not in {"see", "live", "leave", "survive"}:
            continue
        if _meant(tree, told, addressed):
            first, last = clause_span(tree, told.verb)
            yield Candidate("threatened", f"threat:threatened:{frame.lemma}", frame.verb, frame.subjects, addressed, qualifiers=(("what", (first, last)),),
                            extent=(frame.verb, last - 1), named_agent=True)


def _meant(tree: Tree, told: Frame, addressed: tuple[int, ...]) -> bool:
    """Whether the clause is about who is addressed, and promises nothing good."""
    if told.lemma in _DEED and any(tree.low[o] in {"you", "me", "us", "her", "him", "them"} for o in told.objects):
        return True
    if not told.subjects:
        return False
    whose = tree.child(told.subjects[0], "poss")  # "that her son would be …"
    if not any(_same(tree, one, addressed[0]) for one in (told.subjects[0], whose) if one is not None):
        return False
    first, last = clause_span(tree, told.verb)
    quoted = any(tree.words[i] in {'"', "“"} for i in range(max(0, first - 1), last))
    return told.lemma in _FATE or (told.passive and told.lemma in _DEED) or quoted


def _same(tree: Tree, one: int, other: int) -> bool:
    if tree.low[one] == "you":
        return True
    first, second = tree.by_head.get(one), tree.by_head.get(other)
    return first is not None and second is not None and bool(set(first.entities) & set(second.entities))
