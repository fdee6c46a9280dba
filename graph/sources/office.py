"""Word processor files, .docx and .odt: paragraphs in order, without deleted text; footnotes at the end."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from graph.errors import InputError, LimitError, Problem
from graph.sources.content import Blocks, Content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from graph.limits import Limits

_SKIPPED = {"del", "moveFrom", "instrText", "delText", "tracked-changes", "annotation", "office-annotation", "binary-data"}
_BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": " ", "s": " "}


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The content of a .docx or .odt file. Raises InputError, LimitError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name, limits)
            parts = [p for p in ("word/document.xml", "word/footnotes.xml", "content.xml") if p in archive.namelist()]
            blocks = Blocks()
            for part in parts:
                where = "footnote" if part.endswith("footnotes.xml") else "paragraph"
                for number, text in enumerate((t for t in _paragraphs(archive, part, limits, name) if t.strip()), 1):
                    blocks.add(text, f"{where} {number}")
            title, author = _properties(archive, limits, name)
    except DefusedXmlException as error:  # a ValueError too
        raise InputError([Problem(name, what="declares XML entities, which no word processor does.", remedy="Save it again, or leave it out.")]) from error
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, ParseError, RuntimeError, zlib.error) as error:
        encrypted = isinstance(error, RuntimeError) and "password" in str(error)
        what, remedy = ("is encrypted.", "Save a copy without a password.") if encrypted else (
            "is a damaged file.", "Save it again from the program that made it.")
        raise InputError([Problem(name, what=what, remedy=remedy)]) from error
    return Content(text=blocks.text, anchors=tuple(blocks.anchors), title=title, author=author)


def _check(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        raise LimitError(f"{name} holds {len(entries):,} parts. Raise `zip_entries` (now {limits.zip_entries:,}) under [limits] in case.toml.")
    for entry in entries:
        if entry.filename.endswith(".xml") and entry.file_size > limits.zip_ratio * max(1, entry.compress_size) and entry.file_size > 2**20:
            raise LimitError(f"{name} unpacks to more than {limits.zip_ratio} times its size. Raise `zip_ratio` under [limits] in case.toml if you trust it.")
        if entry.filename.endswith(".xml") and entry.file_size > 4 * limits.text_chars:
            raise LimitError(f"{name} holds more text than {limits.text_chars:,} characters. Raise `text_chars` under [limits] in case.toml.")


def _paragraphs(archive: zipfile.ZipFile, part: str, limits: Limits, name: str) -> Iterator[str]:
    """The text of each paragraph; memory stays flat as elements are let go."""
    depth, skipped, buffer, total, nested = 0, 0, [""], 0, 0
    with archive.open(part) as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rsplit("}", 1)[-1]
            if event == "start":
                depth += 1
                if depth > limits.nesting:
                    raise LimitError(f"{name} nests elements more than {limits.nesting:,} deep. Raise `nesting` under [limits] in case.toml.")
                skipped += tag in _SKIPPED
                nested += tag in {"p", "h"}
                continue
            depth -= 1
            words = "" if skipped else _own(element, tag, part)
            skipped -= tag in _SKIPPED
            buffer.append(words)
            total += len(words)
            if total > limits.text_chars:
                raise LimitError(f"{name} holds more than {limits.text_chars:,} characters. Raise `text_chars` under [limits] in case.toml.")
            if tag in {"p", "h"}:
                nested -= 1
                yield "".join(buffer)
                buffer = [""]
            if not part.startswith("content") or (tag in {"p", "h"} and not nested):
                element.clear()


def _own(element: Element, tag: str, part: str) -> str:
    """The words that an element adds at its end."""
    if tag in _BREAKS:
        return _BREAKS[tag]
    if part.startswith("word/"):
        return (element.text or "") if tag == "t" else ""
    return "".join(element.itertext()) if tag in {"p", "h"} else ""


def _properties(archive: zipfile.ZipFile, limits: Limits, name: str) -> tuple[str, str]:
    """Title and author as the file itself names them, or empty."""
    found = {"title": "", "creator": "", "initial-creator": ""}
    for part in ("docProps/core.xml", "meta.xml"):
        if part in archive.namelist() and archive.getinfo(part).file_size < 2**20:
            with archive.open(part) as file:
                for _, element in iterparse(file, events=("end",), forbid_dtd=True):
                    tag = element.tag.rsplit("}", 1)[-1]
                    if tag in found and element.text and len(element.text) < limits.field_chars:
                        found[tag] = " ".join(element.text.split())
    del name
    return found["title"], found["creator"] or found["initial-creator"]
