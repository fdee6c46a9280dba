"""Which words give a protected entity away, and whether a text holds one of them."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from graph.resolution.parsing import TITLES
from graph.resolution.spelling import is_consonantal, reads_as, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

WITHHELD = "[withheld]"
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of the shortest part of a name that is looked for alone; shorter ones ("al", "de") are in every text."""
_FUZZY = 5
"""Letters from which a part of a name also counts with one letter more, fewer or other: Isayev, Isaev."""
_FUZZIER = 8
"""Letters from which it may be two: Khadzhiev, Hadzhijev."""
_ENDING = 3
"""Letters that may follow a shorter part, or the stem of one, in a capitalised word: Anna, Annoy; Vale, Vales; Ivan, Ivanom."""
_JOINED = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011]\s*(?=[^\W\d_])")
"""A word divided at the end of a line, or by hyphens so that nobody finds it."""
_CLITICS = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ك", "ل", "ה", "ו", "ב", "ל", "מ", "ש", "כ")
"""What Arabic and Hebrew write in one with the next word: and, by, to, the."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Letters of scripts that set no space between words, or join particles to them: there a name counts wherever its letters stand."""
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
_LAYERS = 4
"""How often a text may be escaped before it counts as hiding something."""
_PUNYCODE = re.compile(r"\bxn--[a-z0-9-]+", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as a reader sees it: percent and HTML escapes and host names decoded, also what is escaped twice, nothing invisible, NFKC."""
    for _ in range(_LAYERS):
        text = unescape(unquote(text))
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _PUNYCODE.sub(_host, text)))


def _host(match: re.Match[str]) -> str:
    try:
        return match[0][4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return match[0]


def _words(seen: str) -> list[str]:
    """The words of a text as they are compared: without case, accents or script, and once more in their own script."""
    folded = seen.casefold()
    return [*_WORD.findall(anyascii(folded).casefold()), *_WORD.findall(folded)]


class Secrets:
    """The names that must not leave, and the texts that hold one. Every part of a name counts, its near spellings and its endings."""

    def __init__(self, names: Sequence[str]) -> None:
        told = [bare for name in names if (bare := _telling(plain(name)))]
        parts = {word for name in told for word in _words(" ".join(name))}
        self._parts = frozenset(p for p in parts if len(p) >= _SHORTEST)
        self._long = tuple(sorted(p for p in self._parts if len(p) >= _FUZZY))
        self._roots = tuple(sorted({_stem(p) if len(p) > _FUZZY else p for p in self._long}))
        self._stems = tuple(sorted({_stem(p) for p in self._parts if len(p) <= _FUZZY}))
        self._spelled = frozenset(key for p in self._parts if len(p) >= _FUZZY - 1 for key in spelled(p) if len(key) >= _SHORTEST)
        self._semitic = tuple(sorted(p for p in self._parts if is_consonantal(p)))
        self._latin = tuple(sorted(p for p in self._parts if p.isascii()))
        whole = {" ".join(_WORD.findall(plain(n).casefold())) for n in names}
        self._brief = tuple(sorted(n for n in whole if n and all(len(w) < _SHORTEST for w in n.split())))
        self._unspaced = tuple(sorted({w for n in whole for w in (*n.split(), n.replace(" ", "")) if _UNSPACED.search(w) and len(w) > 1}))
        initials = sorted({form for name in told for form in _initials(name)})
        self._initials = re.compile(rf"(?<![^\W_])(?:{'|'.join(initials)})") if initials else None
        self._seen: dict[str, bool] = {}

    def in_text(self, text: str, *, slug: bool = False) -> bool:
        """Whether the text holds a part of a name or a near spelling of one. A `slug` (an id, a file, an address) writes names small."""
        if not text:
            return False
        seen = plain(text)
        if unescape(unquote(seen)) != seen:
            return True  # escaped again and again, or with signs that only look like escapes: nobody writes so who hides nothing
        found = _words(seen)
        if any(self._word(word) for word in found):
            return True
        packed = "".join(found)
        joined = f" {' '.join(found)} "
        divided = _JOINED.sub("", seen)
        return (any(root in packed for root in self._roots)
                or any(name in packed for name in self._unspaced)
                or any(f" {name} " in joined for name in self._brief)
                or (self._initials is not None and bool(self._initials.search(seen)))
                or (bool(self._stems) and any(self._ends(word) for word in _WORD.findall(seen) if slug or word[0].isupper()))
                or (divided != seen and self.in_text(divided, slug=slug)))

    def scrub(self, text: str, *, slug: bool = False) -> str:
        """The text, or `WITHHELD` where it holds a secret."""
        return WITHHELD if self.in_text(text, slug=slug) else text

    def _word(self, word: str) -> bool:
        known = self._seen.get(word)
        if known is None:
            known = self._seen[word] = word in self._parts or self._near(word) or self._other_script(word)
        return known

    def _near(self, word: str) -> bool:
        """Whether it is a way to spell a part, or a slip away from one."""
        if len(word) < _FUZZY - 1:
            return False
        return (any(Levenshtein.distance(word, part, score_cutoff=allowed) <= allowed for part in self._long
                    for allowed in (2 if len(part) >= _FUZZIER else 1,))
                or not self._spelled.isdisjoint(spelled(word)))

    def _other_script(self, word: str) -> bool:
        """Whether it is a part in Arabic or Hebrew letters, or one of those in Latin ones, where short vowels are for the reader to add."""
        if is_consonantal(word):
            forms = {word, *(word.removeprefix(c) for c in _CLITICS if word.startswith(c))}
            return any(len(form) >= _SHORTEST and reads_as(form, part) for form in sorted(forms) for part in self._latin)
        return word.isascii() and any(reads_as(part, word) for part in self._semitic)

    def _ends(self, word: str) -> bool:
        """Whether a capitalised word is a short part of a name with an ending."""
        folded = word.casefold()
        return any(form.startswith(stem) and len(form) <= len(stem) + _ENDING for form in {folded, anyascii(folded).casefold()} for stem in self._stems)


_PARTICLES = frozenset("the and for of van von der den del des dos das bin ibn bint".split())
"""In every text, and nobody's name."""


def _telling(name: str) -> list[str]:
    """The words of a name without titles before it and particles written small: the Tiger, Dr. Quist, Vincent van Loo."""
    found = _WORD.findall(name)
    while len(found) > 1 and (found[0].casefold() in TITLES or found[0] == "The"):
        found = found[1:]
    return [word for word in found if word not in _PARTICLES] or found


def _initials(name: list[str]) -> list[str]:
    """How a text may shorten a name of several words: Y. Q., Q.Y., as patterns."""
    letters = [word[0] for word in name if word[0].isupper()]
    if len(letters) < 2:
        return []
    return [r"\.\s?".join(map(re.escape, order)) + r"\." for order in (letters, [letters[0], letters[-1]], [letters[-1], *letters[:-1]])]


def _stem(part: str) -> str:
    """A part without the vowel that it ends in, where other endings take its place: Anna, Anny, Anne; Petrova, Petrovoy."""
    return part[:-1] if len(part) >= _FUZZY - 1 and part[-1] in "aeiouyаеиоуыэюя\u0451" else part
