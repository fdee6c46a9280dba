"""A paragraph as the resolver reads it: what is to be resolved, and what has been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityType

if TYPE_CHECKING:
    from graph.extraction.entities.names import Name
    from graph.extraction.entities.nominals import Nominal
    from graph.extraction.syntax.words import Tokens

PEOPLE = {EntityType.person, EntityType.official}


@dataclass(slots=True, order=True)
class Seen:
    """A mention that has been resolved; offsets are of the document."""

    start: int
    end: int
    members: tuple[int, ...]
    sentence: int
    verb: int
    """The verb that governs it, as a number that no other verb of the document has."""
    subject: bool
    kind: str
    quoted: bool
    token: int = -1
    """The number of the token that heads it."""
    patient: bool = False
    """Something is done to it here."""


@dataclass(slots=True)
class Item:
    """A name, a nominal or a pronoun that is to be resolved."""

    start: int
    end: int
    token: int
    name: Name | None = None
    nominal: Nominal | None = None
    quoted: int = -1
    """The number of the quotation it stands in, or -1."""


@dataclass(slots=True)
class Page:
    """A paragraph with all that is needed to resolve what it mentions."""

    offset: int
    text: str
    tokens: Tokens
    names: list[Name]
    nominals: list[Nominal]
    titles: dict[int, list[str]]
    first_sentence: int
    first_token: int
