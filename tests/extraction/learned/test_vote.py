"""How rules and model vote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.learned.vote import MOST, Parts, Vote, from_settings, odds

LOG_ODDS = st.floats(-20, 20)
PARTS = st.builds(Parts, rule=st.none() | LOG_ODDS, trigger=LOG_ODDS, subject=LOG_ODDS, object=LOG_ODDS, literal=st.booleans(), state=st.booleans())


@given(PARTS)
def test_a_confidence_is_a_chance_of_two_digits(parts: Parts) -> None:
    found = Vote().confidence(parts)
    assert 0 <= found <= 1
    assert found == round(found, 2)


@given(PARTS)
def test_beyond_six_log_odds_nothing_changes(parts: Parts) -> None:
    far = Parts(parts.rule, 50.0, parts.subject, parts.object, parts.literal, parts.state)
    edge = Parts(parts.rule, MOST, parts.subject, parts.object, parts.literal, parts.state)
    assert Vote().confidence(far) == Vote().confidence(edge)


@given(st.floats(0, 1))
def test_odds_are_finite_for_every_chance(chance: float) -> None:
    assert abs(odds(chance)) < 10


def test_a_card_without_a_vote_gives_the_plain_one() -> None:
    assert from_settings({}) == Vote()
    held = {"vote": {"rules": [0.0] * 8, "model": [0.0] * 9, "drop_rules": 0.1, "drop_model": 0.9}}
    assert not from_settings(held).keeps(Parts(None, 5.0, 5.0, 5.0, literal=False, state=False))
    assert from_settings(held).keeps(Parts(5.0, 5.0, 5.0, 5.0, literal=False, state=False))
