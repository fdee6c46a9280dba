"""Nodes with the very same name or alias."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.resolution.compare import ASK, compare, is_demonym
from graph.resolution.names import is_proper, key
from graph.resolution.parsing import is_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.resolution.clusters import Clusters
    from graph.resolution.evidence import Evidence
    from graph.resolution.nodes import Node

COMMON = frozenset(
    ["activists", "administration", "agency", "army", "attorney", "authorities", "base", "bureau", "centre", "center", "channel", "charity", "church", "city", "commission", "committee", "community", "company", "council", "country", "court", "courts", "department", "detention", "district", "embassy", "forces", "foundation", "gendarmerie", "government", "group", "hospital", "house", "investigators", "jail", "judge", "judges", "judiciary", "justice", "local", "media", "military", "militia", "ministry", "mosque", "movement", "municipality", "network", "news", "office", "officers", "officials", "opposition", "organisation", "organization", "outlet", "parliament", "party", "police", "prison", "prosecution", "prosecutor", "prosecutors", "protesters", "province", "region", "regional", "relatives", "republic", "school", "security", "senate", "service", "services", "soldiers", "special", "state", "station", "town", "troops", "union", "university", "village", "witnesses",
     "i", "me", "we", "us", "he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "you", "who", "this", "that", "these", "those", "somebody"]
)
"""Words that, alone or with one another, name no one body: each document means its own."""


INSTITUTION = COMMON | frozenset(
    ["affairs", "appeal", "attorneys", "generals", "prosecutors", "appeals", "armed", "assembly", "attorney", "auditor", "border", "cabinet", "cassation", "central", "civil", "communications",
     "constitutional", "counter", "corruption", "anti", "criminal", "customs", "defence", "defense", "economy", "education", "election", "electoral",
     "emergency", "environment", "federal", "finance", "foreign", "general", "guard", "health", "high", "home", "human", "immigration", "information",
     "intelligence", "interior", "internal", "investigation", "investigative", "labour", "migration", "national", "navy", "of", "for", "and", "the", "in",
     "ombudsman", "prison", "prisons", "public", "revenue", "rights", "s", "supreme", "tax", "trade", "transport", "tribunal"]
)
"""Words of which every country makes the names of its institutions: a Supreme Court is that of its country."""
_PARTICLES = frozenset(
    ["a", "abu", "al", "and", "at", "bin", "bint", "binti", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "el", "for", "ibn", "in",
     "la", "le", "of", "on", "op", "oglu", "qizi", "s", "san", "te", "ten", "ter", "the", "to", "und", "ul", "van", "von", "y", "zu", "d", "l"]
)


@lru_cache(maxsize=1 << 17)
def is_common(kind: str, name: str) -> bool:
    """Whether a name means another in each document: "police", "her husband", "Local officials", "the region"."""
    if not is_proper(name) or all(word in COMMON for word in key(name).split()):
        return True
    words = [w for w in re.findall(r"\w+", name) if len(w) > 1 and w.casefold() not in _PARTICLES]
    lower = [w for w in words if w.islower()]
    if kind == "person" and _is_generic(name):
        return True  # an office: the Auditor-General
    if kind == "organization" and lower:
        # "Guatemalan police" is a name of a kind, "Local officials" is none.
        first = words[0].casefold()
        return not (len(lower) < len(words) - 1 or (is_demonym(first) and first not in INSTITUTION)) or lower == words
    return bool(lower)


def is_institution(node: Node) -> bool:
    """Whether its name says which body it is only to who knows the country."""
    name = node.entity.name
    return node.family == "organization" and bool(node.source) and not is_common("organization", name) and _is_generic(name)


def _is_generic(name: str) -> bool:
    return all(word in INSTITUTION for word in key(name).split())


def travels(node: Node) -> bool:
    """Whether its name says who it is outside its own document."""
    if not node.source:
        return True
    return says_who(node, node.entity.name)


def same_names(nodes: Sequence[Node], _clusters: Clusters) -> Iterator[list[int]]:
    """Groups of nodes of one kind with one name: across documents where the name says who it is, else within one."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if word := key(node.entity.name):
            groups[node.family, word, "" if travels(node) else node.source].append(number)
    yield from (groups[k] for k in sorted(groups) if len(groups[k]) > 1)


FEW = 3
"""A place that more documents name (a capital, a great power) does not say that they tell of one story."""


def same_institutions(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """Institutions of one name in documents that tell of one story: they share a person, or a place that few documents have."""
    groups: dict[str, list[int]] = defaultdict(list)
    anchors: dict[str, set[int]] = defaultdict(set)
    documents: dict[int, set[str]] = defaultdict(set)
    for number, node in enumerate(nodes):
        if is_institution(node):
            groups[key(node.entity.name)].append(number)
        elif travels(node) and node.source and node.family in {"person", "place"}:
            anchors[node.source].add(clusters.find(number))
            documents[clusters.find(number)].add(node.source)
    telling = {root for root, sources in documents.items() if nodes[root].family == "person" or len(sources) <= FEW}
    for name in sorted(groups):
        by_anchor: dict[int, list[int]] = defaultdict(list)
        for number in groups[name]:
            for root in anchors[nodes[number].source] & telling:
                by_anchor[root].append(number)
        yield from (sorted(by_anchor[root]) for root in sorted(by_anchor) if len(by_anchor[root]) > 1)


def same_aliases(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """Groups of nodes where the name of some is an alias of others, and these others are one."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if word := key(node.entity.name):
            named[node.family, word].append(number)
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if not node.source and not all(word in COMMON for word in key(node.entity.name).split()):
            owners[node.family, key(node.entity.name)].append(number)
        for alias in node.entity.aliases:
            # A description or a lone surname travels only with a person's word for it: the table lists it as an alias.
            if not node.source or ((node.family, key(alias)) in named and travels(node) and says_who(node, alias) and not is_metonym(node, alias)):
                owners[node.family, key(alias)].append(number)
    for name in sorted(owners):
        holders = [n for n in owners[name] if not nodes[n].source] or owners[name]
        if len({clusters.find(n) for n in holders}) == 1:
            curated = not nodes[holders[0]].source
            yield sorted({*holders, *(n for n in named.get(name, ()) if curated or travels(nodes[n]))})


def is_metonym(node: Node, alias: str) -> bool:
    """Whether a name of a place may be another place that stands for it, as a capital for its country."""
    short = alias.replace(".", "").isupper()
    return node.family == "place" and not short and compare("place", node.entity.name, alias).score < ASK


def says_who(node: Node, name: str) -> bool:
    """Whether one of its names says who it is outside its own document."""
    if is_common(node.family, name) or node.family == "group":
        return False
    if node.family == "organization" and _is_generic(name):
        return False
    return node.family != "person" or is_full(name)


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
