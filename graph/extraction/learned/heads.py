"""The heads in numpy: spans, triggers, roles and what a pronoun stands for, from the encoder's state of each word.

The same formulas as `training/network.py`; a test compares the two ways on small numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

WIDEST = 24
"""A span ends at most so many words after its first one."""
NOBODY = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Heads:
    """The weights above the encoder, by name."""

    weights: Mapping[str, Floats]

    def _linear(self, name: str, values: Floats) -> Floats:
        return values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _row(self, name: str, places: Ints) -> Floats:
        return self.weights[f"{name}.weight"][places]

    def marked(self, states: Floats, marks: Ints) -> Floats:
        """The encoder's states with what spaCy says of each word; marks are [words, 4] ids."""
        return np.asarray(states + self._row("mark", marks).sum(axis=1), dtype=np.float32)

    def spans(self, states: Floats) -> Floats:
        """[classes, words, 25] scores that the span from a word to the one k words on is of a class."""
        count, classes = len(states), self.weights["width.weight"].shape[1]
        both = self._linear("span", states).reshape(count, classes, 2, -1)
        begin, close = both[:, :, 0], both[:, :, 1]
        scores = np.full((classes, count, WIDEST + 1), NOBODY, dtype=np.float32)
        for more in range(min(WIDEST + 1, count)):
            inner = np.einsum("nck,nck->cn", begin[:count - more], close[more:]) / np.float32(np.sqrt(begin.shape[-1]))
            scores[:, :count - more, more] = inner + self.weights["width.weight"][min(more, 15)][:, None]
        return scores

    def triggers(self, states: Floats) -> tuple[Floats, Floats]:
        """[words, relations] chances that a relation is told at a word, and [words, 3] of each stance there."""
        inner = gelu(self._linear("trigger_in", states))
        return sigmoid(self._linear("trigger_out", inner)), softmax(self._linear("stance", inner))

    def roles(self, triggers: Floats, relations: Ints, mentions: Floats, types: Ints, paths: Ints, distances: Ints) -> tuple[Floats, Floats]:
        """[events, mentions, roles] scores that a mention has a role, and [events, roles] that nobody has it."""
        origin = self._linear("role_trigger", triggers) + self._row("relation", relations)
        target = self._linear("role_mention", mentions) + self._row("kind", types)
        inner = gelu(origin[:, None] + target[None] + self._row("path", paths) + self._row("distance", distances))
        return self._linear("role_out", inner), self._linear("none_out", gelu(origin))

    def links(self, pronouns: Floats, mentions: Floats, types: Ints, distances: Ints) -> Floats:
        """[pronouns, mentions] scores that a pronoun stands for the entity of a mention."""
        target = self._linear("link_mention", mentions) + self._row("link_type", types)
        inner = gelu(self._linear("link_pronoun", pronouns)[:, None] + target[None] + self._row("link_distance", distances))
        return self._linear("link_out", inner)[..., 0]


def by_entity(scores: Floats, owners: Ints, entities: int) -> Floats:
    """[rows, mentions] -> [rows, entities]: the log of the sum of each entity's mentions."""
    total = np.full((entities, len(scores)), NOBODY, dtype=np.float32)
    np.logaddexp.at(total, owners, scores.T)
    return total.T


def gelu(x: Floats) -> Floats:
    """GELU by tanh (Hendrycks and Gimpel 2016)."""
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))), dtype=np.float32)


def sigmoid(x: Floats) -> Floats:
    """1 / (1 + e^-x)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))), dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """e^x over its sum, along the last axis."""
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)
