"""Ask an export a SPARQL query: through the guard, in a process of its own with limits, answered from the index.

This is the one way in for queries that people write, from the command line and over HTTP.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import QueryError, StoppedError
from graph.export import iris
from graph.query import guard, index
from graph.query.results import Result, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CHILD = Path(__file__).with_name("child.py")
_BASE_MARK = "base:"
_READABLE = 120
"""Characters of an engine's list of what it expected; a longer one is its grammar and tells nobody anything."""
_LONGEST = 86_400
_REMEDY = "Add a LIMIT or ask for less."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use. Rows and characters cut an answer (`Result.more`); time and memory end it."""

    seconds: float = 10
    memory: int = 2**30
    rows: int = 100_000
    chars: int = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query with what goes with it: values for the variables that it leaves open, a base IRI, graphs of the export to read.

    Graphs that are named here take the place of FROM in the query (SPARQL 1.1 Protocol, 2.1.4): it is dropped, as they
    are only ever graphs that are in the export.
    """

    query: str
    bound: Mapping[str, Term | Sequence[Term]] = field(default_factory=dict)
    base: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def run(export: Path, query: str | Ask, limits: Limits | None = None) -> Result:
    """The answer of an export to a query. Raises QueryError (wrong, refused, or stopped at a limit), ExportError."""
    ask = query if isinstance(query, Ask) else Ask(query=query)
    checked = guard.check(ask.query, dataset_given=bool(ask.default_graphs or ask.named_graphs)).binding(ask.bound)
    prefixes = iris.prefixes(_BASE_MARK)
    if unknown := sorted(checked.prefixes - prefixes.keys()):
        raise QueryError(f"The prefix {unknown[0]}: is not declared. Write PREFIX {unknown[0]}: <…> before the query.")
    limits = limits or Limits()
    if not 0 < limits.seconds <= _LONGEST:  # nor is nan
        raise QueryError(f"A query may take more than 0 and at most {_LONGEST:,} seconds, not {limits.seconds:g}.")
    for _ in range(2):
        with index.opened(export) as folder:
            lines = _in_child(folder, ask, checked.text, prefixes, limits)
        if not lines[0].startswith('{"error": "index"'):
            break
        index.forget(export)  # damaged, or swept by another process: made again, once
    return _result(lines, checked, limits)


def _in_child(folder: Path, ask: Ask, text: str, prefixes: Mapping[str, str], limits: Limits) -> list[str]:
    request = {
        "prefixes": prefixes, "base_mark": _BASE_MARK, "case": iris.TERM + "Case",
        "index": str(folder), "query": text, "base": ask.base, "default_graphs": ask.default_graphs,
        "named_graphs": ask.named_graphs, "rows": limits.rows, "chars": limits.chars, "seconds": int(limits.seconds), "memory": limits.memory,
    }
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and script, no shell
        [sys.executable, "-I", "-B", str(_CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True,
        env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # or each thread reserves room that counts against the limit of memory: 500 MB in place of 110
    )
    try:
        out, _ = process.communicate(json.dumps(request).encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise StoppedError(f"The query was stopped after {limits.seconds:g} seconds. {_REMEDY}") from None
    finally:
        process.kill()
        process.communicate()
    lines = out.decode("utf-8").split("\n")  # not splitlines: JSON may hold U+2028
    if process.returncode != 0:
        raise StoppedError(f"The query was stopped: it needs more than {limits.memory / 2**20:,.0f} MB of memory or {limits.seconds:g} seconds. {_REMEDY}")
    return lines


def _result(lines: list[str], checked: guard.Checked, limits: Limits) -> Result:
    """What the child said, as a value."""
    messages = [json.loads(line) for line in lines if line]
    last: Any = messages[-1] if messages else {}
    if isinstance(last, dict) and "error" in last:
        raise QueryError(_explain(last, checked))
    if not isinstance(last, dict) or "end" not in last:
        raise StoppedError(f"The query was stopped before its answer was whole: it needs more than {limits.memory / 2**20:,.0f} MB of memory. {_REMEDY}")
    head = messages[0]
    if head["kind"] == "boolean":
        return Result("boolean", truth=head["value"])
    rows = tuple(tuple(Term(*term) if term else None for term in row) for row in messages[1:-1])
    return Result(head["kind"], variables=tuple(head.get("variables", ())), rows=rows, more=last["more"])


def _explain(error: dict[str, str], checked: guard.Checked) -> str:
    message = error["message"]
    if error["error"] == "syntax":
        found = re.match(r"error at 1:(\d+): (.*)", message, re.DOTALL)
        if not found:
            return f"The query is no SPARQL: {message}."
        place, detail = checked.place(int(found[1])), " ".join(found[2].split())
        return f"The query is no SPARQL: see {place}, and what stands before it" + (f": {detail}." if len(detail) < _READABLE else ".")
    if error["error"] == "index":
        return f"The index cannot be opened: {message}. Delete the folder {index.FOLDER} in the export; it is made again."
    return f"The query cannot be answered: {message}."
