"""Words and the way between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.learned.encoder import LONGEST, windows
from graph.extraction.learned.words import Words, path

# "Guards beat Tomas Vell in Ostrova ." with its parse
TEXT = Words(starts=(0, 7, 12, 18, 23, 26, 33), ends=(6, 11, 17, 22, 25, 33, 34), lemmas=("guard", "beat", "tomas", "vell", "in", "ostrova", "."),
             heads=(1, 1, 3, 1, 1, 4, 1), labels=("nsubj", "ROOT", "compound", "dobj", "prep", "pobj", "punct"), sentences=(0,) * 7,
             paragraphs=(0,) * 7)


def test_the_way_names_every_label_and_the_preposition() -> None:
    assert path(TEXT, 1, 0) == ">nsubj"
    assert path(TEXT, 1, 5) == ">prep:in >pobj"
    assert path(TEXT, 0, 3) == "<nsubj >dobj"
    assert path(TEXT, 3, 3) == "self"


def test_there_is_no_way_between_sentences() -> None:
    two = Words(TEXT.starts, TEXT.ends, TEXT.lemmas, TEXT.heads, TEXT.labels, (0, 0, 0, 0, 1, 1, 1), TEXT.paragraphs)
    assert path(two, 1, 5) == "apart"


def test_a_span_is_the_words_that_overlap_its_characters() -> None:
    assert TEXT.span(12, 22) == (2, 4)
    assert TEXT.span(13, 14) == (2, 3)
    assert TEXT.span(6, 7) is None
    assert TEXT.root(2, 4) == 3


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=300))
def test_every_word_is_fresh_in_exactly_one_window_and_no_window_is_too_long(made: list[tuple[int, bool]]) -> None:
    lengths = [length for length, _ in made]
    sentence, sentences = 0, []
    for _, new in made:
        sentence += new
        sentences.append(sentence)
    n = len(made)
    text = Words((0,) * n, (1,) * n, ("",) * n, tuple(range(n)), ("ROOT",) * n, tuple(sentences), (0,) * n)
    found = list(windows(text, lengths))
    assert [i for w in found for i in range(w.fresh, w.end)] == list(range(n))
    assert all(w.first <= w.fresh < w.end for w in found)
    assert all(sum(lengths[w.first:w.end]) <= LONGEST for w in found)
