"""Who can be told apart although the name is gone: people with few or no others in the same position.

k-anonymity (Sweeney 2002) on neighbourhoods (Zhou and Pei 2008): the signature of a person is the set of their relations, their
direction, the other side, the year and the place. A reader who knows that much of somebody finds everyone with that signature.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import ExportError
from graph.model import Participant, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.model import KnowledgeBase

K = 5
Feature = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Exposure:
    """A protected entity, how many share its signature (itself counted), and the statements that set it apart most."""

    label: str
    sharing: int
    telling: tuple[str, ...]


def exposures(kb: KnowledgeBase, k: int = K) -> tuple[Exposure, ...]:
    """Every labelled person of a redacted knowledge base whom fewer than `k` people resemble; most exposed first."""
    people = {e.id: e for e in kb.entities if e.type in {"person", "official"}}
    signatures, statements = _signatures(kb, set(people))
    shared = Counter(frozenset(signatures[i]) for i in people)
    rarity = Counter(feature for i in people for feature in set(signatures[i]))
    found = []
    for i, entity in people.items():
        sharing = shared[frozenset(signatures[i])]
        if entity.protected in {"yes", "name"} and sharing < k:
            telling = sorted((f for f in set(signatures[i]) if rarity[f] < k), key=lambda f: (rarity[f], f))
            found.append(Exposure(entity.name, sharing, tuple(sorted({s for f in telling[:5] for s in statements[i, f]}))))
    return tuple(sorted(found, key=lambda e: (e.sharing, e.label)))


def refuse(kb: KnowledgeBase, names: Mapping[str, str], k: int = K) -> None:
    """Raise ExportError where somebody would be exposed, with how many are alike and what to drop; `names` by label."""
    found = exposures(kb, k)
    if not found:
        return
    by_id = {s.id: s for s in kb.statements}
    lines = [f"{len(found)} protected people would be recognisable: fewer than {k} people in this export share their position."]
    for exposure in found:
        shown = [f"{by_id[i].relation}{' ' + by_id[i].time if by_id[i].time else ''}" for i in exposure.telling]
        lines.append(f"  {names.get(exposure.label, exposure.label)}: {exposure.sharing} alike"
                     + (f"; to blend in, drop {', '.join(dict.fromkeys(shown))}" if shown else ""))
    lines.append("Drop these statements, protect the people around them too, or accept the risk with `--k 1`.")
    raise ExportError("\n".join(lines))


def _signatures(kb: KnowledgeBase, people: set[str]) -> tuple[dict[str, list[Feature]], dict[tuple[str, Feature], list[str]]]:
    labels = {e.id for e in kb.entities if e.protected in {"yes", "name"}}
    signatures: dict[str, list[Feature]] = defaultdict(list)
    statements: dict[tuple[str, Feature], list[str]] = defaultdict(list)

    def other(participant: Participant | Value | None) -> str:
        if isinstance(participant, Value):
            return participant.value
        return "" if participant is None else "*" if participant.id in labels else participant.id

    for s in kb.statements:
        ends = [("subject", s.subject, s.object), ("object", s.object, s.subject), ("speaker", s.speaker, s.object)]
        for role, one, two in ends:
            if isinstance(one, Participant) and one.id in people:
                feature = (s.relation, role, other(two), s.time, s.place.id if s.place else "")
                signatures[one.id].append(feature)
                statements[one.id, feature].append(s.id)
    return signatures, statements
