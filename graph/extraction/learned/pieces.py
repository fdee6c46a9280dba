"""Words as pieces of the encoder's vocabulary: lower case, no accents, longest piece first (WordPiece; Devlin et al. 2019).

Written here because it is short, and the usual package brings a client for a model hub with it. `training/export.py` compares the two.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN = "[UNK]"
LONGEST = 100
"""Characters of a word beyond which it is unknown as a whole."""
MOST = 32
"""Pieces of a word that are kept."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: piece to id; a piece that continues a word begins with `##`."""

    ids: Mapping[str, int]

    def of(self, word: str) -> list[int]:
        """The ids of a word's pieces, at least one and at most `MOST`."""
        found = [piece for part in _parts(word) for piece in self._pieces(part)]
        return found[:MOST] or [self.ids[UNKNOWN]]

    def _pieces(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self.ids[UNKNOWN]]
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            end = next((end for end in range(len(part), start, -1) if mark + part[start:end] in self.ids), None)
            if end is None:
                return [self.ids[UNKNOWN]]
            found.append(self.ids[mark + part[start:end]])
            start = end
        return found


def read(vocabulary: str) -> Pieces:
    """The pieces of a vocabulary file: one a line, the first has id 0."""
    return Pieces({piece: i for i, piece in enumerate(vocabulary.split("\n")) if piece})


def _parts(word: str) -> Iterator[str]:
    """A word in lower case without accents, split at punctuation, CJK characters and spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFD", _clean(word).lower()) if unicodedata.category(c) != "Mn")
    part = ""
    for character in plain:
        if character.isspace() or _punctuation(character) or _cjk(ord(character)):
            if part:
                yield part
            part = ""
            if not character.isspace():
                yield character
        else:
            part += character
    if part:
        yield part


def _clean(word: str) -> str:
    return "".join(" " if c in "\t\n\r" or unicodedata.category(c) == "Zs" else c for c in word
                   if c in "\t\n\r" or (c not in "\x00\ufffd" and not unicodedata.category(c).startswith("C")))


def _punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P") or (character.isascii() and not character.isalnum() and not character.isspace())


def _cjk(code: int) -> bool:
    return any(low <= code <= high for low, high in (
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
        (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)))
