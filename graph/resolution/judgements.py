"""Decisions as they stand: the last row on a pair or a statement counts, `undone` takes it back, the stale are told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.curation.names import slug
from graph.model import Note
from graph.resolution.names import PEOPLE, family, key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from graph.model import Decision
    from graph.resolution.nodes import Node

STALE = "stale decision"
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judgements:
    """What people decided. Nodes are given by position, pairs with the smaller first, both sorted."""

    same: tuple[Pair, ...]
    different: tuple[Pair, ...]
    statements: dict[str, str]
    notes: tuple[Note, ...]


class Handles:
    """What a cell of `decisions.csv` may call a node, the most exact first.

    Its id; `type/slug` of its name, with the slug of its source behind it or not; its name; an alias. So a decision made on
    an entity still finds its parts after a merge, and after the documents are read again.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._levels: tuple[dict[str, list[int]], ...] = tuple(defaultdict(list) for _ in range(4))
        exact, solo, names, aliases = self._levels
        for number, node in enumerate(nodes):
            exact[node.id].append(number)
            for kind in PEOPLE if node.family == "person" else (node.family,):
                for name in slugs(node):
                    solo[f"{kind}/{name}"].append(number)
            names[key(node.entity.name)].append(number)
            for alias in node.entity.aliases:
                aliases[key(alias)].append(number)

    def find(self, cell: str) -> tuple[int, ...]:
        """The nodes that a cell names; empty where there are none (any more)."""
        for level, word in zip(self._levels, (cell, cell, key(cell), key(cell)), strict=True):
            if word in level:
                return tuple(dict.fromkeys(level[word]))
        return ()


def slugs(node: Node) -> tuple[str, ...]:
    """The slugs that may stand for this node in an id: its name; its name and source."""
    name = slug(node.entity.name)
    return (name, f"{name}-{slug(node.source)}") if node.source else (name,)


def judge(decisions: Iterable[Decision], nodes: Sequence[Node], handles: Handles, statements: Container[str]) -> Judgements:
    """The decisions in force, in whatever order rows on different pairs stand; what applies to nothing becomes a note."""
    notes: list[Note] = []
    pairs: dict[tuple[object, object], tuple[Decision, tuple[int, ...], tuple[int, ...]]] = {}
    judged: dict[str, Decision] = {}
    for decision in decisions:
        if decision.decision in {"accepted", "rejected"} or (decision.decision == "undone" and not decision.right):
            judged[decision.left] = decision
        else:
            left, right = handles.find(decision.left), handles.find(decision.right)
            one, other = sorted([(left, "" if left else decision.left), (right, "" if right else decision.right)])
            pairs[one, other] = (decision, left, right)
    same, different = set(), set()
    for decision, left, right in pairs.values():
        if decision.decision == "undone":
            continue
        gone = [cell for cell, found in ((decision.left, left), (decision.right, right)) if not found]
        both = sorted(set(left) & set(right))
        if gone:
            notes.append(_stale(decision, f"nothing in the case is called {' or '.join(map(repr, gone))} any more"))
        elif both and decision.decision == "different":
            notes.append(_stale(decision, f"both name {nodes[both[0]].entity.name!r}: name each by its id"))
        elif decision.decision == "same":
            # A star from the first node of the left, so that many nodes under one handle cost no square.
            same |= {_pair(left[0], other) for other in (*left, *right) if other != left[0]}
        else:
            different |= {_pair(a, b) for a in left for b in right}
    lost = {i: d for i, d in judged.items() if i not in statements and d.decision != "undone"}
    notes += [_stale(d, "no statement has this id any more") for d in lost.values()]
    standing = {i: d.decision for i, d in judged.items() if i not in lost and d.decision != "undone"}
    return Judgements(tuple(sorted(same)), tuple(sorted(different)), dict(sorted(standing.items())), tuple(sorted(notes)))


def same_family(left: Node, right: Node) -> bool:
    """Whether two nodes could be one without a person saying so."""
    return family(left.entity.type) == family(right.entity.type)


def _pair(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)


def _stale(decision: Decision, why: str) -> Note:
    row = ", ".join(filter(None, (decision.decision, decision.left, decision.right)))
    made = f" (by {decision.by or 'somebody'}{f' on {decision.on}' if decision.on else ''})"
    return Note(kind=STALE, message=f"{row}{made} does not apply: {why}.")
