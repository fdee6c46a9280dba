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


@pytest.mark.parametrize("text", ["Ana Lima and Ivo Marsh said that police had detained Dana Orlik.", "River Watch and the group Free Voices said police detained Dana Orlik."])
def test_who_says_it_together_is_one_voice_and_none_relays_the_other(rules, text):
    (told,) = [s for s in rules.extract(Document(source=Source(id="s"), text=text)).statements if s.relation == "detained"]
    assert told.speaker.name in {"Ana Lima", "River Watch"}
    assert told.via == ()


def test_the_group_that_speaks_is_the_named_one_that_spoke_and_no_group_that_was_mentioned(rules):
    text = ("Dana Orlik was held on charges of running a political opposition group on Telegram.\n\nThe Harbour Network said it had received a call from her."
            "\n\n“Dana Orlik was detained by the police”, the group said on Twitter last week.")
    (told,) = [s for s in rules.extract(Document(source=Source(id="s"), text=text)).statements if s.quote.endswith("detained by the police")]
    assert told.speaker.name == "Harbour Network"


def test_who_says_that_there_are_no_such_people_speaks_of_such_people(rules):
    made = rules.extract(Document(source=Source(id="s"), text="Adam Korvin said there are no political prisoners in Tavra."))
    (told,) = made.statements
    assert (told.relation, told.object.name) == ("denied_existence", "political prisoners in Tavra")
    assert "political prisoners in Tavra" in {e.name for e in made.entities}


def test_what_is_only_urged_is_no_statement(rules):
    assert not any(r == "released" for _, r, _ in triples(rules, "Mary Olsen urged Adam Korvin to free Jon Talvik."))


def test_an_unknown_extractor_lists_those_there_are():
    with pytest.raises(UsageError, match="rules"):
        extraction.load("magic", known=(), entries={}, settings={})


def test_we_are_those_who_publish_and_nobody_where_that_is_not_known():
    text = "We urge the Interior Ministry to free Adam Renn."
    extractor = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    for publisher, wanted in (("Harbour Watch", ["Harbour Watch"]), ("", [])):
        source = Source(id="s", published="2024-05-14", publisher=publisher)
        assert [s.subject.name for s in extractor.extract(Document(source=source, text=text)).statements if s.relation == "called_on"] == wanted
