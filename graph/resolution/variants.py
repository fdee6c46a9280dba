"""Clusters whose names are alike: joined, asked about or kept apart by name and evidence together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.resolution.blocking import candidates
from graph.resolution.clusters import Clusters, Link, join
from graph.resolution.compare import ASK, MERGE, SCRIPTS, Likeness, compare
from graph.resolution.evidence import TOGETHER
from graph.resolution.exact import both_curated, is_common, is_institution, is_metonym, says_who
from graph.resolution.parsing import parse
from graph.resolution.within import namesakes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.resolution.evidence import Evidence, Weight
    from graph.resolution.judgements import Pair
    from graph.resolution.nodes import Node

NAMES = 12
"""So many names of a cluster are compared, the longest first: who has more has them from one typist."""
ENOUGH = 0.74
"""Names less alike than this (an initial, a lone surname, two scripts) are never joined by a program: relatives keep company too."""
KINDS = frozenset({"person", "organization", "place", "work"})


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two nodes of different clusters that may be one."""

    pair: Pair
    score: float
    reasons: tuple[str, ...]


def resolve_variants(nodes: Sequence[Node], clusters: Clusters, evidence: Evidence, curated: Sequence[bool]) -> list[Doubt]:
    """Join what is alike beyond doubt; what is left to ask, sorted by pair."""
    names = _names(nodes, clusters)
    sure: list[Link] = []
    doubts: list[Doubt] = []
    for pair in candidates(names):
        left, right = pair
        if clusters.foes(left, right):
            continue
        likeness = _closest(names[left], names[right])
        if likeness.score >= ASK - 0.2 and not likeness.never:
            _sort(pair, likeness, evidence.weigh(clusters, left, right), sure, doubts)
    for pair, count in namesakes(nodes, clusters):
        if not clusters.foes(*pair):
            alone = Likeness(0.72, ("nobody else has this surname",)) if count == 1 else Likeness(0.62, (f"one of {count} with this surname",))
            _sort(pair, alone, evidence.weigh(clusters, *pair), sure, doubts)

    def allowed(left: int, right: int) -> bool:
        if both_curated(clusters, curated, left, right):
            return False
        members = clusters.members(left), clusters.members(right)
        return not evidence.ages_differ(*members) and not _never(nodes, *members)

    sure, torn = _untorn(sure, names)
    refused = join(clusters, sure, allowed)
    doubts += [Doubt(k.pair, MERGE - 0.01, tuple(k.reason.split("; "))) for k in (*refused, *torn)]
    open_ = {}
    for doubt in sorted(doubts, key=lambda d: (d.score, d.pair)):
        left, right = (clusters.find(n) for n in doubt.pair)
        if left != right and not clusters.foes(left, right):
            open_[min(left, right), max(left, right)] = doubt
    return sorted(open_.values())


def _sort(pair: Pair, likeness: Likeness, weight: Weight, sure: list[Link], doubts: list[Doubt]) -> None:
    """Put a pair where its score belongs."""
    reasons = (*likeness.reasons, *weight.reasons) or ("the same name",)
    score = likeness.score + weight.amount
    if likeness.score >= MERGE and weight.reasons[:1] == (TOGETHER,):
        # Two spellings of one full name in one text: its writer was careless, or quotes somebody.
        score, weight = likeness.score, replace(weight, ask=False)
    if score >= MERGE and likeness.score >= ENOUGH and not weight.ask and SCRIPTS not in reasons:
        sure.append(Link(round(score, 4), pair, "; ".join(reasons)))
    elif score >= ASK:
        doubts.append(Doubt(pair, round(min(score, MERGE - 0.01), 4), reasons))


def _names(nodes: Sequence[Node], clusters: Clusters) -> dict[int, tuple[tuple[str, str], ...]]:
    """The names of every cluster that say who it is, by its root."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for number, node in enumerate(nodes):
        if node.family in KINDS and (not node.source or not is_institution(node)):
            found[clusters.find(number)].update((node.family, name) for name in node.names if not node.source or _tells(node, name))
    return {root: tuple(sorted(found[root], key=lambda n: (-len(n[1]), n))[:NAMES]) for root in sorted(found)}


def _tells(node: Node, name: str) -> bool:
    """Whether a name is worth comparing: it says who, or is an initial with a surname, or an acronym."""
    if is_metonym(node, name):
        return False
    words = parse("person", name).words if node.family == "person" and not is_common("person", name) else ()
    return says_who(node, name) or (len(words) > 1 and len(words[0]) == 1)


def _closest(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> Likeness:
    """The best likeness of any two names, unless the main names are of two for certain."""
    best = Likeness(0.0)
    for kind, left in one:
        for other_kind, right in other:
            if kind == other_kind:
                found = compare(kind, left, right)
                if found.never:
                    return found
                if found.score > best.score:
                    best = found
    return best


def _never(nodes: Sequence[Node], one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether any name on one side rules out any on the other."""
    sides = [sorted({(nodes[n].family, nodes[n].entity.name) for n in side})[:NAMES] for side in (one, other)]
    return any(a[0] == b[0] and compare(a[0], a[1], b[1]).never for a in sides[0] for b in sides[1])


def _untorn(links: Iterable[Link], names: dict[int, tuple[tuple[str, str], ...]]) -> tuple[list[Link], list[Link]]:
    """Links, and those of a name that is equally like two who cannot be one: nobody can tell which of them it means."""
    partners: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        for node in link.pair:
            partners[node].append(link)
    torn: set[Link] = set()
    for node, mine in partners.items():
        if 1 < len(mine) <= NAMES:
            others = [(link, next(n for n in link.pair if n != node)) for link in mine]
            torn.update(
                link for i, (one, a) in enumerate(others) for other, b in others[i + 1:]
                if _closest(names[a], names[b]).never for link in (one, other)
            )
    return [k for k in links if k not in torn], sorted(torn)
