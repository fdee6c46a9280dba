"""Nodes with the very same name or alias."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.resolution.compare import is_full
from graph.resolution.names import is_proper, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.resolution.clusters import Clusters
    from graph.resolution.evidence import Evidence
    from graph.resolution.nodes import Node

COMMON = frozenset(
    ["activists", "administration", "agency", "army", "attorney", "authorities", "base", "bureau", "centre", "center", "channel", "charity", "church", "city", "commission", "committee", "community", "company", "council", "country", "court", "courts", "department", "detention", "district", "embassy", "forces", "foundation", "gendarmerie", "government", "group", "hospital", "house", "investigators", "jail", "judge", "judges", "judiciary", "justice", "local", "media", "military", "militia", "ministry", "mosque", "movement", "municipality", "network", "news", "office", "officers", "officials", "opposition", "organisation", "organization", "outlet", "parliament", "party", "police", "police", "prison", "prosecution", "prosecutor", "prosecutors", "protesters", "province", "region", "regional", "relatives", "republic", "school", "security", "senate", "service", "services", "soldiers", "special", "state", "station", "station", "town", "troops", "union", "university", "village", "witnesses"]
)
"""Words that, alone or with one another, name no one body: each document means its own."""


def is_common(name: str) -> bool:
    """Whether a name tells bodies apart nowhere but in its own document: "police", "security forces", "the region"."""
    return not is_proper(name) or all(word in COMMON for word in key(name).split())


def travels(node: Node) -> bool:
    """Whether its name says who it is outside its own document."""
    if not node.source:
        return True
    name = node.entity.name
    if node.family == "group" or is_common(name):
        return False
    return node.family != "person" or is_full(name)


def same_names(nodes: Sequence[Node], _clusters: Clusters) -> Iterator[list[int]]:
    """Groups of nodes of one kind with one name: across documents where the name says who it is, else within one."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if word := key(node.entity.name):
            groups[node.family, word, "" if travels(node) else node.source].append(number)
    yield from (groups[k] for k in sorted(groups) if len(groups[k]) > 1)


def same_aliases(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """Groups of nodes where the name of some is an alias of others, and these others are one."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if word := key(node.entity.name):
            named[node.family, word].append(number)
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for alias in node.entity.aliases:
            if (node.family, key(alias)) in named or not node.source:
                owners[node.family, key(alias)].append(number)
    for name in sorted(owners):
        curated = [n for n in owners[name] if not nodes[n].source]
        holders = curated or [n for n in owners[name] if not is_common(nodes[n].entity.name)]
        if len({clusters.find(n) for n in holders}) != 1:
            continue
        single = name[0] == "person" and not is_full(name[1])
        others = [n for n in named.get(name, ()) if curated or not (is_common(nodes[n].entity.name) or single)]
        # A description or a lone surname travels only with a person's word for it: the table lists it as an alias.
        yield sorted({*holders, *others})


def join_groups(clusters: Clusters, groups: Iterable[Sequence[int]], curated: Sequence[bool], evidence: Evidence) -> None:
    """Put every group together. Where two of it are to be kept apart, the others cannot be told between them and join neither."""
    for group in groups:
        roots = sorted({clusters.find(n) for n in group})
        torn: set[int] = set()
        special = [r for r in roots if clusters.has_foes(r) or any(curated[n] for n in clusters.members(r)) or evidence.has_age(clusters.members(r))]
        for i, one in enumerate(special):
            torn.update(r for other in special[i + 1:] if _apart(clusters, curated, evidence, one, other) for r in (one, other))
        together = [r for r in roots if r not in torn]
        for root in together[1:]:
            clusters.union(together[0], root)


def _apart(clusters: Clusters, curated: Sequence[bool], evidence: Evidence, left: int, right: int) -> bool:
    return clusters.foes(left, right) or both_curated(clusters, curated, left, right) \
        or evidence.ages_differ(clusters.members(left), clusters.members(right))


def both_curated(clusters: Clusters, curated: Sequence[bool], left: int, right: int) -> bool:
    """Whether both clusters hold an entity of the tables: a documenter who lists two means two."""
    return any(curated[n] for n in clusters.members(left)) and any(curated[n] for n in clusters.members(right))
