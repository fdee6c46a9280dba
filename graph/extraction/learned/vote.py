"""Rules and model vote: how sure a statement is, from what it looks like and what the model says of its parts.

Two logistic regressions (statements that a rule made, statements that only the model made), fitted by `training/calibrate.py` on
statements of stories that the model had not learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 6.0
"""Log odds beyond this say nothing more."""
_STEP = 1.5
ASKED = 0.4
"""What the model holds for less likely than this is not worth a person's time."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What speaks for a statement: numbers by name (log odds mostly), and names of what it looks like, each weighed once."""

    ruled: bool
    numbers: tuple[tuple[str, float], ...]
    names: tuple[str, ...] = ()

    def values(self) -> dict[str, float]:
        """What the regression weighs, by name; the constant is the empty name. A number counts as such and by the step it falls in."""
        bounded = {name: max(-MOST, min(MOST, value)) for name, value in self.numbers}
        found = {"": 1.0, **{f"#{name}": value for name, value in bounded.items()}}
        found |= {f"{name}~{round(value / _STEP)}": 1.0 for name, value in bounded.items()}
        return found | dict.fromkeys(self.names, 1.0)


@dataclass(frozen=True, slots=True)
class Vote:
    """The fitted weights, and the confidences below which a statement is left out."""

    rules: Mapping[str, float]
    model: Mapping[str, float]
    drop_rules: float
    drop_model: float

    def confidence(self, parts: Parts) -> float:
        """The chance that the statement is right, in hundredths, so that small differences between machines do not show."""
        weights = self.rules if parts.ruled else self.model
        total = sum(weights.get(name, 0.0) * value for name, value in parts.values().items())
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 2)

    def keeps(self, parts: Parts) -> bool:
        """Whether the statement is sure enough to be told."""
        return self.confidence(parts) >= (self.drop_rules if parts.ruled else self.drop_model)

    def asks(self, parts: Parts) -> bool:
        """Whether a person should be asked about a statement that is not told: every one of the rules, the likelier ones of the model."""
        return parts.ruled or self.confidence(parts) >= ASKED


def odds(chance: float) -> float:
    """The log odds of a chance, which is kept from 0 and 1."""
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))


def read(held: Mapping[str, object]) -> Vote:
    """The vote as `vote.json` holds it."""
    rules, model = held["rules"], held["model"]
    assert isinstance(rules, dict)
    assert isinstance(model, dict)
    return Vote(rules, model, float(str(held["drop_rules"])), float(str(held["drop_model"])))
