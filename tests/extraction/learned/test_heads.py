"""The heads in numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.learned import heads

FLOATS = st.floats(-30, 30, width=32)


@given(st.lists(FLOATS, min_size=1, max_size=8))
def test_softmax_is_positive_and_sums_to_one(values: list[float]) -> None:
    found = heads.softmax(np.array(values, dtype=np.float32))
    assert found.min() >= 0
    assert math.isclose(float(found.sum()), 1, abs_tol=1e-4)


@given(st.lists(st.tuples(FLOATS, st.integers(0, 3)), min_size=1, max_size=10))
def test_an_entity_has_the_log_of_the_sum_of_its_mentions(made: list[tuple[float, int]]) -> None:
    scores = np.array([[score for score, _ in made]], dtype=np.float32)
    found = heads.by_entity(scores, np.array([owner for _, owner in made]), 4)
    for entity in range(4):
        mine = [score for score, owner in made if owner == entity]
        wanted = math.log(sum(math.exp(s) for s in mine)) if mine else float(heads.NOBODY)
        assert float(found[0, entity]) == pytest.approx(wanted, abs=1e-2)


def test_gelu_is_that_of_the_training() -> None:
    # Values of torch.nn.functional.gelu(x, approximate="tanh").
    found = heads.gelu(np.array([-2.0, -0.5, 0.0, 1.0, 3.0], dtype=np.float32))
    assert found == pytest.approx([-0.0454023, -0.1542858, 0.0, 0.8411920, 2.9963627], abs=1e-5)


def test_spans_are_never_longer_than_the_text_and_score_begin_with_end() -> None:
    chance = np.random.default_rng(1)
    weights = {"span.weight": chance.normal(size=(2 * 2 * 3, 5)), "span.bias": chance.normal(size=12), "width.weight": chance.normal(size=(16, 2))}
    model = heads.Heads({k: v.astype(np.float32) for k, v in weights.items()})
    states = chance.normal(size=(4, 5)).astype(np.float32)
    scores = model.spans(states)
    both = (states @ weights["span.weight"].T + weights["span.bias"]).reshape(4, 2, 2, 3)
    for label in range(2):
        for first in range(4):
            for more in range(heads.WIDEST + 1):
                if first + more < 4:
                    wanted = both[first, label, 0] @ both[first + more, label, 1] / math.sqrt(3) + weights["width.weight"][more, label]
                    assert float(scores[label, first, more]) == pytest.approx(float(wanted), abs=1e-4)
                else:
                    assert scores[label, first, more] == heads.NOBODY
