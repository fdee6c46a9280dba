"""Short names: what a lone surname, an acronym or a name without its adjective means in its own document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.resolution.compare import ASK, compare
from graph.resolution.exact import is_common
from graph.resolution.parsing import is_full, parse
from graph.resolution.spelling import gender, is_mixed, is_slip, latin, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.resolution.clusters import Clusters
    from graph.resolution.judgements import Pair
    from graph.resolution.nodes import Node


def surnames(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """A person named by a surname, with the one full name that it can mean: in its document, else in the tables.

    An initial must fit. In its own document a given name will do too, and a surname with two letters swapped. A full name in
    another document is no such candidate: a surname there may be a brother's (see `namesakes`).
    """
    full, short = _by_surname(nodes, clusters)
    for number, initials, word in short:
        local = [w for w in full.here[nodes[number].source] if _fits(initials, w[0])]
        candidates = (
            [n for words, n in local if spelled(words[-1]) & spelled(word)]
            or list(full.anywhere(initials, word, tables=True))
            or [n for words, n in local if not initials and spelled(words[0]) & spelled(word)]
            or [n for words, n in local if _is_swap(words[-1], word)]
        )
        if candidates and len({clusters.find(n) for n in candidates}) == 1:
            yield [number, candidates[0]]


def namesakes(nodes: Sequence[Node], clusters: Clusters) -> Iterator[tuple[Pair, int]]:
    """Lone surnames that are still alone, with each of the few full names of other documents that they may mean, and how many."""
    full, short = _by_surname(nodes, clusters)
    for number, initials, word in short:
        if len(clusters.members(number)) > 1:
            continue
        candidates: dict[int, int] = {}
        for other in full.anywhere(initials, word):
            candidates[clusters.find(other)] = other
            if len(candidates) > FEW:
                break
        else:
            for other in sorted(candidates.values()):
                yield (min(number, other), max(number, other)), len(candidates)


FEW = 2
"""With more full names to choose from, a lone surname is no question that a person could answer."""


@dataclass(slots=True)
class _Full:
    """Full names by surname, first letter and whether a table has them; and by document."""

    last: dict[tuple[str, str, bool], list[tuple[tuple[str, ...], int]]]
    here: dict[str, list[tuple[tuple[str, ...], int]]]

    def add(self, words: tuple[str, ...], number: int, *, tables: bool) -> None:
        for spelling in sorted(spelled(words[-1])):
            for letter in {"", latin(words[0])[:1]}:
                self.last[spelling, letter, False].append((words, number))
                if tables:
                    self.last[spelling, letter, True].append((words, number))

    def anywhere(self, initials: Sequence[str], word: str, *, tables: bool = False) -> Iterator[int]:
        """Those that a surname with these initials may mean, one by one: many share a surname, and few of them are wanted."""
        letter = latin(initials[0])[:1] if initials else ""
        return (n for k in sorted(spelled(word)) for words, n in self.last.get((k, letter, tables), ()) if _fits(initials, words))


def _by_surname(nodes: Sequence[Node], clusters: Clusters) -> tuple[_Full, list[tuple[int, list[str], str]]]:
    full, short = _Full(defaultdict(list), defaultdict(list)), []
    seen: set[tuple[int, tuple[str, ...], bool]] = set()
    for number, node in enumerate(nodes):
        if node.family != "person":
            continue
        if node.source and not is_full(node.entity.name) and not is_common("person", node.entity.name):
            *initials, word = parse("person", node.entity.name).words or ("",)
            if word and not is_mixed(word) and all(len(i) == 1 for i in initials):
                short.append((number, initials, word))
        for words in dict.fromkeys(parse("person", name).words for name in node.names if is_full(name) and not is_common("person", name)):
            # One node speaks for all of its cluster, as a thousand documents may have the same name.
            if (one := (clusters.find(number), words, not node.source)) not in seen:
                seen.add(one)
                full.add(words, number, tables=not node.source)
            full.here[node.source].append((words, number))
    return full, short


def _fits(initials: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the initials before a surname are those of a full name."""
    return all(latin(i)[:1] == latin(w)[:1] for i, w in zip(initials, words[:-1], strict=False))


def short_names(nodes: Sequence[Node], clusters: Clusters) -> Iterator[list[int]]:
    """An organization named by an acronym or without its adjective, with the one of its document that has the long name."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if node.family == "organization" and node.source and not is_common("organization", node.entity.name):
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
