"""One word in its many spellings: keys under which the usual ways to write it in Latin letters fall together.

`spelled` folds what romanisations of one name differ in (BGN/PCGN, GOST, ISO 9, the French and German press, passports):
Isayev, Isaev, Isaeff. Two words with one such key are taken as one. `skeleton` goes further, down to consonant classes, and
is only ever a reason to ask.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

ALPHABETS = frozenset({"Latin", "Cyrillic", "Greek", "Armenian", "Georgian"})
"""Scripts that write every vowel: their transliteration is reliable."""
_CONSONANTAL = frozenset({"Arabic", "Hebrew"})
_EAST_ASIAN = frozenset({"Han", "Hiragana", "Katakana"})
_TURKIC = re.compile("[çşğıəöü]")
_TURKIC_READING = str.maketrans({"ç": "ch", "c": "j", "ş": "sh", "x": "kh", "q": "g", "ə": "a", "ı": "i", "ğ": "g", "ö": "o", "ü": "u"})
_PRE = str.maketrans({"ı": "i", "ə": "a", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ё": "е"})

# Order matters: digraphs before letters.
_RULES = tuple((re.compile(pattern), to) for pattern, to in (
    ("shch|stch|schtsch|szcz", "sh"),
    ("ksh", "x"),
    ("tsch|tch", "ch"),
    ("dzh|dsch|dj", "j"),
    ("kh(?=...)|(?<=.)kh", "h"),  # Khadija, Salekh; but Khan is not Han
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ks", "x"),
    ("q", "k"),
    ("w", "v"),
    ("tz", "ts"),
    ("(?<=[oe])ff$", "v"),
    ("ou|oo", "u"),
    ("ee", "i"),
    ("(?<=[^aeiou])yo", "e"),
    ("(?<=[aou])e(?![aeiouyv])(?=.)", ""),  # Juergen, Jürgen; but not Isaev
    ("^ye|^ie", "e"),
    ("(?<=.)j(?=[aeou])|y", "i"),  # Ksenija; but Jan is not Yan
    ("(?<=[aeiou])i(?=e)", ""),
    ("i+j?", "i"),
    (r"(.)\1+", r"\1"),
))
_CLASSES = str.maketrans({"c": "k", "x": "k", "g": "k", "z": "s", "d": "t", "b": "p", "f": "p", "v": "p", "j": "s", "l": "l", "r": "r", "m": "m", "n": "n"})
_FAMILIES = (
    "mohammed muhammad mohamed mohammad muhammed mohamad mohamed muhamad mohamet",
    "ahmed ahmad", "hussein husayn hossein hosein hussain husain hussayn", "hassan hasan",
    "yusuf youssef yousef yousuf yusef yousif", "ibrahim ebrahim", "khaled khalid", "omar umar", "othman uthman osman",
    "said saeed saeid sayeed", "mustafa moustafa mostafa", "tariq tarek tarik tareq", "walid waleed oualid",
    "layla leila laila leyla", "fatima fatimah fatema fatemeh", "zaynab zeinab zainab zeynab", "suleiman sulaiman soliman suleyman",
    "mahmoud mahmud", "rashid rasheed rachid rashed", "nasser nasir naser", "saleh salih salekh", "qasem kassem qasim kasim",
    "jaber jabir gaber", "mansour mansur mansoor", "karim kareem", "jamal gamal djamal", "abdullah abdallah abdulla", "amin ameen",
    "alexander aleksandr alexandr aleksander", "maxim maksim", "xenia ksenia kseniya", "stephen steven", "catherine katherine kathryn",
    "geoffrey jeffrey", "noura nura", "umm um",
)


@lru_cache(maxsize=1 << 17)
def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, by their Unicode names."""
    return frozenset({"Latin"} if text.isascii() else {_script(c) for c in text if c.isalpha()})


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").split(" ")[0]
    return "Han" if first == "CJK" else first.title()


def is_mixed(word: str) -> bool:
    """Whether one word mixes scripts that no language mixes: a look-alike letter, by mistake or by design."""
    if word.isascii():
        return False
    found = scripts(word)
    return len(found) > 1 and not found <= _EAST_ASIAN


def is_reliable(word: str) -> bool:
    """Whether its script writes every vowel, so that its key in Latin letters says how it sounds."""
    return scripts(word) <= ALPHABETS


def is_consonantal(word: str) -> bool:
    """Whether it is in Arabic or Hebrew letters, which leave short vowels out."""
    return bool(scripts(word)) and scripts(word) <= _CONSONANTAL


@lru_cache(maxsize=1 << 17)
def latin(word: str) -> str:
    """The word in lowercase ASCII letters and digits."""
    # Two letters that write one vowel in Armenian, whichever romanisation is followed.
    text = word.casefold().replace("ու", "u").translate(_PRE)
    return re.sub(r"[^a-z0-9]", "", (text if text.isascii() else anyascii(text)).lower())


@lru_cache(maxsize=1 << 17)
def spelled(word: str) -> frozenset[str]:
    """The keys of a word: one, or more where its letters are read otherwise in another language. Words that share one are one."""
    keys = {_respell(latin(word))}
    if "đ" in word:  # Vietnamese D, Serbian Dj
        keys.add(_respell(latin(word.replace("đ", "dj"))))
    if "г" in word:  # Russian G, Ukrainian H
        keys.add(_respell(latin(word.replace("г", "х"))))
    if _TURKIC.search(word):
        keys.add(_respell(latin(word.casefold().translate(_TURKIC_READING))))
    return frozenset(_GIVEN.get(k, k) for k in keys)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word in classes that languages mix up; all of it where nothing else is left."""
    plain = min(spelled(word))
    plain = re.sub("sh|ch|ts", "s", plain)
    first = plain[:1].translate(_CLASSES)
    rest = re.sub("[aeiouh]", "", plain[1:]).translate(_CLASSES)
    return re.sub(r"(.)\1+", r"\1", ("" if first in "aeiou" else first) + rest) or plain


def _respell(text: str) -> str:
    for pattern, to in _RULES:
        text = pattern.sub(to, text)
    return text


_GIVEN: dict[str, str] = {}
_GIVEN.update({_respell(latin(name)): _respell(latin(group.split()[0])) for group in _FAMILIES for name in group.split()})
_KNOWN = frozenset(_GIVEN.values())


def known_apart(left: str, right: str) -> bool:
    """Whether both are well-known given names, and not the same."""
    one, other = spelled(left) & _KNOWN, spelled(right) & _KNOWN
    return bool(one and other and not one & other)


def gender(left: str, right: str) -> bool:
    """Whether two words differ only in an ending that tells a woman from a man: Samir, Samira; Isayev, Isayeva; Mario, Maria."""
    left, right = sorted((latin(left), latin(right)), key=lambda w: (len(w), w))
    if left == right or len(left) < 2:
        return False
    for his, hers in (("skii", "skaya"), ("sky", "skaya"), ("ski", "ska"), ("skiy", "skaya"), ("y", "aya")):
        if left.endswith(his) and right.endswith(hers) and left.removesuffix(his) == right.removesuffix(hers):
            return True
    if left[-1] not in "aeiou" and right.startswith(left) and right[len(left):] in {"a", "e", "ah", "ia", "na", "ne", "eh", "ette"}:
        return True
    same_stem = left[:-1] == right[:-1] and len(left) > 2
    return same_stem and left[-1] in "aeiou" and right[-1] in "aeiou" and {left[-1], right[-1]} != {"e", "i"}


def is_slip(left: str, right: str) -> bool:
    """Whether two words of at least five letters are one slip of a finger apart, their first letter being the same."""
    left, right = latin(left), latin(right)
    return min(len(left), len(right)) >= 5 and left[0] == right[0] and OSA.distance(left, right, score_cutoff=1) == 1


_SEMITIC = {
    "ا": "[aeo]*", "أ": "[aeuo]*", "إ": "[ei]*", "آ": "a+", "ب": "[bp]", "پ": "p", "ت": "t", "ث": "(?:th|t|s)", "ج": "(?:dj|j|g)", "چ": "ch",
    "ح": "h", "خ": "(?:kh|h)", "د": "d", "ذ": "(?:dh|th|z|d)", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "(?:sh|ch)", "ص": "s",
    "ض": "(?:dh|d|z)", "ط": "t", "ظ": "(?:dh|z)", "ع": "[aeou]*", "غ": "gh?", "ف": "f", "ق": "[qkg]h?", "ك": "[kc]", "ک": "[kc]", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "ه": "[hae]*", "ة": "[ahte]*", "و": "[uowv]+", "ي": "[iyej]+", "ی": "[iyeja]+", "ى": "[ai]+", "ء": "",
    "ؤ": "[ou]*", "ئ": "[iye]*",
    "א": "[aeo]*", "ב": "[bv]", "ג": "g", "ד": "d", "ה": "[haeo]*", "ו": "[uovw]+", "ז": "z", "ח": "(?:kh|ch|h)", "ט": "t", "י": "[iyej]+",
    "כ": "(?:kh|ch|k|c)", "ך": "(?:kh|ch)", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "[aeiou]*", "פ": "(?:ph|p|f)",
    "ף": "(?:ph|f)", "צ": "(?:tz|ts|z)", "ץ": "(?:tz|ts|z)", "ק": "[kqc]", "ר": "r", "ש": "(?:sh|s)", "ת": "th?",
}


@lru_cache(maxsize=1 << 15)
def consonantal(word: str) -> re.Pattern[str]:
    """What a word in Arabic or Hebrew letters may look like in Latin ones: any short vowel may stand between two letters."""
    bare = word.removeprefix("ال") if len(word) > 4 else word
    letters = [_SEMITIC.get(letter, "") for letter in bare]
    return re.compile("[aeiou]*".join(["", *filter(None, letters), ""]))


def reads_as(semitic: str, other: str) -> bool:
    """Whether a word in Latin (or Cyrillic …) letters is a way to read this one."""
    return bool(consonantal(semitic).fullmatch(re.sub(r"(.)\1", r"\1", latin(other))))
