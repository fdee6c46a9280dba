"""Text as it comes: whatever it is, no crash and exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import extraction, vocabulary
from graph.model import Document, Source


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


def exact(rules, text):
    for statement in rules.extract(Document(source=Source(id="s", published="2024"), text=text)).statements:
        assert text[statement.start:statement.end] == statement.quote
        assert text[statement.start - len(statement.prefix):statement.start] == statement.prefix
        assert text[statement.end:statement.end + len(statement.suffix)] == statement.suffix


PIECES = st.sampled_from(["Adam Renn", "police", " arrested ", " was beaten by ", "\n\n", "“", '"', " said ", "\x00", "\u200b", "😀", ", 46,",
                          " whose brother ", " denied that ", "Лев Орлов", " if ", "; ", ". ", " of ", "\u202e", "é", "…"])


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_offsets_are_exact_in_any_mixture(rules, pieces):
    exact(rules, "".join(pieces))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00\x01", "مرحبا بالعالم", "Полиция задержала учителя.", "a" * 5000, "! ? . ;", "1234567890" * 50])
def test_odd_texts_do_no_harm(rules, text):
    exact(rules, text)


def test_the_same_text_gives_the_same_statements(rules):
    document = Document(source=Source(id="s"), text="Police arrested Adam Renn. His sister, Lena Renn, fled to Norway.")
    assert rules.extract(document) == rules.extract(document)


def test_a_sentence_that_gave_nothing_is_noted(rules):
    notes = rules.extract(Document(source=Source(id="s"), text="The army might torture Adam Renn again before long.")).notes
    assert [note.kind for note in notes] == ["silence"]
