"""Plain text and Markdown: the text of the file as it stands."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from graph import files
from graph.errors import InputError, LimitError
from graph.model import Anchor
from graph.sources.content import Content
from graph.sources.segments import paragraphs

if TYPE_CHECKING:
    from graph.limits import Limits

_MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENOUGH = 200
"""Bytes from which an encoding can be told; below that every guess fits."""


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The text with an anchor for each paragraph; an encoding that is not UTF-8 is told and said. Raises InputError, LimitError."""
    if len(data) > 4 * limits.text_chars:  # no encoding needs more for a character: no need to decode it
        raise _too_long(name, limits)
    text, remarks = _decode(data, name)
    if len(text) > limits.text_chars:
        raise _too_long(name, limits)
    anchors = tuple(Anchor(start, f"paragraph {number}") for number, (start, _) in enumerate(paragraphs(text), 1))
    return Content(text=text, anchors=anchors, remarks=remarks)


def _too_long(name: str, limits: Limits) -> LimitError:
    return LimitError(f"{name} holds more than {limits.text_chars:,} characters. Split it, or raise `text_chars` under [limits] in case.toml.")


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding), (f"{name}: read as {encoding.upper()}, as its first bytes say.",)
            except UnicodeDecodeError:
                break
    try:
        return files.decode(data, name), ()
    except InputError:
        found = _detect(data)
        if found is None:
            raise
        return found[0], (f"{name}: is not UTF-8; read as {found[1]}, told from its letters. Save it as UTF-8 to be sure.",)


def _detect(data: bytes) -> tuple[str, str] | None:
    """The text and the encoding, where a sample of some length reads as language in it; else None."""
    if len(data) < _ENOUGH or b"\0" in data[:4096]:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], threshold=0.1).best()
    if best is None or not best.coherence:
        return None
    try:
        return data.decode(best.encoding), best.encoding
    except (UnicodeDecodeError, LookupError):
        return None
