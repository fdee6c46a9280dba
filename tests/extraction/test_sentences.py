"""What the default extractor makes of sentences of our own: what must come out, and what may never."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph import extraction, vocabulary
from graph.model import Document, Source, Value

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))["sentence"]


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


def told(rules, text):
    document = Document(source=Source(id="s", published="2024-05-14"), text=text)
    return rules.extract(document).statements


def names(node):
    if node is None:
        return {""}
    forms = {node.value} if isinstance(node, Value) else {node.name, node.mention}
    return {form.casefold().removeprefix("the ").removeprefix("a ") for form in forms}


def agrees(statement, line):
    subject, relation, object_, *rest = (cell.strip().casefold() for cell in line.split("|")) if "|" in line else ("", line, "")
    if statement.relation != relation or (object_ and object_ not in names(statement.object)):
        return False
    if subject and not any(subject in form or form in subject for form in names(statement.subject) - {""}):
        return False
    if rest and statement.stance.value != rest[0]:
        return False
    return len(rest) < 2 or any(rest[1] in form for form in names(statement.speaker))


@pytest.mark.parametrize("sentence", SENTENCES, ids=[s["text"][:60] for s in SENTENCES])
def test_a_sentence_gives_what_it_tells_and_nothing_that_it_does_not(rules, sentence):
    statements = told(rules, sentence["text"])
    seen = [(s.subject.name if s.subject else None, s.relation, sorted(names(s.object)), s.stance.value,
             s.speaker.name if s.speaker else None) for s in statements]
    for line in sentence.get("is", ()):
        assert any(agrees(s, line) for s in statements), (line, seen)
    for line in sentence.get("not", ()):
        assert not any(agrees(s, line) for s in statements), (line, seen)


def test_there_are_more_than_a_hundred_of_them():
    assert len(SENTENCES) >= 100
