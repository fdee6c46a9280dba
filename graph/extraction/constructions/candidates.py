"""What the constructions find, before anybody is named: tokens of subjects and objects of a relation, and where it is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation between words. `subjects` is empty where nobody is named as the agent; `literal` is an object in words."""

    relation: str
    rule: str
    trigger: int
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    literal: tuple[int, int] | None = None
    value: str = ""
    qualifiers: tuple[tuple[str, tuple[int, int]], ...] = ()
    extent: tuple[int, ...] = ()
    """Further tokens that the quote must hold."""
    state: bool = False
    """Holds whatever becomes of the sentence around it: a title, an age, a family tie in a name's own phrase."""
    negated: bool = False
    """The verb's own "not" is part of what it tells ("was not allowed to see a lawyer")."""
    hedged: bool = False
    speakers: tuple[int, ...] = ()
    voiced: bool = False
    """A state that holds for whoever speaks ("she could be jailed, her lawyer said")."""
    agentless: bool = False
    """A state that is the outcome of a deed whose doer is not named ("the jailed printer")."""
    named_agent: bool = False
    """A subject stands in the text even if it cannot be resolved."""
