"""What only a person can tell: whether two are one, whether a doubtful statement holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.resolution.judgements import slugs
from graph.resolution.nodes import participants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.model import Entity, Statement
    from graph.resolution.clusters import Clusters
    from graph.resolution.judgements import Handles
    from graph.resolution.nodes import Node
    from graph.resolution.variants import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for `casegraph review`, to be answered in `decisions.csv` under the names `left` and `right`.

    About two entities: may they be one? `left_id` and `right_id` are their ids as they are now. About a statement, where
    `right` is empty: does it hold? `value` is how many statements the answer touches.
    """

    left: str
    right: str = ""
    left_id: str = ""
    right_id: str = ""
    names: tuple[str, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    value: int = 0


def ask(
    doubts: Iterable[Doubt], nodes: Sequence[Node], handles: Handles, clusters: Clusters, entities: Mapping[str, Entity], statements: Iterable[Statement]
) -> tuple[Question, ...]:
    """Every open question, most valuable first: those that touch most statements, then the likeliest."""
    touched: Counter[str] = Counter()
    found: list[Question] = []
    for statement in statements:
        touched.update({p.id for p in participants(statement)})
        if statement.doubts and not statement.decision:
            found.append(Question(left=statement.id, reasons=statement.doubts, value=1, score=statement.confidence or 0.0))
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(nodes)):
        members[clusters.find(number)].append(number)
    for doubt in doubts:
        sides = [members[clusters.find(n)] for n in doubt.pair]
        pair = [entities.get(nodes[side[0]].id) for side in sides]
        if pair[0] is None or pair[1] is None:
            continue
        called = [_handle(side, nodes, handles) for side in sides]
        found.append(Question(
            left=called[0], right=called[1], left_id=pair[0].id, right_id=pair[1].id, names=(pair[0].name, pair[1].name),
            score=doubt.score, reasons=doubt.reasons, value=touched[pair[0].id] + touched[pair[1].id],
        ))
    return tuple(sorted(found, key=lambda q: (-q.value, -q.score, q.left, q.right)))


def _handle(side: Sequence[int], nodes: Sequence[Node], handles: Handles) -> str:
    """What to call a cluster in a decision: the curated id; a name that nobody else has; else the id of its first node."""
    first = next((n for n in side if not nodes[n].source), side[0])
    if not nodes[first].source:
        return nodes[first].id
    name = f"{nodes[first].entity.type}/{slugs(nodes[first])[0]}"
    return name if set(handles.find(name)) <= set(side) else nodes[first].id
