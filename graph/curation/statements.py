"""`statements.csv`: hand-made statements, each cell checked against entities, sources and the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import edtf
from graph.curation.table import read_table
from graph.errors import Problem
from graph.model import QUALIFIERS, EntityType, Method, Participant, Stance, Statement, Value, curated_id
from graph.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.case import Case
    from graph.curation.names import Names
    from graph.curation.table import Row
    from graph.model import Entity, Relation, Source

COLUMNS = ("subject", "relation", "object", "stance", "speaker", "via", "time", "place", "source", "locator", "quote", *QUALIFIERS, "note")
TABLE_SOURCE = "statements.csv"


def read_statements(
    case: Case, sources: dict[str, Source], names: Names, relations: Mapping[str, Relation], problems: list[Problem],
    lines: dict[str, int],
) -> list[Statement]:
    """The statements of the table; what is wrong is added to `problems`, the line of each id to `lines`."""
    table = read_table(case.table("statements.csv"), COLUMNS, ("subject", "relation", "object"), case.limits)
    problems.extend(table.problems)
    rows = [_Row(row, names, relations, sources, problems) for row in table.rows]
    statements = [statement for row in rows if (statement := row.statement()) is not None]
    for row, statement in zip([r for r in rows if r.good], statements, strict=True):
        if statement.id in lines:
            problems.append(Problem(TABLE_SOURCE, row.row.line, what=f"says the same as line {lines[statement.id]}.", remedy="Keep one of them."))
        lines.setdefault(statement.id, row.row.line)
    return statements


class _Row:
    """One row on its way to a statement; `good` stays true while nothing is wrong with it."""

    def __init__(self, row: Row, names: Names, relations: Mapping[str, Relation], sources: dict[str, Source], problems: list[Problem]) -> None:
        self.row, self.names, self.relations, self.sources, self.problems = row, names, relations, sources, problems
        self.good = True

    def wrong(self, column: str, what: str, remedy: str = "") -> None:
        self.good = False
        self.problems.append(Problem(TABLE_SOURCE, self.row.line, column, what, remedy))

    def statement(self) -> Statement | None:
        """The statement, or None where something is wrong."""
        row = self.row
        relation = self._relation()
        subject = self._participant("subject", relation.domain if relation else ())
        object_ = self._object(relation)
        speaker, place = self._participant("speaker"), self._participant("place")
        via = tuple(p for p in (self._entity("via", cell.strip()) for cell in row["via"].split("|") if cell.strip()) if p)
        stance = self._stance()
        if row["time"] and not edtf.is_valid(row["time"]):
            self.wrong("time", f"{row['time']!r} is no date that we can read.",
                       "Write EDTF: 2021, 2021-02, 2021-02-04, 2020-22 (summer), 2017/.. (since), 2021-02~ (about).")
        source = self._source()
        if not self.good or relation is None or object_ is None:
            self.good = False
            return None
        return Statement(
            id=curated_id(source, relation.id, row["subject"], row["object"], str(stance), row["speaker"], row["time"], row["locator"], row["quote"]),
            subject=subject, relation=relation.id, object=object_, stance=stance, speaker=speaker, via=via, time=row["time"],
            place=place, qualifiers=tuple((key, row[key]) for key in sorted(QUALIFIERS) if row[key]), source=source,
            quote=row["quote"], locator=row["locator"], method=Method.curated, note=row["note"],
        )

    def _relation(self) -> Relation | None:
        name = self.row["relation"]
        if name in self.relations:
            return self.relations[name]
        close = nearest(name, self.relations)
        self.wrong("relation", f"{name!r} is no relation." if name else "is empty.",
                   f"Did you mean {' or '.join(close)}?" if close else "`casegraph init` writes a list; relations.toml adds your own.")
        return None

    def _stance(self) -> Stance:
        cell = self.row["stance"].casefold()
        if cell not in {"", *Stance}:
            close = nearest(cell, [str(s) for s in Stance])
            self.wrong("stance", f"{self.row['stance']!r} is no stance.",
                       f"Did you mean {close[0]}?" if close else f"Write {', '.join(Stance)}.")
            return Stance.alleged
        if not cell:
            self.wrong("stance", "is empty.", f"Write {', '.join(Stance)}: a hedge must never pass for a fact.")
            return Stance.alleged
        return Stance(cell)

    def _source(self) -> str:
        name = self.row["source"]
        if not name:
            self.wrong("source", "is empty.", "Every statement names its source: an id of sources.csv.")
        elif name not in self.sources:
            close = nearest(name, self.sources)
            self.wrong("source", f"there is no source {name!r} in sources.csv.", f"Did you mean {' or '.join(close)}?" if close else "Add it there.")
        return name

    def _object(self, relation: Relation | None) -> Participant | Value | None:
        cell = self.row["object"]
        if not cell:
            self.wrong("object", "is empty.", "Every statement has an object.")
            return None
        if relation is not None and "literal" in relation.range and (relation.range == ("literal",) or not self.names.find(cell)):
            return Value(cell)
        return self._participant("object", relation.range if relation else ())

    def _participant(self, column: str, types: tuple[str, ...] = ()) -> Participant | None:
        cell = self.row[column]
        participant = self._entity(column, cell) if cell else None
        if participant and types and participant.type not in types:
            self.wrong(column, f"{cell!r} is a {participant.type}, which {self.row['relation']} does not take there.",
                       f"It takes {', '.join(types)}.")
        return participant

    def _entity(self, column: str, cell: str) -> Participant | None:
        found = self.names.find(cell)
        if len(found) == 1:
            return _participant(found[0], cell)
        if found:
            self.wrong(column, f"{cell!r} may be {' or '.join(e.id for e in found)}.", "Write the id.")
        else:
            close = self.names.nearest(cell)
            self.wrong(column, f"there is no entity {cell!r} in entities.csv.", f"Did you mean {' or '.join(close)}?" if close else "Add it there.")
        return None


def _participant(entity: Entity, mention: str) -> Participant:
    return Participant(id=entity.id, name=entity.name, type=EntityType(entity.type), mention=entity.name if mention == entity.id else mention)
