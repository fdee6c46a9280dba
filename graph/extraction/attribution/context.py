"""Where a clause stands: the steps from its verb up to the root of the sentence, judged for reality, stance and speaker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.extraction import cues
from graph.extraction.attribution import retraction
from graph.model import Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree

_VERBAL = ("VERB", "AUX")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Context:
    """Whether a clause is told as having happened, how, and by whom (tokens, the nearest speaker first)."""

    real: bool
    stance: Stance
    speakers: tuple[int, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class _Judgement:
    real: bool = True
    hedged: bool = False
    denied: bool = False
    negated: int = 0
    outside: bool = False
    """The climb has left a relative clause: what is told there holds whatever mood the sentence around it has."""
    speakers: list[int] = field(default_factory=list)
    reason: str = ""

    def unreal(self, reason: str) -> None:
        if self.real:
            self.real, self.reason = False, reason


def judge(tree: Tree, trigger: int, frames: Mapping[int, Frame], *, negated: bool = False) -> Context:
    """Reality, stance and speakers of what the word `trigger` tells. `negated`: its own "not" is meant."""
    verdict = _Judgement(negated=-1 if negated else 0)
    node, first, apart = trigger, True, False
    for _ in range(_DEEPEST):
        if not apart and not verdict.outside and (tree.pos[node] in _VERBAL or tree.tag[node].startswith("VB") or first):
            _own(tree, node, verdict, first=first)
            for k in tree.children(node, "parataxis"):
                if tree.lemma[k] in cues.SPEECH and tree.child(k, "nsubj") is not None and tree.child(k, "ccomp", "neg") is None:
                    _told(tree, k, verdict, frames)  # "where, she claims, guards beat him"
        governor, dep = tree.head[node], tree.dep[node]
        if governor == node:
            break
        if verdict.outside:
            _voices(tree, dep, governor, verdict, frames)
        else:
            _step(tree, node, dep, governor, verdict, frames)
            if reason := retraction.taken_back(tree, node, dep, governor):
                verdict.unreal(reason)
            if retraction.called_false(tree, dep, governor):
                verdict.denied = True
                verdict.speakers.clear()  # whoever says it is false is still to come
            verdict.outside = verdict.outside or (dep == "relcl" and not _noun_clause(tree, node)) or dep == "appos"
        apart = (dep == "conj" and tree.pos[node] in _VERBAL and _independent(tree, node)) or (dep == "advcl" and _finite(tree, node))
        node, first = governor, False
    start = tree.sent_starts[tree.sent[trigger]]
    if tree.low[start] == "according":  # it reaches over the whole sentence, wherever the parser hung it
        verdict.speakers.extend(_source(tree, p) for t in tree.kids[start] for p in tree.children(t, "pobj"))
    if not verdict.speakers and (closing := _closing(tree, trigger)) is not None:
        _told(tree, closing, verdict, frames)
    if tree.low[tree.sent_starts[tree.sent[trigger]]] == "under" and not {"draft", "proposed", "bill"}.isdisjoint(
            tree.low[tree.sent_starts[tree.sent[trigger]]:][:4]):
        verdict.unreal("draft law")
    if tree.low[tree.sent_ends[tree.sent[trigger]] - 1] == "?" or tree.text[tree.end[trigger] - tree.offset:][:1] == "?":
        verdict.unreal("question")
    if tree.dep[node] == "ROOT" and tree.tag[node] == "VB" and not tree.children(node, "nsubj", "nsubjpass", "aux"):
        verdict.unreal("imperative")
    if any(retraction.unverified(tree, s) for s in verdict.speakers):
        verdict.hedged = True
    if verdict.negated % 2 and not verdict.denied:
        verdict.unreal("negated")
    stance = Stance.denied if verdict.denied else Stance.alleged if verdict.hedged else Stance.asserted
    return Context(verdict.real, stance, tuple(dict.fromkeys(verdict.speakers)), verdict.reason)


def _closing(tree: Tree, trigger: int) -> int | None:
    """The verb of "…, the group added." at the end of a long sentence, from which the parser lost what it governs."""
    end = tree.sent_ends[tree.sent[trigger]]
    for verb in range(end - 1, max(trigger, end - 7), -1):
        if tree.lemma[verb] in cues.SPEECH and tree.tag[verb] in {"VBD", "VBZ"}:
            subject = tree.child(verb, "nsubj")
            if subject is None or not trigger < subject < verb or subject not in tree.by_head or tree.child(verb, "aux", "mark") is not None:
                return None
            first = min(tree.subtree(subject))
            after = any(k > verb and tree.dep[k] in {"ccomp", "xcomp", "dobj"} for k in tree.kids[verb])
            return verb if tree.low[first - 1] == "," and max(tree.subtree(subject)) == verb - 1 and not after else None
    return None


def _own(tree: Tree, node: int, verdict: _Judgement, *, first: bool) -> None:
    """What stands on the verb itself: auxiliaries, negation, adverbs, according-to phrases, its subject's "no"."""
    for k in tree.kids[node]:
        low, dep = tree.low[k], tree.dep[k]
        if dep == "aux":
            if low in cues.MODALS and tree.tag[k] == "MD" and not (first and verdict.negated == -1 and low in {"would", "will", "wo", "'d"}):
                verdict.unreal("modal")  # "would not let him in" is a refusal that happened
        elif (dep == "neg" or low == "never") and (first or dep == "neg") and not _merely(tree, k):
            verdict.negated += 1
        elif dep in {"advmod", "prep", "npadvmod", "amod"}:
            if low in cues.HEDGING_ADVERBS or (low in cues.HEDGING_ADJECTIVES and first):
                verdict.hedged = True
            elif low in {"hardly", "scarcely", "nearly", "almost"} and first:
                verdict.unreal(low)
            elif low == "according":
                verdict.speakers.extend(_source(tree, p) for t in tree.kids[k] for p in tree.kids[t] if tree.dep[p] == "pobj")
            elif low in {"under", "in"} and tree.child(k, "pobj") is not None:
                p = tree.child(k, "pobj")
                if p is not None and tree.lemma[p] in {"law", "bill", "plan", "proposal", "event"} and (
                        (low == "under" and any(tree.low[m] in {"draft", "proposed", "new"} for m in tree.kids[p]))
                        or tree.lemma[p] == "event"):
                    verdict.unreal("plan")
                elif p is not None and low == "in" and tree.lemma[p] in cues.FICTION:
                    verdict.unreal("fiction")
        elif dep == "mark" and low in cues.CONDITIONAL_MARKS:
            verdict.unreal("conditional")
        elif (dep in {"nsubj", "nsubjpass"} and first and (low in cues.NEGATIVE_SUBJECTS or tree.negated_word(k))) or (dep == "preconj" and low == "neither" and first):
            verdict.negated += 1
    if tree.low[node] == "according":
        verdict.speakers.extend(_source(tree, p) for t in tree.kids[node] for p in tree.kids[t] if tree.dep[p] == "pobj")


def _source(tree: Tree, noun: int) -> int:
    """"according to information received by the experts": whose information it is."""
    if tree.by_head.get(noun) is not None or tree.pos[noun] != "NOUN":
        return noun
    for k in (*tree.children(noun, "poss"), *(p for v in (noun, *tree.children(noun, "acl")) for b in tree.children(v, "prep", "agent")
                                              if tree.low[b] in {"by", "from"} for p in tree.children(b, "pobj"))):
        if k in tree.by_head:
            return k
    return noun


def _merely(tree: Tree, k: int) -> bool:
    """"not only", "not just", "not until" deny nothing."""
    following = tree.low[k + 1:k + 8]
    return bool(following) and (following[0] in {"only", "just", "merely"} or "until" in following)


def _step(tree: Tree, node: int, dep: str, governor: int, verdict: _Judgement, frames: Mapping[int, Frame]) -> None:
    lemma = tree.lemma[governor]
    if dep == "ccomp" and ";" in tree.low[min(node, governor):max(node, governor)]:
        verdict.outside = True  # two sentences that a semicolon joins
    elif dep in {"ccomp", "xcomp", "csubj", "csubjpass"}:
        _complement(tree, node, dep, governor, verdict, frames)
    elif dep in {"acl", "relcl", "prep", "amod"} and _infinitive(tree, node):
        verdict.unreal("infinitive of a noun")
    elif dep in {"pcomp", "pobj"}:
        _preposition(tree, node, governor, verdict, frames)
    elif dep == "advcl":
        if _infinitive(tree, node):
            if not ("far" in tree.low[governor:node] and any(tree.low[k] == "as" for k in tree.kids[node])):  # "went so far as to deny it"
                verdict.unreal("purpose")
        elif any(tree.dep[k] == "mark" and tree.low[k] in cues.CONDITIONAL_MARKS for k in tree.kids[node]) or _inverted(tree, node):
            verdict.unreal("conditional")
    elif dep in {"acl", "relcl"} and lemma in cues.ALLEGING_NOUNS | cues.TELLING_NOUNS and tree.tag[node] != "VBG":
        above = tree.head[governor]
        if tree.lemma[above] not in cues.DENYING and tree.dep[above] == "advcl":
            above = tree.head[above]  # "rejected as invented a report that …"
        if tree.lemma[above] in cues.DENYING and tree.dep[governor] in {"dobj", "nsubjpass"} and (frame := frames.get(above)):
            verdict.denied = True
            verdict.speakers.extend(frame.agents if frame.passive else frame.subjects)
        elif lemma in cues.ALLEGING_NOUNS:
            verdict.hedged = True
            verdict.speakers.extend(tree.children(governor, "poss"))
    elif dep == "conj" and tree.tag[node] == "VBG" and tree.pos[governor] in _VERBAL and tree.tag[governor] != "VBG" and any(
            tree.low[k] == "for" and governor < k < node for k in tree.kids[governor]):
        verdict.hedged = True  # "tortured for his work and running a paper": the gerund belongs to the reason
    elif dep == "parataxis" and lemma in cues.SPEECH:
        _told(tree, governor, verdict, frames)
    elif dep == "appos" and lemma in cues.ALLEGING_NOUNS:
        verdict.hedged = True


def _infinitive(tree: Tree, node: int) -> bool:
    return any(tree.low[k] == "to" and tree.dep[k] == "aux" for k in tree.kids[node])


def _inverted(tree: Tree, node: int) -> bool:
    """"Had the neighbours not come", "Should the court return him"."""
    aux = [k for k in tree.kids[node] if tree.dep[k] == "aux" and tree.low[k] in {"had", "should", "were"}]
    subject = tree.child(node, "nsubj", "nsubjpass")
    return bool(aux) and subject is not None and aux[0] < subject and tree.child(node, "mark") is None


def _voices(tree: Tree, dep: str, governor: int, verdict: _Judgement, frames: Mapping[int, Frame]) -> None:
    """Above a relative clause only who speaks still counts."""
    if dep == "ccomp" and tree.lemma[governor] in cues.TELLING and (frame := frames.get(governor)):
        verdict.speakers.extend(frame.agents if frame.passive else frame.subjects)


def _noun_clause(tree: Tree, node: int) -> bool:
    """"a report that he had run it" is no relative clause, whatever the parser says."""
    return tree.lemma[tree.head[node]] in cues.ALLEGING_NOUNS | cues.TELLING_NOUNS


def _finite(tree: Tree, node: int) -> bool:
    """A clause with a tense of its own ("after he was arrested"), which no modal of the main clause reaches."""
    if any(tree.dep[k] == "mark" and tree.low[k] in cues.CONDITIONAL_MARKS for k in tree.kids[node]):
        return False
    tags = {tree.tag[node], *(tree.tag[k] for k in tree.children(node, "aux", "auxpass"))}
    return bool(tags & {"VBD", "VBZ", "VBP"}) and tree.child(node, "nsubj", "nsubjpass") is not None


def _independent(tree: Tree, node: int) -> bool:
    """A coordinated verb with a subject, an auxiliary or a tense of its own shares no modal and no negation with the first."""
    return any(tree.dep[k] in {"nsubj", "nsubjpass", "aux", "auxpass"} for k in tree.kids[node]) or (
        tree.tag[node] in {"VBD", "VBZ"} and tree.tag[tree.head[node]] in {"VB", "VBG"})


def _complement(tree: Tree, node: int, dep: str, governor: int, verdict: _Judgement, frames: Mapping[int, Frame]) -> None:
    lemma = tree.lemma[governor]
    frame = frames.get(governor)
    infinitive = _infinitive(tree, node) or tree.tag[node] == "VB"
    if dep == "xcomp" and infinitive:
        if frame and frame.passive and lemma in cues.RAISING_HEDGE:
            verdict.hedged = True
            if lemma in cues.SPEECH:  # "believed to have been shot by soldiers": they shot, and it is not they who believe
                verdict.speakers.extend(a for a in frame.agents if a < node)
        elif lemma in {"appear", "seem"}:
            verdict.hedged = True
        elif tree.pos[governor] == "ADJ":
            if lemma != "able":
                verdict.unreal(lemma)
        elif lemma in cues.IMPLICATIVE or (frame and frame.passive and lemma in cues.RAISING_FACT):
            pass
        else:
            verdict.unreal(lemma)
        return
    if dep == "xcomp" and lemma in cues.DENYING:
        verdict.denied = True
        if frame:
            verdict.speakers.extend(frame.subjects)
        return
    if dep == "xcomp" and tree.tag[node] == "VBG":
        if lemma in cues.WISHING - cues.IMPLICATIVE and lemma != "report":
            verdict.unreal(lemma)
        elif lemma in cues.SPEECH:
            _told(tree, governor, verdict, frames)
        return
    if dep in {"csubj", "csubjpass"}:
        return
    if lemma in cues.SPEECH:
        _told(tree, governor, verdict, frames)
        if infinitive and not any(tree.low[k] == "that" for k in tree.kids[node]):
            verdict.unreal(lemma)
    elif lemma in cues.WISHING or (tree.pos[governor] == "ADJ" and lemma in {"afraid", "worried", "concerned", "hopeful", "possible", "likely", "unlikely", "unclear"}):
        verdict.unreal(lemma)
    elif lemma in {"know", "clear"} and any(tree.dep[k] == "neg" for k in tree.kids[governor]):
        verdict.unreal("unknown")


def _told(tree: Tree, governor: int, verdict: _Judgement, frames: Mapping[int, Frame]) -> None:
    lemma = tree.lemma[governor]
    frame = frames.get(governor)
    negated = any(tree.dep[k] == "neg" for k in tree.kids[governor])
    modal = any(tree.low[k] in cues.MODALS for k in tree.children(governor, "aux"))
    if lemma in {"fear", "worry", "hope", "wish"}:
        verdict.unreal(lemma)
    elif negated and lemma in cues.DENYING:
        pass
    elif negated:
        verdict.unreal(f"not {lemma}")
        verdict.negated = 0
    elif lemma in cues.DENYING:
        verdict.denied = True
    elif lemma in cues.ALLEGING:
        verdict.hedged = True
    if modal:
        verdict.hedged = True
    if frame:
        verdict.speakers.extend(frame.agents if frame.passive else frame.subjects)


def _preposition(tree: Tree, node: int, governor: int, verdict: _Judgement, frames: Mapping[int, Frame]) -> None:
    """`node` hangs below the preposition `governor`: without, instead of, accused of, charged with, allegations of …"""
    low = tree.low[governor]
    above = tree.head[governor]
    lemma = tree.lemma[above]
    frame = frames.get(above)
    if low == "of" and any(tree.low[i] == "short" for i in (above, governor - 1)):
        verdict.unreal("short of")
    elif low in {"without", "instead", "against", "rather"}:
        if low != "against" or lemma in {"decide", "warn", "vote", "advise", "appeal"}:
            verdict.unreal(low)
    elif tree.dep[node] == "pcomp" or tree.pos[node] == "NOUN":
        if lemma in {"accuse", "suspect", "charge", "indict", "try", "blame"} and low in {"of", "with", "for", "over", "on"}:
            verdict.hedged = True
            if frame:
                verdict.speakers.extend(frame.agents if frame.passive else frame.subjects)
        elif low == "for" and lemma in cues.PUNISHING:
            verdict.hedged = True  # what somebody is punished for is what the punisher says they did
        elif lemma in cues.ALLEGING_NOUNS and low in {"of", "about", "that"}:
            verdict.hedged = True
        elif (lemma in cues.UNREAL_NOUNS and low in {"of", "for", "against", "to", "on"}) or (lemma in (cues.WISHING - cues.IMPLICATIVE) and tree.pos[above] == "VERB" and low in {
                "for", "from", "with", "against", "of", "to", "on", "about"} and lemma not in {
                "pay", "apply", "move", "ban", "bar"} and (low != "with" or lemma == "threaten")):
            verdict.unreal(lemma)
