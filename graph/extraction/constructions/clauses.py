"""Verbs: one matcher of the vocabulary's verb patterns against frames, whatever the construction that filled the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.constructions import owners
from graph.extraction.constructions.candidates import Candidate
from graph.extraction.syntax.tree import CLAUSAL, NOMINAL, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.extraction.constructions.patterns import Lexicon, Pattern
    from graph.extraction.syntax.frames import Frame
    from graph.extraction.syntax.tree import Tree


def verbal(tree: Tree, frames: Mapping[int, Frame], lexicon: Lexicon) -> Iterator[Candidate]:
    """Every relation that a verb of the paragraph expresses; of a verb's patterns for one relation the most specific."""
    for frame in frames.values():
        patterns = lexicon.verbs.get(frame.lemma)
        if not patterns:
            continue
        if frame.passive and frame.subjects and any(
                tree.low[k] in {"could", "may", "might"} for k in tree.children(frame.verb, "aux")) and not tree.children(frame.verb, "neg") and any(
                match(tree, frame, p, frames) for p in patterns if p.relation in _HARM):
            yield Candidate("at_risk_from", "modal:at_risk_from", frame.verb, frame.subjects, literal=_fate(tree, frame.verb), extent=(frame.verb,), state=True,
                            voiced=True)
        done: set[str] = set()
        best = -1
        for pattern in patterns:
            if pattern.relation in done or pattern.weight < best - 1:
                continue
            candidate = match(tree, frame, pattern, frames)
            if candidate is not None and _fits(tree, candidate, lexicon):
                done.add(pattern.relation)
                best = max(best, pattern.weight)
                yield candidate


_HARM = frozenset({"abducted", "attacked", "charged", "convicted", "detained", "expelled", "killed", "sentenced", "tortured"})


def _fate(tree: Tree, verb: int) -> tuple[int, int]:
    """"could be [jailed for a letter]": the words from the verb to the end of its phrase."""
    last = max((t for k in tree.kids[verb] if k > verb and tree.dep[k] in {"prep", "dobj", "oprd", "npadvmod", "xcomp", "prt"} for t in tree.subtree(k)), default=verb)
    return verb, last + 1


def _fits(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether some subject and some object may stand so: a pattern that cannot be meant must not keep the next from being tried."""
    if candidate.relation == "operated" and tree.lemma[candidate.trigger] == "belong" and not any(
            (m := tree.by_head.get(t)) is not None and m.type in PEOPLE for t in candidate.subjects):
        return False  # what belongs to a body is a part of it
    if candidate.relation == "authored" and tree.dep[candidate.trigger] in {"xcomp", "ccomp"} and tree.lemma[tree.head[candidate.trigger]] in _FORCING:
        return False  # "they were forced to record a video": the video is not theirs
    for tokens, allowed in ((candidate.subjects, lexicon.domain[candidate.relation]), (candidate.objects, lexicon.objects[candidate.relation])):
        types = {mention.type.value for t in tokens if (mention := tree.by_head.get(t)) is not None and mention.entities}
        if tokens and types and types.isdisjoint(allowed) and not (tokens is candidate.objects and candidate.literal):
            return False
    return candidate.relation != "member_of" or not any(tree.lemma[o] in _SCHOOLS for o in candidate.objects)


_FORCING = frozenset({"force", "compel", "coerce", "make", "oblige", "order", "press", "pressure"})
_SCHOOLS = frozenset({"university", "college", "school", "academy", "lyceum"})
"""Whom these expel was a student, which other words say better."""


def match(tree: Tree, frame: Frame, pattern: Pattern, frames: Mapping[int, Frame]) -> Candidate | None:
    """What the pattern gives for this frame, or None where it does not fit."""
    if pattern.particle and pattern.particle not in frame.particles:
        return None
    if pattern.negated != any(tree.dep[k] == "neg" for k in tree.kids[frame.verb]) and pattern.negated:
        return None
    extent = [frame.verb]
    literal = None
    if pattern.beside:
        office = pattern.relation == "appointed"  # "was named director": not any director of the clause
        beside = next((k for k in _below(tree, frame.verb) if tree.low[k] in pattern.beside and (not office or tree.dep[k] in {"oprd", "attr"})), None)
        if beside is None or any(tree.dep[k] == "neg" for k in tree.kids[beside]):
            return None
        extent.append(beside)
    for preposition, nouns in pattern.needs:
        hit = _oblique(tree, frame, preposition, nouns)
        if hit is None:
            return None
        extent.append(hit)
    if pattern.nouns:
        held = next((o for o in (*frame.objects, *_attributes(tree, frame.verb)) if tree.lemma[o] in pattern.nouns), None)
        if held is not None and pattern.words:
            literal = tree.phrase(held)
        if held is None and frame.passive:  # "charges were brought against", "a case was opened"
            held = next((s for s in frame.subjects if tree.lemma[s] in pattern.nouns), None)
        if held is None or tree.negated_word(held):
            return None
        if frame.passive and pattern.object_in and held in frame.objects and tree.child(frame.verb, "nsubjpass", "auxpass", "nsubj") != held:
            return None  # "X was denied access to a lawyer": X is who was denied it
        extent.append(held)
    elif pattern.words and frame.objects and not frame.passive:
        literal = tree.phrase(frame.objects[0])
        extent.append(frame.objects[0])
    if pattern.words_in:
        literal = _words_after(tree, frame.verb, extent[-1], pattern.words_in)
        if literal is None:
            return None
        extent.append(literal[1] - 1)
    if pattern.subject_nouns and not any(tree.lemma[s] in pattern.subject_nouns for s in frame.subjects):
        return None
    if pattern.clause_needed and _clause(tree, frame) is None:
        return None
    subjects, objects = _arguments(tree, frame, pattern)
    if pattern.agent_nouns and not any(tree.lemma[s] in pattern.agent_nouns for s in subjects):
        return None
    if "of" in pattern.agent_in and not subjects:
        subjects = _keepers(tree, extent[-1])
    if pattern.told:
        below = frames.get(frame.complement) if frame.complement is not None else None
        objects = below.subjects if below is not None and below.subjects != frame.subjects else ()
    elif pattern.inner:
        inner = frames.get(frame.complement) if frame.complement is not None and not frame.objects else None
        if inner is None or (pattern.inner_verbs and inner.lemma not in pattern.inner_verbs):
            return None
        objects = tuple(_whose(tree, o) for o in inner.objects or (inner.subjects if inner.passive else ()))
        extent.append(clause_span(tree, inner.verb)[1] - 1)
    elif pattern.relation in _BODILY:
        objects = tuple(_owner(tree, o) for o in objects)
    if pattern.relation in owners.OWNED and not pattern.inner:
        objects = tuple(owners.behind(tree, o, pattern.relation) for o in objects)
    if any(tree.negated_word(t) for t in (*subjects, *objects)):
        return None
    if not subjects and (pattern.moved or pattern.relation in _NEED_SUBJECT):
        return None
    if literal is not None and pattern.relation == "at_risk_from" and (menace := _menace(tree, frame.verb, literal[0])):
        objects, literal = menace, None  # "face detention by the militia": the militia is what they are in danger from
        extent.extend(menace[:1])
    elif literal is not None:
        objects = ()
    elif pattern.clause == "*":
        literal = _clause(tree, frame)
        if literal is None:
            return None
    elif not objects:
        return None
    qualifiers = []
    for preposition, slot in pattern.qualifiers:
        for name, _, heads in frame.obliques:
            if name == preposition and heads:
                qualifiers.append((slot, tree.phrase(heads[0])))
                break
    if pattern.clause not in {"", "*"} and (span := _clause(tree, frame)):
        qualifiers.append((pattern.clause, span))
        extent.append(span[1] - 1)
    named = bool(subjects)
    voice = "passive" if frame.passive else "active"
    if tree.dep[frame.verb] in {"relcl", "acl", "conj", "xcomp", "advcl", "pcomp"}:
        voice += "-" + tree.dep[frame.verb]
    return Candidate(pattern.relation, f"verb:{pattern.relation}:{pattern.text.replace(' ', '_')}:{voice}", frame.verb, subjects, objects, literal,
                     qualifiers=tuple(qualifiers), extent=tuple(extent), named_agent=named, negated=pattern.negated)


_BODILY = frozenset({"attacked", "tortured"})
_BODY = frozenset(["arm", "leg", "hand", "foot", "face", "head", "nose", "jaw", "rib", "rib", "back", "neck", "finger", "toe", "wrist", "ankle", "knee", "shoulder", "skull", "tooth", "fingernail", "nail", "sole", "chest", "stomach", "throat", "hair", "genital", "body", "eye", "ear", "elbow", "hip", "thigh", "cheek", "lip", "collarbone", "home", "house"])


def _owner(tree: Tree, token: int) -> int:
    """Whose hand it is: the possessor of a part of the body, else the token itself."""
    owner, node = None, token
    for _ in range(3):
        if tree.lemma[node] not in _BODY and node == token:
            return _possessor(tree, token) if tree.by_head.get(token) is None else token
        owner = tree.child(node, "poss")
        if owner is not None:
            return owner
        preposition = next((k for k in tree.children(node, "prep") if tree.low[k] == "of"), None)
        inner = tree.child(preposition, "pobj") if preposition is not None else None
        if inner is None:
            return token
        if tree.by_head.get(inner) is not None and tree.lemma[inner] not in _BODY:
            return inner
        node = inner
    return token


def _whose(tree: Tree, token: int) -> int:
    """The person whom a threat to a thing of theirs is meant for: "to burn his sister's car"."""
    node: int | None = token
    for _ in range(3):
        if node is None:
            return token
        mention = tree.by_head.get(node)
        if mention is not None and mention.type in PEOPLE and mention.entities:
            return node
        node = tree.child(node, "poss")
    return token


def _possessor(tree: Tree, token: int) -> int:
    owner = tree.child(token, "poss")
    return token if owner is None or tree.lemma[token] not in _BODY else owner


def _arguments(tree: Tree, frame: Frame, pattern: Pattern) -> tuple[tuple[int, ...], tuple[int, ...]]:
    subjects = frame.agents if frame.passive else frame.subjects
    if pattern.subject_nouns:
        subjects = ()
    if pattern.moved:
        subjects = frame.subjects if frame.passive else frame.objects
    if pattern.patient_subject:
        subjects = frame.agents
        objects = frame.subjects
    elif pattern.object_in:
        objects = tuple(h for name, _, heads in frame.obliques if name in pattern.object_in for h in heads)
        beside = tree.head[frame.verb] if tree.dep[frame.verb] == "conj" else frame.verb  # "were detained and returned": both are passive
        if not objects and pattern.nouns and "of" in pattern.object_in:  # "overturned her conviction"
            objects = tuple(k for o in (*frame.objects, *(frame.subjects if frame.passive else ())) if tree.lemma[o] in pattern.nouns for k in tree.children(o, "poss"))
        if frame.passive and not frame.agents and not pattern.moved and tree.child(frame.verb, "auxpass") is None and tree.child(beside, "auxpass") is None:
            subjects = frame.subjects  # "X, which …, called on Y": a past tense read as a participle
    elif frame.passive:
        objects = frame.subjects
    elif frame.datives:
        objects = frame.datives
    elif pattern.nouns:
        objects = tuple(o for o in frame.objects if tree.lemma[o] not in pattern.nouns)[:1] or tuple(
            k for o in frame.objects for k in tree.children(o, "poss", "compound", "nmod") if k in tree.by_head)  # "pay X's fine"
    else:
        objects = frame.objects
    if pattern.moved and "by" in pattern.object_in:  # "X was employed by Y", "Y employed X"
        objects = frame.agents if frame.passive else frame.subjects
    if frame.passive and pattern.relation == "attacked" and pattern.object_in == ("at",):
        objects = tuple(o for o in objects if (m := tree.by_head.get(o)) is None or m.type.value != "place")  # "was shot at a checkpoint"
    if pattern.agent_in:
        found = tuple(h for name, _, heads in frame.obliques if name in pattern.agent_in for h in heads if h in tree.by_head)
        if frame.passive or pattern.patient_subject or pattern.moved or pattern.needs or not subjects:
            subjects = found or subjects  # "officers summoned X to the station": the officers did
        if not found and any(preposition in pattern.agent_in for preposition, _ in pattern.needs):
            objects = ()
    return tuple(subjects), tuple(objects)


_NEED_SUBJECT = frozenset({"called_on", "petitioned", "contacted", "helped", "fled_from", "fled_to", "arrived_at", "operated",
                           "authored", "founded", "leader_of", "member_of", "works_for", "located_in", "denied", "witnessed",
                           "at_risk_from", "criticized", "accused", "threatened_by"})


def _words_after(tree: Tree, verb: int, noun: int, prepositions: tuple[str, ...]) -> tuple[int, int] | None:
    if tree.low[tree.head[noun]] in prepositions and tree.children(noun, "amod") and not tree.children(noun, "prep"):
        return tree.phrase(noun)  # "in mortal danger"
    for i in (noun, verb):
        for k in tree.kids[i]:
            if tree.low[k] in prepositions and k > noun and tree.dep[k] == "prep":
                for p in tree.children(k, "pobj", "pcomp"):
                    return clause_span(tree, p) if tree.dep[p] == "pcomp" else tree.phrase(p)
    return None


def _menace(tree: Tree, verb: int, first: int) -> tuple[int, ...]:
    """Who would do what somebody is in danger of: the actor after "by", "from" or "at the hands of"."""
    for i in tree.subtree(verb):
        if i < first - 1 or tree.dep[i] not in {"prep", "agent"} or not (tree.low[i] in {"by", "from"} or (tree.low[i] == "of" and tree.lemma[tree.head[i]] == "hand")):
            continue
        heads = tuple(h for p in tree.children(i, "pobj") for h in tree.conjuncts(p)
                      if (m := tree.by_head.get(h)) is not None and m.entities and m.type.value not in {"place", "work"})
        if heads:
            return heads
    return ()


def _keepers(tree: Tree, noun: int) -> tuple[int, ...]:
    """In whose custody: what stands before "custody", or after it with "of"."""
    for k in tree.kids[noun]:
        owners = [k] if tree.dep[k] in {"poss", "compound", "nmod", "amod"} else tree.children(k, "pobj") if tree.low[k] == "of" else []
        if owners and (mention := tree.by_head.get(owners[0])) is not None and mention.entities:
            return tuple(owners)
    return ()


def _oblique(tree: Tree, frame: Frame, preposition: str, nouns: frozenset[str]) -> int | None:
    for name, token, heads in frame.obliques:
        if name == preposition:
            if not nouns:
                return token
            for head in heads:
                if tree.lemma[head] in nouns or tree.low[head] in nouns:
                    return head
    return None


def _below(tree: Tree, verb: int) -> list[int]:
    """The words one or two steps below a verb that are no clauses of their own."""
    return [k for i in (verb, *tree.children(verb, "ccomp", "xcomp", "acomp", "oprd", "dobj", "attr")) for k in tree.kids[i]
            if k > verb] + tree.kids[verb]


def _attributes(tree: Tree, verb: int) -> list[int]:
    return tree.children(verb, "attr", "dobj", "oprd")


def _clause(tree: Tree, frame: Frame) -> tuple[int, int] | None:
    """The words of the clause below a verb: a that-clause, an infinitive, or what a preposition governs."""
    verb = frame.verb
    if frame.complement is not None:
        return clause_span(tree, frame.complement)
    for k in tree.kids[verb]:
        if tree.dep[k] == "prep" and (inner := tree.child(k, "pcomp")) is not None:
            return clause_span(tree, inner)
    return None


def clause_span(tree: Tree, verb: int) -> tuple[int, int]:
    """The range of a clause without the marks around it."""
    tokens = sorted(t for t in tree.subtree(verb))
    first, last = tokens[0], tokens[-1] + 1
    while first < last - 1 and (tree.pos[first] == "PUNCT" or tree.low[first] in {"that", "to"}):
        first += 1
    while last - 1 > first and tree.pos[last - 1] == "PUNCT":
        last -= 1
    return first, last


def clause_extent(tree: Tree, trigger: int, wanted: tuple[int, ...]) -> tuple[int, int]:
    """The range of the clause around `trigger` that a reader needs: its own words without embedded clauses, and `wanted`."""
    first = last = trigger
    stack = [trigger]
    while stack:
        node = stack.pop()
        first, last = min(first, node), max(last, node)
        for k in tree.kids[node]:
            dep = tree.dep[k]
            if dep in CLAUSAL or dep in {"punct", "cc", "mark", "appos", "meta", "dep"}:
                continue
            if dep == "conj" and (node == trigger or tree.pos[k] not in NOMINAL):
                continue
            stack.append(k)
    for token in wanted:
        first, last = min(first, token), max(last, token)
    return first, last + 1
