"""Statements of an export as a reader wants them: who did what to whom, how it is put, by whom, where and in which words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from graph import edtf
from graph.printable import clean
from graph.query import engine
from graph.query.results import Term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.query.results import Result

_ALL = engine.Limits(seconds=60, rows=10_000_000, chars=2**31)
_QUERY = """
SELECT DISTINCT ?who ?did ?to ?stance ?doubtful ?said_by ?time ?at ?source ?words ?locator ?statement WHERE {
  VALUES ?statement { UNDEF }
  ?statement rdf:subject/skos:prefLabel ?who ; rdf:predicate/rdfs:label ?did ; rdf:object ?object ; v:stance/rdfs:label ?stance ;
    prov:wasQuotedFrom ?document .
  ?document dcterms:identifier ?source .
  OPTIONAL { ?object skos:prefLabel ?name }
  BIND(COALESCE(?name, ?object) AS ?to)
  OPTIONAL { ?statement v:speaker/skos:prefLabel ?speaker }
  OPTIONAL { ?document dc:publisher ?outlet }
  BIND(COALESCE(?speaker, ?outlet, ?source) AS ?said_by)
  BIND(IF(EXISTS { ?statement v:doubt ?any_doubt } && NOT EXISTS { ?statement v:decision v:accepted }, "doubtful", ?nothing) AS ?doubtful)
  OPTIONAL { ?statement v:time ?time }
  OPTIONAL { ?statement v:place/skos:prefLabel ?at }
  OPTIONAL { ?statement v:quote ?words }
  OPTIONAL { ?statement v:locator ?locator }
}
ORDER BY ?statement
"""
_AT_ONCE = 200
"""Statements asked for in one query, so that its text stays within the guard's bounds."""


@dataclass(frozen=True, slots=True)
class Told:
    """One statement. `statement` is its IRI; every field is text, empty where the source gives none."""

    who: str
    did: str
    to: str
    stance: str
    doubtful: str
    said_by: str
    time: str
    at: str
    source: str
    words: str
    locator: str
    statement: str

    @property
    def id(self) -> str:
        """The id that tables, the page and decisions use."""
        return self.statement.rsplit("/", 1)[-1]


_FIELDS = tuple(f.name for f in fields(Told))


def from_result(result: Result) -> tuple[Told, ...]:
    """The rows of an answer with these columns, in their order."""
    return tuple(Told(**{name: row[name] for name in _FIELDS}) for row in result.dicts())


def statements(export: Path, iris: Iterable[str]) -> tuple[Told, ...]:
    """The statements with these IRIs, sorted by IRI."""
    wanted = sorted(set(iris))
    found: list[Told] = []
    for start in range(0, len(wanted), _AT_ONCE):
        terms = [Term("iri", iri) for iri in wanted[start:start + _AT_ONCE]]
        found += from_result(engine.run(export, engine.Ask(query=_QUERY, bound={"statement": terms}), _ALL))
    return tuple(sorted(found, key=lambda told: told.statement))


def lines(told: Told, width: int, indent: str = "  ") -> list[str]:
    """A statement for the terminal: its words first, then what they say, by whom, when and where."""
    claim = f"{'Somebody' if told.who.startswith('unidentified (') else told.who} {told.did} {told.to}"
    stance = {"asserted": "asserted by", "alleged": "ALLEGED by", "denied": "DENIED by"}.get(told.stance, told.stance)
    about = ", ".join(part for part in (told.doubtful and "DOUBTFUL", f"{stance} {told.said_by}", edtf.words(told.time), told.at and f"at {told.at}") if part)
    where = ", ".join(part for part in (told.source, told.locator) if part)
    texts = ([f"“{told.words}”"] if told.words else []) + [claim, f"{about} — {where} [{told.id}]"]
    wrapped: list[str] = []
    for number, text in enumerate(texts):
        margin = indent if number == 0 else indent + "  "
        wrapped += textwrap.wrap(clean(" ".join(text.split())), max(width, 40), initial_indent=margin, subsequent_indent=margin + "  ", break_on_hyphens=False)
    return wrapped
