"""Nouns of action: "the arrest of X by Y", "X's torture", "a five-year sentence for X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.constructions.candidates import Candidate
from graph.extraction.constructions.support import aimed_at, doers, wrapped
from graph.extraction.cues import HEDGING_ADVERBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.constructions.patterns import Lexicon, Pattern
    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree


def nominal(tree: Tree, frames: Mapping[int, Frame], lexicon: Lexicon) -> Iterator[Candidate]:
    """Every relation that a noun of the paragraph expresses, with its own complements or with the subject of its verb."""
    for i in range(tree.size):
        if tree.pos[i] != "NOUN":
            continue
        for pattern in lexicon.nouns.get(tree.lemma[i], ()):
            candidate = _match(tree, i, pattern, frames)
            if candidate is not None:
                yield candidate
                break


_OUTCOMES = frozenset({"abducted", "attacked", "convicted", "detained", "dismissed", "expelled", "killed", "persecuted", "released", "tortured"})
_ABOUT = frozenset("after since following over during about amid upon".split())
_HAPPENED = frozenset("condemn investigate criticise criticize denounce mourn witness film describe document record recall confirm protest deplore expose mark remember see probe examine solve avenge".split())


def participles(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """"the jailed printer X": a deed told by a participle before the noun, without its agent."""
    for i in range(tree.size):
        noun = tree.head[i]
        if tree.tag[i] not in {"VBN", "JJ"} or tree.dep[i] != "amod" or noun < i or tree.low[i - 1 if i else 0] in {"never", "not", "non", "-"}:
            continue
        plain = next((p for p in lexicon.verbs.get(_verb(tree, i, lexicon), ()) if p.relation in _OUTCOMES and p.text == p.lemma), None)
        if plain is not None and any(tree.low[k] in _DEFINITE for k in tree.kids[noun] if k < i):
            yield Candidate(plain.relation, f"participle:{plain.relation}", i, (), (noun,), extent=(i, noun), state=True, agentless=True, voiced=True,
                            hedged=any(tree.low[k] in HEDGING_ADVERBS for k in tree.kids[i]))


def _verb(tree: Tree, participle: int, lexicon: Lexicon) -> str:
    """The verb of a participle, which may be tagged as an adjective."""
    low = tree.low[participle]
    if tree.tag[participle] == "VBN" or not low.endswith("ed"):
        return tree.lemma[participle]
    return next((lemma for lemma in (low[:-2], low[:-1], low[:-3]) if lemma in lexicon.verbs), low)


def _presupposed(tree: Tree, noun: int) -> bool:
    """"after X's arrest", "over the killing of X", "condemned the torture of X": what dates or moves something else has happened."""
    outer = noun
    while tree.dep[outer] == "conj" and tree.pos[tree.head[outer]] == "NOUN":
        outer = tree.head[outer]
    above = tree.head[outer]
    definite = tree.child(noun, "poss") is not None or any(tree.low[k] == "the" for k in (*tree.kids[outer], *tree.kids[noun]) if k < noun)
    if tree.dep[outer] == "pobj":
        return definite and tree.low[above] in _ABOUT
    return definite and tree.dep[outer] in {"dobj", "nsubjpass"} and tree.lemma[above] in _HAPPENED


_DEFINITE = frozenset({"the", "a", "an", "his", "her", "their", "its", "this"})


def _match(tree: Tree, noun: int, pattern: Pattern, frames: Mapping[int, Frame]) -> Candidate | None:
    objects: list[int] = []
    subjects: list[int] = []
    around = wrapped(tree, noun)
    partners = dict.fromkeys([noun, *tree.children(noun, "conj"), *((tree.head[noun],) if tree.dep[noun] == "conj" else ()), around])
    for partner in partners:  # "X's arrest and torture by Y", "a campaign of intimidation against X"
        for k in tree.kids[partner]:
            dep, low = tree.dep[k], tree.low[k]
            if dep == "poss":
                where = "poss"
            elif dep in {"prep", "agent"}:
                where = low
            else:
                continue
            heads = tree.conjuncts(k) if dep == "poss" else [c for p in tree.children(k, "pobj") for c in tree.conjuncts(p)]
            if where in pattern.object_in and (partner != around or where not in {"of", "poss"} or partner == noun):
                objects.extend(heads)
            elif where in pattern.agent_in or (partner == around != noun and dep == "poss"):
                subjects.extend(heads)
    if not objects and not {"against", "on"}.isdisjoint(pattern.object_in):
        objects = list(aimed_at(tree, noun, frames))
    if not objects or tree.negated_word(noun):
        return None
    subjects = subjects or list(doers(tree, noun, frames))
    if not subjects and not (pattern.relation in _OUTCOMES and _presupposed(tree, noun)):
        return None
    return Candidate(pattern.relation, f"noun:{pattern.relation}", noun, tuple(subjects), tuple(objects),
                     extent=(noun, *subjects[:1]), named_agent=bool(subjects))
