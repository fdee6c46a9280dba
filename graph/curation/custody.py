"""The chain of custody: documents come into a case with their hash, the time and where they are from, and can be held against it.

The fields follow the Berkeley Protocol on Digital Open Source Investigations (OHCHR 2020, chapter VI C): what was collected, from
where, when, and a hash that shows it is unchanged. Nothing is downloaded.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from graph import files, sources
from graph.curation.names import slug
from graph.curation.table import inert, read_table
from graph.curation.tables import SOURCES
from graph.errors import InputError, Problem
from graph.printable import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graph.case import Case
    from graph.model import Source

_NEEDED = ("id", "file", "title", "publisher", "author", "published", "url", "language", "sha256", "added", "origin")
_TITLE = 500
"""Characters kept of a title or author that a document gives itself; a cell may hold more, a person would not."""


@dataclass(frozen=True, slots=True)
class Added:
    """A document that came into the case."""

    id: str
    file: str
    sha256: str


def add(case: Case, paths: Sequence[Path], url: str = "", now: datetime | None = None) -> tuple[Added, ...]:
    """Copy documents into `reports/` and write a row for each; a document that the case has already is left alone.

    All or nothing for the table: it is written once, after every copy is on disk; two who add at once wait for each other.
    Raises InputError (a file that cannot be read, a name that is taken by other bytes, an address that is none), LimitError, WriteError.
    """
    if url and not url.lower().startswith(("http://", "https://")):
        raise InputError([Problem("--url", what=f"{url!r} is no web address.", remedy="Write one that begins with https:// or http://.")])
    if not case.reports.resolve().is_relative_to(case.folder.resolve()):
        raise InputError([Problem("reports", what="leads out of the case folder.", remedy="Make it a folder of the case.")])
    when = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with files.told(case.folder), files.alone(case.folder):
        return _add(case, paths, url, when)


def _add(case: Case, paths: Sequence[Path], url: str, when: str) -> tuple[Added, ...]:
    for folder in (case.folder, case.reports):
        files.sweep(folder)
    table = read_table(case.table("sources.csv"), SOURCES, ("id",), case.limits)
    if table.problems:
        raise InputError(table.problems)
    taken = {row["id"] for row in table.rows}
    hashes = {row["sha256"].lower() for row in table.rows}
    rows: list[dict[str, str]] = []
    for path in paths:
        data = files.read_bytes(path, case.limits.file_bytes)
        digest = files.sha256(data)
        if digest in hashes:
            continue
        content = sources.read_content(data, path.name, case.limits)
        target = case.reports / _plain(PurePath(path.name).name)
        if target.exists() and files.sha256(files.read_bytes(target, case.limits.file_bytes)) != digest:
            raise InputError([Problem(path.name, what="is the name of another document in reports/.", remedy="Rename the file, then add it.")])
        case.reports.mkdir(exist_ok=True)
        with files.writing(target) as file:
            file.write(data)
        id_ = _new_id(slug(path.stem), taken)
        hashes.add(digest)
        about = {name: _line(getattr(content, name)) for name in ("title", "publisher", "author", "published", "url", "language")}
        rows.append({**about, "url": url or about["url"], "id": id_, "file": f"reports/{target.name}", "sha256": digest, "added": when, "origin": target.name})
    if rows:
        _append(case.table("sources.csv"), rows)
    return tuple(Added(row["id"], row["file"], row["sha256"]) for row in rows)


def _plain(name: str) -> str:
    """The name, which a cell of a table must be able to hold as it is. Raises InputError."""
    shown = clean(name).encode("utf-8", "replace").decode()
    if shown != name or name.strip() != name or any(c in name for c in "\r\n\t"):
        raise InputError([Problem(shown, what="has a name that no table can hold: it begins or ends with a space, or has signs that cannot be shown.",
                                  remedy="Rename the file, then add it.")])
    return name


def _line(text: str) -> str:
    """What a document says of itself, as a cell: on one line, of a length that a person would write."""
    return " ".join(clean(text).split())[:_TITLE]


def verify(case: Case, listed: Sequence[Source]) -> tuple[Problem, ...]:
    """Every document that is not what its hash in `sources.csv` says, is gone, or has no hash there; sorted by file."""
    problems = []
    for source in listed:
        if not source.file:
            continue
        try:
            digest = files.sha256(files.read_bytes(case.folder / source.file, case.limits.file_bytes))
        except InputError as error:
            problems += [Problem(source.file, what=f"is gone or cannot be read ({error.problems[0].what})", remedy="Restore it from the original.")]
            continue
        if not source.sha256:
            problems.append(Problem(source.file, what="has no hash in sources.csv.", remedy=f"Its SHA-256 today is {digest}."))
        elif source.sha256 != digest:
            problems.append(Problem(source.file, what=f"has changed: sources.csv says {source.sha256}, the file has {digest}.",
                                    remedy="Restore the original, or record why it changed."))
    return tuple(sorted(problems))


def _new_id(wish: str, taken: set[str]) -> str:
    id_, number = wish, 2
    while id_ in taken:
        id_, number = f"{wish}-{number}", number + 1
    taken.add(id_)
    return id_


def _append(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write the table again with these rows at its end; every cell and the mark of UTF-8 stay, and new columns go to the right."""
    data = files.read_bytes(path) if path.exists() else b""
    text = files.decode(data, path.name)
    first = next(iter(text.splitlines()), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    old = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if any(cell.strip() for cell in row)]
    header = old[0] if old else []
    names = [name.strip().casefold() for name in header]
    header = [*header, *(column for column in _NEEDED if column not in names)]
    names = [name.strip().casefold() for name in header]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(old[1:])
    writer.writerows([inert(row.get(name, "")) for name in names] for row in rows)
    with files.writing(path) as file:
        file.write(codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b"")
        file.write(buffer.getvalue().encode("utf-8", "replace"))
