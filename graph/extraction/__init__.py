"""Stage 2: a text becomes statements with their exact words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.model import Document, Entity, Extraction


class Extractor(Protocol):
    """What turns a document into statements."""

    id: str

    def extract(self, document: Document) -> Extraction:
        """Entities (ids local to the source), statements and notes of one document."""


def _rules(*, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any]) -> Extractor:
    from graph.extraction.rules import Rules

    return Rules(known=known, entries=entries, settings=settings)


EXTRACTORS: dict[str, Callable[..., Extractor]] = {
    "rules": _rules,
}


def load(name: str, *, known: tuple[Entity, ...], entries: Mapping[str, dict[str, Any]], settings: Mapping[str, Any]) -> Extractor:
    """The extractor of this name. Raises UsageError that lists those there are, InputError for a pattern that cannot be read."""
    if name not in EXTRACTORS:
        raise UsageError(f"There is no extractor {name!r}. Choose from {', '.join(sorted(EXTRACTORS))}.")
    return EXTRACTORS[name](known=known, entries=entries, settings=settings)
