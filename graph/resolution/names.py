"""What a name is made of, as far as telling people apart needs it: its key, its tokens, whether it is a name at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHE = re.compile("['\u2019\u2018\u02bc\u02b9\u02bb`\u00b4\u2032\u02be\u02bf\u05f3]")
_POSSESSIVE = re.compile("['\u2019]s$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
PEOPLE = frozenset({"person", "official"})


def family(kind: str) -> str:
    """The kind within which names may be the same: an official is a person who holds office."""
    return "person" if kind in PEOPLE else kind


@lru_cache(maxsize=1 << 17)
def key(name: str) -> str:
    """The name without case, accents, punctuation, invisible characters and leading article. Its script stays."""
    return " ".join("".join(map(_kept, unicodedata.normalize("NFKD", folded(name)))).split())


@lru_cache(maxsize=1 << 17)
def folded(name: str) -> str:
    """The name without case, punctuation, invisible characters and leading article, but with its accents."""
    text = _ARTICLE.sub("", _POSSESSIVE.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).strip()))
    # The capital İ would fall into two characters.
    text = unicodedata.normalize("NFC", _APOSTROPHE.sub("", text).replace("İ", "i").casefold())
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split())


def _kept(character: str) -> str:
    group = unicodedata.category(character)
    # Vowel signs of Indic scripts are marks too: only the accents of Latin, Greek and Cyrillic letters are dropped.
    if group == "Mn" and "\u0300" <= character <= "\u036f":
        return ""
    return character if group[0] in "LMN" else " "


@lru_cache(maxsize=1 << 17)
def is_proper(name: str) -> bool:
    """Whether this is a name and no description: it begins with a capital, or with a letter of a script that has none."""
    bare = _ARTICLE.sub("", name.strip().lstrip("\"'\u00ab\u201c\u2018(["))
    first = bare[:1]
    return bool(first) and (first.isupper() or first.isdigit() or (first.isalpha() and not first.islower()))
