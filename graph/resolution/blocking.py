"""Which names are worth comparing: those that share a key. Near-linear, as no key compares more than a window of its names."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from graph.resolution.compare import FORMS, may_vary
from graph.resolution.parsing import parse
from graph.resolution.spelling import is_consonantal, latin, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.resolution.judgements import Pair

WINDOW = 12
"""In a block of more names than this, each is compared with so many that follow it in the alphabet."""
_WEAK = str.maketrans("", "", "ويیىءאעו")


def keys(kind: str, name: str) -> Iterator[tuple[str, ...]]:
    """The keys of a name; two names that may be one share at least one, but for a slip in two words or in a first letter."""
    parsed = parse(kind, name)
    words = parsed.words[:6]
    if not words:
        return
    bones = [_bones(w) for w in words]
    plain = [b[0] for b in bones]
    yield ("joined", skeleton("".join(map(latin, words))))
    if kind == "person":
        if len(words) == 1:
            return
        for one, other in combinations(bones, 2):
            for a in one:
                for b in other:
                    yield ("pair", *sorted((a, b)))
        first, last = latin(words[0])[:1], plain[-1]
        yield ("last", last, first)
        yield ("first", plain[0], last[:1], last[-1:])
        return
    if parsed.acronym:
        yield ("acronym", parsed.acronym)
    elif len(words) > 1:
        yield ("acronym", "".join(latin(w)[:1] for w in words))
    yield ("all", *sorted(plain))
    if kind == "place" and len(rest := [w for w in words if w not in FORMS]) == 1:
        yield ("place", latin(rest[0])[:4])
    if len(words) > 2 or (kind == "organization" and len(words) == 2):
        for left_out in range(len(words)):
            rest = sorted(plain[:left_out] + plain[left_out + 1:])
            # Alone, one word of two says little: the first letter of the other stands with it.
            yield ("all", *rest) if len(rest) > 1 else ("most", *rest, latin(words[left_out])[:1])
    elif len(latin(words[0])) > 6:
        yield from (("slip", plain[0][:i] + plain[0][i + 1:]) for i in range(1, len(plain[0])))


def candidates(names: Mapping[int, Iterable[tuple[str, str]]]) -> Iterator[Pair]:
    """Pairs of owners that have names worth comparing, each once, in a fixed order. `names` gives (kind, name) by owner."""
    blocks: dict[tuple[str, ...], set[tuple[str, int, tuple[str, ...]]]] = defaultdict(set)
    for owner, given in names.items():
        for kind, name in given:
            for key in keys(kind, name):
                blocks[kind, *key].add((latin(name), owner, parse(kind, name).words if key[0] in _ENDS else ()))
    seen: set[Pair] = set()
    for key in sorted(blocks):
        block = sorted(blocks[key])
        end = _ENDS.get(key[1])
        for position, (_, one, words) in enumerate(block):
            for _, other, others in block[position + 1: position + 1 + WINDOW]:
                pair = (one, other) if one < other else (other, one)
                if one != other and pair not in seen and (end is None or len(words) != len(others) or may_vary(words[end], others[end])):
                    seen.add(pair)
                    yield pair


_ENDS = {"last": 0, "first": -1}
"""Keys of one word of a person's name, and where the word stands that must then be a variant: most that share a surname differ in it beyond doubt."""


def _bones(word: str) -> tuple[str, ...]:
    """Skeletons of a word: in Arabic and Hebrew, where و and י may be vowels or not, one with them and one without."""
    if is_consonantal(word):
        bare = word.removeprefix("ال") if len(word) > 4 else word
        return tuple(dict.fromkeys(skeleton(w) for w in (bare.translate(_WEAK), bare) if w))  or (word,)
    return (skeleton(word),)
