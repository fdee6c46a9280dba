"""What phrases say about people without a verb of action: titles, apposed roles, possessives, family ties and ages.

Every finding joins a *holder* (a name) to a *role* (the noun that describes it); what the role names besides decides the relation:
"X, deputy head of Y" leads, "X, a driver for Y" works for, "X, a driver" has a position, "Y's brother X" is a relative.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction.candidates import Candidate
from graph.extraction.role_words import COMPANIONS, NO_ROLE, QUALIFIERS_OF_ROLE, TITLES
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.patterns import Lexicon
    from graph.extraction.reading import Mention
    from graph.extraction.tree import Tree

_PEOPLE = (EntityType.person, EntityType.official)
_BODIES = (EntityType.organization, EntityType.place, EntityType.group, EntityType.work)
_AFTER_AGE = re.compile(r",? ?(?:who is |now )?(?:\((?:aged? )?|aged |, ?aged |, ?)(\d{1,2}|1[01]\d)\)?(?=[,.;:)\s]|$)(?! (?:years? in|of|people|others))")
_BEFORE_AGE = re.compile(r"(\d{1,3})[- ]years?[- ]old(?:[ ,][\w’'-]+){0,5}[ ,]*$")
_OTHER_AGE = re.compile(r",?(?: (?:is|was|who is|who was|then|now|turned|a|an|the))* ?(\d{1,3})(?:[- ]years?[- ]old\b| years of age\b)")
_MONTHS = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_ROLE_PREPOSITIONS = frozenset({"of", "for", "at", "with", "from", "in", "to", "on"})


def attributes(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every relation that titles, appositions, copulas and ages express in a paragraph."""
    for holder, mention in sorted(tree.by_head.items()):
        if mention.kind == "name" and mention.type in _PEOPLE and mention.entities:
            yield from _ages(tree, holder, mention)
            yield from _titles(tree, holder, mention, lexicon)
    for holder, role, how in _described(tree):
        yield from role_of(tree, holder, role, how, lexicon)


def _ages(tree: Tree, holder: int, mention: Mention) -> Iterator[Candidate]:
    after = tree.text[mention.end - tree.offset:][:60]
    before = tree.text[:mention.start - tree.offset][-60:]
    found = _AFTER_AGE.match(after) or _OTHER_AGE.match(after)
    where = mention.end + found.start(1) if found else 0
    if found and _MONTHS.match(after[found.end(1):].strip()):
        found = None
    if not found and (found := _BEFORE_AGE.search(before)) and "," not in found.group(0).rstrip(", "):
        where = mention.start - len(before) + found.start(1)
    if found and 0 < int(found.group(1)) < 120:
        first, _ = tree.token_range(where, where + 1)
        yield Candidate("age", "age", holder, (holder,), value=found.group(1), extent=(min(first, tree.size - 1),), state=True)


def _titles(tree: Tree, holder: int, mention: Mention, lexicon: Lexicon) -> Iterator[Candidate]:
    """Words before a name in its own phrase: "history teacher X", "Judge X", "Interior Ministry spokesman X"."""
    first, _ = tree.token_range(mention.start, mention.end)
    inner = first
    while inner < holder and tree.low[inner].rstrip(".") in TITLES:
        inner += 1
    last = inner - 1  # the word right before the bare name
    if last < 0 or tree.pos[last] not in {"NOUN", "PROPN", "ADJ"} or tree.sent[last] != tree.sent[holder]:
        return
    word = tree.low[last].rstrip(".")
    if tree.pos[last] != "NOUN" and word not in TITLES and tree.lemma[last] not in lexicon.roles:
        return
    cover = tree.cover.get(last)
    if cover is not None and cover.kind == "name" and cover is not mention:
        return
    if tree.dep[last] not in {"compound", "nmod", "amod", "poss"} and tree.head[last] != holder and inner == first:
        return
    yield from role_of(tree, holder, last, "title", lexicon)


def _described(tree: Tree) -> Iterator[tuple[int, int, str]]:
    """Holder, role and construction for appositions and copulas."""
    for i in range(tree.size):
        dep, head = tree.dep[i], tree.head[i]
        if dep == "appos" and tree.pos[i] in {"NOUN", "PROPN"}:
            host = tree.head[head] if tree.pos[head] == "NUM" and tree.dep[head] in {"appos", "nummod"} else head
            if _person(tree, host) and not _person(tree, i):
                yield host, i, "appos"
            elif _person(tree, i) and tree.pos[host] == "NOUN":
                yield i, host, "apposed"
        elif dep == "attr" and tree.pos[i] == "NOUN" and tree.lemma[head] in {"be", "become", "remain"}:
            negated = any(tree.dep[k] == "neg" for k in tree.kids[head])
            if not negated and tree.dep[head] in {"ROOT", "relcl", "conj", "ccomp"}:
                subject = tree.child(head, "nsubj")
                if subject is not None and tree.low[subject] in {"who", "which", "that"} and tree.dep[head] == "relcl":
                    subject = tree.head[head]
                if subject is not None and (_person(tree, subject) or _pronoun(tree, subject)):
                    yield subject, i, "copula"


def _person(tree: Tree, i: int) -> bool:
    mention = tree.by_head.get(i)
    return mention is not None and mention.kind == "name" and mention.type in _PEOPLE and bool(mention.entities)


def _pronoun(tree: Tree, i: int) -> bool:
    mention = tree.by_head.get(i)
    return mention is not None and mention.kind == "pronoun" and mention.type in _PEOPLE and bool(mention.entities)


def role_of(tree: Tree, holder: int, role: int, how: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """The relations that a role noun gives its holder."""
    if tree.tag[role] in {"NNS", "NNPS"} and how != "title":
        return
    lemma = tree.lemma[role].rstrip(".")
    relation = lexicon.roles.get(lemma, "")
    state = how != "copula"
    bodies, people, used = _arguments(tree, holder, role)
    first, last = _words(tree, holder, role, used)
    extent = tuple(sorted({holder, role, first, last - 1, *bodies, *people}))
    what = (("what", (role, role + 1)),)
    as_role = (("role", (first, last)),)
    trigger = tree.head[role] if how == "copula" else role

    def given(name: str, objects: tuple[int, ...], qualifiers: tuple[tuple[str, tuple[int, int]], ...] = ()) -> Candidate:
        return Candidate(name, f"{how}:{name}", trigger, (holder,), objects, qualifiers=qualifiers, extent=extent, state=state)

    if relation == "relative_of":
        if people:
            yield given("relative_of", people, what)
        return
    if relation in {"represents", "allied_with"} and (people or bodies):
        yield given(relation, people or bodies)
        return
    if lemma in COMPANIONS or lemma in NO_ROLE or (not bodies and _possessed(tree, holder, role)):
        return
    organizations = tuple(b for b in bodies if _type(tree, b) is EntityType.organization)
    if relation == "leader_of" and bodies and (organizations or lemma in _RULERS or _type(tree, bodies[0]) is EntityType.group):
        yield given("leader_of", organizations or bodies, as_role)
        return
    if relation in {"member_of", "founded", "operated", "authored"} and bodies:
        yield given(relation, organizations or bodies, as_role)
        return
    if relation == "member_of" and lemma in {"member", "supporter", "follower"}:
        return
    if organizations:
        yield given("works_for", organizations[:1], as_role)
        return
    yield Candidate("position", f"{how}:position", trigger, (holder,), literal=(first, last), extent=extent, state=state)


def _possessed(tree: Tree, holder: int, role: int) -> bool:
    """Whether it is somebody's role ("its director", "her lawyer"): without knowing whose, it is not told as a plain position."""
    return any((tree.dep[k] == "poss" and tree.by_head.get(k, None) is None) or tree.tag[k] == "PRP$"
               for k in (*tree.kids[role], *(k for k in tree.kids[holder] if k < role)) if tree.dep[k] == "poss")


_RULERS = frozenset(["president", "leader", "ruler", "governor", "mayor", "king", "queen", "emir", "sultan", "prime", "premier", "dictator", "head", "chancellor", "sheikh", "chief", "monarch", "prefect"])


def _type(tree: Tree, i: int) -> EntityType | None:
    mention = tree.by_head.get(i)
    return mention.type if mention else None


def _arguments(tree: Tree, holder: int, role: int) -> tuple[tuple[int, ...], tuple[int, ...], set[int]]:
    """What a role noun names besides: bodies (organizations first found), people, and the prepositions used up."""
    bodies: list[int] = []
    people: list[int] = []
    used: set[int] = set()

    def take(i: int, link: int) -> None:
        for c in tree.conjuncts(i):
            mention = tree.by_head.get(c)
            if c == holder or mention is None or not mention.entities:
                continue
            if mention.type in _BODIES:
                bodies.append(c)
                used.add(link)
            else:
                people.append(c)
                used.add(link)

    for node in (role, *(_inner(tree, role))):
        for k in tree.kids[node]:
            if tree.dep[k] == "poss":
                take(k, k)
            elif tree.dep[k] == "prep" and tree.low[k] in _ROLE_PREPOSITIONS:
                for p in tree.children(k, "pobj"):
                    take(p, k)
            elif tree.dep[k] in {"compound", "nmod", "amod"} and k != holder and node == role:
                mention = tree.by_head.get(k)
                if mention is not None and mention.type is EntityType.organization and mention.entities:
                    bodies.append(k)
                    used.add(k)
    if not bodies and not people:
        for k in tree.kids[holder]:
            # "X's brother Y", "its director Y": a title's possessor may hang on the name.
            if tree.dep[k] == "poss" and k < role:
                take(k, k)
    return tuple(bodies), tuple(people), used


def _inner(tree: Tree, role: int) -> list[int]:
    """A role that is a title hangs on its name; its own modifiers may be compounds of it."""
    return [k for k in tree.kids[role] if tree.dep[k] == "conj" and tree.pos[k] == "NOUN" and False]


def _words(tree: Tree, holder: int, role: int, used: set[int]) -> tuple[int, int]:
    """The range of the role's words: its modifiers before it, and complements that name no body."""
    first = role
    while first > 0 and tree.sent[first - 1] == tree.sent[role]:
        previous = first - 1
        if (tree.dep[previous] in {"compound", "amod", "nmod", "punct"} and tree.head[previous] in range(first, role + 1)) or (
                tree.dep[previous] in {"compound", "amod", "nmod"} and tree.head[previous] == holder):
            if tree.dep[previous] == "punct" and tree.words[previous] != "-":
                break
            first = previous
        else:
            break
    while first < role and (tree.low[first] in QUALIFIERS_OF_ROLE or tree.pos[first] == "PUNCT"):
        first += 1
    last = role + 1
    for k in tree.children(role, "prep"):
        if k not in used and k == last and tree.low[k] in {"of", "for", "on", "to", "in"}:
            last = max(last, tree.phrase(k)[1])
    return first, last
