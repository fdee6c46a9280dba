"""An answer for the terminal: a table where its columns fit, else one block for each row. No control characters reach the screen."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from graph.printable import clean

if TYPE_CHECKING:
    from graph.query.results import Result, Term

_NARROW = 14
"""Characters a column needs to be read when its cells are longer."""

_SENTENCE = ("stance", "who", "did", "to")
"""Columns that head a block as one sentence, never without how it is put."""


def to_table(result: Result, width: int = 100) -> str:
    """The answer in at most `width` columns; rows keep their order. CONSTRUCT gives triples, one a line."""
    if result.kind == "boolean":
        return "yes\n" if result.truth else "no\n"
    if result.kind == "triples":
        from graph.query.results import to_ntriples

        return clean(to_ntriples(result))
    names = [name.replace("_", " ") for name in result.variables]
    rows = [[_cell(term) for term in row] for row in result.rows]
    if not rows:
        return "No answer.\n"
    used = [i for i in range(len(names)) if any(row[i] for row in rows)]
    names, rows = [names[i] for i in used], [[row[i] for i in used] for row in rows]
    needed = sum(min(max(len(cell) for cell in column), _NARROW) + 3 for column in zip(names, *rows, strict=True)) + 1
    return _grid(names, rows, width) if needed <= width else _blocks(names, rows, width)


def _cell(term: Term | None) -> str:
    """What a person reads: words as they are, an IRI by its end, spaces and newlines as one space."""
    if term is None:
        return ""
    value = term.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] or term.value if term.kind == "iri" else term.value
    return clean(" ".join(value.split()))


def _grid(names: list[str], rows: list[list[str]], width: int) -> str:
    import io

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(Text(name))
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, force_terminal=False, emoji=False, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"


def _blocks(names: list[str], rows: list[list[str]], width: int) -> str:
    margin = max(map(len, names)) + 2
    stance, *sentence = [names.index(name) for name in _SENTENCE] if set(_SENTENCE) <= set(names) else [-1]
    doubtful = names.index("doubtful") if stance >= 0 and "doubtful" in names else -1
    blocks = []
    for number, row in enumerate(rows, 1):
        said = " ".join(row[i] for i in sentence if row[i])
        how = "".join(f", {row[i]}" for i in (stance, doubtful) if i >= 0 and row[i]) if said else ""
        lines = textwrap.wrap(f"— {number} of {len(rows)}{how} — {said}", max(width, margin + 20), subsequent_indent="  ")
        for i, (name, cell) in enumerate(zip(names, row, strict=True)):
            if cell and i not in {stance, doubtful, *sentence}:
                lines += textwrap.wrap(cell, max(width, margin + 20), initial_indent=name.ljust(margin), subsequent_indent=" " * margin)
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
