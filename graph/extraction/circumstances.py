"""When and where: the time and the place that belong to a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.tree import CLAUSAL
from graph.model import EntityType, Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.reading import Reading
    from graph.extraction.tree import Tree

_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "on"})


def time_of(tree: Tree, trigger: int) -> str:
    """The EDTF of the time in the trigger's own clause, or of the verb it hangs on; empty if there is none."""
    if not tree.times:
        return ""
    node = trigger
    for _ in range(4):
        tokens = set(_own_words(tree, node))
        for time in tree.times:
            first, last = tree.token_range(time.start, time.end)
            if any(i in tokens for i in range(first, last)):
                return time.edtf
        head = tree.head[node]
        if head == node or tree.dep[node] not in {"conj", "xcomp", "pcomp", "prep", "acl", "advcl", "dobj", "nsubj", "nsubjpass", "pobj"}:
            break
        node = head
    return ""


def place_of(tree: Tree, trigger: int, read: Reading) -> Participant | None:
    """The place in the trigger's own clause that a preposition of place governs."""
    for i in _own_words(tree, trigger):
        mention = tree.by_head.get(i)
        if mention is None or mention.type is not EntityType.place or not mention.entities or tree.dep[i] != "pobj":
            continue
        if tree.low[tree.head[i]] in _PLACE_PREPOSITIONS:
            entity = read.entities[mention.entities[0]]
            return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text, start=mention.start,
                               end=mention.end)
    return None


def _own_words(tree: Tree, node: int) -> Iterator[int]:
    stack = [node]
    while stack:
        i = stack.pop()
        yield i
        stack.extend(k for k in tree.kids[i] if tree.dep[k] not in CLAUSAL and not (
            tree.dep[k] == "conj" and tree.pos[k] in {"VERB", "AUX"}) and tree.dep[k] != "appos")
