"""The words of hand-made statements, found in the documents they are from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import Problem
from graph.model import around

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.model import Document, Statement


def anchor(statement: Statement, document: Document) -> Statement | None:
    """The statement with offsets, the words around them and a locator; None where its quote does not stand in the document."""
    if not statement.quote:
        return statement
    start = document.text.find(statement.quote)
    if start < 0:
        return None
    end = start + len(statement.quote)
    prefix, suffix = around(document.text, start, end, 0, len(document.text))
    return replace(
        statement,
        start=start,
        end=end,
        prefix=prefix.rsplit("\n\n", 1)[-1],
        suffix=suffix.split("\n\n", 1)[0],
        locator=statement.locator or document.locate(start),
    )


def missing(statement: Statement, lines: Mapping[str, int], file: str) -> Problem:
    """What to tell the person whose quote does not stand in its document."""
    return Problem("statements.csv", lines.get(statement.id, 0), "quote", f"{statement.quote!r} does not stand in {file}.",
                   "Copy the exact words from the document, or leave the cell empty.")
