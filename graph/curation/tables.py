"""The four tables of a case as values, with every problem found at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import edtf
from graph.curation.names import Names, slug
from graph.curation.statements import read_statements
from graph.curation.table import Table, read_table
from graph.errors import InputError, Problem
from graph.model import Decision, Entity, EntityType, Source, Statement
from graph.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.case import Case
    from graph.curation.table import Row
    from graph.model import Relation

SOURCES = ("id", "file", "title", "publisher", "author", "published", "url", "language", "sha256", "confidential", "retells", "added", "origin", "note")
ENTITIES = ("id", "type", "name", "aliases", "description", "country", "wikidata", "latitude", "longitude", "protected", "note")
DECISIONS = ("decision", "left", "right", "by", "on", "reason")
JUDGEMENTS = ("same", "different", "accepted", "rejected", "undone")
_TYPES = tuple(str(t) for t in EntityType if t is not EntityType.unidentified)
_YES = {"yes": True, "true": True, "1": True, "": False, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What a person wrote down: sources, entities and statements sorted by id, decisions in the order they were made."""

    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    decisions: tuple[Decision, ...]
    lines: Mapping[str, int]
    """The line in `statements.csv` of each statement's id."""


def read(case: Case, relations: Mapping[str, Relation]) -> Tables:
    """Everything in the tables of a case. Raises InputError with all problems of all tables, LimitError."""
    problems: list[Problem] = []
    sources = _sources(case, problems)
    entities = _entities(case, problems)
    names = Names(entities)
    lines: dict[str, int] = {}
    statements = read_statements(case, sources, names, relations, problems, lines)
    decisions = _decisions(case, problems)
    if problems:
        raise InputError(problems)
    return Tables(
        sources=tuple(sorted(sources.values(), key=lambda s: s.id)),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        statements=tuple(sorted(statements, key=lambda s: (s.source, s.id))),
        decisions=decisions,
        lines=lines,
    )


def _open(case: Case, name: str, columns: tuple[str, ...], required: tuple[str, ...], problems: list[Problem]) -> Table:
    table = read_table(case.table(name), columns, required, case.limits)
    problems.extend(table.problems)
    return table


def _sources(case: Case, problems: list[Problem]) -> dict[str, Source]:
    table = _open(case, "sources.csv", SOURCES, ("id",), problems)
    sources: dict[str, Source] = {}
    owner: dict[str, str] = {}
    for row in table.rows:
        if not _new_id(table.name, row, sources, problems):
            continue
        file = row["file"]
        if file:
            path = case.folder / file
            inside = not path.is_absolute() or path.is_relative_to(case.folder)
            if not inside or ".." in path.parts:
                problems.append(Problem(table.name, row.line, "file", f"{file!r} leads out of the case folder.",
                                        "Name a file inside it, like reports/interview.txt."))
            elif not _there(path) and not _there(case.reports / file):
                close = nearest(file, [p.name for p in case.reports.iterdir()]) if case.reports.is_dir() else []
                problems.append(Problem(table.name, row.line, "file", f"there is no file {file!r} in the case.",
                                        f"Did you mean {' or '.join(close)}?" if close else "Put it into reports/ or leave the cell empty."))
            elif owner.setdefault(file, row["id"]) != row["id"]:
                problems.append(Problem(table.name, row.line, "file", f"{file!r} belongs to {owner[file]!r} already.", "Give each document one row."))
            if not _there(path) and _there(case.reports / file):
                file = f"reports/{file}"
        if row["published"] and not edtf.is_valid(row["published"]):
            problems.append(_bad_date(table.name, row, "published"))
        if row["url"] and not row["url"].lower().startswith(("http://", "https://")):
            problems.append(Problem(table.name, row.line, "url", f"{row['url']!r} is no web address.", "Write one that begins with https:// or http://."))
        if row["confidential"].casefold() not in _YES:
            problems.append(Problem(table.name, row.line, "confidential", f"{row['confidential']!r} is neither yes nor no.", "Write yes, or leave it empty."))
        sources[row["id"]] = Source(
            id=row["id"], file=file, title=row["title"], publisher=row["publisher"], author=row["author"],
            published=row["published"], url=row["url"], language=row["language"], sha256=row["sha256"].lower(),
            confidential=_YES.get(row["confidential"].casefold(), True),
            retells=tuple(dict.fromkeys(cell.strip() for cell in row["retells"].split("|") if cell.strip())),
        )
    _check_retold(table, sources, problems)
    return sources


def _there(path: Path) -> bool:
    """Whether there is such a file; a name that no system can have is none."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def _check_retold(table: Table, sources: Mapping[str, Source], problems: list[Problem]) -> None:
    """What a source retells must be a source that retells nothing itself."""
    for row in table.rows:
        for name in sources[row["id"]].retells if row["id"] in sources else ():
            if name not in sources:
                close = nearest(name, list(sources))
                problems.append(Problem(table.name, row.line, "retells", f"there is no source {name!r}.",
                                        f"Did you mean {' or '.join(close)}?" if close else "Add it as a row of its own."))
            elif sources[name].retells:
                problems.append(Problem(table.name, row.line, "retells", f"{name!r} is itself a retelling.", "Name the source that it retells."))


def _entities(case: Case, problems: list[Problem]) -> list[Entity]:
    table = _open(case, "entities.csv", ENTITIES, ("type", "name"), problems)
    entities: dict[str, Entity] = {}
    for row in table.rows:
        if not row["name"]:
            problems.append(Problem(table.name, row.line, "name", "is empty.", "Every entity needs a name."))
            continue
        kind = row["type"].casefold()
        if kind not in _TYPES:
            close = nearest(kind, list(_TYPES))
            problems.append(Problem(table.name, row.line, "type", f"{row['type']!r} is no type of entity.",
                                    f"Did you mean {close[0]}?" if close else f"Choose from {', '.join(_TYPES)}."))
            kind = "group"
        identifier = row["id"] or f"{kind}/{slug(row['name'])}"
        if not _new_id(table.name, row, entities, problems, identifier):
            continue
        protected = row["protected"].casefold()
        if protected not in {"", "no", "yes", "name", "quotes"}:
            problems.append(Problem(table.name, row.line, "protected", f"{row['protected']!r} is no kind of protection.",
                                    "Write yes, name or quotes, or leave it empty."))
        entities[identifier] = Entity(
            id=identifier, type=EntityType(kind), name=row["name"],
            aliases=tuple(dict.fromkeys(a.strip() for a in row["aliases"].split("|") if a.strip() and a.strip() != row["name"])),
            description=row["description"], country=row["country"], wikidata=_wikidata(table.name, row, problems),
            latitude=_degrees(table.name, row, "latitude", 90, problems), longitude=_degrees(table.name, row, "longitude", 180, problems),
            protected="" if protected == "no" else protected, curated=True,
        )
    return list(entities.values())


def _decisions(case: Case, problems: list[Problem]) -> tuple[Decision, ...]:
    table = _open(case, "decisions.csv", DECISIONS, ("decision", "left"), problems)
    decisions = []
    for row in table.rows:
        judgement = row["decision"].casefold()
        if judgement not in JUDGEMENTS:
            close = nearest(judgement, list(JUDGEMENTS))
            problems.append(Problem(table.name, row.line, "decision", f"{row['decision']!r} is no decision.",
                                    f"Did you mean {close[0]}?" if close else f"Choose from {', '.join(JUDGEMENTS)}."))
        if not row["left"] or (judgement in {"same", "different"} and not row["right"]):
            problems.append(Problem(table.name, row.line, "right" if row["left"] else "left", "is empty.",
                                    "`same` and `different` need two entities, `accepted` and `rejected` one statement."))
        decisions.append(Decision(decision=judgement, left=row["left"], right=row["right"], by=row["by"], on=row["on"], reason=row["reason"]))
    return tuple(decisions)


def _new_id(name: str, row: Row, known: Mapping[str, object], problems: list[Problem], identifier: str = "") -> bool:
    identifier = identifier or row["id"]
    if not identifier:
        problems.append(Problem(name, row.line, "id", "is empty.", "Give every row an id of its own."))
    elif any(c.isspace() or not c.isprintable() for c in identifier) or "#" in identifier:
        problems.append(Problem(name, row.line, "id", f"{identifier!r} holds a space, # or a control character.", "Use letters, digits, - and /."))
    elif identifier in known:
        problems.append(Problem(name, row.line, "id", f"{identifier!r} is the id of an earlier row.", "Give every row an id of its own."))
    else:
        return True
    return False


def _wikidata(name: str, row: Row, problems: list[Problem]) -> str:
    value = row["wikidata"]
    if value and not (value[:1] == "Q" and value[1:].isascii() and value[1:].isdigit()):
        problems.append(Problem(name, row.line, "wikidata", f"{value!r} is no Wikidata id.", "Write one like Q1234."))
    return value


def _degrees(name: str, row: Row, column: str, most: int, problems: list[Problem]) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column].replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        problems.append(Problem(name, row.line, column, f"{row[column]!r} is no {column}.", f"Write degrees between -{most} and {most}."))
        return None
    return value


def _bad_date(name: str, row: Row, column: str) -> Problem:
    return Problem(name, row.line, column, f"{row[column]!r} is no date that we can read.",
                   "Write EDTF: 2021, 2021-02, 2021-02-04, 2020-22 (summer), 2017/.. (since), 2021-02~ (about).")
