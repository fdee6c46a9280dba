"""How likely two names are one, with the reasons in words: a score in three bands (merge, ask, keep apart)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from graph.resolution import spelling
from graph.resolution.parsing import Parsed, parse
from graph.resolution.spelling import (
    gender,
    is_consonantal,
    is_reliable,
    is_slip,
    known_apart,
    latin,
    reads_as,
    skeleton,
    spelled,
)

MERGE, ASK = 0.92, 0.6
"""From here on two are one by themselves; from here on a person is asked. Both set on part `a` of `tests/resolution/pairs.csv`."""

_KOREAN = {"kim": "gim", "lee": "i", "yi": "i", "rhee": "i", "park": "bag", "pak": "bag", "choi": "choe", "jung": "jeong", "chung": "jeong",
           "kang": "gang", "cho": "jo", "yoon": "yun", "lim": "im", "shin": "sin", "oh": "o", "roh": "no", "ryu": "yu", "yoo": "yu"}


SCRIPTS = "letters of two scripts in one word"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1, and why in words. `never` where they cannot be one, whatever else is known."""

    score: float
    reasons: tuple[str, ...] = ()
    never: bool = False

    @property
    def band(self) -> str:
        """`merge`, `ask` or `apart`."""
        return "merge" if self.score >= MERGE else "ask" if self.score >= ASK else "apart"


APART = Likeness(0.0)


def compare(kind: str, left: str, right: str) -> Likeness:
    """How likely two names of one kind are one entity, judged by the names alone; symmetric."""
    left, right = sorted((left, right))
    one, other = parse(kind, left), parse(kind, right)
    found = _compare(kind, one, other)
    if one.mixed or other.mixed:
        # A look-alike letter may be a trick: nobody is joined through it by a program.
        return Likeness(min(found.score, MERGE - 0.02), (SCRIPTS, *found.reasons)) if found.score >= ASK else APART
    return found


def _compare(kind: str, one: Parsed, other: Parsed) -> Likeness:
    if not one.words or not other.words:
        return APART
    if one.numbers != other.numbers:
        return Likeness(0, ("different numbers",), never=True)
    if one.generation and other.generation and one.generation != other.generation:
        return Likeness(0, ("of two generations",), never=True)
    if kind == "person":
        return _people(one, other)
    return _bodies(kind, one, other)


def _people(one: Parsed, other: Parsed) -> Likeness:
    short, long = sorted((one.words, other.words), key=lambda w: (len(w), w))
    generations = one.generation != other.generation
    if len(short) == len(long):
        found = _in_order(short, long)
        if not found.score and not found.never and len(short) > 1:
            found = _turned(short, long)
    else:
        found = _shorter(short, long)
    if not found.score and not found.never and len(one.words) + len(other.words) > 2:
        found = _run_together(one, other) or found
    if generations and found.score >= MERGE:
        return Likeness(MERGE - 0.04, (*found.reasons, "one is called junior, senior or by a number"))
    return found


def _in_order(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Word by word; the weakest word decides, and two weak words are too many."""
    scores = [_word(a, b, given=i == 0 and len(one) > 1) for i, (a, b) in enumerate(zip(one, other, strict=True))]
    if any(s.never for s in scores):
        return next(s for s in scores if s.never)
    worst = min(s.score for s in scores)
    if len(one) == 1 and worst < 1:
        # One word is little to go by: a variant of it is worth a question at best.
        return Likeness(min(worst, 0.66) if worst >= MERGE else 0.0, scores[0].reasons)
    weak = sum(s.score < MERGE for s in scores)
    reasons = tuple(dict.fromkeys(r for s in scores for r in s.reasons))
    if weak > 1:
        one_script = spelling.scripts("".join(one)) == spelling.scripts("".join(other))
        worst -= (0.1 if one_script else 0.04) * (weak - 1)
    if all(len(a) == 1 or len(b) == 1 for a, b in zip(one[:-1], other[:-1], strict=True)) and any(len(w) == 1 for w in (*one, *other)):
        worst = min(worst, 0.7)
    return Likeness(worst if worst >= ASK else 0.0, reasons)


@lru_cache(maxsize=1 << 17)
def _word(one: str, other: str, *, given: bool = False) -> Likeness:
    if one == other:
        return Likeness(1.0)
    if len(one) == 1 or len(other) == 1:
        same = latin(one)[:1] == latin(other)[:1] != ""
        if len(one) == len(other) and not same:
            return Likeness(0, ("different initials",), never=True)
        return Likeness(0.7, (f"{one!r} may stand for {other!r}" if len(one) == 1 else f"{other!r} may stand for {one!r}",)) if same else \
            Likeness(0, ("different initials",), never=True)
    if is_reliable(one) and is_reliable(other):
        if gender(one, other):
            return Likeness(0, (f"{one!r} and {other!r} differ as names of a woman and a man do",), never=True)
        if spelled(one) & spelled(other):
            return Likeness(0.96, (f"{one!r} and {other!r} are spellings of one word",))
        return _near(one, other, given=given)
    if is_consonantal(one) != is_consonantal(other):
        semitic, plain = (one, other) if is_consonantal(one) else (other, one)
        return Likeness(0.75, (f"{plain!r} is a way to read {semitic!r}",)) if is_reliable(plain) and reads_as(semitic, plain) else APART
    if spelling.scripts(one) == spelling.scripts(other):
        return Likeness(0.96, (f"{one!r} and {other!r} are spellings of one word",)) if _arabic(one) == _arabic(other) else APART
    if skeleton(_romanised(one)) == skeleton(_romanised(other)) and len(skeleton(one)) > 1:
        return Likeness(0.72, (f"{one!r} and {other!r} may be one word in two scripts",))
    return APART


def may_vary(one: str, other: str) -> bool:
    """Whether two words may be one at all, told without weighing them: no pair that `compare` would ask about is ruled out."""
    return (
        one == other or len(one) == 1 or len(other) == 1 or skeleton(one) == skeleton(other)
        or OSA.distance(latin(one), latin(other), score_cutoff=1) <= 1
        or not (is_reliable(one) and is_reliable(other)) or one in _KOREAN or not spelled(one).isdisjoint(spelled(other))
    )


def _near(one: str, other: str, *, given: bool) -> Likeness:
    if known_apart(one, other):
        return APART
    if one in _KOREAN and _KOREAN[one] == _KOREAN.get(other):
        return Likeness(0.74, (f"{one!r} and {other!r} write one Korean name",))
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > 1 and _vowels_fit(one, other, given=given):
        return Likeness(0.8, (f"{one!r} and {other!r} sound alike",))
    if is_slip(one, other) and (not given or min(len(one), len(other)) > 6 or sorted(one) == sorted(other)):
        return Likeness(0.7 if given else 0.75, (f"{one!r} and {other!r} differ in one letter",))
    return APART


def _vowels_fit(one: str, other: str, *, given: bool) -> bool:
    """Whether the vowels differ as between two ways to write one name: in one place, and in a given name only by near ones."""
    left, right = (re.sub("[^aeiou]", "", min(spelled(w))) for w in (one, other))
    if (latin(one)[:1] in _VOWELS) != (latin(other)[:1] in _VOWELS):
        return False
    if len(left) == len(right):
        changed = [frozenset(pair) for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
        return len(changed) <= 1 and all(c in _CLOSE or not (given or len(left) == 1) for c in changed)
    return bool(left and right) and not given and OSA.distance(left, right) <= 1


_VOWELS = frozenset("aeiou")
_CLOSE = frozenset(map(frozenset, ("ei", "ou", "ae")))


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """The same words in another order, or the last one first: Kovács Zoltán, Zoltán Kovács."""
    for turned in ((*other[1:], other[0]), (other[-1], *other[:-1]), tuple(reversed(other))):
        if all(_word(a, b).score >= MERGE for a, b in zip(one, turned, strict=True)):
            return Likeness(0.78, ("the same words in another order",))
        if all(_word(a, b).score >= 0.7 and len(a) > 1 and len(b) > 1 for a, b in zip(one, turned, strict=True)) \
                and not (is_reliable("".join(one)) and is_reliable("".join(other))):
            return Likeness(0.68, ("the same words in another order and script",))
    return APART


def _shorter(short: tuple[str, ...], long: tuple[str, ...]) -> Likeness:
    """The longer name has the words of the shorter one and a middle or a second family name besides."""
    if len(short) < 2:
        return APART
    first = _word(short[0], long[0], given=True)
    if first.never or first.score < ASK:
        return APART
    rest, position = [first], 1
    for word in short[1:]:
        for i in range(position, len(long)):
            likeness = _word(word, long[i])
            if likeness.score >= 0.75 or (len(word) == 1 and likeness.score >= ASK):
                rest.append(likeness)
                position = i + 1
                break
        else:
            return APART
    worst = min(s.score for s in rest)
    reasons = (*dict.fromkeys(r for s in rest for r in s.reasons), "one name has a word more")
    return Likeness(0.78 if worst >= MERGE else 0.64 if worst >= 0.7 else 0.0, reasons)


def _run_together(one: Parsed, other: Parsed) -> Likeness | None:
    """Gholam-Reza and Gholamreza, Le Goff and LeGoff: the same letters, parted otherwise."""
    left, right = one.joined, other.joined
    if is_consonantal(left) or is_consonantal(right) or one.mixed or other.mixed or any(len(w) == 1 and w.isascii() for w in (*one.words, *other.words)):
        return None
    if is_reliable(left) and is_reliable(right):
        return Likeness(0.95, ("the same letters with other gaps",)) if spelled(left) & spelled(right) else None
    left, right = ("".join(map(_romanised, p.words)) for p in (one, other))
    if skeleton(left) == skeleton(right) and len(skeleton(left)) > 2:
        vowels = [re.sub("[^aeiou]", "", w) for w in (left, right)]
        if OSA.distance(*vowels) <= 2:
            return Likeness(0.7, ("may be one name in two scripts",))
    return None


def _bodies(kind: str, one: Parsed, other: Parsed) -> Likeness:
    if one.words == other.words:
        return Likeness(1.0)
    for short, long in ((one, other), (other, one)):
        if short.acronym and len(long.words) > 1 and not long.acronym:
            fits = short.acronym == "".join(latin(w)[:1] for w in long.words)
            return Likeness(0.72, (f"{short.acronym.upper()} may stand for {' '.join(long.words)!r}",)) if fits and len(short.acronym) > 1 else APART
    if kind == "place" and (form := _with_form(one.words, other.words)):
        return form
    if len(one.words) != len(other.words):
        return _run_together(one, other) or _with_adjective(kind, one.words, other.words)
    scores = [_body_word(a, b) for a, b in zip(one.words, other.words, strict=True)]
    worst = min(s.score for s in scores)
    reasons = tuple(dict.fromkeys(r for s in scores for r in s.reasons))
    if worst >= MERGE:
        return Likeness(worst, reasons)
    if sum(s.score < MERGE for s in scores) == 1 and worst >= ASK and (len(scores) > 1 or min(len(latin(w)) for w in (*one.words, *other.words)) > 6):
        return Likeness(worst, reasons)
    if len(one.words) == 1:
        return APART
    left, right = list(one.words), list(other.words)
    for word in one.words:
        twin = next((w for w in right if spelled(w) & spelled(word) or _belongs(w, word)), None)
        if twin is None:
            return APART
        left.remove(word)
        right.remove(twin)
    return Likeness(0.78, ("the same words in another order",))


def _body_word(one: str, other: str) -> Likeness:
    if one == other:
        return Likeness(1.0)
    if is_reliable(one) and is_reliable(other) and not (one.isdigit() or other.isdigit()):
        if spelled(one) & spelled(other):
            return Likeness(0.96, (f"{one!r} and {other!r} are spellings of one word",))
        if is_slip(one, other) and min(len(one), len(other)) > 6:
            return Likeness(0.66, (f"{one!r} and {other!r} differ in one letter",))
        if skeleton(one) == skeleton(other) and len(skeleton(one)) > 1 and not gender(one, other) and _vowels_fit(one, other, given=False):
            return Likeness(0.72, (f"{one!r} and {other!r} sound alike",))
        return APART
    return _word(one, other)


def _with_adjective(kind: str, one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """The longer name only says besides of which country: Russian LGBT Network, LGBT Network."""
    short, long = sorted((one, other), key=len)
    if kind == "organization" and len(short) > 1 and len(long) == len(short) + 1 and long[1:] == short and is_demonym(long[0]):
        return Likeness(0.74, (f"one name also says {long[0]!r}",))
    return APART


FORMS = frozenset({"republic", "kingdom", "federation", "city"})
"""Words by which a place may be called or not; an oblast or a district is another place than the town of its name."""


def _with_form(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    """Chechnya, Republic of Chechnya, Chechen Republic."""
    bare = [tuple(w for w in words if w not in FORMS) for words in (one, other)]
    forms = set(one) ^ set(other)
    if len(bare[0]) != 1 or len(bare[1]) != 1 or not forms & FORMS:
        return None
    left, right = bare[0][0], bare[1][0]
    if _body_word(left, right).score >= MERGE or (latin(left)[:4] == latin(right)[:4] and (is_demonym(latin(left)) or is_demonym(latin(right)))):
        return Likeness(0.73, (f"one name also says {min(forms & FORMS)!r}",))  # never joined by a program: Dominica
    return None


def _belongs(one: str, other: str) -> bool:
    """Whether one word is the adjective of the other: Zubrovia, Zubrovian."""
    short, long = sorted((latin(one), latin(other)), key=len)
    stem = short.rstrip("aeiouy")
    return len(stem) > 2 and long.startswith(stem) and len(long) - len(stem) < 5 and is_demonym(long)


def is_demonym(word: str) -> bool:
    """Whether a word may be the adjective of a country or a people."""
    return len(word) > 4 and word.endswith(("an", "en", "ish", "ush", "ese", "ch", "ek", "eek", "akh", "ak", "ik", "yz", "iss", "ai", "i"))


def _arabic(word: str) -> str:
    """Letters that Arabic and Persian writers use for one another as one."""
    return word.translate(_LETTERS)


_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "ئ": "ي", "ؤ": "و"})


def _romanised(word: str) -> str:
    plain = latin(word)
    return _KOREAN.get(plain, plain)
