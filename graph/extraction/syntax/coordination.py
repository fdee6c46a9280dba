"""Names joined by "and" that the parser took apart, put together again before the rules read a tree.

The small model often reads "X and Y Z were held" as one name with many parts, or "X, 36, and his wife, Y, fled" as a fragment with
a sentence behind it; then the first of those named is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.syntax.tags import CLAUSAL, PEOPLE

if TYPE_CHECKING:
    from graph.extraction.mentions import Mention
    from graph.extraction.syntax.tree import Tree

_SMALL = frozenset({"help", "let", "make", "see", "hear", "watch"})
_LIMIT = 12
"""Words between the first and the last of two that are named together."""


def rejoin(tree: Tree) -> None:
    """Change heads and dependencies of a tree in place."""
    for i in range(tree.size):
        mention = tree.by_head.get(i)
        if mention is not None and mention.kind == "name" and mention.entities:
            if tree.dep[i] in {"compound", "nmod", "amod", "npadvmod"}:
                _part_of_the_next(tree, i, mention)
            elif tree.dep[i] == "poss":
                _shared_possession(tree, i)
        if tree.dep[i] == "conj" and tree.tag[i] in {"VBD", "VBZ", "VBP", "VBN"}:
            _fragment(tree, i)
        elif tree.dep[i] == "dobj" and tree.lemma[tree.head[i]] in _SMALL:
            _small_clause(tree, i)


def hang(tree: Tree, token: int, head: int, dep: str) -> None:
    """Make `token` a child of `head`."""
    if tree.head[token] != token:
        tree.kids[tree.head[token]].remove(token)
    tree.head[token], tree.dep[token] = head, dep
    if head != token:
        tree.kids[head].append(token)
        tree.kids[head].sort()


def _alike(one: Mention, other: Mention) -> bool:
    return one.type is other.type or {one.type, other.type} <= PEOPLE


def _plain(tree: Tree, first: int, last: int) -> bool:
    """Whether a range holds an "and", and nothing that makes a clause."""
    words = range(first, last)
    return last - first <= _LIMIT and any(tree.low[i] == "and" for i in words) and all(
        tree.pos[i] not in {"VERB", "AUX", "SCONJ", "ADP"} and tree.low[i] not in {";", ":", "(", "'s", "’s"} for i in words)


def _before(tree: Tree, first: int, second: int) -> None:
    """`first` takes the place of `second` in the tree, which becomes the next of the list."""
    above, dep = tree.head[second], tree.dep[second]
    inside = set(tree.subtree(first))
    hang(tree, first, first if above == second or above in inside else above, dep)
    hang(tree, second, first, "conj")


def _part_of_the_next(tree: Tree, first: int, mention: Mention) -> None:
    """"X and Y Z were held": X was read as a part of the name that follows."""
    second = tree.head[first]
    other = tree.cover.get(second)
    if other is None or second <= first or other.kind != "name" or not other.entities or other.start < mention.end or not _alike(mention, other):
        return
    if tree.by_head.get(second) is not other or not _plain(tree, *_between(tree, mention, other)):
        return
    start, end = tree.token_range(other.start, other.end)
    for k in list(tree.kids[first]):
        if start <= k < end:  # the given name of the second hung on the first
            hang(tree, k, second, "compound")
    _before(tree, first, second)


def _between(tree: Tree, one: Mention, other: Mention) -> tuple[int, int]:
    return tree.token_range(one.start, one.end)[1], tree.token_range(other.start, other.end)[0]


def _shared_possession(tree: Tree, second: int) -> None:
    """"X and Y's arrest": the arrest of both, and no list of X and an arrest."""
    noun = tree.head[second]
    first = tree.head[noun]
    one, other = tree.by_head.get(first), tree.by_head[second]
    if tree.dep[noun] != "conj" or one is None or one.kind != "name" or not _alike(one, other) or other.start < one.end:
        return
    start, end = _between(tree, one, other)
    if tree.low[start:end] != ["and"]:
        return
    above, dep = tree.head[first], tree.dep[first]
    hang(tree, noun, noun if above == first else above, dep)
    hang(tree, first, noun, "poss")
    hang(tree, second, first, "conj")


def _fragment(tree: Tree, verb: int) -> None:
    """"X, 36, and his wife, Y, fled": X was left as a sentence of its own, and the verb joined to it."""
    first = tree.head[verb]
    second = tree.child(verb, "nsubj", "nsubjpass")
    one = tree.by_head.get(first)
    if second is None or one is None or one.type not in PEOPLE or not first < second < verb or (other := tree.by_head.get(second)) is None:
        return
    if not _alike(one, other) or any(tree.dep[k] in CLAUSAL for k in tree.kids[first] if k < verb) or not _plain(tree, first + 1, second):
        return
    dep, above = tree.dep[second], tree.head[first]
    hang(tree, verb, verb if above == first else above, tree.dep[first])
    hang(tree, first, verb, dep)
    hang(tree, second, first, "conj")


def _small_clause(tree: Tree, noun: int) -> None:
    """"helped the two men flee": the verb was read as a noun, and those who fled as a part of it."""
    whom = next((k for k in tree.children(noun, "compound", "nmod") if k == noun - 1), None)
    mention = tree.by_head.get(whom) if whom is not None else None
    if whom is not None and mention is not None and mention.entities and mention.type.value in {"person", "official", "group"} and tree.by_head.get(noun) is None:
        verb = tree.head[noun]
        hang(tree, whom, verb, "dobj")
        tree.dep[noun] = "dep"
