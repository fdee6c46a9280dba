"""Segments mark what a text is by form alone; together they are the whole text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.model import SegmentKind
from graph.sources.segments import mark, paragraphs

PAGE = """This site keeps cookies on your device. Accept all

Two teachers held in Port Amber

Mira Solano, left, outside the court in May (Courtesy of the family)

Police in Port Amber arrested two teachers on Monday, their union said. One of them, Mira Solano, was questioned until dawn.

“Your support kept me alive,” she told the union. “We will go on.”

Your support makes our journalism possible. Donate today.

Orchids: seven ways to keep them alive all winter"""


def kinds(text: str) -> dict[str, str]:
    return {text[s.start:s.end].strip(): str(s.kind) for s in mark(text)}


def test_headline_caption_body_and_boilerplate_are_told_apart():
    found = kinds(PAGE)
    assert found["Two teachers held in Port Amber"] == "headline"
    assert found["Mira Solano, left, outside the court in May (Courtesy of the family)"] == "caption"
    assert found["This site keeps cookies on your device. Accept all"] == "boilerplate"
    body = next(text for text, kind in found.items() if kind == "body")
    assert body.startswith("Police in Port Amber")
    assert body.endswith("go on.”")


def test_a_quotation_that_speaks_of_support_is_no_donation_appeal():
    assert "boilerplate" not in kinds("“Your support kept me alive,” Mira Solano told the union in a letter from prison.").values()


def test_an_unrelated_headline_after_the_body_is_boilerplate():
    last = mark(PAGE)[-1]
    assert last.kind is SegmentKind.boilerplate
    assert PAGE[last.start:last.end].endswith("all winter")


def test_lines_of_wrapped_text_make_one_paragraph():
    text = ("The court in Port Amber sentenced the teacher to\nthree years on Monday, said her lawyer, who added\n"
            "that she would appeal against the verdict soon.\n\nNobody else was\ncharged.")
    assert len(paragraphs(text)) == 3


@given(st.text(alphabet=st.one_of(st.sampled_from("ab. \n\r\t\u2028\x85\x0c"), st.characters()), max_size=200))
def test_segments_are_the_whole_text_without_gaps_for_any_text(text: str):
    segments = mark(text)
    assert "".join(text[s.start:s.end] for s in segments) == text
    assert all(left.end == right.start for left, right in pairwise(segments))
    for start, end in paragraphs(text):
        assert text[start:end] == text[start:end].strip() != ""
