"""docs/queries.md is true: it lists every saved question, and what it shows as a query is one."""

from __future__ import annotations

import re
from pathlib import Path

from graph.query import asking, guard, questions

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "queries.md").read_text("utf-8")


def test_every_saved_question_is_listed_with_its_title_and_parameters():
    listed = {line.split("|")[1].strip(" `"): line for line in PAGE.splitlines() if line.startswith("| `")}
    assert set(listed) == set(questions.saved())
    for name, question in questions.saved().items():
        assert question.title in listed[name]
        assert all(f"`{p.name}`" in listed[name] for p in question.parameters)


def test_the_question_of_ones_own_can_be_asked(harbour, tmp_path):
    [text] = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "own.rq").write_text(text, "utf-8")
    assert asking.answer(harbour, str(tmp_path / "own.rq"), {"person": "Irma Vale"}).variables == ("accused", "words")


def test_the_bounds_it_names_are_those_of_the_guard():
    assert f"{guard.MAX_CHARS:,} characters, {guard.MAX_TOKENS:,} tokens, {guard.MAX_DEPTH} brackets" in PAGE
