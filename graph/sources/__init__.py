"""Stage 1: a file becomes text with segments and offsets. One module per format, chosen in `READERS`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from graph import files
from graph.errors import InputError, LimitError, Problem
from graph.model import Document, Note, Source
from graph.sources import detect, mail, office, pdf, plain_text, web
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.case import Case
    from graph.limits import Limits
    from graph.sources.content import Content

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
    """The text of a source with its segments. What the table says of it counts before what the file says.

    Raises InputError, LimitError.
    """
    path = case.folder / source.file
    if not path.resolve().is_relative_to(case.folder.resolve()):
        raise InputError([Problem(source.file, what="leads out of the case folder.", remedy="Put a copy of the document there.")])
    data = files.read_bytes(path, case.limits.file_bytes)
    content = read_content(data, source.file, case.limits)
    found = {field: getattr(content, field) for field in _ABOUT if getattr(content, field) and not getattr(source, field)}
    known = replace(source, sha256=files.sha256(data), **found)
    notes = [Note(kind="document", source=source.id, message=remark) for remark in content.remarks]
    if not content.text.strip() and not content.remarks:
        notes.append(Note(kind="document", source=source.id, message=f"{source.file} holds no text."))
    if not known.published and content.text.strip():
        notes.append(Note(kind="undated", source=source.id, message=f"{source.file} has no date of publication."))
    if source.sha256 and source.sha256 != known.sha256:
        notes.append(Note(kind="changed", source=source.id, message=f"{source.file} is not the file that sources.csv gives the hash of."))
    return Document(source=known, text=content.text, segments=content.segments or mark(content.text), anchors=content.anchors, notes=tuple(notes))


def read_content(data: bytes, name: str, limits: Limits, depth: int = 0) -> Content:
    """What the bytes of a document hold, read as the kind that they are. Raises InputError, LimitError."""
    if depth > _MAILS:
        raise LimitError(f"{name} nests mails more than {_MAILS} deep.")
    kind = detect.kind(data, name)
    if kind == "mail":
        return mail.read(data, name, limits, lambda part, title: read_content(part, title, limits, depth + 1))
    return READERS[kind](data, name, limits)


READERS: dict[str, Callable[[bytes, str, Limits], Content]] = {
    "docx": office.read,
    "html": web.read,
    "odt": office.read,
    "pdf": pdf.read,
    "text": plain_text.read,
}
"""By what `detect.kind` says of a file: the module that reads it."""

_ABOUT = ("title", "author", "publisher", "published", "url", "language")
_MAILS = 5
