"""The words of a name that tell whose it is: without titles, articles and legal forms, in one form each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.resolution.names import folded, key
from graph.resolution.spelling import is_mixed, latin, scripts

TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "judge", "justice", "sheikh", "sheik", "shaykh", "imam", "mullah", "ayatollah", "rabbi", "father", "sister", "brother", "pastor", "bishop", "reverend", "rev", "president", "minister", "senator", "governor", "mayor", "deputy", "general", "colonel", "lieutenant", "major", "captain", "sergeant", "corporal", "private", "inspector", "commander", "chief", "officer", "lawyer", "attorney", "advocate", "journalist", "activist", "ambassador", "king", "queen", "prince", "princess", "hajji", "haji", "col", "gen", "lt", "maj", "capt", "sgt", "hon", "herr", "frau", "monsieur", "madame", "mme", "mlle", "senor", "senora", "don", "dona", "signor", "signora"]
)

_GENERATIONS = {"jr": "2", "junior": "2", "sr": "1", "senior": "1", "ii": "2", "iii": "3", "iv": "4"}

_ARABIC_ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "an", "az", "ed", "er", "es", "ech"})

_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "de", "la", "le", "des", "du", "von", "und", "et", "y", "i"])

_WORDS = {
    "centre": "center", "organisation": "organization", "defence": "defense", "assn": "association", "assoc": "association", "ctr": "center",
    "dept": "department", "intl": "international", "natl": "national", "govt": "government", "labour": "labor", "programme": "program",
    "saint": "st", "sankt": "st", "mount": "mt", "fort": "ft", "comm": "committee", "univ": "university", "co": "company", "corp": "corporation",
    "ooo": "llc", "ооо": "llc", "ao": "jsc", "ао": "jsc", "oao": "jsc", "оао": "jsc", "pao": "jsc", "пао": "jsc", "zao": "jsc", "зао": "jsc",
}

_LEGAL_FORMS = (
    ("limited liability company", "llc"), ("public limited company", "plc"), ("(?:open |closed |public )?joint stock company", "jsc"),
    ("limited", "ltd"), ("incorporated", "inc"), ("aktiengesellschaft", "ag"), ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("общество с ограниченнои ответственностью", "llc"), ("(?:открытое |закрытое |публичное )?акционерное общество", "jsc"),
)
"""Legal forms written out, as `key` leaves them (no accents), and their short forms."""
_FORMS = frozenset(["llc", "jsc", "gmbh", "ltd", "plc", "inc", "ag", "sa", "ооо", "оао", "зао", "ао", "ao", "ooo"])



@dataclass(frozen=True, slots=True)
class Parsed:
    """A name as its words, without titles and particles; initials are words of one letter."""

    words: tuple[str, ...]
    joined: str = ""
    """All its letters in one, articles too."""
    generation: str = ""
    mixed: bool = False
    numbers: tuple[str, ...] = ()
    acronym: str = ""
    """The name itself where it is an acronym."""


@lru_cache(maxsize=1 << 17)
def parse(kind: str, name: str) -> Parsed:
    """The words of a name that tell whose it is. `kind` is a family of types: person, organization, place …"""
    return _person(name) if kind == "person" else _body(kind, name)


@lru_cache(maxsize=1 << 17)
def is_full(name: str) -> bool:
    """Whether a person's name says who it is beyond one document: a given name written out, and another word.

    A surname, with an initial or without, may be a brother's. Names in Chinese and Korean letters need no space.
    """
    words = parse("person", name).words
    if len(words) == 1:
        return len(words[0]) > 1 and scripts(words[0]) <= {"Han", "Hangul"}
    return len(words) > 1 and len(words[0]) > 1 and any(len(w) > 1 for w in words[1:])


def _person(name: str) -> Parsed:
    if name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        if first and key(first) not in _GENERATIONS:
            name = f"{first} {last}"
    words = _bare(name)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    generation = _GENERATIONS.get(words[-1], "") if len(words) > 2 else ""
    if generation:
        words = words[:-1]
    return Parsed(_arabic_compounds(words), "".join(words), generation, any(map(is_mixed, words)), tuple(w for w in words if w.isdigit()))


def _bare(name: str) -> list[str]:
    """The words of a name in lower case."""
    return folded(name).split()


def _arabic_compounds(words: list[str]) -> tuple[str, ...]:
    """Abdul Rahman, Abd al-Rahman and Abdulrahman as one word; articles left out."""
    found: list[str] = []
    pending = False
    for position, word in enumerate(words):
        if word in _ARABIC_ARTICLES and 0 < position < len(words) - 1:
            continue
        if re.fullmatch("abd(?:[aeuo]l|[aeuo]r|u)?", word) and position < len(words) - 1:
            pending = True
            continue
        if pending:
            found.append("abd" + word)
            pending = False
        else:
            found.append(re.sub("^abd(?:[aeuo][lr])(?=[a-z]{4})", "abd", word))
    return tuple(found)


def _body(kind: str, name: str) -> Parsed:
    text, acronym = name.replace("&", " and "), ""
    if inside := re.search(r"\s*\(([^()]{2,12})\)\s*$", text):
        rest = text[: inside.start()]
        if latin(inside[1]) == "".join(latin(w)[:1] for w in key(rest).split() if w not in _SMALL):
            text = rest
    if kind == "organization":
        text = key(text)
        for long, short in _LEGAL_FORMS:
            text = re.sub(rf"\b{long}\b", short, text)
    words = [_WORDS.get(w, re.sub("isation$", "ization", w)) for w in folded(text).split()]
    words = [w for w in words if w not in _SMALL] or words
    if kind == "place" and len(words) > 1 and words[0] in {"al", "el"}:
        words = words[1:]
    if len(words) > 1 and words[0] in _FORMS:
        # АО Востокгаз and Vostokgaz JSC: the legal form stands last.
        words = [*words[1:], words[0]]
    bare = name.replace(".", "").strip()
    if bare.isupper() and bare.isascii() and bare.isalpha() and 2 <= len(bare) <= 8:
        acronym = bare.lower()
    numbers = tuple(re.sub("(?:st|nd|rd|th)$", "", w) for w in words if w[:1].isdigit())
    return Parsed(tuple(words), "".join(words), "", any(map(is_mixed, words)), numbers, acronym)
