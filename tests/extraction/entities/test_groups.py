"""Whom "all four", "the other three", "they" and "their" mean: people introduced one by one or together, never the other side."""

from __future__ import annotations

import pytest

from graph.extraction import reading
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark


@pytest.fixture(scope="module")
def nlp():
    return language_model.load()


@pytest.fixture
def meant(nlp):
    def of(text: str, words: str, nth: int = 0) -> list[str]:
        found = reading.read(Document(source=Source(id="s", published="2021-02-08"), text=text, segments=mark(text)), nlp)
        mention = [m for m in found.mentions if m.text == words][nth]
        return [found.entities[i].name for i in mention.entities]
    return of


TRIAL = ("A judge in Marsk sentenced the editor, Dana Orlik, to six years. Her producer, Pavel Brenko, received five years. Sound engineer Jana Velik was fined "
         "and released. The fourth defendant, Milan Dragic, was acquitted.\n\nAll four were arrested in January.")


def test_all_four_are_those_four_to_whom_something_was_done(meant):
    assert meant(TRIAL, "All four") == ["Dana Orlik", "Pavel Brenko", "Jana Velik", "Milan Dragic"]


def test_a_number_that_does_not_fit_names_nobody(meant):
    assert not {"Dana Orlik", "Milan Dragic"} & set(meant(TRIAL.replace("All four", "All five"), "All five"))


def test_an_official_can_be_one_of_three_held(meant):
    text = ("Police officers arrested Tomas Lukan, editor of the weekly Quill, at his home on Thursday, his wife, Rana Lukan, said.\n\n"
            "His deputy, Lena Forsberg, and the paper's columnist Adam Karam were picked up last week. On Friday the court remanded all three in custody.")
    assert meant(text, "all three") == ["Tomas Lukan", "Lena Forsberg", "Adam Karam"]


def test_the_other_three_are_those_not_named_since(meant):
    text = ("Tomas Lukan, Adam Karam, Milan Dragic and Petar Hajek were snatched from a hotel in June 2015. A court condemned Lukan to death for spying; "
            "the other three were given twelve years.")
    assert meant(text, "the other three") == ["Adam Karam", "Milan Dragic", "Petar Hajek"]


def test_both_of_them_are_they(meant):
    text = "National police raided the shop and arrested Milan Dragic and Jana Dragic. Both of them were beaten."
    assert meant(text, "Both of them") == ["Milan Dragic", "Jana Dragic"]


def test_those_among_a_group_are_some_of_it(meant):
    text = "The ministry added four people to its register on Friday, among them historian Jana Salko and the choirmaster Petar Hajek, who now lives in Oslo."
    assert meant(text, "four people") == ["four people", "Jana Salko", "Petar Hajek"]


def test_a_noun_right_after_a_list_is_said_of_those_listed(meant):
    text = "Karim Solh, Nabil Renn and Omar Haddad, farmers from Arvo, were seized at a checkpoint by soldiers."
    assert meant(text, "farmers") == ["Karim Solh", "Nabil Renn", "Omar Haddad"]


def test_two_policemen_whom_a_court_convicts_are_the_two_named_next(meant):
    text = ("A Marsk court on Tuesday convicted two former policemen of kidnapping a farmer.\n\n"
            "Ion Velik, 44, and Vasile Renn, 41, were each sentenced to six years in a prison camp.")
    assert meant(text, "two former policemen") == ["Ion Velik", "Vasile Renn"]


def test_a_family_name_alone_names_no_member_yet(meant):
    text = ("Three members of the Solh family are at risk in Tavra after judges sentenced them to death on 2 March.\n\n"
            "Brothers Karim and Nabil Solh and their cousin Omar Solh were seized at a checkpoint by soldiers.")
    assert meant(text, "Three members") == ["Karim", "Nabil Solh", "Omar Solh"]


@pytest.mark.parametrize("text", [
    "Northern police kidnapped Tomas Lukan and Adam Karam from their flat, then handed them over to border officials.",
    "Northern police kidnapped Tomas Lukan and Adam Karam and handed them over to border officials.",
    "Northern police kidnapped Tomas Lukan and Adam Karam before beating them in a van.",
])
def test_they_are_never_the_subject_of_the_verb_that_is_done_to_them(meant, text):
    assert meant(text, "them") == ["Tomas Lukan", "Adam Karam"]


def test_those_to_whom_it_is_done_stay_those_to_whom_it_is_done(meant):
    text = "Authorities in Arvo have granted state protection to two young men facing threats after they were forcibly returned to their village."
    assert meant(text, "they") == ["two young men"]


def test_the_lawyer_is_that_of_the_beaten_not_of_those_who_beat(meant):
    text = "Three displaced men from Drobno were arrested at a roadblock. Soldiers beat them with rifles, says their lawyer, Dana Orlik. She saw them on Tuesday."
    assert meant(text, "their") == ["Three displaced men from Drobno"]
    assert meant(text, "them", 1) == ["Three displaced men from Drobno"]


def test_nobody_is_the_brother_of_herself(meant):
    text = "Adam Karam was arrested in May. Soldiers burst into the flat of Rana Lukan, his second wife."
    assert meant(text, "his") == ["Adam Karam"]


def test_a_given_name_tells_who_she_is(meant):
    text = "Wanjiru Salko sued Godfrey Renn in May. A court in Tavra fined her."
    assert meant(text, "her") == ["Wanjiru Salko"]
