"""Whom a deed to a thing is done to: "paid for X's ticket" helps X, "opened fire on her car" attacks her, "ended his contract" dismisses him."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.extraction.syntax.tree import Tree


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROPERTY = _words("""
    car jeep vehicle van truck lorry motorcycle motorbike bike bicycle boat window door gate shop stall office car roof convoy motorcade wall fence
    belongings shopfront tent camp crop field livestock house home flat apartment room
""")
OWNED = {
    "attacked": _PROPERTY,
    "criticized": _words("""
        decision ruling verdict judgment judgement handling policy conduct behaviour behavior failure inaction silence response record practice
        method report statement remark speech plan law register action approach leadership performance crackdown campaign practices refusal
    """),
    "dismissed": _words("contract employment appointment mandate services"),
    "helped": _words("""
        ticket journey release lodging lodgings treatment education study studies trip flight surgery operation medicine bail fine defence defense stay
        rent care travel passage fee fees funeral rehabilitation upkeep training food room board escape evacuation legal-fees visa accommodation
    """),
    "investigated": _words("account accounts finance finances conduct affair affairs dealing dealings record books"),
    "threatened": _PROPERTY,
}
"""By relation, the things that stand for whose they are."""


def behind(tree: Tree, token: int, relation: str) -> int:
    """The owner of the thing that a word names, if it can stand for the owner; else the word itself."""
    if tree.lemma[token] not in OWNED[relation] and tree.low[token] not in OWNED[relation]:
        return token
    found = [*tree.children(token, "poss"), *(p for k in tree.children(token, "prep") if tree.low[k] == "of" for p in tree.children(k, "pobj"))]
    for owner in found:
        mention = tree.by_head.get(owner)
        if mention is not None and mention.entities and mention.type.value in {"person", "official", "group", "organization"}:
            return owner
    return token
