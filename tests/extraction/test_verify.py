"""The gate that every extractor's statements pass."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.merging import merged
from graph.extraction.verify import verify
from graph.model import Document, EntityType, Method, Participant, Source, Stance, Statement, Value

TEXT = "Adam Renn was arrested by soldiers. Adam Renn was arrested again."
ADAM = Participant(id="s#adam", name="Adam Renn", type=EntityType.person, mention="Adam Renn")
SOLDIERS = Participant(id="s#soldiers", name="soldiers", type=EntityType.group, mention="soldiers")
DOCUMENT = Document(source=Source(id="s"), text=TEXT)
DOMAIN = {"detained": frozenset({"group"}), "age": frozenset({"person"})}
RANGE = {"detained": frozenset({"person"}), "age": frozenset({"literal"})}


def statement(**changes):
    base = Statement(id="st-a", subject=SOLDIERS, relation="detained", object=ADAM, stance=Stance.asserted, source="s", quote=TEXT[:34],
                     start=0, end=34, method=Method.extracted, rule="verb:detained", confidence=0.9)
    return replace(base, **changes)


def passes(one):
    return list(verify([one], DOCUMENT, DOMAIN, RANGE))


@given(st.integers(-5, 80), st.integers(-5, 80))
def test_only_an_exact_slice_of_the_text_is_evidence(start, end):
    exact = 0 <= start < end <= len(TEXT) and TEXT[start:end] == TEXT[:34]
    assert bool(passes(statement(start=start, end=end))) == exact


def test_types_outside_domain_and_range_are_left_out():
    assert passes(statement())
    assert not passes(statement(subject=ADAM))
    assert not passes(statement(object=SOLDIERS))
    assert not passes(statement(object=Value("Adam")))
    assert not passes(statement(relation="invented"))


def test_nobody_does_anything_to_themselves():
    assert not list(verify([statement(subject=replace(SOLDIERS, id=ADAM.id))], DOCUMENT, DOMAIN, RANGE))


def test_a_weak_statement_carries_a_doubt():
    assert passes(statement(confidence=0.2))[0].doubts
    assert not passes(statement())[0].doubts


def test_of_equal_ids_the_most_confident_stays():
    kept = list(verify([statement(confidence=0.5), statement(confidence=0.8)], DOCUMENT, DOMAIN, RANGE))
    assert [s.confidence for s in kept] == [0.8]


def test_told_twice_is_one_statement_and_an_unnamed_agent_gives_way():
    again = statement(id="st-b", subject=None, quote=TEXT[36:], start=36, end=len(TEXT))
    assert [s.id for s in merged([again, statement()])] == ["st-a"]


def test_what_one_asserts_and_another_denies_stays_two_statements():
    denied = statement(id="st-b", stance=Stance.denied, speaker=SOLDIERS)
    assert len(merged([statement(), denied])) == 2


def test_two_times_are_two_statements():
    assert len(merged([statement(time="2020"), statement(id="st-b", time="2021")])) == 2
