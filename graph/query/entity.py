"""Somebody or something of an export: its names, and every statement about it or by it, with its words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.printable import clean
from graph.query import engine, names, questions, told
from graph.query.results import Term

if TYPE_CHECKING:
    from pathlib import Path

    from graph.query.told import Told

_DETAILS = """
SELECT ?description ?latitude ?longitude ?same ?parent WHERE {
  VALUES ?entity { UNDEF }
  ?entity a v:Entity .
  OPTIONAL { ?entity dcterms:description ?description }
  OPTIONAL { ?entity geo:lat ?latitude ; geo:long ?longitude }
  OPTIONAL { ?entity owl:sameAs ?same }
  OPTIONAL { ?entity v:parent/skos:prefLabel ?parent }
}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entity with what is said of it, and what it says of others."""

    name: str
    id: str
    type: str
    aliases: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    about: tuple[Told, ...]
    says: tuple[Told, ...]


def show(export: Path, name: str) -> Shown:
    """The entity that this names. Raises UsageError (nothing or several are called so), ExportError."""
    found = names.entity(export, name)
    node = Term("iri", found.iri)
    details = engine.run(export, engine.Ask(query=_DETAILS, bound={"entity": node}))
    saved = questions.saved()
    about = told.from_result(engine.run(export, engine.Ask(query=saved["about"].query, bound={"entity": node})))
    says = told.from_result(engine.run(export, engine.Ask(query=saved["said-by"].query, bound={"speaker": node})))
    known = {t.statement for t in about}
    return Shown(
        found.name, found.id, found.type, tuple(sorted(set(found.names) - {found.name})),
        tuple(sorted({(key, value) for row in details.dicts() for key, value in row.items() if value})),
        about, tuple({t.statement: t for t in says if t.statement not in known}.values()),
    )


def to_text(shown: Shown, width: int = 100) -> str:
    """The entity for the terminal."""
    out = [f"{shown.name}  ({shown.type}, {shown.id})"]
    if shown.aliases:
        out += textwrap.wrap("also " + ", ".join(shown.aliases), width, initial_indent="  ", subsequent_indent="    ")
    out += [f"  {key}: {value}" for key, value in shown.details]
    for title, statements in (("Said of it", shown.about), ("What it says of others", shown.says)):
        if statements:
            out += ["", f"{title}: {len(statements)} statement{'s' * (len(statements) != 1)}", ""]
            for statement in statements:
                out += [*told.lines(statement, width), ""]
    return "\n".join(clean(line) for line in out).rstrip() + "\n"
