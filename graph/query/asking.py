"""A question as the command line asks it: by name, file or text, with values by name, answered in a form to print."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.printable import clean
from graph.query import engine, names, questions, results
from graph.query.engine import Limits
from graph.query.table import to_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from graph.query.questions import Question
    from graph.query.results import Result, Term

__all__ = ["Answer", "Limits", "answer", "ask", "listing", "pairs"]

_ROWS = {"csv": results.to_csv, "json": results.to_json, "tsv": results.to_tsv, "xml": results.to_xml}
_TRIPLES = {"ntriples": results.to_ntriples, "rdfxml": results.to_rdfxml, "turtle": results.to_turtle}


NOTHING = "No claim in this export says so."


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as text, and whether a limit cut it."""

    text: str
    more: bool


def ask(export: Path, query: str, given: Mapping[str, str], form: str = "table", limits: Limits | None = None, width: int = 100) -> Answer:
    """The answer to a saved question, a `.rq` file or a query, written in this form.

    Raises UsageError (no such question, parameter, name or form), QueryError, ExportError, InputError.
    """
    if form != "table" and form not in _ROWS and form not in _TRIPLES:
        raise UsageError(f"There is no form {form!r}. There are table, {', '.join(sorted(_ROWS | _TRIPLES))}.")
    question = questions.find(query)
    bound = names.bind(export, question, given)
    result = engine.run(export, engine.Ask(query=question.query, bound=bound), limits)
    if form == "table":
        untitled = question.title == questions.UNTITLED
        return Answer(to_table(result, width) if untitled else _headed(heading(export, question, bound), result, width), result.more)
    kind = "triples" if result.kind == "triples" else "rows"
    writers = _TRIPLES if kind == "triples" else _ROWS
    if form not in writers:
        raise UsageError(f"This query gives {kind}: write them as {', '.join(sorted(writers))} or table, not {form}.")
    return Answer(writers[form](result), result.more)


def answer(export: Path, query: str, given: Mapping[str, str], limits: Limits | None = None) -> Result:
    """The same as a value."""
    question = questions.find(query)
    return engine.run(export, engine.Ask(query=question.query, bound=names.bind(export, question, given)), limits)


def heading(export: Path, question: Question, bound: Mapping[str, Term]) -> str:
    """What was asked, and who or what the names that were given turned out to be."""
    return "; ".join((question.title, *names.meant(export, question, bound)))


def _headed(asked: str, result: Result, width: int) -> str:
    lines = textwrap.wrap(clean(asked), max(width, 40), subsequent_indent="  ")
    told = f"{NOTHING}\n" if result.kind == "rows" and not result.rows else to_table(result, width)
    return "\n".join([*lines, "", told])


def pairs(given: Iterable[str]) -> dict[str, str]:
    """`["person=Ana"]` as a mapping. Raises UsageError."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise UsageError(f"{text!r} gives no value. Write --set name=value.")
        if name.strip() in found:
            raise UsageError(f"{name.strip()} is given twice.")
        found[name.strip()] = value.strip()
    return found


def listing(width: int = 100) -> str:
    """The saved questions with what they ask and need."""
    blocks = []
    for question in questions.saved().values():
        lines = [f"{question.name}  {question.usage()}".rstrip(), *textwrap.wrap(f"{question.title}. {question.description}", width - 4, initial_indent="    ", subsequent_indent="    ")]
        lines += [f"      {p.name}: {p.meaning} ({p.type}{', optional' if p.optional else ''})" for p in question.parameters]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
