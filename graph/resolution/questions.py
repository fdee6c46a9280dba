"""What only a person can tell: whether two are one, whether a doubtful statement holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for `casegraph review`. `left` and `right` are what the answer names in `decisions.csv`; `right` is empty
    where the question is about a statement. `value` is how many statements the answer touches.
    """

    left: str
    right: str = ""
    left_id: str = ""
    right_id: str = ""
    """Ids of the two entities as they are now."""
    names: tuple[str, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    value: int = 0
