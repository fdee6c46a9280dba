"""Offices told with "as": "X served as head of Y", "the herders elected X as their judge", "as governor of Y, X banned …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.constructions.roles import role_of
from graph.extraction.syntax.tree import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.constructions.candidates import Candidate
    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

_PUT = frozenset("appoint elect choose install hire employ promote reinstate retain engage re-elect reappoint recruit".split())
_REMOVED = frozenset("dismiss remove sack fire suspend oust depose".split())
_HELD = frozenset("serve work act replace succeed continue remain stay start begin retire resign return train qualify freelance double".split())


def offices(tree: Tree, frames: Mapping[int, Frame], lexicon: Lexicon) -> Iterator[Candidate]:
    """What a role after "as" makes of the subject or the object of its verb."""
    for frame in frames.values():
        for name, preposition, roles in frame.obliques:
            if name != "as":
                continue
            for holder in _holders(frame, preposition):
                mention = tree.by_head.get(holder)
                if mention is None or mention.type not in PEOPLE or not mention.entities:
                    continue
                for role in roles:
                    if tree.pos[role] == "NOUN" or tree.lemma[role] in lexicon.roles:
                        yield from role_of(tree, holder, role, "as", lexicon, frame.verb)


def _holders(frame: Frame, preposition: int) -> tuple[int, ...]:
    if frame.lemma in _PUT | _REMOVED:
        return frame.subjects if frame.passive else frame.objects
    if frame.lemma in _HELD or preposition < frame.verb:
        return () if frame.passive and frame.lemma in {"replace", "succeed"} else frame.subjects
    return ()
