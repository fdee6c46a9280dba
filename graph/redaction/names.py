"""Which words give a protected entity away, and whether a text holds one of them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WITHHELD = "[withheld]"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of the shortest part of a name that is looked for alone; shorter ones ("al", "de") are in every text."""
_FUZZY = 5
"""Letters from which a part of a name also counts with one letter more, fewer or other: Isayev, Isaev."""


def words(text: str) -> list[str]:
    """The words of a text as they are compared: percent-decoded, NFKC, without case, accents or script."""
    plain = anyascii(unicodedata.normalize("NFKC", unquote(text)).casefold())
    folded = unicodedata.normalize("NFKC", unquote(text)).casefold()
    return [*_WORD.findall(plain.casefold()), *_WORD.findall(folded)]


class Secrets:
    """The names that must not leave, and the texts that hold one. Every part of a name counts, and its near spellings."""

    def __init__(self, names: Sequence[str], phrases: Iterable[str] = ()) -> None:
        parts = sorted({word for name in names for word in words(name)})
        self._parts = frozenset(p for p in parts if len(p) >= _SHORTEST)
        self._long = tuple(p for p in sorted(self._parts) if len(p) >= _FUZZY)
        self._phrases = tuple(sorted({" ".join(words(p)) for p in phrases} - {""}))
        whole = {" ".join(_WORD.findall(unicodedata.normalize("NFKC", n).casefold())) for n in names}
        self._brief = tuple(sorted(n for n in whole if n and all(len(w) < _SHORTEST for w in n.split())))
        self._seen: dict[str, bool] = {}

    def in_text(self, text: str) -> bool:
        """Whether the text holds a part of a name, a near spelling of one, or a phrase."""
        if not text:
            return False
        found = words(text)
        if any(self._word(word) for word in found):
            return True
        joined = " ".join(found)
        packed = "".join(found)
        return (any(phrase in joined for phrase in self._phrases)
                or any(part in packed for part in self._long)
                or any(f" {name} " in f" {joined} " for name in self._brief))

    def scrub(self, text: str) -> str:
        """The text, or `WITHHELD` where it holds a secret."""
        return WITHHELD if self.in_text(text) else text

    def _word(self, word: str) -> bool:
        known = self._seen.get(word)
        if known is None:
            known = word in self._parts or (
                len(word) >= _FUZZY - 1 and any(Levenshtein.distance(word, part, score_cutoff=1) <= 1 for part in self._long)
            )
            self._seen[word] = known
        return known
