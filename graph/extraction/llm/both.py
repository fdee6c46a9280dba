"""Both readers on one reading of the text: what both find ranks highest, what one finds keeps its own confidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction import reading
from graph.extraction.llm import Llm
from graph.extraction.rules import Rules
from graph.extraction.syntax import language_model
from graph.model import Extraction, Participant, Stance
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from graph.model import Document, Entity, Statement

AGREED = 0.97


class Both:
    """`rules/1+llm/…`: the union, with agreement shown in `extractor` and confidence."""

    def __init__(self, *, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any], store: Path | None = None) -> None:
        self.rules = Rules(known=known, entries=entries, settings={"model": settings.get("language_model", "")})
        self.llm = Llm(known=known, entries=entries, settings=settings, store=store)
        self.id = f"{self.rules.id}+{self.llm.id}"
        self.known = known

    def extract(self, document: Document) -> Extraction:
        """Statements of both, those that both found once. Raises UsageError, LimitError."""
        if not document.segments:
            document = replace(document, segments=mark(document.text))
        read = reading.read(document, language_model.load(), self.known)
        one, two = self.rules.from_reading(read), self.llm.from_reading(read)
        entities = {e.id: e for e in (*two.entities, *one.entities)}
        return Extraction(source=one.source, entities=tuple(entities.values()), statements=tuple(_union(one.statements, two.statements, self.id)),
                          notes=tuple(sorted({*one.notes, *two.notes})))


def _union(rules: tuple[Statement, ...], model: tuple[Statement, ...], both: str) -> list[Statement]:
    open_ = list(model)
    result = []
    for statement in rules:
        twin = next((m for m in open_ if _same(statement, m)), None)
        if twin is None:
            result.append(statement)
            continue
        open_.remove(twin)
        stance = max(statement.stance, twin.stance, key=list(Stance).index)
        doubts = tuple(dict.fromkeys((*twin.doubts, *(("The model and the rules differ on the stance.",) if statement.stance != twin.stance else ()))))
        result.append(replace(statement, stance=stance, speaker=statement.speaker or twin.speaker, time=statement.time or twin.time, place=statement.place or twin.place,
                              extractor=both, doubts=doubts, confidence=statement.confidence if doubts else AGREED))
    seen = {s.id for s in result}
    return sorted([*result, *(m for m in open_ if m.id not in seen)], key=lambda s: (s.start or 0, s.end or 0, s.relation, s.id))


def _same(one: Statement, two: Statement) -> bool:
    def end(side: object) -> object:
        return side.id if isinstance(side, Participant) else side

    overlap = one.start is not None and two.start is not None and one.end is not None and two.end is not None and one.start < two.end and two.start < one.end
    return overlap and one.relation == two.relation and end(one.subject) == end(two.subject) and (
        end(one.object) == end(two.object) or (not isinstance(one.object, Participant) and not isinstance(two.object, Participant)))
