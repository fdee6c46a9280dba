"""PDF: the text of each page as paragraphs, words joined over line breaks, running headers and footers left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from graph.errors import InputError, LimitError, Problem
from graph.sources import pdf_streams
from graph.sources.content import Blocks, Content

if TYPE_CHECKING:
    from graph.limits import Limits

_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_DIGITS = re.compile(r"\d+")


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The content of a PDF; a page without text is said to be one, not guessed. Raises InputError, LimitError."""
    import pypdfium2

    pdf_streams.check(data, name, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        what, remedy = ("is encrypted.", "Save a copy without a password.") if encrypted else (
            "is a damaged PDF.", "Save it again from the program that made it.")
        raise InputError([Problem(name, what=what, remedy=remedy)]) from error
    try:
        if len(document) > limits.pages:
            raise LimitError(f"{name} has {len(document):,} pages. Raise `pages` (now {limits.pages:,}) under [limits] in case.toml.")
        pages, total = [], 0
        for number in range(len(document)):
            lines = _lines(document, number)
            total += sum(map(len, lines))
            if total > limits.text_chars:
                raise LimitError(f"{name} holds more than {limits.text_chars:,} characters. Raise `text_chars` under [limits] in case.toml.")
            pages.append(lines)
        about = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise InputError([Problem(name, what="is a damaged PDF.", remedy="Save it again from the program that made it.")]) from error
    finally:
        document.close()
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    remarks = (f"{name}: no text on page {', '.join(map(str, empty))}: a scan or a picture, which is not read.",) if empty else ()
    return _content(pages, about, remarks)


def _lines(document: object, number: int) -> list[str]:
    page = document[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        found = text.get_text_range(errors="replace")
    finally:
        text.close()
        page.close()
    # pdfium writes U+FFFE or U+0002 for a hyphen that only breaks a line
    return [line for line in (" ".join(part.split()) for part in re.sub("[\ufffe\u0002]\r?\n?", "\u00ad\n", found).splitlines()) if line]


def _content(pages: list[list[str]], about: dict[str, str], remarks: tuple[str, ...]) -> Content:
    running = _running(pages)
    blocks = Blocks()
    carried, label = "", ""
    for number, lines in enumerate(pages, 1):
        kept = [line for index, line in enumerate(lines) if not (_at_edge(index, lines) and _DIGITS.sub("#", line) in running)]
        width = max((len(line) for line in kept), default=0)
        count = 0
        for line in kept:
            if not carried:
                count += 1
                label = f"page {number}, paragraph {count}"
            carried = _join(carried, line)
            if (_END.search(line) and len(line) < 0.85 * width) or _stands_alone(line, width):
                blocks.add(carried, label)
                carried = ""
        if carried and _END.search(carried):
            blocks.add(carried, label)
            carried = ""
    blocks.add(carried, label)
    return Content(text=blocks.text, anchors=tuple(blocks.anchors), title=about.get("Title", ""), author=about.get("Author", ""), remarks=remarks)


def _join(text: str, line: str) -> str:
    """The line after the text: a word that was broken is whole again, and two that share a hyphen keep it."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}" if text else line


def _stands_alone(line: str, width: int) -> bool:
    """A heading: short, and it does not end like a line that goes on."""
    return len(line) < 0.6 * width and not line.endswith((",", "-", "\u00ad")) and len(line.split()) <= 12


def _at_edge(index: int, lines: list[str]) -> bool:
    return index < 2 or index >= len(lines) - 2


def _running(pages: list[list[str]]) -> set[str]:
    """Lines at the top or bottom that recur on at least half of three or more pages, page numbers aside; never a sentence."""
    if len(pages) < 3:
        return set()
    counts = Counter(line for lines in pages for line in {_DIGITS.sub("#", x) for i, x in enumerate(lines) if _at_edge(i, lines) and not _END.search(x)})
    return {line for line, count in counts.items() if count >= max(3, len(pages) / 2)}
