"""`learned`: rules and model together. The model sees further mentions and statements, the rules judge what happened and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from graph.extraction import reading, silence
from graph.extraction.learned import evidence, proposals, vote, weights
from graph.extraction.learned.doubts import Doubts
from graph.extraction.learned.statements import Paragraphs, statements
from graph.extraction.learned.widened import widened
from graph.extraction.learned.words import words
from graph.extraction.rules import Rules
from graph.extraction.syntax import language_model
from graph.extraction.verify import verify
from graph.model import Extraction, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from graph.extraction.learned.proposals import Question
    from graph.extraction.learned.statements import Evidence
    from graph.extraction.learned.words import Words
    from graph.extraction.mentions import Reading
    from graph.model import Document, Entity, Statement

SPAN, WEAK_SPAN = 0.0, -3.0
LEAST = 0.02
"""Scores from which on a span is a mention, a span is worth knowing, and a word is a trigger, before the vote."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement with what speaks for its parts."""

    statement: Statement
    parts: vote.Parts


class Learned:
    """Rules and model together; its id names both versions."""

    def __init__(self, *, known: tuple[Entity, ...], entries: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Any],
                 model: weights.Model | None = None) -> None:
        """`model` is one that is loaded already; else `settings["weights"]` names its folder, else it comes with the package."""
        self.rules = Rules(known=known, entries=entries, settings=settings)
        self.known = known
        folder = settings.get("weights")
        self.model = model or weights.load(Path(str(folder)) if folder else Path(str(resources.files(__package__) / "weights")))
        self.id = f"{self.rules.id}+{self.model.version}"
        self._vote = self.model.vote
        self._language = str(settings.get("model", ""))

    def extract(self, document: Document) -> Extraction:
        """Entities, statements and notes of one document. Raises UsageError if a model is not installed."""
        read = reading.read(document, language_model.load(self._language), self.known)
        held, silent = self.rules.held(read)
        wide, weighed = self.weigh(read, held)
        sure = [replace(w.statement, confidence=self._vote.confidence(w.parts)) for w in weighed if self._vote.keeps(w.parts)]
        stated = tuple(verify(sure, document, self.rules.lexicon.domain, self.rules.lexicon.range))
        told = {s.id for s in stated}
        doubtful = [silence.doubtful(w.statement) for w in weighed if w.statement.id not in told and self._vote.asks(w.parts)]
        unheard = [n for n in silent if not any((s.start or 0) < n.start + len(n.quote) and n.start < (s.end or 0) for s in stated)]
        return Extraction(source=document.source.id, entities=wide.entities, statements=stated, notes=tuple(sorted([*read.notes, *doubtful, *unheard])))

    def alone(self, read: Reading) -> tuple[Statement, ...]:
        """What the model alone would tell of a reading, to compare."""
        return tuple(w.statement for w in self.weigh(read, ())[1] if self._vote.keeps(w.parts))

    def weigh(self, read: Reading, ruled: Sequence[Statement]) -> tuple[Reading, list[Weighed]]:
        """The reading with the model's mentions, and every statement of the rules (`ruled`) or the model with its parts."""
        text = words(read.paragraphs)
        seen = proposals.see(self.model, text, read.document.text)
        spans = proposals.spans(self.model, text, seen, WEAK_SPAN)
        wide, candidates = widened(read, text, [s for s in spans if s.score > SPAN])
        doubts = Doubts(read, ruled)
        questions = [_question(s, text) for s in ruled]
        literals = [s for s in spans if s.label in proposals.STATIC_LITERALS]
        found = proposals.propose(self.model, text, seen, candidates, literals, least=LEAST, questions=questions)
        answers = {p.asked: p for p in found if p.asked >= 0}
        places = {entity.id: i for i, entity in enumerate(wide.entities)}
        weighed = [Weighed(s, evidence.of_rules(s, doubts.features(s), answers.get(n), places)) for n, s in enumerate(ruled)]
        ours = statements([p for p in found if p.asked < 0], candidates, text, Paragraphs(wide), self.model.version)
        fit = {e.statement.id: e for e in _best(ours)}
        checked = verify((e.statement for e in fit.values()), read.document, self.rules.lexicon.domain, self.rules.lexicon.range)
        taken = {_key(s) for s in ruled}
        more = [fit[s.id] for s in checked if _key(s) not in taken]
        ours_too = Doubts(wide, [*ruled, *(e.statement for e in more)])
        around, rivals = evidence.Around(ruled), evidence.Rivals(found)
        weighed += [Weighed(e.statement, evidence.of_model(e, ours_too.features(e.statement), around, rivals, candidates, text)) for e in more]
        return wide, weighed


def _question(statement: Statement, text: Words) -> Question:
    start, end = statement.start or 0, statement.end or 0
    literal = isinstance(statement.object, Value)
    if isinstance(statement.object, Value):
        inside = statement.quote.find(statement.object.value)
        if inside >= 0:
            start, end = start + inside, start + inside + len(statement.object.value)
    return proposals.Question(statement.relation, *(text.span(start, end) or (0, 1)), literal=literal)


def _key(statement: Statement) -> tuple[str, str, str]:
    return statement.relation, evidence.node(statement.subject), evidence.node(statement.object)


def _best(found: Iterable[Evidence]) -> list[Evidence]:
    """Of the model's statements that say the same the surest one."""
    best: dict[tuple[str, str, str], Evidence] = {}
    for e in found:
        known = best.get(_key(e.statement))
        if known is None or e.trigger + min(e.margins) > known.trigger + min(known.margins):
            best[_key(e.statement)] = e
    return [best[key] for key in sorted(best)]
