"""Text as it comes: whatever it is, no crash and exact offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import extraction, vocabulary
from graph.extraction import silence
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


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=8)


@given(SPANS)
def test_what_spans_cover_is_the_same_when_they_are_joined(spans):
    def points(some):
        return {i for start, end in some for i in range(start, end)}

    found = silence.joined(spans)
    assert points(found) == points(spans)
    assert found == sorted(found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


SENTENCES = [f"{agent} {verb} {name} in {month} 20{year}." for agent in ("Police", "Soldiers", "The court", "She") for verb in ("arrested", "questioned", "freed", "beat")
             for name in ("Anna Petrova", "Boris Kolm", "Karl Lind") for month in ("April", "May") for year in (19, 20)]
"""Of these, taken in turn, documents of any size are made."""


@pytest.mark.full
@pytest.mark.parametrize("text", [" ".join(SENTENCES * 20), "\n".join(SENTENCES * 20), "Лев Орлов " * 20_000, "x" * 500_000, "\x00\u202e" + "\u200b ".join(SENTENCES) + "\ud7ff",
                                  " ".join(f"{s} {w}" for s, w in zip(SENTENCES, ["Лев", "مرحبا", "日本", "😀", "é"] * 40, strict=False))],
                         ids=["one line", "lines", "another script", "one word", "control characters", "mixed scripts"])
def test_long_documents_do_no_harm(rules, text):
    exact(rules, text)


@pytest.mark.full
def test_a_long_text_in_another_language_is_said_and_not_guessed(rules):
    text = "Полиция задержала учителя Ивана Петрова в апреле. " * 2000
    found = rules.extract(Document(source=Source(id="s", published="2024"), text=text))
    assert not found.statements
    assert [note.kind for note in found.notes] == ["language"]


@pytest.mark.deep
@pytest.mark.parametrize("joint", [" ", "\n"], ids=["one line", "lines"])
def test_a_document_of_five_million_characters_is_read_to_its_end(rules, joint):
    text = joint.join([*SENTENCES * (5_000_000 // len(" ".join(SENTENCES))), "Dana Orlik was sentenced by the Coastal Court."])
    found = rules.extract(Document(source=Source(id="s", published="2024"), text=text))
    assert all(text[s.start:s.end] == s.quote for s in found.statements)
    assert any(s.relation == "sentenced" and s.end and s.end > len(text) - 60 for s in found.statements)
    resource = pytest.importorskip("resource")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert peak < 2500, f"{peak} MB"
