"""What a role makes of its holder: "deputy head of Y" leads, "a driver for Y" works for, "a driver" is a position, "Y's brother" a relative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction import gazetteer
from graph.extraction import lexicon as nouns
from graph.extraction.constructions.candidates import Candidate
from graph.extraction.constructions.role_words import (
    COMPANIONS,
    NO_ROLE,
    QUALIFIERS_OF_ROLE,
    RANKS,
    RULERS,
    SPOKESPEOPLE,
    TITLES,
)
from graph.extraction.syntax.tree import NOMINAL
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.syntax.tree import Tree

_BODIES = (EntityType.organization, EntityType.place, EntityType.group, EntityType.work)
_LEADING = frozenset({"of", "poss", "compound", "for"})


def role_of(tree: Tree, holder: int, role: int, how: str, lexicon: Lexicon, verb: int = -1) -> Iterator[Candidate]:
    """The relations that a role noun gives its holder; for several holders of a plural role one candidate holds all."""
    plural = tree.tag[role] in {"NNS", "NNPS"}
    holders = tuple(tree.conjuncts(holder)) if plural or how == "copula" else (holder,)
    if plural and len(holders) < 2 and how != "title":
        return
    lemma = tree.lemma[role].rstrip(".")
    relation = lexicon.roles.get(lemma, "")
    if not relation and lemma not in nouns.load().people and lemma not in TITLES and not looks_like_work(lemma):
        return
    bodies, people, links = _arguments(tree, holder, role)
    first, last = _words(tree, holder, role, set(links.values()))
    extent = tuple(sorted({*holders, role, first, last - 1, *bodies, *people}))
    what = (("what", (role, role + 1)),)
    as_role = (("role", (first, last)),)
    state = how not in {"copula", "as"}
    trigger = verb if verb >= 0 else tree.head[role] if how == "copula" else role

    def given(name: str, objects: tuple[int, ...], qualifiers: tuple[tuple[str, tuple[int, int]], ...] = ()) -> Candidate:
        return Candidate(name, f"{how}:{name}", trigger, holders, objects, qualifiers=qualifiers, extent=extent, state=state)

    if relation == "relative_of":
        if people:
            yield given("relative_of", people, what)
        return
    if relation == "represents" and any(tree.low[k] == "our" for k in (*tree.kids[role], *tree.kids[holder])):
        relation = "works_for"  # "our lawyer": of the house
    if relation == "represents" and not people and bodies and how in {"title", "apposed"} and all(links[b] == "compound" and _type(tree, b) is EntityType.organization for b in bodies):
        yield given("works_for", bodies[:1], as_role)  # "Network lawyer X" is on its staff
        return
    if relation == "represents" and (people or bodies):
        clients = people or tuple(b for b in bodies if _type(tree, b) is not EntityType.place and tree.lemma[b] not in {"court", "tribunal", "bar"})
        if clients:
            yield given(relation, clients[:1] if not people else clients)
            return
    if relation == "allied_with":
        if people or bodies:
            yield given(relation, people or bodies)
        return
    if lemma in COMPANIONS or lemma in NO_ROLE:
        return
    organizations = tuple(b for b in bodies if _type(tree, b) is EntityType.organization)
    leads = tuple(b for b in organizations or bodies if links[b] in _LEADING and tree.lemma[b] not in {"staff", "team"})
    below = not {"deputy", "vice", "assistant", "regional", "northern", "southern", "eastern", "western"}.isdisjoint(tree.low[first:role])
    if relation == "leader_of" and leads and not (below and organizations) and (organizations or (lemma in RULERS and tree.pos[leads[0]] == "PROPN") or _type(tree, leads[0]) is EntityType.group):
        yield given("leader_of", leads[:1], as_role)
        return
    if relation == "leader_of" and lemma in _HEADS and not bodies and (nation := next((k for k in tree.kids[role] if tree.words[k] in gazetteer.load().demonyms), -1)) >= 0:
        yield given("leader_of", (nation,), as_role)  # "Chechen leader X", where the country is named elsewhere
    if relation in {"member_of", "founded", "operated", "authored"}:
        wanted = {"member_of": (EntityType.organization, EntityType.group)}.get(relation, (EntityType.organization, EntityType.work))
        held = tuple(b for b in bodies if _type(tree, b) in wanted)
        if held:
            yield given(relation, held[:1], as_role)
            return
        if lemma in _BARE_MEMBERS or relation != "member_of":
            return
    if organizations:
        yield given("member_of" if _party(tree, organizations[0]) and relation != "works_for" else "works_for", organizations[:1], as_role)
        return
    if _possessed(tree, holder, role) and (lemma in {"deputy", "assistant"} or not {"its", "their", "our"}.isdisjoint(
            tree.low[k] for k in (*tree.kids[role], *tree.kids[holder]) if k < role)):
        return
    if relation == "leader_of" and any(tree.low[k] == "the" for k in tree.kids[role]) and lemma not in RULERS:
        return  # "the rector, X": of a body that another sentence names
    if lemma in SPOKESPEOPLE or (how == "title" and lemma in RANKS) or (_possessed(tree, holder, role) and relation in {"leader_of", "represents"}) or (
            how == "copula" and tree.by_head.get(holder) is None):
        return
    yield Candidate("position", f"{how}:position", trigger, holders, literal=(first, last), extent=extent, state=state)


_HEADS = frozenset({"leader", "ruler", "dictator", "president", "king", "queen", "emir", "strongman"})
_BARE_MEMBERS = frozenset({"member", "supporter", "follower", "candidate", "adherent", "delegate", "recruit", "affiliate", "mp"})


def looks_like_work(lemma: str) -> bool:
    """A noun that no list knows, with the ending of somebody who does something ("hotelier", "beekeeper")."""
    return lemma not in nouns.load().nouns and len(lemma) > 5 and lemma.endswith(("er", "ist", "ian", "man", "woman", "eer", "ier"))


def relatives(tree: Tree, head: int) -> Iterator[Candidate]:
    """Family named only by the tie: "her grandmother", "Mr X's parents"."""
    lemma = tree.lemma[head]
    if lemma not in nouns.load().kin or tree.children(head, "appos") or tree.dep[head] == "appos":
        return
    for k in tree.kids[head]:
        owners = [k] if tree.dep[k] == "poss" else tree.children(k, "pobj") if tree.dep[k] == "prep" and tree.low[k] == "of" else []
        for owner in owners:
            mention = tree.by_head.get(owner)
            if mention is not None and mention.entities and mention.type in {EntityType.person, EntityType.official}:
                yield Candidate("relative_of", "kin:relative_of", head, (head,), (owner,), extent=(head, owner), state=True,
                                qualifiers=(("what", (head, head + 1)),))


def staff(tree: Tree, holder: int) -> Iterator[Candidate]:
    """A body that hangs on the name itself: "Lawyer X of the Y Committee", "X from Y"."""
    named = tree.by_head[holder]
    first, last = tree.token_range(named.start, named.end)
    for k in (k for i in range(first, last) for k in tree.children(i, "prep")):
        if tree.low[k] not in {"of", "from", "with", "at"} or not (k == last or (k == last + 1 and tree.low[k] == "of" and tree.words[last] == ",")):
            continue
        for p in tree.children(k, "pobj"):
            mention = tree.by_head.get(p)
            if mention is not None and mention.type is EntityType.organization and mention.entities:
                yield Candidate("member_of" if _party(tree, p) else "works_for", "name:works_for", holder, (holder,), (p,), extent=(holder, p), state=True)


def _party(tree: Tree, body: int) -> bool:
    """Whether a body is one that people belong to rather than work for."""
    mention = tree.by_head.get(body)
    return mention is not None and not _PARTIES.isdisjoint(mention.text.casefold().split())


_PARTIES = frozenset("""party movement alliance front league frente partido coalition parliament assembly congress bloc opposition
    parti alianza bundestag duma knesset majlis""".split())


def _possessed(tree: Tree, holder: int, role: int) -> bool:
    """Whether it is somebody's role ("its director"): whose is not known here, so that it is no plain position."""
    for k in (*tree.kids[role], *(k for k in tree.kids[holder] if k < role)):
        if tree.dep[k] == "poss":
            mention = tree.by_head.get(k)
            if mention is None or mention.type is not EntityType.place or tree.pos[k] != "PROPN":
                return True
    return False


def _type(tree: Tree, i: int) -> EntityType | None:
    mention = tree.by_head.get(i)
    return mention.type if mention else None


def _arguments(tree: Tree, holder: int, role: int) -> tuple[tuple[int, ...], tuple[int, ...], dict[int, str | int]]:
    """What a role noun names besides: bodies, people, and by body how it hangs on the role (a preposition, `poss`, `compound`)."""
    bodies: list[int] = []
    people: list[int] = []
    links: dict[int, str | int] = {}

    def take(i: int, link: str) -> None:
        for c in tree.conjuncts(i):
            mention = tree.by_head.get(c)
            if c == holder or mention is None or not mention.entities or mention.text == "State":
                continue  # a Secretary of State works for a government
            if (mention.type in _BODIES and mention.kind != "pronoun") or mention.type in {EntityType.organization, EntityType.place}:
                bodies.append(c)
            else:
                people.append(c)
            links[c] = link

    def prepositions(node: int, depth: int) -> None:
        for k in tree.children(node, "prep"):
            if node != role and tree.low[k] not in {"at", "with", "for", "in"}:
                continue
            for p in tree.children(k, "pobj"):
                take(p, tree.low[k])
                if depth and tree.by_head.get(p) is None and tree.pos[p] in NOMINAL:
                    prepositions(p, depth - 1)

    for k in tree.kids[role]:
        if tree.dep[k] == "poss":
            take(_whose(tree, k), "poss")
        elif tree.dep[k] in {"compound", "nmod", "amod"} and k != holder:
            mention = tree.by_head.get(k)
            if mention is not None and mention.type is EntityType.organization and mention.entities:
                bodies.append(k)
                links[k] = "compound"
    prepositions(role, 1)
    if tree.dep[role] == "attr":  # "X was head of audit at Y"
        for k in tree.children(tree.head[role], "prep"):
            if k > role and tree.low[k] == "at" and not bodies:
                for p in tree.children(k, "pobj"):
                    take(p, "at")
    for k in tree.kids[holder]:
        # "X's brother Y", "its director Y": a title's possessor may hang on the name.
        if tree.dep[k] == "poss" and k < role and not bodies and not people:
            take(k, "poss")
        elif tree.dep[k] in {"compound", "nmod"} and k < role and not bodies:
            mention = tree.by_head.get(k)
            if mention is not None and mention.type is EntityType.organization and mention.entities:
                bodies.append(k)
                links[k] = "compound"
    return tuple(bodies), tuple(people), links


def _whose(tree: Tree, token: int) -> int:
    """"X, whose lawyer, Y, …": what "whose" stands for."""
    node = token
    while tree.low[token] == "whose" and tree.head[node] != node:
        if tree.dep[node] == "relcl":
            return tree.head[node]
        node = tree.head[node]
    return token


def _words(tree: Tree, holder: int, role: int, used: set[str | int]) -> tuple[int, int]:
    """The range of the role's words: its modifiers before it, and complements that name no body."""
    first = role
    while first > 0 and tree.sent[first - 1] == tree.sent[role]:
        previous = first - 1
        dep, head = tree.dep[previous], tree.head[previous]
        hyphen = dep == "punct" and tree.words[previous] == "-" and first <= head <= role
        if hyphen or (dep in {"compound", "amod", "nmod"} and (first <= head <= role or head == holder)):
            first = previous
        else:
            break
    while first < role and (tree.low[first] in QUALIFIERS_OF_ROLE or tree.pos[first] == "PUNCT"):
        first += 1
    last = role + 1
    for k in tree.children(role, "prep"):
        if k == last and tree.low[k] in {"of", "for", "on", "to", "in"} and tree.low[k] not in used:
            last = max(last, tree.phrase(k)[1])
    return first, last
