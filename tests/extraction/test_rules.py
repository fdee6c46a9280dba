"""`rules/1` on whole sentences."""

from __future__ import annotations

import pytest

from graph import extraction, vocabulary
from graph.errors import UsageError
from graph.model import Document, Source


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


def triples(rules, text):
    document = Document(source=Source(id="s", published="2024-05-14"), text=text)
    return {(s.subject.name if s.subject else None, s.relation, getattr(s.object, "name", None) or s.object.value)
            for s in rules.extract(document).statements}


def test_a_plain_sentence_gives_who_did_what_to_whom(rules):
    assert ("Adam Korvin", "detained", "Peter Talvik") in triples(rules, "Colonel Adam Korvin arrested Peter Talvik on Monday.")


def test_a_passive_turns_round(rules):
    assert ("Adam Korvin", "detained", "Jon Talvik") in triples(rules, "Jon Talvik was arrested by Adam Korvin.")


def test_what_is_only_urged_is_no_statement(rules):
    assert not any(r == "released" for _, r, _ in triples(rules, "Mary Olsen urged Adam Korvin to free Jon Talvik."))


def test_an_unknown_extractor_lists_those_there_are():
    with pytest.raises(UsageError, match="rules"):
        extraction.load("magic", known=(), entries={}, settings={})
