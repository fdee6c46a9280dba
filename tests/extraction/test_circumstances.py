"""When a thing happened: the clause's own time first, then what the paragraph or another telling says, marked as such."""

from __future__ import annotations

import pytest

from graph import extraction, vocabulary
from graph.extraction.circumstances import CARRIED
from graph.extraction.merging import ELSEWHERE
from graph.model import Document, Source


@pytest.fixture(scope="module")
def rules():
    return extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})


def told(rules, text, relation):
    return [s for s in rules.extract(Document(source=Source(id="s", published="2024-05-14"), text=text)).statements if s.relation == relation]


def test_a_tale_in_the_past_goes_on_at_the_time_last_said(rules):
    [beaten] = told(rules, "Dana Orlik was arrested on 3 March 2023. Soldiers beat Dana Orlik with rifle butts.", "attacked")
    assert (beaten.time, CARRIED in beaten.doubts) == ("2023-03-03", True)


@pytest.mark.parametrize("text", [
    "Dana Orlik was arrested on 3 March 2023. Soldiers have beaten Dana Orlik with rifle butts.",
    "Dana Orlik was born in 2001.\n\nSoldiers beat Dana Orlik with rifle butts.",
    "Dana Orlik taught in Marsk from 2001 to 2010. Soldiers beat Dana Orlik with rifle butts.",
])
def test_no_time_is_carried_into_the_perfect_or_another_paragraph_nor_from_a_span(rules, text):
    assert [s.time for s in told(rules, text, "attacked")] == [""]


def test_what_lasts_takes_no_time_from_elsewhere(rules):
    text = "Dana Orlik was arrested on 3 March 2023. Pavel Brenko represented Dana Orlik."
    assert {s.time for s in told(rules, text, "represents")} == {""}


@pytest.mark.parametrize("text", [
    "The report of 5 February names soldiers. Soldiers beat Dana Orlik with rifle butts.",
    "According to the letter dated 5 February, soldiers beat Dana Orlik with rifle butts.",
])
def test_the_day_of_a_document_is_not_when_a_thing_happened(rules, text):
    assert [s.time for s in told(rules, text, "attacked")] == [""]


def test_a_denial_is_of_the_act_that_the_document_dates(rules):
    text = "Soldiers abducted Dana Orlik on 3 March 2023.\n\nThe Interior Ministry denies that soldiers abducted Dana Orlik."
    [denied] = [s for s in told(rules, text, "abducted") if s.stance.value == "denied"]
    assert (denied.time, ELSEWHERE in denied.doubts) == ("2023-03-03", True)


def test_what_another_is_said_to_have_done_is_another_act(rules):
    text = "Soldiers arrested Dana Orlik on 3 March 2023.\n\nMarsk police had arrested Dana Orlik."
    assert {s.subject.name: s.time for s in told(rules, text, "detained")} == {"Soldiers": "2023-03-03", "Marsk police": ""}


def test_two_times_of_two_tellings_date_no_third(rules):
    text = ("Soldiers arrested Dana Orlik on 3 March 2023.\n\nSoldiers arrested Dana Orlik on 9 May 2023.\n\n"
            "The army denies that soldiers arrested Dana Orlik.")
    assert [s.time for s in told(rules, text, "detained") if s.stance.value == "denied"] == [""]


def test_verbs_that_share_their_object_share_its_time(rules):
    text = "Soldiers detained and tortured Dana Orlik in April 2023."
    assert {s.time for relation in ("detained", "tortured") for s in told(rules, text, relation)} == {"2023-04"}


def test_help_to_do_a_thing_is_given_when_it_is_done(rules):
    assert {s.time for s in told(rules, "The Relief Union helped Dana Orlik to leave in June of last year.", "helped")} == {"2023-06"}
