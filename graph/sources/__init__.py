"""Stage 1: a file becomes text with segments and offsets. One module per format, chosen in `READERS`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from graph import files
from graph.errors import InputError, LimitError, Problem
from graph.model import Document, Source
from graph.sources import plain_text
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.case import Case
    from graph.model import Anchor

READERS: dict[str, Callable[[bytes, str], tuple[str, tuple[Anchor, ...]]]] = {
    ".md": plain_text.read,
    ".txt": plain_text.read,
}
"""By suffix: the bytes of a file and its name become its text and where a person finds each part. They raise InputError."""


def listing(case: Case, rows: tuple[Source, ...]) -> tuple[Source, ...]:
    """The rows of `sources.csv` and one source for every file in `reports/` that has no row; sorted by id.

    A file without a row is called by its stem, or by its whole name where that is taken. Raises LimitError.
    """
    taken, listed = {row.id for row in rows}, {row.file for row in rows}
    found = []
    for path in sorted(case.reports.rglob("*")) if case.reports.is_dir() else ():
        file = path.relative_to(case.folder).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(file).parts)
        if hidden or file in listed or not path.is_file():
            continue
        id_ = path.stem if path.stem not in taken else path.relative_to(case.reports).as_posix()
        taken.add(id_)
        found.append(Source(id=id_, file=file, language=case.language))
        if len(taken) > case.limits.documents:
            raise LimitError(f"reports/ holds more than {case.limits.documents:,} documents. "
                             "Raise `documents` under [limits] in case.toml.")
    return tuple(sorted((*rows, *found), key=lambda source: source.id))


def read(case: Case, source: Source) -> Document:
    """The text of a source with its segments. Raises InputError, LimitError."""
    suffix = PurePosixPath(source.file).suffix.lower()
    if suffix not in READERS:
        raise InputError([Problem(source.file, what=f"is of a kind that cannot be read ({suffix or 'no suffix'}).",
                                  remedy=f"Save it as one of {' '.join(sorted(READERS))}.")])
    data = files.read_bytes(case.folder / source.file, case.limits.file_bytes)
    text, anchors = READERS[suffix](data, source.file)
    if len(text) > case.limits.text_chars:
        raise LimitError(f"{source.file} holds more than {case.limits.text_chars:,} characters. "
                         "Split it, or raise `text_chars` under [limits] in case.toml.")
    return Document(source=replace(source, sha256=files.sha256(data)), text=text, segments=mark(text), anchors=anchors)
