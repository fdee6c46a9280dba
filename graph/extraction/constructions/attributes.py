"""What phrases say about people without a verb of action: titles, apposed roles, possessives, family ties and ages.

Every finding joins a *holder* (a name) to a *role* (the noun that describes it); what the role names besides decides the relation:
"X, deputy head of Y" leads, "X, a driver for Y" works for, "X, a driver" has a position, "Y's brother X" is a relative.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.extraction.constructions.candidates import Candidate
from graph.extraction.constructions.role_words import QUALIFIERS_OF_ROLE, TITLES
from graph.extraction.constructions.roles import looks_like_work, relatives, role_of, staff
from graph.extraction.lexicon import load
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.mentions import Mention
    from graph.extraction.syntax.tree import Tree

_PEOPLE = (EntityType.person, EntityType.official)
_AFTER_AGE = re.compile(r",? ?(?:who is |now )?(?:\((?:aged? )?|aged |, ?aged |, ?)(\d{1,2}|1[01]\d)\)?(?=[,.;:)\s]|$)(?! (?:years? in|of|people|others))")
_BEFORE_AGE = re.compile(r"(\d{1,3})[- ]years?[- ]old(?:[ ,][\w’'-]+){0,5}[ ,]*$")
_INNER_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_OTHER_AGE = re.compile(r",?(?: (?:is|was|who is|who was|then|now|turned|a|an|the))* ?(\d{1,3})(?:[- ]years?[- ]old\b| years of age\b)")
_LATER_AGE = re.compile(r",? (?:then|now) (\d{2})(?=[,.;:)]|$)")
_ROLE_AGE = re.compile(r",? (?:an? |the )(?:[\w’'-]+ ){1,4}(?:aged|of) (\d{2})(?=[,.;:]|$)")
_DEATH_AGE = re.compile(r",?(?: who)?(?: has| had)? died (?:[\w’'-]+ ){0,7}(?:at the age of|aged) (\d{1,3})(?=[,.;:]|$)")
_PLAIN_AGE = re.compile(r" (?:is|was|turned|had turned|has turned) (\d{2})(?=[.;:]|$| when\b| at the time\b|, | and\b)")
_AGES_OF_TWO = re.compile(r", aged \d{1,3} and \d")
_AGES_AFTER = (_AFTER_AGE, _OTHER_AGE, _LATER_AGE, _ROLE_AGE, _DEATH_AGE, _PLAIN_AGE)
_MONTHS = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


def attributes(tree: Tree, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every relation that titles, appositions, copulas and ages express in a paragraph."""
    for holder, mention in sorted(tree.by_head.items()):
        if mention.kind == "name" and mention.type in _PEOPLE and mention.entities:
            yield from _ages(tree, holder, mention)
            yield from _titles(tree, holder, mention, lexicon)
            yield from staff(tree, holder)
            yield from _portfolio(tree, holder, mention)
        elif mention.kind == "pronoun" and len(mention.entities) == 1 and tree.low[holder] in {"he", "she"}:
            found = _PLAIN_AGE.match(tree.text[mention.end - tree.offset:][:60])
            if found:
                first, _ = tree.token_range(mention.end + found.start(1), mention.end + found.start(1) + 1)
                yield Candidate("age", "pronoun:age", holder, (holder,), value=found.group(1), extent=(first,), state=True)
        elif mention.kind == "nominal" and mention.type in _PEOPLE and mention.entities:
            yield from relatives(tree, holder)
            if len(mention.entities) == 1 and tree.child(holder, "appos") is None and tree.dep[holder] not in {"appos", "attr", "compound"}:
                yield from _aged(tree, holder, mention)
                if not any(k in tree.by_head for k in tree.children(holder, "compound", "amod", "nmod")):
                    new = any(tree.low[k] in {"a", "an"} for k in tree.kids[holder])
                    yield from (c for c in role_of(tree, holder, holder, "nominal", lexicon) if new or c.relation in _BODILY)
    for role in range(tree.size):
        if tree.lemma[role] in _MUTUAL and tree.tag[role] == "NNS":
            yield from _siblings(tree, role)
    seen = set()
    for holder, role, how in (*_described(tree), *_side_by_side(tree)):
        if (holder, role) in seen:
            continue
        seen.add((holder, role))
        yield from role_of(tree, holder, role, how, lexicon)


def _ages(tree: Tree, holder: int, mention: Mention) -> Iterator[Candidate]:
    after = tree.text[mention.end - tree.offset:][:80]
    if _AGES_OF_TWO.match(after):
        return
    before = tree.text[:mention.start - tree.offset][-60:]
    found = next((m for p in _AGES_AFTER if (m := p.match(after))), None)
    where = mention.end + found.start(1) if found else 0
    if found and _MONTHS.match(after[found.end(1):].strip()):
        found = None
    if not found and (found := _BEFORE_AGE.search(before)) and "," not in found.group(0).rstrip(", "):
        where = mention.start - len(before) + found.start(1)
    if found and 0 < int(found.group(1)) < 120:
        first, _ = tree.token_range(where, where + 1)
        yield Candidate("age", "age", holder, (holder,), value=found.group(1), extent=(min(first, tree.size - 1),), state=True)


_BODILY = frozenset({"leader_of", "works_for", "member_of", "founded", "operated"})


def _aged(tree: Tree, holder: int, mention: Mention) -> Iterator[Candidate]:
    """"the 19-year-old student", "the lawmaker, 55": somebody whom another sentence names."""
    text = tree.text[mention.start - tree.offset:mention.end - tree.offset]
    found = _INNER_AGE.search(text)
    where = mention.start
    if found is None and (found := _AFTER_AGE.match(tree.text[mention.end - tree.offset:][:40])):
        where = mention.end
    if found and 0 < int(found.group(1)) < 120:
        first, _ = tree.token_range(where + found.start(1), where + found.start(1) + 1)
        yield Candidate("age", "nominal:age", holder, (holder,), value=found.group(1), extent=(min(first, tree.size - 1),), state=True)


_MUTUAL = frozenset({"brother", "sister", "sibling", "cousin", "twin", "spouse"})


def _siblings(tree: Tree, noun: int) -> Iterator[Candidate]:
    """"the brothers X and Y", "two cousins from Marsk, X and Y": each is a relative of the next."""
    if any(tree.dep[k] == "poss" for k in tree.kids[noun]):
        return
    names = next((people for k in (*tree.children(noun, "appos"), *((tree.head[noun],) if tree.dep[noun] in {"compound", "nmod"} else ()))
                  if len(people := [c for c in tree.conjuncts(k) if _person(tree, c)]) > 1), [])
    for first, one in enumerate(names):
        for other in names[first + 1:]:
            yield Candidate("relative_of", "mutual:relative_of", noun, (one,), (other,), extent=(noun, one, other), state=True,
                            qualifiers=(("what", (noun, noun + 1)),))


_PORTFOLIO = re.compile(r"(?:\b|-)((?:Secretary|Minister|Attorney|Undersecretary|Chief|Commissioner|Rapporteur) of (?:the )?[A-Z][\w-]+(?:,? and [A-Z][\w-]+)?) $")


def _portfolio(tree: Tree, holder: int, mention: Mention) -> Iterator[Candidate]:
    """"Secretary of State X": an office with what it is over, right before the name."""
    found = _PORTFOLIO.search(tree.text[:mention.start - tree.offset][-60:])
    if found:
        start = mention.start - len(found[1]) - 1
        first, last = tree.token_range(start, mention.start)
        while first < last and "-" in tree.words[first]:
            first += 1  # "Then-Secretary"
        if first < last:
            yield Candidate("position", "title:position", holder, (holder,), literal=(first, last), extent=(first, last - 1, holder), state=True)


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
    if tree.pos[last] != "NOUN" and word not in TITLES and tree.lemma[last] not in lexicon.roles and word not in load().people and not (
            tree.pos[last] == "ADJ" and looks_like_work(word) and word not in QUALIFIERS_OF_ROLE):
        return
    cover = tree.cover.get(last)
    if cover is not None and cover.kind == "name" and cover is not mention:
        return
    if tree.dep[last] not in {"compound", "nmod", "amod", "poss"} and tree.head[last] != holder and inner == first and (
            word not in load().kin or tree.child(last, "poss") is None):
        return
    yield from role_of(tree, holder, last, "title", lexicon)


def _described(tree: Tree) -> Iterator[tuple[int, int, str]]:
    """Holder, role and construction for appositions and copulas."""
    for i in range(tree.size):
        dep, head = tree.dep[i], tree.head[i]
        if dep == "appos" and tree.pos[i] in {"NOUN", "PROPN"}:
            host = tree.head[head] if tree.pos[head] == "NUM" and tree.dep[head] in {"appos", "nummod"} else head
            if _person(tree, host) and not _person(tree, i) and not (i + 1 in tree.cover and tree.cover[i + 1].kind == "name" and tree.sent[i + 1:i + 2] == [tree.sent[i]]):
                yield host, i, "appos"
                for other in tree.children(i, "conj"):  # "X, a student and former member of Y"
                    if tree.pos[other] == "NOUN" and not _person(tree, other) and tree.child(other, "poss") is None:
                        yield host, other, "appos"
            elif _person(tree, i) and (tree.pos[host] == "NOUN" or tree.low[host] in TITLES or tree.low[host] in load().people):
                yield i, host, "apposed"
                if tree.dep[host] == "conj" and tree.pos[tree.head[host]] == "NOUN" and tree.child(host, "poss", "det") is None:  # "his editor and old rival, X"
                    yield i, tree.head[host], "apposed"
        elif dep == "attr" and tree.pos[i] == "NOUN" and tree.lemma[head] in {"be", "become", "remain"}:
            negated = any(tree.dep[k] == "neg" for k in tree.kids[head])
            if not negated and tree.dep[head] in {"ROOT", "relcl", "conj", "ccomp"}:
                subject = tree.child(head, "nsubj")
                if subject is not None and tree.low[subject] in {"who", "which", "that"} and tree.dep[head] == "relcl":
                    subject = tree.head[head]
                if subject is not None and (_person(tree, subject) or _pronoun(tree, subject)):
                    yield subject, i, "copula"


_THEN_NAME = re.compile(r",? (?:[A-Z][a-z]*\.? )?")
_THEN_NOUN = re.compile(r", (?:\d{1,3}, )?(?:(?:then|now|himself|herself) )?")


def _side_by_side(tree: Tree) -> Iterator[tuple[int, int, str]]:
    """A noun and a name of one person that stand side by side, whatever the parser made of them: "his former wife, X", "X, a notary"."""
    heads = {id(mention): head for head, mention in tree.by_head.items()}
    people = sorted((m for m in tree.mentions if m.type in _PEOPLE and len(m.entities) == 1 and m.kind != "pronoun" and id(m) in heads), key=lambda m: m.start)
    for one, other in pairwise(people):
        if one.entities != other.entities or one.kind == other.kind:
            continue
        between = tree.text[one.end - tree.offset:other.start - tree.offset]
        if one.kind == "nominal" and _THEN_NAME.fullmatch(between):
            yield heads[id(other)], heads[id(one)], "apposed"
        elif one.kind == "name" and _THEN_NOUN.fullmatch(between):
            yield heads[id(one)], heads[id(other)], "appos"


def _person(tree: Tree, i: int) -> bool:
    mention = tree.by_head.get(i)
    return mention is not None and mention.kind == "name" and mention.type in _PEOPLE and bool(mention.entities)


def _pronoun(tree: Tree, i: int) -> bool:
    mention = tree.by_head.get(i)
    return mention is not None and mention.kind == "pronoun" and mention.type in _PEOPLE and bool(mention.entities)
