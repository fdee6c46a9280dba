"""What the words around a clause take back: "no evidence that", "yet to", "cleared of", "proved untrue", "falsely reported to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction import cues

if TYPE_CHECKING:
    from graph.extraction.syntax.tree import Tree

_PROVING = frozenset("evidence proof indication sign record confirmation suggestion trace hint basis ground reason".split())
_TOLD = cues.TELLING_NOUNS | cues.ALLEGING_NOUNS | frozenset("story version narrative tale theory assertion article footage video idea notion".split())
_TAKING_BACK = frozenset("retract withdraw disprove debunk discredit correct invent fabricate quash demolish concoct fake revoke recant".split())
_CLEARING = frozenset("clear acquit absolve exonerate exculpate vindicate".split())
_FALSE = frozenset("false untrue wrong unfounded baseless groundless fake invented incorrect fabricated mistaken erroneous bogus fictitious lie hoax invention "
                   "fabrication unproven unsubstantiated".split())
_TRUE = frozenset("true correct accurate founded credible proven right so".split())
_ESTABLISHING = frozenset("prove verify substantiate corroborate demonstrate show".split())
_BELIEVING = frozenset("believe think claim suggest allege suppose say contend imagine suspect maintain assert".split())
_WRONGLY = frozenset("falsely wrongly wrongfully mistakenly erroneously incorrectly untruthfully".split())
_UNVERIFIED = frozenset("unverified unconfirmed uncorroborated unsubstantiated disputed contested unproven unproved purported supposed unsourced alleged".split())


def taken_back(tree: Tree, node: int, dep: str, governor: int) -> str:
    """Why the clause of `node`, which hangs on `governor`, did not happen or is not said to have happened; empty where nothing takes it back."""
    if any(tree.low[k] == "to" and tree.dep[k] == "aux" and tree.low[k - 1] == "yet" for k in tree.kids[node] if k):
        return "yet to"
    if any(tree.dep[n] == "neg" for k in tree.kids[node] if tree.dep[k] in {"aux", "auxpass"} for n in tree.kids[k]):
        return "negated"
    if dep in {"acl", "relcl"}:
        return _of_a_noun(tree, governor)
    if dep in {"ccomp", "csubj", "csubjpass", "xcomp"}:
        return _of_a_verb(tree, governor)
    return _of_a_preposition(tree, governor) if dep in {"pcomp", "pobj"} else ""


def called_false(tree: Tree, dep: str, governor: int) -> bool:
    """Whether the clause is called false ("claims that … are untrue", "it is not true that …"): that is the claim, denied."""
    if tree.lemma[governor] in _TOLD and tree.dep[governor] in {"nsubj", "nsubjpass"}:  # a noun, even where the parser takes it for a verb
        return _false(tree, tree.head[governor])
    return dep in {"ccomp", "csubj", "csubjpass", "xcomp"} and _false(tree, governor)


def unverified(tree: Tree, noun: int) -> bool:
    """Whether what speaks is itself in doubt: "unconfirmed reports", "a disputed video"."""
    return any(tree.low[k] in _UNVERIFIED for k in tree.children(noun, "amod", "compound"))


def _of_a_noun(tree: Tree, noun: int) -> str:
    if tree.lemma[noun] in _PROVING and _none(tree, noun):
        return f"no {tree.lemma[noun]}"
    if tree.lemma[noun] not in _TOLD:
        return ""
    above = tree.head[noun]
    if tree.dep[noun] in {"dobj", "nsubjpass"} and (tree.lemma[above] in _TAKING_BACK or (
            tree.lemma[above] == "make" and any(tree.low[k] == "up" for k in tree.children(above, "prt")))):
        return tree.lemma[above]
    return ""


def _of_a_verb(tree: Tree, verb: int) -> str:
    if tree.lemma[verb] in cues.SPEECH | cues.RAISING_HEDGE:
        if wrongly := _wrongly(tree, verb):
            return wrongly
        if tree.lemma[verb] in _BELIEVING and any(tree.low[k] in {*cues.NEGATIVE_SUBJECTS, "few"} or tree.negated_word(k) for k in tree.children(verb, "nsubj")):
            return f"nobody {tree.lemma[verb]}"
    if tree.lemma[verb] in _ESTABLISHING and any(tree.dep[k] == "neg" for k in tree.kids[verb]):
        return f"not {tree.lemma[verb]}"
    return ""


def _of_a_preposition(tree: Tree, preposition: int) -> str:
    above, low = tree.head[preposition], tree.low[preposition]
    if low in {"of", "from"} and tree.lemma[above] in _CLEARING:
        return tree.lemma[above]
    if low == "from" and tree.low[above] == "far":
        return "far from"
    if low in {"of", "for", "that"} and tree.lemma[above] in _PROVING and _none(tree, above):
        return f"no {tree.lemma[above]}"
    return _wrongly(tree, above) if tree.lemma[above] in {"accuse", "suspect", "blame", "charge"} and low in {"of", "for", "with"} else ""


def _false(tree: Tree, verb: int) -> bool:
    """Whether a predicate calls its subject false ("are false", "turned out to be wrong", "is not true")."""
    negated = any(tree.dep[k] == "neg" for k in tree.kids[verb])
    return any(tree.low[k] in (_TRUE if negated else _FALSE)
               for v in (verb, *tree.children(verb, "xcomp")) for k in (v, *tree.children(v, "acomp", "oprd", "attr")) if k != verb)


def _none(tree: Tree, noun: int) -> bool:
    """"no evidence", "little evidence", "did not find any evidence"."""
    above = tree.head[noun]
    return tree.negated_word(noun) or any(tree.low[k] in {"little", "zero", "scant"} for k in tree.children(noun, "amod", "det")) or (
        tree.dep[noun] in {"dobj", "attr", "nsubj"} and any(tree.dep[k] == "neg" for k in tree.kids[above]))


def _wrongly(tree: Tree, verb: int) -> str:
    return next((tree.low[k] for k in tree.children(verb, "advmod") if tree.low[k] in _WRONGLY), "")
