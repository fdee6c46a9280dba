"""What a reader makes of a file: its text, where a person finds each part, and what the file says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Anchor, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Text with anchors. `segments` is empty where form alone tells them (`segments.mark`); `remarks` are for the report."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    segments: tuple[Segment, ...] = ()
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()


class Blocks:
    """Paragraphs on their way to a text: each is joined to the last by an empty line and gets an anchor of its own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.anchors: list[Anchor] = []
        self.spans: list[tuple[int, int]] = []

    def add(self, text: str, label: str) -> None:
        """Append a paragraph; white space inside a line is folded, and an empty one is left out."""
        text = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
        if not text:
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        self.anchors.append(Anchor(self._length, label))
        self.spans.append((self._length, self._length + len(text)))
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        """All paragraphs as one text."""
        return "".join(self._parts)

    def __len__(self) -> int:
        return len(self.spans)
