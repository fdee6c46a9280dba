"""The default extractor stays above the floors that it has reached."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from graph import extraction, vocabulary

sys.path.insert(0, str(Path(__file__).parent))

import measure

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
CEILINGS = {"hedged_as_asserted", "forbidden"}

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


@pytest.mark.parametrize("folder", [name for name in FLOORS if name != "traps"])
def test_no_figure_falls_below_its_floor(shared, rules, folder):
    got = measure.figures(shared, folder, rules)
    fallen = {name: (got[name], floor) for name, floor in FLOORS[folder].items()
              if (got[name] > floor if name in CEILINGS else got[name] < floor)}
    assert not fallen


def test_traps_are_not_fallen_into(shared, rules):
    got = measure.traps(shared, rules)
    assert len(got.forbidden) <= FLOORS["traps"]["forbidden"], got.forbidden
    assert got.found / got.required >= FLOORS["traps"]["found"]
