"""Stage 2: a text becomes statements with their exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from graph.model import Document, Entity, Extraction


class Extractor(Protocol):
    """What turns a document into statements."""

    id: str

    def extract(self, document: Document) -> Extraction:
        """Entities (ids local to the source), statements and notes of one document."""


def _rules(*, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any], store: Path | None) -> Extractor:
    from graph.extraction.rules import Rules

    del store
    return Rules(known=known, entries=entries, settings=settings)


def _llm(**given: Any) -> Extractor:
    from graph.extraction.llm import Llm

    return Llm(**given)


def _both(**given: Any) -> Extractor:
    from graph.extraction.llm.both import Both

    return Both(**given)


def _learned(*, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any], store: Path | None) -> Extractor:
    from graph.extraction.learned.extractor import Learned

    del store
    return Learned(known=known, entries=entries, settings=settings)


EXTRACTORS: dict[str, Callable[..., Extractor]] = {
    "learned": _learned,
    "llm": _llm,
    "rules": _rules,
    "rules+llm": _both,
}


def load(
    name: str, *, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any], store: Path | None = None
) -> Extractor:
    """The extractor of this name; `store` is a folder for answers that cost something.

    Raises UsageError that lists those there are, InputError for a pattern that cannot be read.
    """
    if name not in EXTRACTORS:
        raise UsageError(f"There is no extractor {name!r}. Choose from {', '.join(sorted(EXTRACTORS))}.")
    return EXTRACTORS[name](known=known, entries=entries, settings=settings, store=store)


def leaving(name: str, settings: Mapping[str, Any]) -> str:
    """What an extractor would send away from this machine, for the user to read before it does; empty where nothing leaves."""
    if "llm" not in name:
        return ""
    from graph.extraction.llm import leaving as sent

    return sent(settings)
