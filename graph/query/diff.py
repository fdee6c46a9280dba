"""Which statements came, went or changed between two exports: their sorted lines are merged, so that any size will do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import files
from graph.export import iris
from graph.printable import clean
from graph.query import index, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.query.told import Told

_STATEMENT = f"<{iris.RDF}type> <{iris.RDF}Statement> .\n".encode()
_CLAIM = f"<{iris.TERM}claim>".encode()


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is in both and differs: each property with its values before and after."""

    now: Told
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What came, went and changed, each sorted by id; `other` counts the lines about entities, sources and claims that differ."""

    came: tuple[Told, ...]
    went: tuple[Told, ...]
    changed: tuple[Change, ...]
    other: int


def between(old: Path, new: Path) -> Diff:
    """The statements of `new` against those of `old`. Raises ExportError."""
    before, after = index.graph_of(old), index.graph_of(new)
    lines: dict[bytes, tuple[list[bytes], list[bytes]]] = defaultdict(lambda: ([], []))
    count = 0
    for side, line in _differing(files.lines(before), files.lines(after)):
        subject, rest = line.split(b" ", 1)
        lines[subject][side].append(rest)
        count += 1
    came, went, changed = [], [], []
    for subject, (gone, added) in lines.items():
        iri = subject[1:-1].decode()
        if _STATEMENT in gone:
            went.append(iri)
        elif _STATEMENT in added:
            came.append(iri)
        elif b"/statement/" in subject:
            changed.append(iri)
    about = sum(len(gone) + len(added) for subject, (gone, added) in lines.items() if subject[1:-1].decode() in {*came, *went, *changed})
    now = {t.statement: t for t in told.statements(new, changed)}
    changes = [Change(now[iri], _fields(*lines[f"<{iri}>".encode()])) for iri in sorted(changed) if iri in now]
    return Diff(told.statements(new, came), told.statements(old, went), tuple(c for c in changes if c.fields), count - about)


def _differing(left: Iterator[bytes], right: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that only one of two sorted files has: 0 for the left one, 1 for the right one."""
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        if a == b:
            a, b = next(left, None), next(right, None)
        elif b is None or (a is not None and a < b):
            yield 0, a or b""
            a = next(left, None)
        else:
            yield 1, b
            b = next(right, None)


def _fields(gone: list[bytes], added: list[bytes]) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    values: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, added)):
        for row in rows:
            predicate, value = row.split(b" ", 1)
            if predicate != _CLAIM:
                values[predicate[1:-1].decode()][side].append(value.decode().removesuffix(" .\n"))
    return tuple((name.replace("#", "/").rsplit("/", 1)[-1], tuple(old), tuple(new)) for name, (old, new) in sorted(values.items()))


def to_text(found: Diff, width: int = 100) -> str:
    """The differences for the terminal: `+` came, `-` went, `~` changed."""
    counts = f"{len(found.came)} came, {len(found.went)} went, {len(found.changed)} changed"
    out = [f"{counts}; {found.other} other lines (entities, sources, claims) differ."]
    for sign, statements in (("+", found.came), ("-", found.went)):
        for statement in statements:
            first, *rest = told.lines(statement, width)
            out += [f"{sign} {first.strip()}", *rest]
    for change in found.changed:
        first, *rest = told.lines(change.now, width)
        out += [f"~ {first.strip()}", *rest]
        out += [f"      {name}: {' '.join(before) or '(none)'} → {' '.join(after) or '(none)'}" for name, before, after in change.fields]
    return "\n".join(map(clean, out)) + "\n"
