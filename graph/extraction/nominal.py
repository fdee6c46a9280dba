"""Nouns of action: "the arrest of X by Y", "X's torture", "a five-year sentence for X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.candidates import Candidate
from graph.extraction.cues import HEDGING_ADVERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.patterns import Lexicon, Pattern
    from graph.extraction.tree import Tree


def nominal(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every relation that a noun of the paragraph expresses with its own complements."""
    for i in range(tree.size):
        if tree.pos[i] != "NOUN":
            continue
        for pattern in lexicon.nouns.get(tree.lemma[i], ()):
            candidate = _match(tree, i, pattern)
            if candidate is not None:
                yield candidate
                break


_OUTCOMES = frozenset({"abducted", "attacked", "convicted", "detained", "dismissed", "expelled", "killed", "released", "tortured"})


def participles(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """"the jailed printer X": a deed told by a participle before the noun, without its agent."""
    for i in range(tree.size):
        noun = tree.head[i]
        if tree.tag[i] not in {"VBN", "JJ"} or tree.dep[i] != "amod" or noun < i or tree.low[i - 1 if i else 0] in {"never", "not", "non", "-"}:
            continue
        plain = next((p for p in lexicon.verbs.get(_verb(tree, i, lexicon), ()) if p.relation in _OUTCOMES and p.text == p.lemma), None)
        if plain is not None and any(tree.low[k] in _DEFINITE for k in tree.kids[noun] if k < i):
            yield Candidate(plain.relation, f"participle:{plain.relation}", i, (), (noun,), extent=(i, noun), state=True, agentless=True,
                            hedged=any(tree.low[k] in HEDGING_ADVERBS for k in tree.kids[i]))


def _verb(tree: Tree, participle: int, lexicon: Lexicon) -> str:
    """The verb of a participle, which may be tagged as an adjective."""
    low = tree.low[participle]
    if tree.tag[participle] == "VBN" or not low.endswith("ed"):
        return tree.lemma[participle]
    return next((lemma for lemma in (low[:-2], low[:-1], low[:-3]) if lemma in lexicon.verbs), low)


def _presupposed(tree: Tree, noun: int) -> bool:
    """"after X's arrest", "since her release": what dates something else has happened."""
    preposition = tree.head[noun]
    return tree.dep[noun] == "pobj" and tree.low[preposition] in {"after", "since", "following"} and tree.child(noun, "poss") is not None


_DEFINITE = frozenset({"the", "a", "an", "his", "her", "their", "its", "this"})


def _match(tree: Tree, noun: int, pattern: Pattern) -> Candidate | None:
    objects: list[int] = []
    subjects: list[int] = []
    partners = [noun, *tree.children(noun, "conj"), *((tree.head[noun],) if tree.dep[noun] == "conj" else ())]
    for k in (k for partner in partners for k in tree.kids[partner]):  # "X's arrest and torture by Y"
        dep, low = tree.dep[k], tree.low[k]
        if dep == "poss":
            where = "poss"
        elif dep in {"prep", "agent"}:
            where = low
        else:
            continue
        heads = tree.conjuncts(k) if dep == "poss" else [c for p in tree.children(k, "pobj") for c in tree.conjuncts(p)]
        if where in pattern.object_in:
            objects.extend(heads)
        elif where in pattern.agent_in:
            subjects.extend(heads)
    if not objects or tree.negated_word(noun):
        return None
    if not subjects and not (pattern.relation in _OUTCOMES and _presupposed(tree, noun)):
        return None
    return Candidate(pattern.relation, f"noun:{pattern.relation}", noun, tuple(subjects), tuple(objects),
                     extent=(noun,), named_agent=bool(subjects))
