"""CSV for Neo4j's import, as a zip: nodes, relationships, and how to load them.

A relationship's type tells the stance (`DETAINED`, `DETAINED__ALLEGED`, `DETAINED__DENIED`, `DETAINED__NOT_REVIEWED`), so that a
query for `DETAINED` finds only what is asserted. A text that a spreadsheet would take for a formula starts with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

from graph import files
from graph.export.ftm import hedge
from graph.export.rdf_model import is_plain
from graph.model import NOBODY_NAMED, Value
from graph.network import unidentified

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.model import KnowledgeBase, Statement

NODES = ("id:ID", "name", "aliases", "description", "country", "wikidata", "latitude:double", "longitude:double", "protected", ":LABEL")
EDGES = (":START_ID", ":END_ID", ":TYPE", "statement", "stance", "speaker", "via", "time", "place", "qualifiers", "source", "locator", "quote",
         "start:long", "end:long", "method", "confidence:double", "decision", "doubts", "note")
README = """Load into an empty database:

  neo4j-admin database import full --multiline-fields=true --nodes=nodes.csv --relationships=relationships.csv neo4j

The type of a relationship tells the stance: DETAINED is asserted, DETAINED__ALLEGED, DETAINED__DENIED and
DETAINED__NOT_REVIEWED are not facts. An apostrophe before = + - @ keeps spreadsheets from running a text as a formula.
"""
_TYPE = re.compile(r"[^A-Z0-9_]")


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the zip; the same knowledge base gives the same bytes."""
    shown = [s for s in kb.statements if s.decision != "rejected"]
    parts = {"README.txt": README, "nodes.csv": _table(NODES, _nodes(kb, shown)), "relationships.csv": _table(EDGES, map(_edge, shown))}
    with files.writing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)


def _nodes(kb: KnowledgeBase, shown: list[Statement]) -> Iterable[tuple[object, ...]]:
    for e in kb.entities:
        yield (e.id, e.name, " | ".join(e.aliases), e.description, e.country, e.wikidata, e.latitude, e.longitude, e.protected,
               f"Entity;{e.type.value.capitalize()}")
    for source in sorted({s.source for s in shown if s.subject is None}):
        yield (unidentified(source), NOBODY_NAMED, "", "", "", "", None, None, "", "Entity;Unidentified")
    for s in shown:
        if isinstance(s.object, Value):
            yield (f"value/{s.id}", s.object.value, "", "", "", "", None, None, "", "Value")


def _edge(s: Statement) -> tuple[object, ...]:
    type_ = _TYPE.sub("_", s.relation.upper()) + ("" if is_plain(s) else f"__{hedge(s).upper().replace(' ', '_')}")
    return (
        s.subject.id if s.subject else unidentified(s.source), f"value/{s.id}" if isinstance(s.object, Value) else s.object.id, type_, s.id,
        s.stance.value, s.speaker.name if s.speaker else "", " | ".join(p.name for p in s.via), s.time, s.place.name if s.place else "",
        " | ".join(f"{key}: {value}" for key, value in s.qualifiers), s.source, s.locator, s.quote, s.start, s.end, s.method.value, s.confidence,
        s.decision or "", " | ".join(s.doubts), s.note,
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")  # so that a lone carriage return is quoted too
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\0", "�")
        return "'" + text if text.lstrip()[:1] in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r"} else text
    return str(value)
