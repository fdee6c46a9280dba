"""What the resolver asks of a sentence: appositions, subjects, quotations and their speakers, lists of people, whom a noun means."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.extraction import gazetteer, lexicon
from graph.model import EntityType

if TYPE_CHECKING:
    from graph.extraction.entities.cast import Member
    from graph.extraction.entities.coreference import Resolver
    from graph.extraction.entities.names import Name
    from graph.extraction.entities.nominals import Nominal
    from graph.extraction.syntax.words import Tokens

PEOPLE = {EntityType.person, EntityType.official}
_QUOTE = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)‘[^‘’]{8,}’(?!\w)")
_NAME_AFTER = re.compile(r",? [\"“‘]?$")
_AGE = r"(?:, (?:aged |then |now )?\d{1,2}| \(\d{1,2}\))?"
_NOUN_AFTER = re.compile(_AGE + r"(?:, (?:then |now |himself |herself |formerly |also |by then |until (?:then|recently) )?(?:then )?| \()$")
_SERVING = {"officer", "agent", "official", "man", "operative", "force", "troop", "guard", "soldier", "serviceman", "investigator", "gendarme", "policeman", "detective", "patrol",
            "militiaman", "commando", "trooper", "constable", "inspector", "interrogator", "employee", "representative", "spokespeople", "source", "staff", "lawyers"}
_ANYBODY = {"man", "woman", "boy", "girl", "activist", "victim", "defendant", "suspect", "detainee", "prisoner", "accused", "person", "teenager", "student"}
STRANGERS = {"gunman", "attacker", "assailant", "witness", "survivor", "diplomat", "officer", "soldier", "guard", "agent", "stranger", "neighbour", "judge", "court", "policeman",
             "spokesman", "spokeswoman", "spokesperson", "official", "resident", "expert", "colleague", "source", "relative", "person", "interrogator", "investigator", "doctor"}
"""People who are seldom named later."""
_RELATIVES = {"couple", "sibling", "brother", "sister", "twin", "spouse", "parent"}


def quotations(text: str) -> list[tuple[int, int]]:
    """Start and end of what stands in quotation marks and is longer than a word or two."""
    return [match.span() for match in _QUOTE.finditer(text) if match.end() - match.start() > 25]


def verb_of(tokens: Tokens, i: int) -> int:
    """The nearest verb above a token, or its sentence's root."""
    for _ in range(12):
        if tokens.pos[i] in {"VERB", "AUX"} or tokens.head[i] == i:
            return i
        i = tokens.head[i]
    return i


def is_subject(tokens: Tokens, i: int) -> bool:
    """Whether a token is a subject, itself or as a member of a list or the noun that its name stands beside."""
    for _ in range(4):
        if tokens.dep[i] in {"nsubj", "nsubjpass", "csubj"}:
            return True
        if tokens.dep[i] not in {"conj", "appos", "compound", "nmod"}:
            return False
        i = tokens.head[i]
    return False


def subject_of(tokens: Tokens, verb: int) -> int:
    """The last subject of a verb that stands before it, or -1."""
    return max((k for k in tokens.kids[verb] if tokens.dep[k] in {"nsubj", "nsubjpass"} and k < verb), default=-1)


def is_patient(tokens: Tokens, i: int) -> bool:
    """Whether something is done to what this token heads."""
    for _ in range(4):
        if tokens.dep[i] in {"dobj", "nsubjpass"} or (tokens.dep[i] == "nsubj" and tokens.lemma[tokens.head[i]] in _UNDERGO):
            return True
        if tokens.dep[i] not in {"conj", "appos", "compound", "nmod"}:
            return False
        i = tokens.head[i]
    return False


_UNDERGO = {"receive", "undergo", "suffer", "face", "serve", "disappear", "vanish", "die", "lose"}


def sharers(tokens: Tokens, verb: int) -> list[int]:
    """The subjects that a verb has, its own or that of the verb before it that it shares ("seized X, then drove …")."""
    for _ in range(4):
        own = [k for k in tokens.kids[verb] if tokens.dep[k] in {"nsubj", "nsubjpass"}]
        if own or tokens.head[verb] == verb or tokens.dep[verb] not in {"conj", "dep", "xcomp", "advcl", "pcomp"}:
            return own
        verb = verb_of(tokens, tokens.head[verb])
    return []


def empty_it(tokens: Tokens, i: int) -> bool:
    """The `it` of "it is not clear that" and "it took two days", which means nothing."""
    head = tokens.head[i]
    if tokens.dep[i] not in {"nsubj", "nsubjpass"}:
        return False
    if tokens.dep[i] == "nsubjpass" and any(tokens.dep[k] == "ccomp" for k in tokens.kids[head]):
        return True
    return tokens.lemma[head] in {"be", "seem", "appear", "take", "remain", "rain", "snow"} and any(
        tokens.dep[k] in {"ccomp", "xcomp", "advcl", "csubj", "acomp"} for k in tokens.kids[head])


def copula_subject(tokens: Tokens, i: int) -> int:
    """For the noun of "X is a lawyer" the token of X, else -1."""
    head = tokens.head[i]
    if tokens.dep[i] == "attr" and tokens.lemma[head] in {"be", "become", "remain"} and not any(tokens.dep[k] == "neg" for k in tokens.kids[head]):
        return next((k for k in tokens.kids[head] if tokens.dep[k] == "nsubj" and k < i), -1)
    return -1


def appositions(text: str, names: list[Name], nominals: list[Nominal], tokens: Tokens) -> dict[int, Name]:
    """By its head token, the name that a nominal stands beside: "her lawyer, Ada Lim", "Ada Lim, 40, a lawyer", "lawyer Ada Lim"."""
    result: dict[int, Name] = {}
    for nominal in nominals:
        if nominal.number > 1 or (nominal.number == 0 and nominal.type is not EntityType.organization):
            continue
        for name in names:
            start = name.lead if name.lead >= 0 else name.start
            if start >= nominal.end:
                gaps = [text[nominal.end:start]]
                if nominal.long_end > nominal.end and start >= nominal.long_end:
                    gaps.append(text[nominal.long_end:start])
                close = any(gap in {" ", ' "', " “"} for gap in gaps[:1]) and (nominal.within is not name)
                comma = any(gap in {", ", ': "', ", “", ', "'} for gap in gaps) and _ends_apposition(text, name.end, tokens)
                if close or comma:
                    result[nominal.head] = name
                break
        if nominal.head in result:
            continue
        for name in reversed(names):
            if name.end <= nominal.start:
                if _NOUN_AFTER.fullmatch(text[name.end:nominal.start]) and nominal.within is not name and _ends_apposition(text, nominal.end, tokens, loose=True):
                    result[nominal.head] = name
                break
    for left, right in pairwise(nominals):
        between = text[max(left.end, left.long_end) if left.long_end <= right.start else left.end:right.start]
        if left.number != 1 or right.number != 1:
            continue
        found = result.get(left.head)
        if found and right.head not in result and found.end <= left.start and between in {" and ", ", "} and right.possessor < 0:
            result[right.head] = found  # "X, a worker and the author of …"
        found = result.get(right.head)
        if found and left.head not in result and found.start >= right.end and (
                (between == " and " and right.determiner == "") or (between == ", " and right.determiner == "the")):
            result[left.head] = found  # "his nephew and driver, X", "his cousin, the novelist X"
    return result


def _ends_apposition(text: str, end: int, tokens: Tokens, *, loose: bool = False) -> bool:
    after = text[end:end + 12]
    if loose:
        return bool(re.match(r"$|[,.;:)]|[\"”]|'s\b|’s\b| (?:of|for|at|in|from|with|and|who|whom|whose|which|that|on|by|to|living|working|known|named|based|charged|accused|familiar|near)\b", text[end:end + 14]))
    if re.match(r"$|[,.;:)(]| \(|[\"”]| and\b|'s|’s| was\b| were\b| had\b| has\b| said\b| told\b", after):
        return True
    index = next((i for i in range(tokens.n) if tokens.at[i] >= end), -1)
    return index >= 0 and tokens.pos[index] in {"VERB", "AUX", "ADV", "PUNCT", "CCONJ"}


def speakers(tokens: Tokens, quotes: list[tuple[int, int]]) -> dict[int, int]:
    """By the number of a quotation, the token of its speaker: the subject of the speech verb nearest to it."""
    lex = lexicon.load()
    verbs = []
    for i in range(tokens.n):
        if tokens.lemma[i] in lex.speech and tokens.pos[i] == "VERB" and not any(a <= tokens.at[i] < b for a, b in quotes):
            subject = next((k for k in tokens.kids[i] if tokens.dep[k] == "nsubj"), -1)
            if subject < 0 and tokens.dep[i] == "conj":
                subject = next((k for k in tokens.kids[tokens.head[i]] if tokens.dep[k] == "nsubj"), -1)
            if subject >= 0:
                verbs.append((tokens.at[i], subject))
    result: dict[int, int] = {}
    for number, (start, end) in enumerate(quotes):
        best = min(verbs, key=lambda verb: (abs(verb[0] - end) if verb[0] >= end else start - verb[0] + 10), default=None)
        if best is not None:
            result[number] = best[1]
    return result


def coordinations(names: list[Name], nominals: list[Nominal], tokens: Tokens) -> list[tuple[int, list[tuple[int, int]]]]:
    """Lists of people joined by "and": where each ends, and start and head token of its members."""
    heads = sorted([(n.start, n.end, tokens.root(*tokens.covering(n.start, n.end))) for n in names]
                   + [(n.start, n.end, n.head) for n in nominals if n.number == 1 and n.type in PEOPLE]
                   + [(tokens.at[i], tokens.end[i], i) for i in range(tokens.n) if tokens.lower[i] in {"he", "she", "him", "her"} and tokens.dep[i] != "poss"])
    lists: list[tuple[int, list[tuple[int, int]]]] = []
    chain: list[tuple[int, int, int]] = []
    joined = False
    for left, right in pairwise(heads):
        between = [i for i in range(left[2] + 1, right[2] + 1) if left[1] <= tokens.at[i] < right[0]]
        words = [tokens.lower[i] for i in between]
        plain = len(between) <= 12 and tokens.sent[left[2]] == tokens.sent[right[2]] and not any(
            tokens.pos[i] in {"VERB", "AUX", "SCONJ"} or tokens.text[i] in {";", ":"} for i in between)
        and_ = plain and "and" in words
        comma = plain and words in ([","], [",", "and"])
        beside = plain and (not words or words == [","]) and right[0] - left[1] <= 2
        if and_ or comma or beside:
            chain = chain or [left]
            chain.append(right)
            joined = joined or and_
        else:
            if chain and joined:
                lists.append((chain[-1][1], [(start, head) for start, _, head in chain]))
            chain, joined = [], False
    if chain and joined:
        lists.append((chain[-1][1], [(start, head) for start, _, head in chain]))
    return lists


def receives(tokens: Tokens, i: int) -> bool:
    """Whether something is given to, said of or brought against what this token heads."""
    return tokens.dep[i] == "pobj" and tokens.lower[tokens.head[i]] in {"to", "of", "against", "for"}


def speaks(tokens: Tokens, i: int) -> bool:
    """Whether a token is the subject of a verb of speech."""
    return tokens.dep[i] == "nsubj" and tokens.lemma[tokens.head[i]] in lexicon.load().speech


def meaning(resolver: Resolver, nominal: Nominal, owners: tuple[int, ...], within: Member | None, start: int, *, speaks: bool) -> tuple[int, ...]:
    """The members that a nominal means among those met so far; empty where it brings somebody new."""
    members = resolver.cast.lately()
    lex = lexicon.load()
    if within is not None and within.type is EntityType.organization and nominal.lemma in _SERVING and nominal.number == 0 and nominal.type is EntityType.group:
        return (within.index,)
    if owners and nominal.determiner == "poss":
        return _owned(members, nominal, owners)
    if nominal.type is EntityType.group and nominal.number != 1 and nominal.determiner == "the" and within is None:
        return _several(resolver, nominal, start)
    if nominal.determiner == "a" and nominal.type is not EntityType.organization:
        return ()
    if nominal.determiner == "the" or nominal.type is EntityType.organization:
        return _single(resolver, nominal, within, start, lex, speaks=speaks)
    return ()


def _owned(members: list[Member], nominal: Nominal, owners: tuple[int, ...]) -> tuple[int, ...]:
    if nominal.lemma == "client":
        return tuple(m.possessor for m in members if m.index in owners and m.possessor >= 0 and m.roles & {"lawyer", "attorney", "counsel", "advocate", "barrister", "solicitor"})
    found = [m for m in members if m.possessor in owners and m.index not in owners and (nominal.lemma in m.roles) and (m.type in PEOPLE) == (nominal.type in PEOPLE)]
    return (max(found, key=lambda m: m.last).index,) if found else ()


def _several(resolver: Resolver, nominal: Nominal, start: int) -> tuple[int, ...]:
    """For "the two men", "the pair", "both": the last list of so many people, or the last group that is called so."""
    members, everybody = resolver.cast.lately(), resolver.cast.members
    lists = [(end, found) for end, found in resolver.sets[-50:] if end <= start and (len(found) == nominal.number or nominal.number == 0)]
    if "other" in nominal.modifiers or "remaining" in nominal.modifiers:
        return _others(resolver, nominal, start)
    groups = [m for m in members if m.type is EntityType.group and m.last >= 0 and
              ((nominal.number > 1 and m.number == nominal.number) or (nominal.number == 0 and nominal.lemma and nominal.lemma in m.roles))]
    group = max(groups, key=lambda m: m.last, default=None)
    groups = [m for m in groups if not m.roles & STRANGERS or nominal.lemma in m.roles]
    group = max(groups, key=lambda m: m.last, default=None)
    if lists and (nominal.number > 1 or _called_so(everybody, lists[-1][1], nominal)):
        end, found = lists[-1]
        if group is None or end >= group.last or nominal.lemma in {"pair", "couple"}:
            return found
    if group is not None:
        return (group.index,)
    if nominal.number == 2 or nominal.lemma in _RELATIVES:
        pairs = [m for m in members if m.possessor >= 0 and m.type in PEOPLE and everybody[m.possessor].type in PEOPLE and m.roles & set(lexicon.load().kin) and m.last >= 0]
        if pairs and nominal.lemma in _RELATIVES | {"pair", "man", "woman", ""}:
            last = max(pairs, key=lambda m: m.last)
            return (last.possessor, last.index)
    if nominal.number > 1 or nominal.lemma in _VICTIMS:
        acted_on = tuple(m.index for m in sorted(members, key=lambda m: m.first) if m.type in PEOPLE and m.kind == "name" and m.patient and 0 <= m.first < start)
        if len(acted_on) > 1 and (len(acted_on) == nominal.number or (nominal.number == 0 and len(acted_on) < 6)):
            return acted_on
    return ()


def _others(resolver: Resolver, nominal: Nominal, start: int) -> tuple[int, ...]:
    """For "the other three" those of the last list of people who have not been named since."""
    for end, found in reversed(resolver.sets[-10:]):
        rest = tuple(i for i in found if resolver.cast.members[i].last < end)
        if end <= start and len(rest) < len(found) and len(rest) == nominal.number:
            return rest
    return ()


_VICTIMS = {"detainee", "defendant", "accused", "detained", "arrested", "prisoner", "victim", "journalist", "activist", "student", "man", "woman", "teacher", "lawyer"}


def _called_so(members: list[Member], found: tuple[int, ...], nominal: Nominal) -> bool:
    if nominal.lemma in {"man", "woman", "brother", "sister", "sibling", "couple", "pair"}:
        gender = {"man": "m", "brother": "m", "woman": "f", "sister": "f"}.get(nominal.lemma)
        return all(not gender or members[i].gender in {"", gender} for i in found)
    return any(nominal.lemma in members[i].roles for i in found)


def _single(resolver: Resolver, nominal: Nominal, within: Member | None, start: int, lex: lexicon.Lexicon, *, speaks: bool) -> tuple[int, ...]:
    members = [m for m in resolver.cast.lately() if 0 <= m.last < start]
    lemma = nominal.lemma
    if nominal.type in PEOPLE:
        found = [m for m in members if m.type in PEOPLE and lemma in m.roles and m.roles.issuperset(nominal.modifiers) and (within is None or m.possessor in {-1, within.index} or m.parent == within.index)]
        if not found and lemma in _ANYBODY and within is None and not nominal.modifiers:
            gender = lex.gender.get(lemma, "")
            recent = [m for m in members if m.type in PEOPLE and m.kind == "name" and start - m.last < 400 and m.gender in {"", gender or m.gender} and m.type is EntityType.person]
            found = recent if len(recent) == 1 else []
        return (max(found, key=lambda m: (m.kind == "name", m.last)).index,) if found else ()
    if nominal.type is EntityType.organization:
        if within is not None or (nominal.determiner != "the" and lemma not in lex.authority):
            return ()
        bodies = [m for m in members if m.type is EntityType.organization and _is_headed(m, lemma) and (lemma != "authority" or (m.number == 0) == (nominal.number == 0))]
        bodies = [m for m in bodies if all(word in m.name.casefold() or word in m.roles or word == "same" for word in nominal.modifiers)]
        if not bodies and lemma in lex.same and nominal.determiner == "the":
            bodies = [m for m in members if m.type is EntityType.organization and any(_is_headed(m, other) for other in sorted(lex.same[lemma]))
                      and not nominal.modifiers]
            if not bodies and lemma in _BODIES:
                bodies = _named_bodies(members, nominal, lex)
        elif lemma in _BODIES and all(m.kind != "name" for m in bodies):
            # "a group" that was only mentioned is not "the group" when a body with a name came after it.
            bodies += [m for m in _named_bodies(members, nominal, lex) if m.last > max(b.last for b in bodies)]
        return (max(bodies, key=lambda m: (speaks and m.spoke, m.last)).index,) if bodies else ()
    if nominal.type is EntityType.place and within is None:
        return _place(members, nominal)
    found = [m for m in members if m.type is nominal.type and lemma in m.roles] if within is None else []
    return (max(found, key=lambda m: m.last).index,) if found else ()


_BODIES = frozenset({"group", "organisation", "organization", "ngo", "charity", "company", "firm", "network"})


def _named_bodies(members: list[Member], nominal: Nominal, lex: lexicon.Lexicon) -> list[Member]:
    """The bodies with a name, not of a state, that a plain "the group" or "the company" may mean."""
    bodies = [m for m in members if m.type is EntityType.organization and m.kind == "name" and not any(_is_headed(m, head) for head in _STATE) and not nominal.modifiers]
    if nominal.lemma in {"company", "firm"}:
        bodies = [m for m in bodies if not m.name.isupper() and not any(word in lex.organization for word in m.name.split()) and not m.roles & lex.nouns.keys()]
    return bodies


_STATE = ("ministry", "court", "police", "government", "parliament", "army", "prosecutor", "committee", "department", "directorate", "office", "agency", "authorities", "union-of", "university")


def _is_headed(member: Member, lemma: str) -> bool:
    """Whether a body is called by this noun, in its name or otherwise."""
    if lemma in member.roles:
        return True
    return lemma in member.name.casefold().replace("’", "'").split() or f"{lemma}s" in member.name.casefold().split()


def _place(members: list[Member], nominal: Nominal) -> tuple[int, ...]:
    gaz = gazetteer.load()
    places = [m for m in members if m.type is EntityType.place]
    if nominal.modifiers and nominal.modifiers != ("same",):
        return ()
    if nominal.lemma in {"country", "nation", "homeland", "state"}:
        found = [m for m in places if m.name in gaz.countries] if nominal.lemma != "state" else []
    elif nominal.lemma in {"city", "capital", "town"}:
        found = [m for m in places if nominal.lemma in m.roles] or [m for m in places if m.name in gaz.cities and m.name not in gaz.countries]
    elif nominal.lemma in {"republic", "region", "territory"}:
        found = [m for m in places if nominal.lemma in m.roles or (m.name in gaz.countries and m.name not in gaz.codes)]
    else:
        found = [m for m in places if nominal.lemma in m.roles or nominal.lemma in m.name.casefold().split()]
    return (max(found, key=lambda m: m.last).index,) if found else ()
