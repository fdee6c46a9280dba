"""Common nouns and parts of names with what they tell, read from `data/` once a process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from graph.model import EntityType


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in the singular and lower case, unless said otherwise."""

    nouns: dict[str, EntityType]
    """Common noun to what it names."""
    either: frozenset[str]
    """What may be a person or a body ("broadcaster")."""
    staff: frozenset[str]
    authority: frozenset[str]
    """Heads that make a body of the state together with a place or nationality; plurals too."""
    kin: dict[str, str]
    """Word of family to `f`, `m`, `?` or, for several people, `+`."""
    gender: dict[str, str]
    """Noun to `f` or `m`."""
    given: dict[str, str]
    """Given name in small plain letters to `f` or `m`."""
    titles: dict[str, str]
    """Word before a name, as capitalised there, to `f`, `m` or `?`."""
    organization: frozenset[str]
    """Capitalised parts of the names of bodies; so the following for places and works."""
    place: frozenset[str]
    place_first: frozenset[str]
    place_after: frozenset[str]
    organization_after: frozenset[str]
    work: frozenset[str]
    never: frozenset[str]
    particles: frozenset[str]
    prefixes: frozenset[str]
    speech: frozenset[str]
    same: dict[str, frozenset[str]]
    """Head of a body to the heads that may stand for it."""
    people: frozenset[str]
    """Every noun for a person, singular."""
    office: frozenset[str]
    collective: frozenset[str]
    field: frozenset[str]
    function: frozenset[str]
    female_endings: tuple[str, ...]
    male_endings: tuple[str, ...]


def _data(name: str) -> dict[str, object]:
    return tomllib.loads(resources.files("graph.extraction").joinpath(f"data/{name}.toml").read_text("utf-8"))


def _same(table: object) -> dict[str, frozenset[str]]:
    assert isinstance(table, dict)
    sets = [frozenset(str(value).split()) for value in table.values()]
    return {word: frozenset().union(*(s for s in sets if word in s)) for word in sorted(frozenset().union(*sets))}


@cache
def load() -> Lexicon:
    """The lexicon, read once a process."""
    nouns, names = _data("nouns"), _data("names")
    given = {name: mark for key, mark in (("female", "f"), ("male", "m")) for name in str(_data("given_names")[key]).split()}

    def words(table: object, key: str) -> list[str]:
        assert isinstance(table, dict)
        return str(table[key]).split()

    either = frozenset(words(nouns, "organization")) & frozenset((*words(nouns, "person"), *words(nouns, "official")))
    types: dict[str, EntityType] = {}
    for key in ("work", "place", "organization", "group", "person", "official"):
        types |= dict.fromkeys(words(nouns, key), EntityType(key))
    kin = {word: mark for key, mark in (("female", "f"), ("male", "m"), ("any", "?"), ("plural", "+")) for word in words(nouns["kin"], key)}
    gender = {word: mark for key, mark in (("female", "f"), ("male", "m")) for word in words(nouns["gender"], key)}
    gender |= {word: mark for word, mark in kin.items() if mark in "fm"}
    titles = {word.replace("-", " "): mark for key, mark in (("any", "?"), ("male", "m"), ("female", "f")) for word in words(nouns["titles"], key)}
    for word, mark in kin.items():
        types.setdefault(word, EntityType.group if mark == "+" else EntityType.person)
    return Lexicon(
        nouns=types, either=either, staff=frozenset(words(nouns, "staff")), authority=frozenset(words(nouns, "authority")), kin=kin, gender=gender, given=given,
        titles=titles, organization=frozenset(words(names, "organization")), place=frozenset(words(names, "place")),
        place_first=frozenset(words(names, "place_first")), place_after=frozenset(words(names, "place_after")),
        organization_after=frozenset(words(names, "organization_after")), work=frozenset(words(names, "work")),
        never=frozenset(words(names, "never")), particles=frozenset(words(names, "particles")), prefixes=frozenset(words(names, "prefixes")),
        speech=frozenset(words(nouns["verbs"], "speech")),
        same=_same(nouns["same"]),
        people=frozenset(word for word, kind in types.items() if kind in {EntityType.person, EntityType.official}) | frozenset(words(nouns, "staff")) | frozenset(kin),
        office=frozenset(words(names, "office")), collective=frozenset(words(names, "collective")), field=frozenset(words(names, "field")),
        function=frozenset(words(names, "function")), female_endings=tuple(words(names, "female_endings")), male_endings=tuple(words(names, "male_endings")),
    )
