"""Who does what a noun tells, where a verb that says little carries it: "launched a purge of X", "accused of a crackdown on X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

SUPPORT = frozenset("""
    carry conduct launch enact perpetrate commit wage mount lead unleash begin start pursue inflict organise organize orchestrate stage undertake resume
    run continue intensify escalate execute implement perform direct engage participate involve practise practice initiate order oversee mastermind
""".split())
"""Verbs whose subject does what the noun that is their object tells."""
_CHARGING = frozenset({"accuse", "suspect", "convict", "acquit", "blame"})
_WRAPPING = frozenset("""
    campaign wave policy history pattern series spree record act string spate case year month week decade day night hour spell program programme practice
    regime culture part role share hand involvement
""".split())
"""Nouns that stand around another one: "a campaign of intimidation against X", "a long history of abuse of X"."""
_PART = frozenset({"part", "role", "share", "hand", "involvement"})
_OWNING = frozenset({"have", "face", "boast"})


def wrapped(tree: Tree, noun: int) -> int:
    """The noun around a noun of action ("a campaign of intimidation"), or the noun itself."""
    first, above = noun, tree.head[noun]
    while tree.dep[first] == "conj" and tree.pos[above] == "NOUN":
        first, above = above, tree.head[above]
    if tree.dep[first] == "pobj" and tree.low[above] in {"of", "in"} and tree.lemma[outer := tree.head[above]] in _WRAPPING and tree.pos[outer] == "NOUN":
        return outer
    return noun


def doers(tree: Tree, noun: int, frames: Mapping[int, Frame]) -> tuple[int, ...]:
    """The subject of the light verb that carries the noun, or who is accused of what it tells; empty where there is neither."""
    outer = wrapped(tree, noun)
    while outer == noun and tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] == "NOUN":
        outer = noun = tree.head[noun]
    dep, above = tree.dep[outer], tree.head[outer]
    if dep == "pobj":
        verb = frames.get(tree.head[above])
        if verb is None or tree.low[above] not in {"of", "for", "in", "out"}:
            return ()
        if verb.lemma in _CHARGING and tree.low[above] in {"of", "for"}:
            return verb.subjects if verb.passive else verb.objects
        if tree.low[above] == "in" and (verb.lemma in {"engage", "participate", "involve"} or any(tree.lemma[o] in _PART for o in verb.objects)):
            return verb.subjects
        return ()
    verb = frames.get(above)
    if verb is None:
        return ()
    if dep in {"dobj", "nsubjpass"} and verb.lemma in SUPPORT and (verb.lemma != "carry" or "out" in verb.particles):
        return verb.agents if verb.passive else verb.subjects
    if outer != noun and dep == "dobj" and (verb.lemma in _OWNING - {"face"} or (verb.lemma in {"take", "play"} and tree.lemma[outer] in _PART)):
        return verb.subjects
    return ()


def aimed_at(tree: Tree, noun: int, frames: Mapping[int, Frame]) -> tuple[int, ...]:
    """What a light verb's own "against" or "on" names: "waged a campaign of intimidation for years against X"."""
    outer = wrapped(tree, noun)
    verb = frames.get(tree.head[outer])
    if verb is None or tree.dep[outer] not in {"dobj", "nsubjpass"} or verb.lemma not in SUPPORT:
        return ()
    return tuple(h for name, _, heads in verb.obliques if name in {"against", "on", "upon"} for h in heads if h in tree.by_head)
