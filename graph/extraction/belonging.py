"""Bodies and places: what is a part of what, and what lies where, from the phrases that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.candidates import Candidate
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.tree import Tree

_PARTS = frozenset(["unit", "branch", "subsidiary", "department", "section", "arm", "wing", "directorate", "division", "chapter", "affiliate", "office", "bureau", "committee", "brigade", "battalion", "regiment", "squad", "detachment", "faculty", "secretariat", "body", "agency", "service", "command", "precinct", "company", "faction"])
_NAMED_PARTS = _PARTS - {"company", "agency", "service", "body", "committee", "faction"}


_SEATED = frozenset("court tribunal embassy consulate prison university".split())


def belonging(tree: Tree) -> Iterator[Candidate]:
    """`part_of` between organizations and `located_in` of organizations and places."""
    for head, mention in sorted(tree.by_head.items()):
        if mention.type is EntityType.place and mention.entities and mention.kind == "name":
            yield from _within(tree, head)
        if mention.type is EntityType.organization and mention.entities:
            yield from _part(tree, head)
            if mention.kind != "pronoun":
                yield from _where(tree, head)


def _within(tree: Tree, head: int) -> Iterator[Candidate]:
    """"the town of X in Y"; "X, in Y"."""
    for k in tree.kids[head]:
        if tree.dep[k] == "prep" and tree.low[k] == "in" and k <= head + 2:
            for p in tree.children(k, "pobj"):
                inner = tree.by_head.get(p)
                if inner is not None and inner.entities and inner.type is EntityType.place and inner.kind == "name":
                    yield Candidate("located_in", "place:located_in", head, (head,), (p,), extent=(head, p), state=True)


def _part(tree: Tree, head: int) -> Iterator[Candidate]:
    """"X, a unit of Y"; "the Marsk branch of Y"; "Y's audit section"."""
    for part in (head, *(k for k in tree.kids[head] if tree.dep[k] == "appos")):
        if tree.lemma[part] not in (_PARTS if part != head else _NAMED_PARTS):
            continue
        for k in tree.kids[part]:
            wholes = [k] if tree.dep[k] == "poss" else tree.children(k, "pobj") if tree.dep[k] == "prep" and tree.low[k] in {"of", "in"} else []
            for whole in wholes:
                inner = tree.by_head.get(whole)
                if inner is not None and inner.entities and inner.type is EntityType.organization and inner.kind != "pronoun":
                    yield Candidate("part_of", "phrase:part_of", part, (head,), (whole,), extent=(head, part, whole), state=True)


def _where(tree: Tree, head: int) -> Iterator[Candidate]:
    """"the court in Marsk"; "the Tavra-based club"."""
    for k in tree.kids[head]:
        if tree.dep[k] == "prep" and tree.low[k] == "in" and k == head + 1 and (
                tree.pos[head] == "PROPN" or tree.lemma[head] in _SEATED):
            for p in tree.children(k, "pobj"):
                inner = tree.by_head.get(p)
                if inner is not None and inner.entities and inner.type is EntityType.place and inner.kind == "name":
                    yield Candidate("located_in", "phrase:located_in", head, (head,), (p,), extent=(head, p), state=True)
        elif tree.dep[k] == "amod" and tree.low[k] == "based":
            for place in range(max(0, k - 3), k):
                inner = tree.by_head.get(place)
                if inner is not None and inner.entities and inner.type is EntityType.place:
                    yield Candidate("located_in", "based:located_in", head, (head,), (place,), extent=(head, place), state=True)
