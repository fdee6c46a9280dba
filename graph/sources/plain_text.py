"""Plain text and Markdown: the text of the file as it stands."""

from __future__ import annotations

from graph import files
from graph.model import Anchor
from graph.sources.segments import paragraphs


def read(data: bytes, name: str) -> tuple[str, tuple[Anchor, ...]]:
    """The text and an anchor for each paragraph. Raises InputError where it is not UTF-8."""
    text = files.decode(data, name)
    return text, tuple(Anchor(start, f"paragraph {number}") for number, (start, _) in enumerate(paragraphs(text), 1))
