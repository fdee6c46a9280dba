"""Who says that a group of people does not exist: "there are no X", "such people do not exist", "we have no X", "denies that X exist"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.attribution.context import judge
from graph.extraction.attribution.speakers import quoted_speakers
from graph.extraction.constructions.candidates import Candidate
from graph.model import EntityType, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

_BEING = frozenset({"be", "exist", "have", "know", "find"})
_HURT = frozenset("casualty injury death survivor witness suspect fatality passenger one other plan".split())
"""Of these people speak when they count, not when they deny that there is such a group."""


def absence(tree: Tree, frames: Mapping[int, Frame]) -> Iterator[Candidate]:
    """`denied_existence` with the speaker of the clause as its subject."""
    quoted: dict[int, tuple[int, ...]] | None = None
    for frame in frames.values():
        if frame.lemma not in _BEING:
            continue
        for noun in _missing(tree, frame):
            mention = tree.by_head.get(noun)
            if mention is None or mention.type is not EntityType.group or mention.kind != "nominal" or tree.lemma[noun] in _HURT:
                continue
            context = judge(tree, frame.verb, frames)
            if quoted is None:
                quoted = quoted_speakers(tree, frames)
            speakers = context.speakers or quoted.get(frame.verb, ())
            if speakers and (context.reason == "negated" or (context.real and (tree.negated_word(noun) != (context.stance is Stance.denied)))):
                yield Candidate("denied_existence", "absence:denied_existence", frame.verb, speakers[:1], (noun, *_also(tree, noun)), extent=(frame.verb, noun, *speakers[:1]), state=True,
                                named_agent=True)
                break


def _missing(tree: Tree, frame: Frame) -> tuple[int, ...]:
    """The nouns that a clause says are not there, or that a denied clause says are."""
    verb = frame.verb
    if frame.lemma == "be":
        if tree.child(verb, "expl") is None:
            return ()
        return tuple(tree.children(verb, "attr", "nsubj", "dobj"))
    if frame.lemma == "exist" or (frame.lemma in {"know", "find"} and frame.passive):
        return tuple(tree.children(verb, "nsubj", "nsubjpass", "attr"))
    if frame.lemma == "have" and tree.pos[verb] in {"VERB", "AUX"}:
        return tuple(o for o in frame.objects if tree.negated_word(o) and tree.tag[verb] in {"VBZ", "VBP", "VBD"})
    return ()


def _also(tree: Tree, noun: int) -> list[int]:
    """"no dissidents and no political prisoners": what is coordinated with its own "no"."""
    return [k for k in tree.children(noun, "conj") if tree.negated_word(k)]


def absent(name: str) -> str:
    """A group's name without the "no" before it."""
    first, _, rest = name.partition(" ")
    return rest if first.casefold() == "no" and rest else name
