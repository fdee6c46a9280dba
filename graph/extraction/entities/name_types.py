"""What a name names, as a sum of evidence: its own words, the words beside it, the gazetteer, and spaCy's guess.

The weights are set by hand from how telling each sign is and were checked on the training stories; what counts is their order,
not their size. Evidence is added up over all places of a name in a document before a type is chosen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.extraction import gazetteer, lexicon
from graph.model import EntityType

if TYPE_CHECKING:
    from graph.extraction.entities.names import Name
    from graph.extraction.syntax.words import Tokens

PERSON, ORGANIZATION, PLACE, WORK = EntityType.person, EntityType.organization, EntityType.place, EntityType.work
_SPACY = {"PERSON": PERSON, "ORG": ORGANIZATION, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE, "WORK_OF_ART": WORK, "LAW": WORK}
_GUESS = {PERSON: 1.2, PLACE: 1.0, ORGANIZATION: 0.7, WORK: 0.5}
_AGE = re.compile(r"(?:,? \(?|, (?:then |now |aged |age )*)\d{1,2}(?:[,.)]| years)|, aged \d")
_LIFE = re.compile(r" \(?\d{4}[-–]\d{2,4}\)?|,? (?:was born|who\b|whose\b)")
_SPEECH = re.compile(r" (?:said|says|told|tells|added|adds|wrote|writes|insisted|insists|testified|recalled|recalls|argued|claimed|claims|denied|denies|alleges|maintains|alleged)\b")
_HAPPENED = re.compile(r" (?:was|were|had been|has been|has since been|is being|is) (?:arrested|detained|born|sentenced|convicted|beaten|tortured|killed|shot|released|abducted|"
                       r"questioned|charged|appointed|elected|dismissed|acquitted|fined|married|summoned|accused|interrogated|deported|jailed|freed|kidnapped|promoted|named|removed)\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|to|at|outside|across|into|around|towards?|through|inside|via|of|between|within|throughout|beyond|left|reached|fled|visited)(?: (?:the )?(?:city|town|village|"
                           r"province|district|region|state|island|capital|port|suburb|municipality|county|hamlet|northern|southern|eastern|western|central|nearby|neighbouring|downtown))*(?: of)? $", re.IGNORECASE)
_WEAK_BEFORE = re.compile(r"\b(?:of|to|left|from|between|at|through|via|into|reached|visited)(?: the)? $")
_BODY_AFTER = re.compile(r"['’]s? (?:newsroom|licen[cs]e|premises|payroll|headquarters|website|shares|board|members|employees|staff|subscribers|readers|parent company|offices|accounts|editor|owner|founder)\b")
_BODY_BEFORE = re.compile(r"\b(?:(?:director|producer|manager|engineer|reporter|lawyer|researcher|coordinator|spokes\w+|analyst|officer|counsel) (?:at|for|with)|"
                          r"(?:editor|founder|owner|employee|employees|subsidiary|newsroom|members?|shareholders?|co-founder|presenter|offices) of|works? for|worked for|employed by|owned by) (?:the )?$")
_ACRONYM_AFTER = re.compile(r"'?s? \((?:the )?([A-Z][\w.-]{1,11})\)|, (?:known|abbreviated)(?: by its initials)? as (?:the )?([A-Z][A-Za-z]{1,9})\b|,? (?:the|or) ([A-Z]{2,9})[,.]")
_APPOSITION = re.compile(r",? (?:(?:the|a|an|its|his|her|their|one|then|now|formerly|himself|herself|himself a|herself a) )?((?:[\w'’-]+ ){0,5}?[\w'’-]+)(?=,| of\b| for\b| at\b| in\b| from\b| on\b| who\b| which\b| that\b| with\b| and\b| to\b|[.;:)]|$)")
_BEFORE = re.compile(r"([\w'’-]+)(,?) [\"“‘']?$")


def weigh(text: str, names: list[Name], tokens: Tokens) -> None:
    """Add to each name's `weights` what its place in this paragraph tells."""
    lex = lexicon.load()
    guesses = [(span.start_char, span.end_char, _SPACY[span.label_]) for span in tokens.doc.ents if span.label_ in _SPACY]
    for name in names:
        _beside(text, name, lex)
        for start, end, kind in guesses:
            if abs(start - name.start) <= 4 and abs(end - name.end) <= 2:
                name.guess = kind


def total(names: list[Name]) -> dict[EntityType, float]:
    """All the evidence on one name, from every place where it stands in a document."""
    lex, gaz = lexicon.load(), gazetteer.load()
    weights = _own_words(names[0], lex, gaz)
    for name in names:
        for kind, weight in name.weights.items():
            weights[kind] = weights.get(kind, 0.0) + weight
    for kind, weight in _GUESS.items():
        share = sum(name.guess is kind for name in names) / len(names)
        if share:
            weights[kind] = weights.get(kind, 0.0) + share * weight
    return weights


def _add(name: Name, kind: EntityType, weight: float) -> None:
    name.weights[kind] = name.weights.get(kind, 0.0) + weight


def _own_words(name: Name, lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> dict[EntityType, float]:
    weights: dict[EntityType, float] = {}

    def add(kind: EntityType, weight: float) -> None:
        weights[kind] = weights.get(kind, 0.0) + weight

    words, key = name.words, name.key
    last, first = words[-1], words[0]
    if key in gaz.countries:
        add(PLACE, 6)
    elif key in gaz.capitals:
        add(PLACE, 4)
    elif key in gaz.cities or (key.isupper() and key.title() in gaz.cities):
        add(PLACE, 1.5 if gaz.cities.get(key, 0) < 200_000 else 2.5)
    joint = next((i for i, word in enumerate(words) if word in {"of", "for", "on", "against", "and", "&"}), 0)
    head = words[joint - 1] if joint else last
    if (joint and any(word in lex.organization for word in words[:joint])) or (len(words) > 1 and (last in lex.organization or head in lex.organization)):
        add(ORGANIZATION, 4)
    elif len(words) > 1 and (first in lex.organization or any(word in lex.organization for word in words[1:])):
        add(ORGANIZATION, 2)
    elif last in lex.work or head in lex.work:
        add(WORK, 4)
    elif len(words) > 1 and last in lex.place:
        add(PLACE, 2)
    elif len(words) > 1 and first in lex.place_first:
        add(PLACE, 1)
    elif key.isupper() and len(key) > 1 and len(words) == 1 and key.title() not in gaz.cities:
        add(ORGANIZATION, 2)
    if len(words) in {2, 3} and not any(word in lex.organization or word in lex.place or word.isupper() or word[0].isdigit() for word in words):
        add(PERSON, 0.8)
    if any(word[-1].isdigit() for word in words) or re.search(r"[a-z][A-Z]", key.replace("Mc", "").replace("Mac", "")):
        add(ORGANIZATION, 1)
    if any(word in {"bin", "bint", "ibn", "binti"} or word.startswith(("al-", "el-")) for word in words):
        add(PERSON, 1)


    return weights


def _beside(text: str, name: Name, lex: lexicon.Lexicon) -> None:
    if name.title:
        _add(name, PERSON, 4)
    elif name.roles:
        _add(name, PERSON, 3)
    after = text[name.end:name.end + 160]
    before = text[max(0, name.start - 60):name.start]
    if name.lead >= 0:
        before = text[max(0, name.lead - 60):name.lead]
    if _AGE.match(after):
        _add(name, PERSON, 3)
    if _LIFE.match(after):
        _add(name, PERSON, 1.5)
    if _SPEECH.match(after) or re.search(r"(?:said|says|told|added|wrote|asked) $", before):
        _add(name, PERSON, 0.5)
        _add(name, ORGANIZATION, 0.4)
    if _HAPPENED.match(after):
        _add(name, PERSON, 1.2)
    if _BODY_AFTER.match(after) or _BODY_BEFORE.search(before):
        _add(name, ORGANIZATION, 1.2)
    found = _ACRONYM_AFTER.match(after)
    acronym = next(filter(None, found.groups())) if found else ""
    if acronym and spells(acronym, name.key):
        name.acronym = acronym
        _add(name, ORGANIZATION, 4)
    if name.start and text[name.start - 1] in "\"“‘'" and after[:1] in "\"”’',":
        _add(name, WORK, 1)
    if _PLACE_BEFORE.search(before):
        _add(name, PLACE, 0.6 if _WEAK_BEFORE.search(before) else 1.4)
    following = re.match(r" ([a-z]+)", after)
    if following and len(name.words) <= 3 and not name.roles:
        if following[1] in lex.place_after:
            _add(name, PLACE, 1.5)
        elif following[1] in lex.organization_after:
            _add(name, PLACE if len(name.words) == 1 else ORGANIZATION, 0.6)
    if after.startswith((", ", " (")):
        _apposition(after, name, lex)
    word = _BEFORE.search(before)
    if word:
        noun = word[1].lower()
        kind = lex.nouns.get(noun) or lex.nouns.get(noun.removesuffix("s"))
        if noun == "of":
            of = re.search(r"([a-z]+) of $", before)
            kind = PLACE if of and of[1] in {"village", "town", "city", "province", "district", "region", "island", "state", "port", "municipality", "county", "suburb", "area"} else None
        if kind:
            kind = PERSON if kind in {EntityType.official, EntityType.group} else kind
            if kind is PLACE and noun in {"station", "centre", "shelter", "clinic", "school"}:
                kind = ORGANIZATION
            if noun in lex.either:
                _add(name, ORGANIZATION, 1.5)
                kind = PERSON
            _add(name, kind, 1.5 if noun in lex.either else 2.2 if word[2] else 2.5)


def _apposition(after: str, name: Name, lex: lexicon.Lexicon) -> None:
    found = _APPOSITION.match(after)
    if not found:
        return
    words = found[1].lower().split()
    noun = words[-1].removesuffix("'s")
    kind = lex.nouns.get(noun)
    if kind is None and len(words) > 1 and words[-1].istitle():
        kind = lex.nouns.get(words[-2])
    if noun in lex.either:
        _add(name, ORGANIZATION, 1)
        _add(name, PERSON, 1)
    elif kind in {EntityType.official, EntityType.person}:
        _add(name, PERSON, 2.5)
    elif kind in {PLACE, ORGANIZATION, WORK}:
        _add(name, kind, 2.0)


def spells(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym stand in this order at the starts of a name's words, or at least nearly so."""
    letters = [c for c in acronym.casefold() if c.isalpha()]
    initials = [word[0].casefold() for word in re.findall(r"\w+", name)]
    big = [word[0].casefold() for word in re.findall(r"\w+", name) if word[0].isupper()]
    if len(letters) < 2 or not big:
        return False
    if letters in (big, initials):
        return True
    rest = iter(name.casefold())
    return letters[0] == big[0] and all(letter in rest for letter in letters) and len(big) >= 2


def choose(weights: dict[EntityType, float]) -> EntityType | None:
    """The type that the evidence speaks for, or None where there is none."""
    if not weights:
        return None
    order = (PERSON, ORGANIZATION, PLACE, WORK)
    return max(order, key=lambda kind: (weights.get(kind, 0.0), -order.index(kind)))
