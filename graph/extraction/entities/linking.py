"""Which names of a document name the same one: surnames, acronyms, other word orders, one-edit variants, names of the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from graph.extraction import gazetteer, lexicon
from graph.extraction.entities import name_types
from graph.extraction.entities.cast import Cast, Member
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.extraction.entities.names import Name
    from graph.model import Entity

MANY = 600
"""With more names than these, comparing each with each is no longer worth its time."""
PEOPLE = {EntityType.person, EntityType.official}
_BODY_OF = re.compile(r"^(?:the )?(Ministry|Department|Office|Bureau|Committee|Court|Directorate|Bank|University|Government|Parliament) (?:of|for) (?:the )?(.+)$")


class Links:
    """Every name of a document to the members that it may mean; ambiguous surnames keep several."""

    def __init__(self, cast: Cast, targets: Mapping[str, tuple[int, ...]]) -> None:
        self.cast = cast
        self.targets = targets

    def choose(self, name: Name) -> Member | None:
        """The one that this name means here: of several relatives the one that the title fits, else the one met first."""
        members = [self.cast.members[i] for i in self.targets.get(name.key, ())]
        if len(members) > 1 and name.title in {"f", "m"}:
            members = [m for m in members if m.gender in {"", name.title}] or members
        return members[0] if members else None


def link(paragraphs: Sequence[Sequence[Name]], known: Mapping[str, Entity]) -> Links:
    """The members that the names of a document name, in the order in which they are met."""
    groups: dict[str, list[Name]] = {}
    for names in paragraphs:
        for name in names:
            groups.setdefault(name.key, []).append(name)
    weights = {key: name_types.total(names) for key, names in groups.items()}
    types = {key: known[key.casefold()].type if key.casefold() in known else name_types.choose(weights[key]) for key in groups}
    cast = Cast()
    targets: dict[str, tuple[int, ...]] = {}
    parts = _longer_people(groups, types)
    for key, names in groups.items():
        if key not in parts and _stands_alone(key, groups, types):
            type_ = types[key] or (EntityType.person if len(names[0].words) > 1 else None)
            if type_ is not None:
                member = cast.add(type_, key)
                member.evidence = max(weights[key].values(), default=0.0)
                targets[key] = (member.index,)
                _learn(member, names)
    for key, fulls in parts.items():
        indices = tuple(sorted({i for full in fulls for i in targets.get(full, ())}))
        targets[key] = indices
        if len(indices) == 1:
            _learn(cast.members[indices[0]], groups[key])
    for key in sorted(groups):
        proper = key.title()
        if key.isupper() and proper != key and proper in targets and cast.members[targets[proper][0]].type is EntityType.place:
            targets[key] = targets[proper]  # a dateline in capitals
    _merge_bodies(cast, targets, groups)
    _merge_variants(cast, targets, groups)
    return Links(cast, targets)


def _stands_alone(key: str, groups: Mapping[str, list[Name]], types: Mapping[str, EntityType | None]) -> bool:
    return types[key] is not None or len(groups[key][0].words) > 1


def _longer_people(groups: Mapping[str, list[Name]], types: Mapping[str, EntityType | None]) -> dict[str, list[str]]:
    """Shorter names of people to the full names that hold their words one after the other."""
    gaz, lex = gazetteer.load(), lexicon.load()
    full = [key for key in groups if types[key] in {*PEOPLE, None} and len(groups[key][0].words) > 1]
    by_word: dict[str, list[str]] = {}
    for key in full:
        for word in {w.casefold() for w in groups[key][0].words} | {n.casefold() for name in groups[key] for n in name.nick}:
            by_word.setdefault(word, []).append(key)
    parts: dict[str, list[str]] = {}
    for key, names in groups.items():
        words = [w.casefold() for w in names[0].words]
        if key in gaz.countries or (len(words) > 1 and types[key] not in {*PEOPLE, None, EntityType.organization, EntityType.place}) or words[0] in lex.particles:
            continue
        longer = [other for other in by_word.get(words[0], ()) if other != key and len(groups[other][0].words) > len(words) and _holds(groups[other], words)]
        if longer and (len(words) == 1 or types[key] in {*PEOPLE, None} or not _bodily(names[0], lex)):
            parts[key] = longer
    # a part of a part is a part of the whole
    return {key: [full for full in fulls if full not in parts] or fulls for key, fulls in parts.items()}


def _bodily(name: Name, lex: lexicon.Lexicon) -> bool:
    return any(word in lex.organization or word in lex.place for word in name.words)


def _holds(names: list[Name], words: list[str]) -> bool:
    whole = [w.casefold() for w in names[0].words]
    if any(whole[i:i + len(words)] == words for i in range(len(whole) - len(words) + 1)):
        return True
    return len(words) == 1 and any(words[0] == nick.casefold() for name in names for nick in name.nick)


def _learn(member: Member, names: list[Name]) -> None:
    lex = lexicon.load()
    for name in names:
        member.forms[name.key] += 1
        for nick in name.nick:
            member.forms[nick] += 1
        member.roles |= {role.removesuffix("s") if role not in lex.nouns else role for role in name.roles}
        if name.title in {"f", "m"} and not member.gender:
            member.gender = name.title
    if member.type in PEOPLE:
        if not member.gender:
            member.gender = next((lex.gender[role] for role in sorted(member.roles) if role in lex.gender), "")
        if not member.gender:
            last = member.name.split()[-1].casefold()
            member.gender = _by_given_name(member.name, lex)
            if not member.gender and last.endswith((*lex.female_endings, *lex.male_endings)):
                member.gender, member.supposed = ("f" if last.endswith(lex.female_endings) else "m"), True
        if any(lex.nouns.get(role) is EntityType.official for role in member.roles):
            member.type = EntityType.official


def _by_given_name(name: str, lex: lexicon.Lexicon) -> str:
    """The gender that a given name tells: the first word, or a woman's name at the end where the surname comes first."""
    words = [gazetteer.fold(word).casefold() for word in name.split()]
    return lex.given.get(words[0], "") or ("f" if len(words) > 1 and lex.given.get(words[-1]) == "f" else "")


def _merge_bodies(cast: Cast, targets: dict[str, tuple[int, ...]], groups: Mapping[str, list[Name]]) -> None:
    """Acronyms, shortened names and "Ministry of X" for "X Ministry"."""
    gaz, lex = gazetteer.load(), lexicon.load()
    for key, names in groups.items():
        for acronym in {name.acronym for name in names if name.acronym}:
            if key in targets:
                _join(cast, targets, groups, acronym, targets[key])
    bodies = [m for m in cast.members if m.type is EntityType.organization]
    turned: dict[str, Member] = {}
    for member in bodies:
        found = _BODY_OF.match(member.name)
        turned.setdefault(f"{found[2]} {found[1]}".casefold() if found else member.name.casefold(), member)
    for member in bodies:
        found = _BODY_OF.match(member.name)
        if not found and turned[member.name.casefold()] is not member:
            _join(cast, targets, groups, member.name, (turned[member.name.casefold()].index,))
    generic = lex.organization | lex.place | lex.place_first
    by_start: dict[str, list[Member]] = {}
    by_end: dict[str, list[Member]] = {}
    by_letters: dict[str, list[Member]] = {}
    for member in bodies:
        words = member.name.split()
        if len(words) > 1:
            by_start.setdefault(words[0], []).append(member)
            by_end.setdefault(words[-1], []).append(member)
            by_letters.setdefault("".join(w[0] for w in words if w[0].isupper()), []).append(member)
    for member in cast.members:
        words = member.name.split()
        if member.type not in {EntityType.organization, EntityType.work} and len(words) > 1:
            continue
        place = words[0] in gaz.countries or words[0] in gaz.cities or words[0] in gaz.demonyms or member.type is EntityType.place
        near = [] if place or member.type is EntityType.official else [
            *(other for other in by_start.get(words[0], ()) if _begins(other.name.split(), words) and (len(words) > 1 or words[0] not in generic)),
            *(other for other in by_end.get(words[-1], ()) if _ends(other.name.split(), words, lex, gaz))]
        if len(words) == 1 and len(words[0]) > 2 and words[0].isupper():
            near += by_letters.get(words[0], ())
        near = [other for other in near if other is not member]
        if near:
            _join(cast, targets, groups, member.name, (min(near, key=lambda m: m.index).index,))


def _begins(theirs: list[str], words: list[str]) -> bool:
    return len(theirs) > len(words) and theirs[:len(words)] == words


def _ends(theirs: list[str], words: list[str], lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> bool:
    return len(theirs) > len(words) and theirs[-len(words):] == words and "of" not in theirs and (
        theirs[0] in lex.organization or (len(words) > 1 and theirs[0] in gaz.demonyms))


def _join(cast: Cast, targets: dict[str, tuple[int, ...]], groups: Mapping[str, list[Name]], key: str, to: tuple[int, ...]) -> None:
    if targets.get(key) == to or not to:
        return
    if key in groups:
        _learn(cast.members[to[0]], groups[key])
    else:
        cast.members[to[0]].forms[key] += 1
    old = targets.get(key, ())
    for other, indices in targets.items():
        if indices == old and old:
            targets[other] = to
    targets[key] = to


def _merge_variants(cast: Cast, targets: dict[str, tuple[int, ...]], groups: Mapping[str, list[Name]]) -> None:
    """One letter more, less, other or swapped in one word of a name of at least five letters is a slip of the pen."""
    names = [m for m in cast.members if len(m.name) >= 5 and targets.get(m.name) == (m.index,) and (m.type in PEOPLE or (m.evidence < 1.5 and " " not in m.name))]
    if len(names) > MANY:
        return
    for index, member in enumerate(names):
        mine = member.name.casefold().split()
        for other in names[:index]:
            if targets.get(other.name) != (other.index,) or other.type not in PEOPLE:
                continue
            theirs = other.name.casefold().split()
            if _variant(mine, theirs):
                _join(cast, targets, groups, member.name, (other.index,))
                break


def _variant(mine: list[str], theirs: list[str]) -> bool:
    if len(mine) == len(theirs):
        pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    elif len(mine) == 1 and len(theirs) > 1:
        pairs = [(mine[0], min(theirs, key=lambda word: OSA.distance(mine[0], word)))]
    else:
        return False
    return len(pairs) == 1 and _slip(*pairs[0])


def _slip(a: str, b: str) -> bool:
    a, b = gazetteer.fold(a), gazetteer.fold(b)
    if min(len(a), len(b)) < 5 or a[0] != b[0]:
        return a == b
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if longer[:-1] == shorter or ({longer[-1], shorter[-1]} & {"a"} and longer[-1] != shorter[-1]):
        return False  # Orazov and Orazova are two people
    return OSA.distance(a, b) <= 1
