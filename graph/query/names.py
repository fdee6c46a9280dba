"""From what a person types to the term it means: "magamadov" to the entity of Salekh Magamadov.

Names are compared folded: case, accents and punctuation set aside, other scripts in Latin letters. A name fits if it is
one of the names of the entity; if none is, if all its words are among the words of one; if none is, if each of its words
begins one. What is only similar is offered, never taken: the wrong person is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.query import index
from graph.query.results import XSD, Term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.query.questions import Parameter, Question

_SHOWN = 12
_TYPES = {
    "person": (("person", "official"), ("group",)), "official": (("official",),), "organization": (("organization",),), "place": (("place",),),
}
"""The entity types of a parameter; a later group of types is asked only where nothing of an earlier one fits."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """Something with an IRI and names, the first of which is the one to show. `type` is an entity type, `source` or `relation`."""

    name: str
    id: str
    type: str
    iri: str
    names: tuple[str, ...]


def bind(export: Path, question: Question, given: Mapping[str, str]) -> dict[str, Term]:
    """The term of each given parameter, by variable.

    Raises UsageError: an unknown or missing parameter, a value that names nothing or several things (listed), no date, no stance.
    """
    known = {p.name: p for p in question.parameters}
    if unknown := sorted(given.keys() - known.keys()):
        there = f"It has {question.usage()}." if known else "It has none."
        raise UsageError(f"{question.name} has no parameter {', '.join(unknown)}. {there}")
    if missing := [p.name for p in question.parameters if not p.optional and p.name not in given]:
        raise UsageError(f"{question.name} needs {', '.join(missing)}: casegraph query {question.name} {question.usage()}")
    return {known[name].variable: _term(export, known[name], value) for name, value in sorted(given.items())}


def meant(export: Path, question: Question, bound: Mapping[str, Term]) -> list[str]:
    """What each value turned out to be, as a person reads it: `person: Ana Ruiz`, with its type where that says more."""
    things = {thing.iri: thing for some in _things(export).values() for thing in some}
    told = []
    for parameter in question.parameters:
        if term := bound.get(parameter.variable):
            thing = things.get(term.value)
            shown = thing.name if thing else term.value.rpartition("#")[2] if term.kind == "iri" else term.value
            told.append(f"{parameter.name}: {shown}" + (f" ({thing.type})" if thing and thing.type != parameter.name else ""))
    return told


def entity(export: Path, text: str, types: tuple[tuple[str, ...], ...] = ()) -> Named:
    """The one entity that this names. Raises UsageError that lists the candidates, or the nearest names."""
    things = _things(export)["entity"]
    for some in types:
        if found := _found([thing for thing in things if thing.type in some], text):
            return _one(found, text, "")
    allowed = [type_ for some in types for type_ in some]
    return _one([thing for thing in things if not types or thing.type in allowed], text, " or ".join(allowed) or "entity")


def entities(export: Path) -> list[Named]:
    """Every entity of an export, sorted by name."""
    return sorted(_things(export)["entity"])


def _term(export: Path, parameter: Parameter, value: str) -> Term:
    from graph.export import iris

    if parameter.type == "text":
        return Term("literal", value)
    if parameter.type == "date":
        try:
            return Term("literal", date.fromisoformat(value).isoformat(), XSD + "date")
        except ValueError as error:
            raise UsageError(f"{parameter.name}: {value!r} is no day. Write one like 2021-02-04.") from error
    if parameter.type == "stance":
        if value.casefold() not in {"asserted", "alleged", "denied"}:
            raise UsageError(f"{parameter.name}: {value!r} is no stance. There are asserted, alleged, denied.")
        return Term("iri", iris.TERM + value.casefold())
    if parameter.type in {"relation", "source"}:
        return Term("iri", _one(_things(export)[parameter.type], value, parameter.type).iri)
    return Term("iri", entity(export, value, _TYPES.get(parameter.type, ())).iri)


def _one(things: list[Named], text: str, kind: str) -> Named:
    found = _found(things, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{text!r} may be {len(found)}:\n{_list(found)}\nWrite the full name or the id.")
    near = _nearest(things, text)
    raise UsageError(f"Nothing is called {text!r} ({kind})." + (f" The nearest:\n{_list(near)}" if near else ""))


def _found(things: list[Named], text: str) -> list[Named]:
    return [t for t in things if text in {t.id, t.iri}] or _fitting(things, fold(text))


def _fitting(things: list[Named], wanted: str) -> list[Named]:
    if not wanted:
        return []
    words = set(wanted.split())
    folded = [(thing, [fold(name) for name in thing.names]) for thing in things]
    tests = (
        lambda name: name == wanted,
        lambda name: words <= set(name.split()),
        lambda name: all(any(part.startswith(word) for part in name.split()) for word in words),
    )
    for test in tests:
        if found := [thing for thing, names in folded if any(map(test, names))]:
            return found
    return []


def _nearest(things: list[Named], text: str) -> list[Named]:
    from rapidfuzz import fuzz, process

    names = [(fold(name), thing) for thing in things for name in thing.names]
    scored = process.extract(fold(text), [name for name, _ in names], scorer=fuzz.WRatio, limit=8, score_cutoff=70)
    return list(dict.fromkeys(names[position][1] for _, _, position in scored))[:3]


def _list(things: list[Named]) -> str:
    lines = [f"  {thing.name}  ({thing.type}, {thing.id})" for thing in sorted(things)[:_SHOWN]]
    return "\n".join([*lines, *([f"  … and {len(things) - _SHOWN} more"] if len(things) > _SHOWN else [])])


@cache
def fold(text: str) -> str:
    """The name in lowercase Latin letters without accents and punctuation, words separated by one space."""
    from anyascii import anyascii

    return " ".join("".join(c if c.isalnum() else " " for c in (anyascii(text) or text).casefold()).split())


def _things(export: Path) -> dict[str, list[Named]]:
    """What of an export has a name, by `entity`, `relation` and `source`, read straight from the index."""
    return index.read(export, _read)


@lru_cache(maxsize=2)
def _read(folder: Path) -> dict[str, list[Named]]:
    """The names in an index; kept, as the folder's name is the hash of what is in it."""
    import pyoxigraph as ox

    from graph.export import iris

    store = ox.Store.read_only(str(folder))

    def texts(predicate: str) -> dict[str, list[str]]:
        values = defaultdict(list)
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            values[str(getattr(quad.subject, "value", ""))].append(str(getattr(quad.object, "value", "")))
        return {subject: sorted(names) for subject, names in values.items()}

    found: dict[str, list[Named]] = {}
    ids = texts(iris.DCTERMS + "identifier")
    names = {"entity": (texts(iris.SKOS + "prefLabel"), texts(iris.SKOS + "altLabel")),
             "relation": (texts(iris.RDFS + "label"), {}), "source": (texts(iris.DCTERMS + "title"), {})}
    for kind, (first, more) in names.items():
        quads = store.quads_for_pattern(None, ox.NamedNode(iris.RDF + "type"), ox.NamedNode(iris.TERM + kind.capitalize()))
        found[kind] = []
        for iri in sorted({str(getattr(quad.subject, "value", "")) for quad in quads}):
            id_ = ids.get(iri, [iri])[0]
            shown = first.get(iri, [id_])
            type_ = id_.partition("/")[0] if kind == "entity" else kind
            extra = [id_] if kind != "entity" else []
            found[kind].append(Named(shown[0], id_, type_, iri, (*shown, *more.get(iri, []), *extra)))
    return found
