"""Slips of the parser that its own words give away, mended before the rules read a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.cues import SPEECH, TELLING
from graph.extraction.lexicon import load
from graph.extraction.syntax.coordination import hang, rejoin
from graph.extraction.syntax.tags import NOMINAL, PEOPLE
from graph.model import EntityType

if TYPE_CHECKING:
    from graph.extraction.syntax.tree import Tree

_LEMMAS = {"fin": "fine", "rap": "rape", "hop": "hope", "hat": "hate", "slat": "slate", "wag": "wage", "stag": "stage", "can": "cane", "lambast": "lambaste", "instal": "install", "co-founde": "co-found", "cofounde": "cofound",
           "coopte": "coopt", "doxe": "dox", "illtreate": "illtreat", "re-arreste": "re-arrest", "rearreste": "rearrest", "re-electe": "re-elect",
           "reappointe": "reappoint", "deregistere": "deregister", "waterboarde": "waterboard", "texte": "text", "co-owne": "co-own"}
"""Lemmas that spaCy's rules get wrong for verbs that we know ("fined", "hoped")."""
_ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "notify", "warn", "convince", "persuade"})
_MAX_CLIMB = 8


def mend(tree: Tree) -> None:
    """Change lemmas, heads and dependencies of a tree in place."""
    for i in range(tree.size):
        if tree.tag[i].startswith("VB") and tree.lemma[i] in _LEMMAS:
            tree.lemma[i] = _LEMMAS[tree.lemma[i]]
    for i in range(tree.size):
        if tree.dep[i] == "relcl":
            _that_clause(tree, i)
        elif tree.low[i] == "whom" and tree.dep[i] == "nsubj":
            _whom(tree, i)
        elif tree.dep[i] == "conj" and tree.lemma[i] in TELLING:
            _told_last(tree, i)
        elif tree.dep[i] == "nsubj" and tree.lemma[tree.head[i]] in TELLING:
            _who_said(tree, i)
        elif tree.dep[i] == "parataxis" and tree.lemma[i] in SPEECH:
            _parenthesis(tree, i)
        elif tree.dep[i] == "dep" and tree.tag[i] in {"VBD", "VBN"}:
            _sequel(tree, i)
        elif tree.dep[i] in {"advmod", "npadvmod", "dep"} and i in tree.by_head:
            _subject(tree, i)
        elif tree.tag[i] == "NNS" and tree.dep[i] in {"nmod", "compound"}:
            _spelled_out(tree, i)
        elif tree.dep[i] in {"conj", "appos"} and tree.pos[i] in NOMINAL:
            _after_a_comma(tree, i)
            _tellers(tree, i)
    rejoin(tree)
    _move_appositions(tree)
    for i in range(tree.size):
        if tree.dep[i] == "appos" and tree.pos[i] == "NOUN":
            _behind_the_name(tree, i)


def _sequel(tree: Tree, verb: int) -> None:
    """"Seized X, then drove him away": the second verb was left without a relation; it goes with the first."""
    if tree.head[verb] < verb and tree.tag[tree.head[verb]] in {"VBD", "VBN"} and tree.child(verb, "nsubj", "nsubjpass") is None and (
            not {"then", "later", "and"}.isdisjoint(tree.low[max(0, verb - 2):verb])):
        tree.dep[verb] = "conj"


def _who_said(tree: Tree, subject: int) -> None:
    """"They freed a clerk, X, the Department said.": a body is no apposition of a person; it is the one that said so."""
    verb, one = tree.head[subject], tree.by_head.get(subject)
    if one is None or one.type not in PEOPLE or one.kind != "name" or subject > verb or tree.child(verb, "ccomp") is None:
        return
    body = next((k for k in tree.children(subject, "appos") if (m := tree.by_head.get(k)) is not None and m.type is EntityType.organization and m.entities), -1)
    first = tree.token_range(one.start, one.end)[0]
    if body < 0 or body > verb or first < 2 or tree.words[first - 1] != "," or tree.pos[first - 2] not in NOMINAL:
        return
    hang(tree, body, verb, "nsubj")
    hang(tree, subject, first - 2, "appos")


def _parenthesis(tree: Tree, verb: int) -> None:
    """"In Y, X said, they were held before being moved": what stands outside the commas around "X said" belongs to the clause around it."""
    subject, clause = tree.child(verb, "nsubj"), tree.head[verb]
    if subject is None or tree.child(verb, "ccomp") is not None:
        return
    first = min(tree.subtree(subject))
    end = next((i for i in range(max(verb, subject), tree.sent_ends[tree.sent[verb]]) if tree.words[i] == ","), -1)
    if end < 0 or first == 0 or tree.words[first - 1] != ",":
        return
    for k in list(tree.kids[verb]):
        if k != subject and tree.dep[k] != "punct" and (k < first or k > end):
            hang(tree, k, clause, tree.dep[k])


def _after_a_comma(tree: Tree, token: int) -> None:
    """"Since they came to Y, X has worked": what stands between the comma and a verb without a subject is its subject."""
    start = tree.sent_starts[tree.sent[token]]
    first = min(tree.subtree(token)) if tree.kids[token] else token
    if first <= start or tree.words[first - 1] != "," or tree.dep[tree.head[token]] != "pobj":
        return
    if any(tree.dep[k] == "cc" for k in tree.kids[tree.head[token]]):
        return
    verb = token
    while tree.head[verb] != verb and not tree.tag[verb].startswith("VB"):
        verb = tree.head[verb]
    while tree.head[verb] != verb and tree.dep[verb] in {"pcomp", "advcl", "prep"} and verb < token:
        verb = tree.head[verb]
    if verb <= token or not tree.tag[verb].startswith("VB") or tree.child(verb, "nsubj", "nsubjpass", "csubj", "expl") is not None:
        return
    if not (tree.tag[verb] in {"VBD", "VBZ", "VBP"} or any(tree.tag[k] in {"VBD", "VBZ", "VBP", "MD"} for k in tree.children(verb, "aux", "auxpass"))):
        return
    last = max(tree.subtree(token))
    if any(tree.dep[i] not in {"aux", "auxpass", "advmod", "neg", "punct"} for i in range(last + 1, verb)):
        return
    hang(tree, token, verb, "nsubjpass" if tree.child(verb, "auxpass") is not None else "nsubj")


def _tellers(tree: Tree, token: int) -> None:
    """"Police detained X, A and B said": A and B, between the comma and a verb of speech without a subject, say so."""
    first, last = min(tree.subtree(token)), max(tree.subtree(token))
    verb = last + 1
    if verb < tree.size and tree.lemma[verb] in TELLING and tree.head[verb] == verb and tree.words[first - 1] == "," and (
            tree.child(verb, "nsubj", "expl") is None and any(k < first for k in tree.children(verb, "ccomp"))):
        hang(tree, token, verb, "nsubj")


def _that_clause(tree: Tree, verb: int) -> None:
    """"told Y through the door that Z had been freed": a clause with a conjunction, or told to somebody, is no relative clause."""
    that = next((k for k in tree.kids[verb] if tree.low[k] == "that" and k < verb), None)
    if that is None:
        return
    noun = tree.head[verb]
    teller = noun
    for _ in range(_MAX_CLIMB):
        if tree.head[teller] == teller or (tree.lemma[teller] in SPEECH and tree.pos[teller] == "VERB"):
            break
        teller = tree.head[teller]
    if tree.pos[teller] != "VERB" or tree.lemma[teller] not in SPEECH or teller in set(tree.subtree(verb)) or teller > that:
        return
    told = tree.lemma[teller] in _ADDRESSING and tree.dep[noun] in {"dobj", "dative"} and tree.head[noun] == teller
    if tree.dep[that] == "mark" or (told and tree.child(verb, "nsubj", "nsubjpass") not in {None, that}):
        tree.dep[that] = "mark"
        hang(tree, verb, teller, "ccomp")


def _told_last(tree: Tree, verb: int) -> None:
    """"They were freed after a trial, the court has said.": the verb of speech at the end tells the whole sentence."""
    subject, sentence = tree.child(verb, "nsubj"), tree.sent[verb]
    after = range(verb + 1, tree.sent_ends[sentence])
    if subject is None or any(tree.pos[i] != "PUNCT" for i in after):
        return
    first = min(tree.subtree(subject))
    root = next((i for i in range(tree.sent_starts[sentence], verb) if tree.head[i] == i), None)
    if root is None or first == 0 or tree.low[first - 1] not in {",", '"', "”"} or any(
            tree.dep[i] == "cc" and tree.head[i] == tree.head[verb] and tree.head[verb] < i < verb for i in range(verb)):
        return
    hang(tree, verb, verb, "ROOT")
    hang(tree, root, verb, "ccomp")


def _behind_the_name(tree: Tree, noun: int) -> None:
    """"her brother, Y, head of Z": the second apposition is one of the name that stands between."""
    host = tree.head[noun]
    names = [k for k in tree.children(host, "appos") if host < k < noun and (m := tree.by_head.get(k)) is not None and m.kind == "name" and m.type in PEOPLE]
    if names and tree.pos[host] == "NOUN" and tree.low[names[-1] + 1] == ",":
        hang(tree, noun, names[-1], "appos")


def _spelled_out(tree: Tree, plural: int) -> None:
    """"the brothers Y and Z": the plural heads the phrase, and the names spell it out."""
    last = tree.head[plural]
    names = [i for i in range(plural + 1, last + 1) if (m := tree.by_head.get(i)) is not None and m.kind == "name" and m.type in PEOPLE]
    if len(names) < 2 or names[-1] != last or tree.lemma[plural] not in load().people or tree.cover.get(plural) is tree.by_head[last]:
        return
    if any(tree.low[i] not in {",", "and"} and tree.cover.get(i) not in [tree.by_head[n] for n in names] for i in range(plural + 1, last)):
        return
    above, dep = tree.head[last], tree.dep[last]
    hang(tree, plural, plural if above == last else above, dep)
    for i, head in zip(names, (plural, *names), strict=False):
        hang(tree, i, head, "appos" if head == plural else "conj")


def _subject(tree: Tree, name: int) -> None:
    """"Y worked as …": a name before a verb without a subject is no adverb."""
    verb, mention = tree.head[name], tree.by_head[name]
    if mention.kind != "name" or mention.type not in PEOPLE or name > verb or not tree.tag[verb].startswith("VB") or tree.child(
            verb, "nsubj", "nsubjpass", "csubj", "expl") is not None:
        return
    if tree.tag[verb] in {"VBD", "VBZ", "VBP"} or tree.children(verb, "aux", "auxpass"):
        tree.dep[name] = "nsubjpass" if tree.child(verb, "auxpass") is not None else "nsubj"


def _whom(tree: Tree, whom: int) -> None:
    """"Y, whom soldiers detained": soldiers detain, whatever verb the parser made of them."""
    subject = tree.head[whom]
    verb = tree.child(subject, "acl", "relcl")
    host = whom - 1
    while host > 0 and tree.pos[host] == "PUNCT":
        host -= 1
    while tree.head[host] < whom and tree.pos[tree.head[host]] in NOMINAL and tree.dep[host] in {"compound", "appos", "nmod", "flat"}:
        host = tree.head[host]
    if verb is None or tree.tag[verb] not in {"VBD", "VBN"} or tree.pos[host] not in NOMINAL or host in set(tree.subtree(subject)):
        return
    hang(tree, verb, host, "relcl")
    hang(tree, subject, verb, "nsubj")
    hang(tree, whom, verb, "dobj")


def _move_appositions(tree: Tree) -> None:
    """Hang a name on the noun that it can stand for.

    "The lawyer for X, Y, …": a second name is no apposition of the first but of the noun that the first depends on.
    "A spokeswoman for the Committee, Y": a person is no apposition of a body.
    """
    people = load().people

    def person(token: int) -> bool:
        named = tree.by_head.get(token)
        return tree.lemma[token] in people or (named is not None and named.type in PEOPLE)

    for i in range(tree.size):
        one = tree.by_head.get(i)
        if tree.dep[i] not in {"appos", "conj"} or one is None or one.kind != "name" or one.type not in PEOPLE:
            continue
        host = node = tree.head[i]
        other = tree.by_head.get(host)
        if tree.dep[i] == "conj" and (other is None or other.type is not EntityType.place or any(tree.dep[k] == "cc" and k < i for k in tree.kids[host])):
            continue
        if other is not None and other.type in PEOPLE and (other.kind != "name" or other.entities == one.entities):
            continue
        inner = host
        while tree.dep[inner] == "appos" and tree.head[inner] != inner:  # "the daughter of the dean X, Y"
            inner = tree.head[inner]
        if tree.dep[inner] == "pobj" and other is not None:
            node = tree.head[tree.head[inner]]
            if tree.pos[node] == "VERB" and tree.head[inner] > 0:
                node = tree.head[inner] - 1  # "freed two brothers from Marsk, X and Y": the place was hung on the verb
        if node not in (host, i) and tree.pos[node] == "NOUN" and person(node):
            hang(tree, i, node, "appos")
