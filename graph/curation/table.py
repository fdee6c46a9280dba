"""A CSV file as rows of cells with their line numbers: strict quoting, `,` or `;`, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import files
from graph.errors import InputError, Problem
from graph.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.limits import Limits


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its cells by column, stripped of outer white space."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file's name and rows, with every problem that reading it met."""

    name: str
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(path: Path, columns: tuple[str, ...], required: tuple[str, ...], limits: Limits) -> Table:
    """The table at `path`, empty where there is none. Problems are collected, never raised; limits raise LimitError."""
    if not path.exists():
        return Table(path.name)
    try:
        text = files.read_text(path, limits.file_bytes)
    except InputError as error:
        return Table(path.name, problems=error.problems)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Table(path.name, problems=(Problem(path.name, line, what="holds a NUL character.", remedy="Delete it."),))
    return _parse(path.name, text, columns, required, limits)


def inert(cell: str) -> str:
    """A cell that was not typed by the user, so that no spreadsheet runs it as a formula: a space before it, which reading strips."""
    return f" {cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _parse(name: str, text: str, columns: tuple[str, ...], required: tuple[str, ...], limits: Limits) -> Table:
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(max(limits.field_chars, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    rows: list[Row] = []
    problems: list[Problem] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().casefold() for cell in cells]
                problems += _check_header(name, header, columns, required)
                continue
            if len(rows) >= limits.table_rows:
                problems.append(Problem(name, line, what=f"has more than {limits.table_rows:,} rows.",
                                        remedy="Raise `table_rows` under [limits] in case.toml."))
                break
            if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header):]):
                problems.append(Problem(name, line, what=f"has {len(cells)} cells under {len(header)} columns.",
                                        remedy=f"Put cells that hold {delimiter!r} in double quotes."))
            long = [column for column, cell in zip(header, cells, strict=False) if len(cell) > limits.field_chars]
            for column in long:
                problems.append(Problem(name, line, column, f"holds more than {limits.field_chars:,} characters.",
                                        "Put long text into a document in reports/."))
            rows.append(Row(line, {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column}))
    except csv.Error as error:
        problems.append(Problem(name, start, what=f"cannot be read as CSV: {error}.",
                                remedy='Close every opening quote; write a quote inside a quoted cell twice ("").'))
    return Table(name, tuple(rows), tuple(problems))


def _check_header(name: str, header: list[str], columns: tuple[str, ...], required: tuple[str, ...]) -> list[Problem]:
    problems = []
    for column in sorted({c for c in header if c and header.count(c) > 1}):
        problems.append(Problem(name, 1, column, "is a column twice.", "Keep one."))
    for column in header:
        if column and column not in columns:
            close = nearest(column, list(columns))
            problems.append(Problem(name, 1, column, "is no column of this table.",
                                    f"Did you mean {' or '.join(close)}?" if close else f"There are {', '.join(columns)}."))
    for column in required:
        if column not in header:
            problems.append(Problem(name, 1, column, "is missing: the table needs this column.",
                                    f"The first line names the columns: {','.join(columns)}."))
    return problems
