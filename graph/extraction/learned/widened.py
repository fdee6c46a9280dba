"""A reading with the mentions that only the model sees, and everybody who may have a role."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.learned import candidates
from graph.extraction.learned.proposals import Candidate
from graph.extraction.mentions import Mention
from graph.model import Entity, EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.learned.proposals import Span
    from graph.extraction.learned.words import Words
    from graph.extraction.mentions import Reading


def widened(read: Reading, text: Words, spans: Sequence[Span]) -> tuple[Reading, tuple[Candidate, ...]]:
    """The reading with the spans that cover what no mention covers, and the candidates for roles, pronouns among them."""
    source = read.document.text
    taken = [Candidate(*place, str(m.type), entity, pronoun=m.kind == "pronoun")
             for m in read.mentions if (place := text.span(m.start, m.end)) for entity in (m.entities or (None,))]
    names = [entity.name for entity in read.entities]
    more, made = candidates.added(text, source, spans, [c for c in taken if not c.pronoun], names, len(names))
    ids = {entity.id for entity in read.entities}
    entities = list(read.entities)
    for named in made:
        entities.append(Entity(id=_free(read.document.source.id, named.name, ids), type=EntityType(named.type), name=named.name))
    mentions = [*read.mentions, *(_mention(text, source, c) for c in more)]
    everybody = sorted([*taken, *more], key=lambda c: (c.first, c.end, -1 if c.entity is None else c.entity))
    loose = candidates.pronouns(text, source, everybody)
    return (replace(read, mentions=tuple(sorted(mentions)), entities=tuple(entities)),
            tuple(c for c in (*everybody, *loose) if c.entity is not None or c.pronoun))


def _mention(text: Words, source: str, candidate: Candidate) -> Mention:
    start, end = text.starts[candidate.first], text.ends[candidate.end - 1]
    words = source[start:end]
    kind = "name" if any(w[:1].isupper() for w in words.split()[-1:]) else "nominal"
    return Mention(start, end, words, EntityType(candidate.type), kind, (candidate.entity,) if candidate.entity is not None else ())


def _free(source: str, name: str, ids: set[str]) -> str:
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-") or "entity"
    found, number = f"{source}#{slug}", 2
    while found in ids:
        found, number = f"{source}#{slug}-{number}", number + 1
    ids.add(found)
    return found
