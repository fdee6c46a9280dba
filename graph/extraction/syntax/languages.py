"""Whether a text is English, told by its small words: rough, but the rules read nothing else and must not guess."""

from __future__ import annotations

import re

SAMPLE = 20_000
"""Characters that are looked at."""
FEWEST = 15
"""Fewer words tell nothing, and count as English."""
SHARE = 0.1
"""English prose has a quarter of these small words; they were chosen for not being words of other languages in Latin letters too."""

_SMALL = frozenset("""
the of and that with by from it they his their been which who said when after before this have be are would could there out than about into them you my our any some
while against what had were she but its also because through more other those these between where being
""".split())
_SHARED = frozenset("in is was at on for an has not to we i he a".split())
"""Small words of English and of others: each counts half."""
_LATIN = re.compile(r"[A-Za-z]{3}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def share(text: str) -> float | None:
    """The share of small English words, or None where there are too few words to tell; 0 where most letters are not Latin."""
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    if not text.isascii() and sum(not (word[0].isascii() or "\u00c0" <= word[0] <= "\u024f" or "\u1e00" <= word[0] <= "\u1eff") for word in words) * 2 > len(words):
        return 0.0
    return None if len(words) < FEWEST else (sum(word in _SMALL for word in words) + sum(word in _SHARED for word in words) / 2) / len(words)


def is_english(text: str) -> bool:
    """Whether this reads like English; short scraps and lists of names do, as nothing speaks against it."""
    found = share(text)
    return found is None or found >= SHARE


def is_foreign_within(text: str) -> bool:
    """Whether a paragraph of an English text is in another language: surer than `is_english`, as terse English has few small words."""
    found = share(text)
    return found is not None and (found < SHARE / 2 and ((found == 0.0 and not _LATIN.search(text)) or len(_WORD.findall(text)) >= 2 * FEWEST))


def is_not_surely_english(text: str) -> bool:
    """Whether a paragraph of a text in another language is not clearly English."""
    found = share(text)
    return found is None or found < SHARE
