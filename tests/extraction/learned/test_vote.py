"""How rules and model vote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.learned.vote import MOST, Parts, Vote, odds, read

LOG_ODDS = st.floats(-20, 20)
NAMES = st.lists(st.sampled_from(["relation=detained", "subject:kind=pronoun", "nobody"]), unique=True).map(tuple)
PARTS = st.builds(Parts, ruled=st.booleans(), numbers=st.tuples(st.tuples(st.just("trigger"), LOG_ODDS), st.tuples(st.just("least"), LOG_ODDS)), names=NAMES)
VOTE = Vote({"": 0.2, "#trigger": 0.7, "trigger~4": 0.1, "relation=detained": -1.0}, {"#least": 0.5, "nobody": 0.3}, 0.3, 0.6)


@given(PARTS)
def test_a_confidence_is_a_chance_of_two_digits(parts: Parts) -> None:
    found = VOTE.confidence(parts)
    assert 0 <= found <= 1
    assert found == round(found, 2)


@given(PARTS, st.sampled_from([MOST, -MOST]))
def test_beyond_six_log_odds_nothing_changes(parts: Parts, edge: float) -> None:
    far, near = (Parts(parts.ruled, (("trigger", value), ("least", value)), parts.names) for value in (edge * 3, edge))
    assert VOTE.confidence(far) == VOTE.confidence(near)


@given(PARTS)
def test_what_has_no_weight_changes_nothing(parts: Parts) -> None:
    more = Parts(parts.ruled, parts.numbers, (*parts.names, "relation=unheard_of"))
    assert VOTE.confidence(more) == VOTE.confidence(parts)


@given(st.floats(0, 1))
def test_odds_are_finite_for_every_chance(chance: float) -> None:
    assert abs(odds(chance)) < 10


def test_rules_and_model_have_thresholds_of_their_own() -> None:
    held = read({"rules": {}, "model": {}, "drop_rules": 0.4, "drop_model": 0.9})
    assert held.keeps(Parts(True, ()))
    assert not held.keeps(Parts(False, ()))
    assert held.asks(Parts(False, ()))
