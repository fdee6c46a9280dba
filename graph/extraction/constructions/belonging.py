"""Bodies and places: what is a part of what, and what lies where, from the phrases that name them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.extraction import gazetteer
from graph.extraction.constructions.candidates import Candidate
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.mentions import Mention
    from graph.extraction.syntax.tree import Tree

_PARTS = frozenset(["unit", "branch", "subsidiary", "department", "section", "arm", "wing", "directorate", "division", "chapter", "affiliate", "office", "bureau", "committee", "brigade", "battalion", "regiment", "squad", "detachment", "faculty", "secretariat", "body", "agency", "service", "command", "precinct", "company", "faction", "part", "inspectorate"])
_KINDS = frozenset("""town city village republic region district province county port island capital settlement hamlet state municipality governorate oblast prefecture
    enclave exclave territory canton department suburb resort""".split())
_NAMED_PARTS = _PARTS - {"company", "agency", "service", "body", "faction", "part", "office"}
_SEATED = frozenset("tribunal embassy consulate prison university clinic shelter laboratory station mosque church charity".split())
_REGION = r"(?:(?:department|district|province|region|state|county|municipality|governorate|prefecture|oblast) of (?:the )?)?(?:(?:rural|northern|southern|eastern|western|central|north-eastern|north-western|south-eastern|south-western) )?"
_LIES_IN = re.compile(rf",? in (?:the )?{_REGION}")
_QUARTER = re.compile(r" (?:district|quarter|neighbourhood|neighborhood|ward|area|suburb) of ")


def belonging(tree: Tree) -> Iterator[Candidate]:
    """`part_of` between organizations and `located_in` of organizations and places."""
    yield from _beside(tree)
    yield from _regions(tree)
    for head, mention in sorted(tree.by_head.items()):
        if mention.type is EntityType.organization and mention.entities:
            yield from _part(tree, head)
            if mention.kind != "pronoun":
                yield from _where(tree, head)
        if mention.type in {EntityType.organization, EntityType.place} and mention.entities and mention.kind == "name":
            yield from _owned(tree, head)


def _place(tree: Tree, token: int) -> bool:
    mention = tree.by_head.get(token)
    return mention is not None and bool(mention.entities) and mention.type is EntityType.place and _named(mention)


def _named(mention: Mention) -> bool:
    """A name, or a description that is written as one ("the Chechen Republic")."""
    return mention.kind == "name" or (mention.kind == "nominal" and mention.text.split()[-1][:1].isupper())


def _located(rule: str, what: int, where: int, *more: int) -> Candidate:
    return Candidate("located_in", f"{rule}:located_in", what, (what,), (where,), extent=(what, where, *more), state=True)


def _beside(tree: Tree) -> Iterator[Candidate]:
    """Two names of places side by side: "X, in the district of Y"; "the X quarter of Y"; "the Y suburb of X"."""
    heads = {id(mention): head for head, mention in tree.by_head.items()}
    names = sorted((m for m in tree.mentions if m.entities and m.type is EntityType.place and _named(m) and id(m) in heads), key=lambda m: m.start)
    for one, other in pairwise(names):
        between = tree.text[one.end - tree.offset:other.start - tree.offset]
        first, second = heads[id(one)], heads[id(other)]
        if _LIES_IN.fullmatch(between) or _QUARTER.fullmatch(between):
            inside = between.startswith(" suburb")
            yield _located("place", second if inside else first, first if inside else second)


def _regions(tree: Tree) -> Iterator[Candidate]:
    """"the Georgian town of X", "Y's province of X", "X, a Georgian republic": a place with the word for what kind of place it is."""
    nations = gazetteer.load().demonyms
    for noun in range(tree.size):
        if tree.lemma[noun] not in _KINDS or tree.tag[noun] not in {"NN", "NNP"}:
            continue
        if tree.dep[noun] == "appos":
            inside = tree.head[noun]
        else:
            of = next((k for k in tree.children(noun, "prep") if tree.low[k] == "of" and k == noun + 1), None)
            inside = next((p for p in tree.children(of, "pobj")), -1) if of is not None else next(
                (k for k in tree.children(noun, "appos") if k == noun + 1 and _place(tree, k)), -1)
        if inside < 0 or not _place(tree, inside):
            continue
        for k in tree.kids[noun]:
            if k < noun and tree.dep[k] in {"amod", "compound", "nmod", "poss"} and (tree.words[k] in nations or (_place(tree, k) and tree.dep[k] == "poss")):
                yield _located("region", inside, k, noun)


def _part(tree: Tree, head: int) -> Iterator[Candidate]:
    """"X, a unit of Y"; "the Marsk branch of Y"; "Y's audit section"."""
    for part in (head, *(k for k in tree.kids[head] if tree.dep[k] == "appos")):
        if tree.lemma[part] not in (_PARTS if part != head else _NAMED_PARTS):
            continue
        for k in tree.kids[part]:
            wholes = [k] if tree.dep[k] == "poss" else tree.children(k, "pobj") if tree.dep[k] == "prep" and tree.low[k] in {"of", "in"} else []
            for whole in wholes:
                inner = tree.by_head.get(whole)
                if inner is not None and inner.entities and inner.type is EntityType.organization and inner.kind != "pronoun" and (
                        tree.dep[k] != "poss" or inner.kind == "name"):
                    yield Candidate("part_of", "phrase:part_of", part, (head,), (whole,), extent=(head, part, whole), state=True)


def _owned(tree: Tree, head: int) -> Iterator[Candidate]:
    """"the Front's Security Bureau", "Marsk's Pier prison": a name that belongs to a name."""
    owner = tree.child(head, "poss")
    mention = tree.by_head.get(owner) if owner is not None else None
    if owner is None or mention is None or mention.kind != "name" or not mention.entities:
        return
    own = tree.by_head[head]
    if mention.type is EntityType.place and (own.type is EntityType.place or tree.low[head] in _SEATED):
        yield _located("owner", head, owner)
    elif mention.type is EntityType.organization and own.type is EntityType.organization and tree.lemma[head] not in _PARTS:
        yield Candidate("part_of", "owner:part_of", head, (head,), (owner,), extent=(head, owner), state=True)


def _where(tree: Tree, head: int) -> Iterator[Candidate]:
    """"the prison in Marsk"; "the Tavra-based club"; "X, a charity from Marsk"; "X, a Marsk charity"."""
    mention = tree.by_head[head]
    for k in tree.kids[head]:
        if tree.dep[k] == "prep" and tree.low[k] == "in" and k == head + 1 and (
                (tree.pos[head] == "PROPN" and mention.kind == "name") or (tree.lemma[head] in _SEATED and tree.child(head, "poss") is None)):
            for p in tree.children(k, "pobj"):
                if _place(tree, p):
                    yield _located("phrase", head, p)
        elif tree.dep[k] == "amod" and tree.low[k] == "based":
            for place in range(max(0, k - 3), k):
                if place in tree.by_head and tree.by_head[place].type is EntityType.place and tree.by_head[place].entities:
                    yield _located("based", head, place)
    if mention.kind == "name":
        for noun in _describing(tree, head, mention):
            for k in tree.kids[noun]:
                where = tree.children(k, "pobj")[:1] if tree.dep[k] == "prep" and tree.low[k] in {"in", "from"} and k <= noun + 4 else [k] if tree.dep[k] in {"compound", "nmod"} else []
                if where and _place(tree, where[0]):
                    yield _located("described", head, where[0], noun)


def _describing(tree: Tree, head: int, mention: Mention) -> list[int]:
    """The nouns that say what a named body is, before or after its name."""
    nouns = [k for k in tree.children(head, "appos") if tree.pos[k] == "NOUN"]
    if tree.dep[head] == "appos" and tree.pos[tree.head[head]] == "NOUN":
        nouns.append(tree.head[head])
    return [n for n in nouns if (other := tree.by_head.get(n)) is None or other.type is mention.type]
