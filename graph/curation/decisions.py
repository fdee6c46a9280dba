"""Decisions are added to `decisions.csv` one by one, each on disk before the next question, and never changed."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from graph import files
from graph.curation.table import inert, read_table
from graph.curation.tables import DECISIONS
from graph.errors import InputError
from graph.limits import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import Decision


def append(path: Path, decision: Decision) -> None:
    """Add one row to the table at `path`, made where there is none; what stands there stays byte for byte.

    The file is written anew and takes the place of the old one, so that whoever is killed at any moment leaves either without
    half a row. Two who decide at once wait for each other. Raises InputError where the table cannot be read, WriteError.
    """
    with files.told(path), files.alone(path.parent):
        files.sweep(path.parent)
        table = read_table(path, DECISIONS, ("decision", "left"), DEFAULT)
        if table.problems:
            raise InputError(table.problems)
        old = files.read_bytes(path) if path.exists() else b""
        with files.writing(path) as file:
            file.write(_extended(old, decision))


def _extended(old: bytes, decision: Decision) -> bytes:
    """The bytes of a table with one more row."""
    text = old.decode("utf-8-sig")
    if not text.strip():
        return _rows(list(DECISIONS), [decision], ",", header=True)
    first = text.splitlines()[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    top = next(row for row in rows if any(cell.strip() for cell in row))
    header = [name.strip().casefold() for name in top]
    lacking = [name for name in DECISIONS if name not in header]
    if any(getattr(decision, name) for name in lacking):
        # A table without a column that is needed now is written again with it, cells as they are.
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows([*row, *lacking] if row is top else row for row in rows)
        mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
        old, header = mark + buffer.getvalue().encode("utf-8"), [*header, *lacking]
    newline = b"" if old.endswith((b"\n", b"\r")) else b"\n"
    return old + newline + _rows(header, [decision], delimiter, header=False)


def _rows(columns: list[str], decisions: list[Decision], delimiter: str, *, header: bool) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    if header:
        writer.writerow(columns)
    writer.writerows([inert(getattr(decision, name, "")) for name in columns] for decision in decisions)
    return buffer.getvalue().encode("utf-8")
