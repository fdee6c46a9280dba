"""Rules and model vote: how sure a statement is, from the confidence of its rule and what the model says of its parts.

Two logistic regressions (statements that a rule made, statements that only the model made), fitted by `training/calibrate.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 6.0
"""Log odds beyond this say nothing more."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Log odds of a statement's parts. `rule` is None where only the model made it.

    `apart` counts of subject and object those that are shown outside the trigger's sentence, `pronouns` those shown by a pronoun.
    """

    rule: float | None
    trigger: float
    subject: float
    object: float
    literal: bool
    state: bool
    nobody: bool = False
    apart: int = 0
    pronouns: int = 0

    def values(self) -> tuple[float, ...]:
        """The numbers that the regression weighs, the constant first."""
        bounded = [max(-MOST, min(MOST, x)) for x in (self.trigger, self.subject, self.object)]
        rest = (*bounded, float(self.literal), float(self.state))
        if self.rule is None:
            return (1.0, *rest, float(self.nobody), float(self.apart), float(self.pronouns))
        return (1.0, max(-MOST, min(MOST, self.rule)), *rest, float(self.nobody))


@dataclass(frozen=True, slots=True)
class Vote:
    """The fitted weights, and the confidence below which a statement is left out (`drop`)."""

    rules: tuple[float, ...] = (0.0, 1.0, 0.15, 0.1, 0.1, 0.0, 0.0, 0.0)
    model: tuple[float, ...] = (-1.0, 0.5, 0.2, 0.2, 0.0, 0.0, -0.5, -1.0, -0.3)
    drop_rules: float = 0.0
    drop_model: float = 0.5

    def confidence(self, parts: Parts) -> float:
        """The chance that the statement is right, rounded so that small differences between machines do not show."""
        weights: Sequence[float] = self.model if parts.rule is None else self.rules
        total = sum(w * v for w, v in zip(weights, parts.values(), strict=True))
        return round(1 / (1 + exp(-total)), 2)

    def keeps(self, parts: Parts) -> bool:
        """Whether the statement is sure enough to be told."""
        return self.confidence(parts) >= (self.drop_model if parts.rule is None else self.drop_rules)


def odds(chance: float) -> float:
    """The log odds of a chance, which is kept from 0 and 1."""
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))


def from_settings(settings: Mapping[str, object]) -> Vote:
    """The vote that the model's card holds, or the plain one."""
    held = settings.get("vote")
    if not isinstance(held, dict):
        return Vote()
    return Vote(tuple(held["rules"]), tuple(held["model"]), float(held["drop_rules"]), float(held["drop_model"]))
