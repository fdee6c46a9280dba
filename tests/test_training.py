"""What the Makefile asks of the training scripts is what they take: they need PyTorch and are not run by tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECIPES = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
TRAIN = re.search(r"^TRAIN = (.*)$", RECIPES, re.MULTILINE)
assert TRAIN
CALLS = re.findall(r"training/(\w+)\.py([^;|\n]*)", RECIPES.replace(TRAIN[0], "").replace("$(TRAIN)", TRAIN[1]))


def test_the_makefile_trains() -> None:
    assert {"made_up", "prepare", "train", "export", "calibrate", "report"} <= {script for script, _ in CALLS}


@pytest.mark.parametrize(("script", "words"), CALLS)
def test_every_option_in_the_makefile_is_one_of_the_script(script: str, words: str) -> None:
    source = (ROOT / "training" / f"{script}.py").read_text("utf-8")
    options = set(re.findall(r"""["'](--[a-z][a-z-]*)["']""", source))
    assert set(re.findall(r"(?<!\S)--[a-z][a-z-]*", words)) <= options


@pytest.mark.parametrize(("script", "words"), [c for c in CALLS if c[0] == "train"])
def test_every_training_run_says_how_long_it_is_and_where_it_goes(script: str, words: str) -> None:
    assert "--steps" in words
    assert "--out" in words
