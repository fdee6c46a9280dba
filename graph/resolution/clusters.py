"""Clusters under two rules: what a person called different never stands together, and no order of the input matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.resolution.judgements import Pair


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A reason to put two nodes together. Higher `strength` is tried first."""

    strength: float
    pair: Pair
    reason: str = ""


class Clusters:
    """Disjoint sets of nodes 0 … n-1 with pairs that never meet."""

    def __init__(self, size: int, apart: Iterable[Pair] = ()) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._foes: dict[int, set[int]] = {}
        for left, right in apart:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)

    def find(self, node: int) -> int:
        """The node that stands for the cluster of this one."""
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node

    def members(self, node: int) -> list[int]:
        """Everyone in the cluster of this node, sorted."""
        root = self.find(node)
        return self._members.get(root, [root])

    def foes(self, left: int, right: int) -> bool:
        """Whether the clusters of two nodes hold a pair that never meets."""
        left, right = self.find(left), self.find(right)
        return any(self.find(foe) == right for foe in self._foes.get(left, ()))

    def has_foes(self, node: int) -> bool:
        """Whether anybody is to be kept apart from the cluster of this node."""
        return self.find(node) in self._foes

    def union(self, left: int, right: int) -> bool:
        """Put the clusters of two nodes together unless they hold a pair that never meets. Whether they are together now."""
        left, right = self.find(left), self.find(right)
        if left == right:
            return True
        if self.foes(left, right):
            return False
        if (len(self.members(left)), -left) < (len(self.members(right)), -right):
            left, right = right, left
        self._members[left] = sorted(self.members(left) + self.members(right))
        self._members.pop(right, None)
        self._parent[right] = left
        if foes := self._foes.pop(right, set()):
            self._foes.setdefault(left, set()).update(foes)
        return True


def contradictory(same: Iterable[Pair], different: Iterable[Pair]) -> frozenset[Pair]:
    """The `same` that no longer hold because a chain of them joins two that are `different`.

    Nobody can tell which link of such a chain is wrong, so every link on a shortest way between the two gives way: keeping
    apart what may be one is the lesser harm, and the answer does not depend on the order of the decisions.
    """
    neighbours: dict[int, set[int]] = {}
    for left, right in same:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    broken: set[Pair] = set()
    waiting = sorted(set(different))
    while waiting:
        # All shortest ways of this round are broken together, so that no pair goes first.
        found = {edge for pair in waiting for edge in _ways(neighbours, *pair)}
        for left, right in found:
            neighbours[left].discard(right)
            neighbours[right].discard(left)
        broken |= found
        waiting = [pair for pair in waiting if found and _ways(neighbours, *pair)]
    return frozenset(broken)


def _ways(neighbours: dict[int, set[int]], start: int, end: int) -> set[Pair]:
    """Every edge on a shortest way from start to end; none where there is no way."""
    steps = [{start}]
    seen = {start}
    while steps[-1] and end not in seen:
        steps.append({n for node in steps[-1] for n in neighbours.get(node, ())} - seen)
        seen |= steps[-1]
    if end not in seen:
        return set()
    edges: set[Pair] = set()
    layer = {end}
    for earlier in reversed(steps[:-1]):
        found = {(one, other) for other in layer for one in neighbours[other] & earlier}
        edges |= {(min(edge), max(edge)) for edge in found}
        layer = {one for one, _ in found}
    return edges


def join(clusters: Clusters, links: Iterable[Link], allowed: Callable[[int, int], bool] = lambda _l, _r: True) -> list[Link]:
    """Join along the links, the strongest first, ties by the pair; the links that were refused."""
    refused = []
    for link in sorted(set(links), key=lambda k: (-k.strength, k.pair, k.reason)):
        left, right = link.pair
        if clusters.find(left) == clusters.find(right):
            continue
        if not allowed(left, right) or not clusters.union(left, right):
            refused.append(link)
    return refused
