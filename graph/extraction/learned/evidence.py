"""What the model says of a statement, as numbers and names that the vote weighs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.extraction.learned.vote import MOST, Parts, odds
from graph.extraction.learned.words import path
from graph.model import Participant, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.extraction.learned.proposals import Candidate, Proposal, Role
    from graph.extraction.learned.statements import Evidence
    from graph.extraction.learned.words import Words
    from graph.model import Statement


def of_rules(statement: Statement, names: tuple[str, ...], answer: Proposal | None, places: Mapping[str, int]) -> Parts:
    """What the model says of a statement that a rule made; nothing where it was not asked or cannot say."""
    sure = odds(statement.confidence or 0.5)
    if answer is None:
        return Parts(True, (("sure", sure),), (*names, "unasked"))
    best = answer.subjects[0].margin if answer.subjects else -MOST
    subject = -best if statement.subject is None else _margin(answer.subjects, places.get(statement.subject.id))
    behind = subject - max(0.0, best) if statement.subject else min(0.0, -best)
    numbers = [("sure", sure), ("trigger", odds(answer.chance)), ("subject", subject), ("subject behind", behind)]
    if isinstance(statement.object, Participant):
        object_ = _margin(answer.objects, places.get(statement.object.id))
        numbers += [("object", object_), ("object behind", object_ - max(0.0, answer.objects[0].margin if answer.objects else 0.0))]
        numbers.append(("least", min(odds(answer.chance), subject, object_)))
    return Parts(True, tuple(numbers), names)


def _margin(roles: Sequence[Role], entity: int | None) -> float:
    return next((r.margin for r in roles if r.entity == entity), -MOST)


class Around:
    """What the rules state of the same people, so that a statement of the model's can be held against it."""

    def __init__(self, ruled: Iterable[Statement]) -> None:
        self._pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._subjects: dict[tuple[str, str], int] = defaultdict(int)
        self._objects: dict[tuple[str, str], int] = defaultdict(int)
        self._spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for s in ruled:
            self._pairs[node(s.subject), node(s.object)].add(s.relation)
            self._subjects[s.relation, node(s.subject)] += 1
            self._objects[s.relation, node(s.object)] += 1
            self._spans[s.relation].append((s.start or 0, s.end or 0))

    def names(self, statement: Statement, trigger: int) -> list[str]:
        """Names of what the rules say beside it; `trigger` is where the relation is told."""
        relation, subject, object_ = statement.relation, node(statement.subject), node(statement.object)
        found = [f"ruled pair={r}" for r in sorted(self._pairs[subject, object_])] + [f"turned={r}" for r in sorted(self._pairs[object_, subject])]
        found += ["ruled pair"] * bool(self._pairs[subject, object_])
        if self._objects[relation, object_]:
            found += ["ruled object", f"ruled object:{relation}", f"ruled object:{'nobody' if not subject else 'somebody'}"]
        if self._subjects[relation, subject]:
            found += ["ruled subject", f"ruled subject:{relation}"]
        if any(a <= trigger < b for a, b in self._spans[relation]):
            found += ["ruled here", f"ruled here:{relation}"]
        return found


def node(value: Participant | Value | None) -> str:
    """What tells participants and words apart."""
    if value is None:
        return ""
    return value.id if isinstance(value, Participant) else value.value.casefold()


class Rivals:
    """What else the model reads at the same words."""

    def __init__(self, proposals: Iterable[Proposal]) -> None:
        self._told: dict[int, dict[str, float]] = defaultdict(dict)
        for p in proposals:
            if p.asked < 0:
                self._told[p.trigger][p.relation] = max(p.chance, self._told[p.trigger].get(p.relation, 0.0))

    def numbers(self, proposal: Proposal) -> list[tuple[str, float]]:
        """By how many log odds the best other relation at the word is behind (negative: ahead)."""
        others = [c for r, c in self._told[proposal.trigger].items() if r != proposal.relation]
        return [("ahead", odds(proposal.chance) - odds(max(others, default=0.0)))]


def of_model(evidence: Evidence, names: tuple[str, ...], around: Around, rivals: Rivals, candidates: Sequence[Candidate], text: Words) -> Parts:
    """What speaks for a statement that the model made."""
    statement, proposal = evidence.statement, evidence.proposal
    trigger = proposal.trigger
    (subject, object_), (subject_behind, object_behind) = evidence.margins, evidence.behind
    numbers = [("trigger", evidence.trigger), ("subject", subject), ("object", object_), ("subject behind", subject_behind),
               ("object behind", object_behind), ("least", min(evidence.trigger, subject, object_ if evidence.object else MOST))]
    numbers += rivals.numbers(proposal)
    relation = proposal.relation
    found = [*names, *around.names(statement, text.starts[trigger]), f"told={text.lemmas[trigger]}", f"told={relation}:{text.lemmas[trigger]}",
             f"label={text.labels[trigger]}", f"label={relation}:{text.labels[trigger]}"]
    chance = round(2 * min(5.0, max(-5.0, evidence.trigger)))
    found += [f"{relation}~trigger {chance // 3}", f"{relation}~least {round(min(numbers[5][1], MOST) / 2)}"]
    apart = pronouns = 0
    for role, who in (("subject", evidence.subject), ("object", evidence.object)):
        if who is None:
            found.append(f"{role} none={relation}:{len(proposal.subjects) > 0}")
            continue
        shown = candidates[who.candidate]
        root = text.root(shown.first, shown.end)
        way = path(text, trigger, root)
        gap = abs(text.sentences[trigger] - text.sentences[root])
        found += [f"{role} way={way}", f"{role} way={relation}:{way}", f"{role} gap={min(gap, 4)}", f"{role} side={root < trigger}",
                  f"{role} steps={min(abs(root - trigger) // 5, 8) if not gap else 'apart'}"]
        apart, pronouns = apart + (gap > 0), pronouns + shown.pronoun
    kinds = [str(n.type) if isinstance(n, Participant) else "-" for n in (statement.subject, statement.object)]
    found += [f"types={':'.join(kinds)}", f"types={relation}:{':'.join(kinds)}", f"apart={apart}", f"pronouns={pronouns}"]
    return Parts(False, tuple(numbers), tuple(found))
