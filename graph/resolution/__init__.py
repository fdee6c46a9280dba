"""Stage 4: the entities of all documents and tables become one entity each for one person, body or place."""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.model import Entity, Note, Source, Statement
from graph.resolution import covered, exact, within
from graph.resolution.claims import claims, copies
from graph.resolution.clusters import Clusters, Link, contradictory, join
from graph.resolution.entities import identify, merge, rewrite
from graph.resolution.evidence import Evidence
from graph.resolution.judgements import STALE, Handles, judge
from graph.resolution.nodes import collect
from graph.resolution.questions import Question, ask
from graph.resolution.variants import resolve_variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.model import Claim, Decision, Extraction
    from graph.resolution.judgements import Judgements
    from graph.resolution.nodes import Node

__all__ = ["Question", "Resolution", "resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who is who: entities sorted by id, statements by source and offset, claims by id, what to tell and what to ask a person."""

    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def resolve(
    *,
    curated: tuple[Entity, ...],
    statements: tuple[Statement, ...],
    extractions: Iterable[Extraction],
    decisions: tuple[Decision, ...],
    sources: tuple[Source, ...],
) -> Resolution:
    """Join what is one, keep apart what is not or what nobody can tell, and ask about the rest.

    No id of a statement changes, and the order of nothing but the rows of `decisions` on one pair matters.
    """
    with _no_collector():
        return _resolve(curated, statements, sorted(extractions, key=lambda e: e.source), decisions, sources)


def _resolve(
    curated: tuple[Entity, ...], statements: tuple[Statement, ...], given: list[Extraction], decisions: tuple[Decision, ...], sources: tuple[Source, ...]
) -> Resolution:
    stated = sorted((*statements, *(s for e in given for s in e.statements)), key=_place)
    nodes = collect(curated, given, stated)
    handles = Handles(nodes)
    judgements = judge(decisions, nodes, handles, frozenset(s.id for s in stated))
    clusters = Clusters(len(nodes), judgements.different)
    notes = [*judgements.notes, *_decided(clusters, judgements, nodes), *covered.unanswered((n for e in given for n in e.notes), statements)]
    from_tables = [not n.source for n in nodes]
    evidence = Evidence(stated, {n.id: i for i, n in enumerate(nodes)}, sources, [n.entity.name for n in nodes])
    for step in (exact.same_names, exact.same_institutions, exact.same_aliases, within.surnames, within.short_names):
        exact.join_groups(clusters, step(nodes, clusters), from_tables, evidence)
    doubts = resolve_variants(nodes, clusters, evidence, from_tables)
    entities, local = _entities(nodes, clusters)
    rewritten = tuple(rewrite(s, local, judgements.statements.get(s.id)) for s in stated)
    again = covered.covered(rewritten)
    dropped, rewritten = tuple(s for s in rewritten if s.id in again), tuple(s for s in rewritten if s.id not in again)
    entities = covered.left(entities, rewritten, dropped)
    notes += covered.notes(dropped)
    notes += [Note(kind="copy", source=source, message=f"has sentences of {first} word for word.") for source, first in copies(rewritten).items() if source != first]
    there = {e.id for e in entities}
    questions = ask(doubts, nodes, handles, clusters, {node: e for node, e in local.items() if e.id in there}, rewritten)
    notes += [Note(kind="doubtful merge", message=f"{q.names[0]} ({q.left}) and {q.names[1]} ({q.right}): {'; '.join(q.reasons)}.") for q in questions if q.right]
    return Resolution(
        entities=entities, statements=rewritten, claims=claims(rewritten, entities, sources), notes=tuple(sorted(set(notes))),
        questions=questions,
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the search for cycles: there are none here, and it would walk over every statement of the case again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _decided(clusters: Clusters, judgements: Judgements, nodes: Sequence[Node]) -> list[Note]:
    """Join what a person called the same; a note for each such decision that contradicts a `different`."""
    broken = contradictory(judgements.same, judgements.different)
    join(clusters, [Link(1.0, pair) for pair in judgements.same if pair not in broken])
    return [Note(kind=STALE, message=f"same, {nodes[a].id}, {nodes[b].id} does not apply: with other decisions it would join two that are different.")
            for a, b in sorted(broken)]


def _entities(nodes: Sequence[Node], clusters: Clusters) -> tuple[tuple[Entity, ...], dict[str, Entity]]:
    """The entities that a statement touches or a table lists, and the entity of every node's id."""
    members: dict[int, list[Node]] = defaultdict(list)
    for number, node in enumerate(nodes):
        members[clusters.find(number)].append(node)
    kept = [m for _, m in sorted(members.items()) if any(n.touched or not n.source for n in m)]
    owner = {n.id: i for i, m in zip(identify(kept), kept, strict=True) for n in m}
    merged = {owner[m[0].id]: merge(owner[m[0].id], m) for m in kept}
    merged = {i: replace(e, parent=owner.get(e.parent, e.parent)) for i, e in sorted(merged.items())}
    return tuple(merged.values()), {node: merged[i] for node, i in owner.items()}


def _place(statement: Statement) -> tuple[str, int, str]:
    return statement.source, -1 if statement.start is None else statement.start, statement.id
