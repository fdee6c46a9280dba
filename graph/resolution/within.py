"""Short names: what a lone surname, an acronym or a name without its adjective means in its own document."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from graph.resolution.compare import ASK, compare, parse
from graph.resolution.exact import is_common
from graph.resolution.spelling import gender, is_mixed, is_slip, latin, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.resolution.clusters import Clusters
    from graph.resolution.nodes import Node


def surnames(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """A person named by one word, with the one full name that it can mean: in its document, else in the whole case.

    In its own document a given name and a slip of two letters swapped will do too.
    """
    last: dict[str, list[int]] = defaultdict(list)
    here: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    single = []
    for number, node in enumerate(nodes):
        if node.family != "person":
            continue
        names = [parse("person", name).words for name in node.names]
        if node.source and len(names[0]) == 1:
            single.append(number)
        for words in dict.fromkeys(w for w in names if len(w) > 1):
            for spelling in spelled(words[-1]):
                last[spelling].append(number)
            here[node.source].append((words, number))
    for number in single:
        (word,) = parse("person", nodes[number].entity.name).words
        if is_mixed(word):
            continue
        local = here[nodes[number].source]
        anywhere = list(chain.from_iterable(last.get(k, ()) for k in sorted(spelled(word))))
        candidates = (
            [n for words, n in local if spelled(words[-1]) & spelled(word)]
            or anywhere
            or [n for words, n in local if spelled(words[0]) & spelled(word)]
            or [n for words, n in local if _is_swap(words[-1], word)]
        )
        if candidates and len({clusters.find(n) for n in candidates}) == 1:
            yield [number, candidates[0]]


def short_names(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """An organization named by an acronym or without its adjective, with the one of its document that has the long name."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if node.family == "organization" and node.source and not is_common(node.entity.name):
            by_source[node.source].append(number)
    for source in sorted(by_source):
        local = by_source[source]
        for number in local:
            name = nodes[number].entity.name
            words = len(parse("organization", name).words)
            longer = [n for n in local if len(parse("organization", nodes[n].entity.name).words) > words
                      and compare("organization", name, nodes[n].entity.name).score >= ASK]
            if longer and len({clusters.find(n) for n in longer}) == 1 and (words > 1 or len(latin(name)) > 2):
                yield [number, longer[0]]


def _is_swap(full: str, word: str) -> bool:
    """Whether two words of six letters or more differ in two letters that changed places."""
    return min(len(full), len(word)) > 5 and sorted(latin(full)) == sorted(latin(word)) and is_slip(full, word) and not gender(full, word)
