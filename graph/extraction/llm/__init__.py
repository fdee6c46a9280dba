"""The second reader: any model behind an OpenAI-compatible address; every word of its answers is held against the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction import reading
from graph.extraction.constructions import patterns
from graph.extraction.llm import prompt as prompts
from graph.extraction.llm.answers import parse
from graph.extraction.llm.endpoint import Endpoint, Settings, settings
from graph.extraction.llm.verification import Refusal, Verifier
from graph.extraction.llm.windows import Window, windows
from graph.extraction.syntax import language_model
from graph.extraction.verify import verify
from graph.model import Entity, Extraction, Note, Participant
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from graph.extraction.mentions import Reading
    from graph.model import Document, Statement

__all__ = ["Llm", "Settings", "leaving", "withheld"]


class Llm:
    """`llm/MODEL/HASH`: a model's statements, verified. HASH is of the prompt."""

    def __init__(self, *, known: tuple[Entity, ...], entries: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Any], store: Path | None = None) -> None:
        self.settings = _settings(settings)
        self.prompt = prompts.build(entries)
        self.id = f"llm/{self.settings.model}/{self.prompt.hash}"
        self.known = known
        self.lexicon = patterns.build(entries)
        self.endpoint = Endpoint(self.settings, store)
        self._language_model = str(settings.get("language_model", ""))

    def extract(self, document: Document) -> Extraction:
        """Verified statements, and a note for each that was refused. Raises UsageError, LimitError."""
        if not document.segments:
            document = replace(document, segments=mark(document.text))
        return self.from_reading(reading.read(document, language_model.load(self._language_model), self.known))

    def from_reading(self, read: Reading) -> Extraction:
        """The same from a reading that is there already."""
        source = read.document.source
        if not self.settings.local and (reason := withheld(read.document, self.known)):
            return Extraction(source=source.id, entities=read.entities, notes=(Note(kind="withheld", source=source.id, message=reason),))
        verifier = Verifier(read, self.lexicon, self.id, self.settings.confidence)
        admitted: list[Statement] = []
        notes: list[Note] = []
        for window in windows(read):
            for found in self._window(read, window, verifier):
                if isinstance(found, Refusal):
                    notes.append(Note(kind="refused", source=source.id, start=found.start, message=f"A statement of the model was refused: {found.reason}.", quote=found.quote[:500]))
                else:
                    admitted.append(found)
        kept = tuple(verify(admitted, read.document, self.lexicon.domain, self.lexicon.range))
        return Extraction(source=source.id, entities=_entities(read, kept), statements=kept, notes=tuple(sorted(set(notes))))

    def _window(self, read: Reading, window: Window, verifier: Verifier) -> list[Statement | Refusal]:
        text = read.document.text[window.start:window.end]
        answer = self.endpoint.ask(self.prompt, prompts.question(text, window.names, read.document.source.published))
        try:
            proposals, broken = parse(answer)
        except ValueError as error:
            return [Refusal(f"{error}; what it says of this window is lost", "", window.start)]
        return [*(Refusal(reason, "", window.start) for reason in broken), *(verifier.admit(p, window) for p in proposals)]


def leaving(given: Mapping[str, Any]) -> str:
    """What leaves this machine with these settings; empty where the model runs on it."""
    made = settings(given)
    return "" if made.local else (f"The text of every document goes to {made.endpoint}, paragraph by paragraph, with the names found in it; "
                                  "not of those marked confidential, nor of those that name somebody protected: the report lists them.")


def withheld(document: Document, known: tuple[Entity, ...]) -> str:
    """Why a document may not leave this machine, or nothing: it is confidential, or names somebody who is protected."""
    if document.source.confidential:
        return "It is marked confidential, so it was not sent to a model elsewhere."
    folded = document.text.casefold()
    for entity in known:
        if entity.protected and any(form.casefold() in folded for name in (entity.name, *entity.aliases) for form in (name, *name.split()) if len(form) > 2):
            return "It names somebody who is protected, so it was not sent to a model elsewhere."
    return ""


def _entities(read: Reading, statements: tuple[Statement, ...]) -> tuple[Entity, ...]:
    """The reading's entities and those that only the model names, each found in the text."""
    known = {e.id: e for e in read.entities}
    for s in statements:
        for p in (s.subject, s.object, s.speaker, s.place):
            if isinstance(p, Participant):
                known.setdefault(p.id, Entity(id=p.id, type=p.type, name=p.name))
    return tuple(known.values())


_settings = settings
