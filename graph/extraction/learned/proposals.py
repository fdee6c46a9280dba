"""What the model reads in a text: spans that name somebody, and statements with how sure it is of each part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.extraction.learned import heads as numbers
from graph.extraction.learned.encoder import Window, windows
from graph.extraction.learned.words import path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.extraction.learned.heads import Floats, Ints
    from graph.extraction.learned.weights import Model
    from graph.extraction.learned.words import Words

SUBJECT, OBJECT, SPEAKER = 0, 1, 2
LITERAL = -1.0
"""Score from which on a literal span is proposed."""
LEAST = -6.0
"""Who is so many log odds below nobody has no role."""
STANCES = ("asserted", "alleged", "denied")
LITERAL_FROM = 6
"""The first six span classes are entity types, the others literal objects."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words `[first, end)` of a class (an entity type, or a relation whose object they are), with the model's score (0 is even)."""

    first: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that may have a role: its words, type, entity, and whether it is a pronoun (entity None: unresolved)."""

    first: int
    end: int
    type: str
    entity: int | None
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """Who has a role: the entity, the candidate that shows it best there, and the margin over nobody (log odds)."""

    entity: int
    candidate: int
    margin: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement as the model reads it. `chance` is of the relation at the trigger; `subjects` and `objects` are sorted, surest first."""

    relation: str
    trigger: int
    chance: float
    subjects: tuple[Role, ...]
    objects: tuple[Role, ...]
    speakers: tuple[Role, ...]
    literal: Span | None
    stance: Mapping[str, float]
    asked: int = -1
    """The number of the question that it answers, or -1 where the model found it itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """How likely is it that this relation is told within the words `[first, end)`, and by whom of whom?

    With `literal`, the words are the object themselves ("history teacher").
    """

    relation: str
    first: int
    end: int
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A window with the encoder's states of its words."""

    window: Window
    states: Floats


def see(model: Model, text: Words, source: str) -> tuple[Seen, ...]:
    """The text through the encoder, window by window."""
    forms = [source[a:b] for a, b in zip(text.starts, text.ends, strict=True)]
    cut = {form: model.encoder.vocabulary.of(form) for form in sorted(set(forms))}
    pieces = [cut[form] for form in forms]
    lengths = [len(p) for p in pieces]
    marks = np.array([[model.marks.get(m, 0) for m in row] for row in text.marks], dtype=np.int64)
    return tuple(Seen(w, model.heads.marked(model.encoder.states(pieces[w.first:w.end]), marks[w.first:w.end]))
                 for w in windows(text, lengths))


def spans(model: Model, text: Words, seen: Sequence[Seen], least: float = 0.0) -> tuple[Span, ...]:
    """The spans within a sentence scored above `least`; of two that cross, the better one; a span has one class."""
    found = []
    for part in seen:
        scores = model.heads.spans(part.states)
        for label, word, more in np.argwhere(scores > least):
            first = part.window.first + int(word)
            if first >= part.window.fresh and text.sentences[first] == text.sentences[first + int(more)]:
                found.append(Span(first, first + int(more) + 1, model.classes[label], float(scores[label, word, more])))
    kept: list[Span] = []
    over: dict[int, list[Span]] = {}  # the kept spans over each word: only those can clash
    for span in sorted(found, key=lambda s: (-s.score, s)):
        if not any(_clash(span, other) for word in range(span.first, span.end) for other in over.get(word, ())):
            kept.append(span)
            for word in range(span.first, span.end):
                over.setdefault(word, []).append(span)
    return tuple(sorted(kept))


def _clash(one: Span, two: Span) -> bool:
    if (one.label in STATIC_LITERALS) != (two.label in STATIC_LITERALS):
        return False
    if one.label == two.label and one.label in STATIC_LITERALS:
        return one.first < two.end and two.first < one.end
    same = (one.first, one.end) == (two.first, two.end)
    crossing = one.first < two.first < one.end < two.end or two.first < one.first < two.end < one.end
    return same or crossing


STATIC_LITERALS = frozenset({"position", "age", "said", "witnessed", "denied", "at_risk_from"})


def propose(model: Model, text: Words, seen: Sequence[Seen], candidates: Sequence[Candidate], literals: Sequence[Span], *,
            least: float = 0.2, questions: Sequence[Question] = ()) -> tuple[Proposal, ...]:
    """Statements at every word where a relation is told with at least this chance, for every literal span, and for every question."""
    found: list[Proposal] = []
    for part in seen:
        found.extend(_within(model, text, part, candidates, literals, least, questions))
    return tuple(sorted(found, key=lambda p: (p.trigger, p.relation)))


def _within(model: Model, text: Words, part: Seen, candidates: Sequence[Candidate], literals: Sequence[Span], least: float,
            questions: Sequence[Question]) -> Iterator[Proposal]:
    first, end = part.window.first, part.window.end
    inside = [i for i, c in enumerate(candidates) if first <= c.first and c.end <= end]
    if not any(candidates[i].entity is not None for i in inside):
        return
    chances, stances = model.heads.triggers(part.states)
    places = {name: i for i, name in enumerate(model.relations)}
    events: list[tuple[int, int, float, Span | None, int]] = []
    for number, question in enumerate(questions):
        if part.window.fresh <= question.first < end and question.relation in places:
            relation = places[question.relation]
            if question.literal:
                near = [s.score for s in literals if s.label == question.relation and s.first < question.end and question.first < s.end]
                sure = _chance(max(near, default=-6.0))
                events.append((text.root(question.first, question.end), relation, sure, None, number))
                continue
            words = chances[question.first - first:question.end - first, relation]
            place = int(words.argmax())
            events.append((question.first + place, relation, float(words[place]), None, number))
    for word, relation in np.argwhere(chances >= least):
        if first + int(word) >= part.window.fresh and model.relations[relation] not in STATIC_LITERALS - {"at_risk_from"}:
            events.append((first + int(word), int(relation), float(chances[word, relation]), None, -1))
    for span in literals:
        if part.window.fresh <= span.first and span.end <= end and span.label in places and span.score > LITERAL:
            events.append((text.root(span.first, span.end), places[span.label], _chance(span.score), span, -1))
    if not events:
        return
    scores, none = _roles(model, text, part, candidates, inside, events)
    for row, (trigger, relation, chance, literal, asked) in enumerate(events):
        roles = [_ranked(scores[role][row], none[row, role]) for role in (SUBJECT, OBJECT, SPEAKER)]
        stance = {name: round(float(p), 4) for name, p in zip(STANCES, stances[trigger - first], strict=True)}
        yield Proposal(model.relations[relation], trigger, chance, roles[0], () if literal else roles[1], roles[2], literal, stance, asked)


def _chance(score: float) -> float:
    return float(numbers.sigmoid(np.array([score], dtype=np.float32))[0])


def _ranked(scores: Mapping[int, tuple[float, int]], none: float) -> tuple[Role, ...]:
    found = [Role(entity, candidate, round(float(score - none), 4)) for entity, (score, candidate) in scores.items()]
    return tuple(sorted(found, key=lambda r: (-r.margin, r.entity)))


def _roles(model: Model, text: Words, part: Seen, candidates: Sequence[Candidate], inside: Sequence[int],
           events: Sequence[tuple[int, int, float, Span | None, int]]) -> tuple[list[list[dict[int, tuple[float, int]]]], Floats]:
    """For each role and event, the score of each entity that comes near nobody's, with the candidate that shows it best; and nobody's scores."""
    first = part.window.first
    chosen = [candidates[i] for i in inside]
    states = np.stack([part.states[c.first - first:c.end - first].mean(axis=0) for c in chosen]).astype(np.float32)
    types = np.array([model.types.index("pronoun" if c.pronoun else c.type) for c in chosen])
    roots = [text.root(c.first, c.end) for c in chosen]
    triggers = [trigger for trigger, *_ in events]
    once = sorted(set(triggers))
    row_of = {t: row for row, t in enumerate(once)}
    rows = [row_of[t] for t in triggers]
    paths = np.array([[model.paths.get(path(text, t, r), 0) for r in roots] for t in once])[rows]
    gaps = np.array([[bucket(text, t, r, t) for r in roots] for t in once])[rows]
    relations = np.array([relation for _, relation, *_ in events])
    states_of = part.states[[t - first for t in triggers]]
    scores, none = model.heads.roles(states_of, relations, states, types, paths, gaps)
    entities = sorted({c.entity for c in chosen if c.entity is not None})
    column = {entity: i for i, entity in enumerate(entities)}
    named = [i for i, c in enumerate(chosen) if c.entity is not None]
    owners = np.array([column[chosen[i].entity] for i in named])  # type: ignore[index]
    loose = [i for i, c in enumerate(chosen) if c.pronoun and c.entity is None]
    known = [i for i in named if not chosen[i].pronoun]
    through = _through(model, text, chosen, states, types, roots, loose, known, column) if loose and known else None
    result = []
    for role in (SUBJECT, OBJECT, SPEAKER):
        mine = scores[:, :, role]
        total = numbers.by_entity(mine[:, named], owners, len(entities))
        best = np.full(total.shape, -1, dtype=np.int64)
        peak = np.full(total.shape, numbers.NOBODY, dtype=np.float32)
        for place, i in enumerate(named):
            better = mine[:, i] > peak[:, owners[place]]
            peak[better, owners[place]] = mine[better, i]
            best[better, owners[place]] = inside[i]
        if through is not None:
            for place, i in enumerate(loose):
                lent = mine[:, i][:, None] + through[place][None]
                total = np.logaddexp(total, lent)
                better = lent > peak
                peak = np.where(better, lent, peak)
                best = np.where(better, inside[i], best)
        worth = (best >= 0) & (total - none[:, role][:, None] > LEAST)
        held: list[dict[int, tuple[float, int]]] = [{} for _ in events]
        for row, k in np.argwhere(worth):
            held[row][entities[k]] = float(total[row, k]), int(best[row, k])
        result.append(held)
    return result, none


def _through(model: Model, text: Words, chosen: Sequence[Candidate], states: Floats, types: Ints, roots: Sequence[int], loose: Sequence[int],
             known: Sequence[int], column: Mapping[int, int]) -> Floats:
    """[pronouns, entities] log chances that an unresolved pronoun stands for an entity."""
    order = np.array([[bucket(text, roots[p], roots[m], roots[p], within=chosen[m].first < chosen[p].first) for m in known] for p in loose])
    links = model.heads.links(states[list(loose)], states[list(known)], types[list(known)], order)
    owners = np.array([column[chosen[m].entity] for m in known])  # type: ignore[index]
    totals = numbers.by_entity(links, owners, len(column))
    full = np.concatenate([totals, np.zeros((len(loose), 1), dtype=np.float32)], axis=1)
    return np.asarray(np.log(numbers.softmax(full)[:, :-1] + 1e-9), dtype=np.float32)


def bucket(text: Words, origin: int, target: int, reference: int, *, within: bool | None = None) -> int:
    """0-15: how many sentences apart, and whether the target comes before the reference."""
    before = target < reference if within is None else within
    return min(abs(text.sentences[origin] - text.sentences[target]), 7) * 2 + int(before)
