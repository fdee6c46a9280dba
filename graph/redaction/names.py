"""Which words give a protected entity away, and whether a text holds one of them."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Sequence

WITHHELD = "[withheld]"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of the shortest part of a name that is looked for alone; shorter ones ("al", "de") are in every text."""
_FUZZY = 5
"""Letters from which a part of a name also counts with one letter more, fewer or other: Isayev, Isaev."""
_ENDING = 3
"""Letters that may follow a shorter part, or the stem of one, in a capitalised word: Anna, Annoy; Vale, Vales; Ivan, Ivanom."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts that set no space between words, or join particles to them: there a name counts wherever its letters stand."""
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
_PUNYCODE = re.compile(r"\bxn--[a-z0-9-]+", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as a reader sees it: percent and HTML escapes and host names decoded, also what is escaped twice, nothing invisible, NFKC."""
    for _ in range(3):
        decoded = unescape(unquote(text))
        if decoded == text:
            break
        text = decoded
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _PUNYCODE.sub(_host, text)))


def _host(match: re.Match[str]) -> str:
    try:
        return match[0][4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return match[0]


def words(text: str) -> list[str]:
    """The words of a text as they are compared: decoded, without case, accents or script, and once more in their own script."""
    return _words(plain(text))


def _words(seen: str) -> list[str]:
    folded = seen.casefold()
    return [*_WORD.findall(anyascii(folded).casefold()), *_WORD.findall(folded)]


class Secrets:
    """The names that must not leave, and the texts that hold one. Every part of a name counts, its near spellings and its endings."""

    def __init__(self, names: Sequence[str]) -> None:
        parts = sorted({word for name in names for word in words(name)})
        self._parts = frozenset(p for p in parts if len(p) >= _SHORTEST)
        self._long = tuple(p for p in sorted(self._parts) if len(p) >= _FUZZY)
        self._stems = tuple(sorted({_stem(p) for p in self._parts if len(p) < _FUZZY}))
        whole = {" ".join(_WORD.findall(plain(n).casefold())) for n in names}
        self._brief = tuple(sorted(n for n in whole if n and all(len(w) < _SHORTEST for w in n.split())))
        self._unspaced = tuple(sorted({w for n in whole for w in (*n.split(), n.replace(" ", "")) if _UNSPACED.search(w) and len(w) > 1}))
        self._seen: dict[str, bool] = {}

    def in_text(self, text: str) -> bool:
        """Whether the text holds a part of a name or a near spelling of one."""
        if not text:
            return False
        seen = plain(text)
        found = _words(seen)
        if any(self._word(word) for word in found):
            return True
        packed = "".join(found)
        joined = f" {' '.join(found)} "
        return (any(part in packed for part in self._long)
                or any(name in packed for name in self._unspaced)
                or any(f" {name} " in joined for name in self._brief)
                or (bool(self._stems) and any(self._ends(word) for word in _WORD.findall(seen) if word[0].isupper())))

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

    def _ends(self, word: str) -> bool:
        """Whether a capitalised word is a short part of a name with an ending."""
        folded = word.casefold()
        return any(form.startswith(stem) and len(form) <= len(stem) + _ENDING for form in {folded, anyascii(folded).casefold()} for stem in self._stems)


def _stem(part: str) -> str:
    """A short part without the vowel that it ends in, where other endings take its place: Anna, Anny, Anne."""
    return part[:-1] if len(part) == _FUZZY - 1 and part[-1] in "aeiouyаеиоуыэюяё" else part
