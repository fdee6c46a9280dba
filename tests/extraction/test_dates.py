"""Times become EDTF against the day of publication: no finer than the words, and never a guess where nothing is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import edtf
from graph.extraction import dates

MONDAY = "2021-02-08"


@pytest.mark.parametrize(("published", "text", "expected"), [
    (MONDAY, "She was held in April 2020.", "2020-04"),
    (MONDAY, "They left last summer.", "2020-22"),
    (MONDAY, "It began in early March.", "2020-03"),
    (MONDAY, "He has been in hiding since 2017.", "2017/.."),
    (MONDAY, "Since early January nobody has seen him.", "2021-01/.."),
    (MONDAY, "He was freed on Tuesday.", "2021-02-02"),
    (MONDAY, "He was freed on Monday.", "2021-02-08"),
    (MONDAY, "Last Monday he was freed.", "2021-02-01"),
    (MONDAY, "On 11 January he left.", "2021-01-11"),
    (MONDAY, "On 11 March he left.", "2020-03-11"),
    (MONDAY, "On the night of March 11 he left.", "2020-03-11"),
    (MONDAY, "On 12 October last year he left.", "2020-10-12"),
    (MONDAY, "The law was passed in December.", "2020-12"),
    (MONDAY, "The law was passed last month.", "2021-01"),
    (MONDAY, "The law was passed last year.", "2020"),
    (MONDAY, "The law was passed last week.", "2021-02-01/2021-02-07"),
    (MONDAY, "Three days ago he left.", "2021-02-05"),
    (MONDAY, "He left two years ago.", "2019"),
    (MONDAY, "He left yesterday.", "2021-02-07"),
    (MONDAY, "He worked there until 2016.", "../2016"),
    (MONDAY, "He was held from May 2016 to January 2018.", "2016-05/2018-01"),
    (MONDAY, "Between 2015 and 2017 he lived abroad.", "2015/2017"),
    (MONDAY, "It was built in the 1990s.", "199X"),
    (MONDAY, "The strike of 27 May – 2 June 2018 failed.", "2018-05-27/2018-06-02"),
    (MONDAY, "In the spring of 2019 he left.", "2019-21"),
    ("2021-12-20", "They left last summer.", "2021-22"),
    ("2021-07-02", "They left this spring.", "2021-21"),
    ("2021-02", "They left last month.", "2021-01"),
])
def test_a_time_is_resolved_no_finer_than_its_words(published: str, text: str, expected: str):
    assert [value for _, _, value in dates.find(text, dates.clock(published))] == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    ("He was held on 3 May 2019. Two days later he was freed.", "2019-05-05"),
    ("He was held on 3 May 2019. The following morning he was freed.", "2019-05-04"),
    ("He was held on 3 May 2019, a month after her, and freed that evening.", "2019-05-03"),
    ("They met in 2011. Five years later they married.", "2016"),
    ("They met in March 2011. A month earlier he had left.", "2011-02"),
    ("They met in July 2011. She left the following year.", "2012"),
    ("They met on 3 May 2019. He left on the 26th.", "2019-05-26"),
    ("They met on 3 May 2019. He says that on May 3 it rained.", "2019-05-03"),
    ("A march was held on 30 January 2019. On 30 January another was.", "2021-01-30"),
])
def test_a_relative_time_counts_from_the_time_spoken_of_before(text: str, expected: str):
    assert dates.find(text, dates.clock(MONDAY))[-1][2] == expected


@pytest.mark.parametrize("text", ["They left on Tuesday.", "They left in March.", "They left last year.", "They left two days later."])
def test_without_a_day_of_publication_nothing_relative_is_guessed(text: str):
    assert dates.find(text, dates.clock("")) == []


@pytest.mark.parametrize("text", ["She may leave.", "He served 2000 people.", "Room 2010-a was locked.", "He will march on.", "It cost 2,019 euros."])
def test_numbers_and_verbs_are_no_times(text: str):
    assert dates.find(text, dates.clock(MONDAY)) == []


def test_a_dateline_stands_in_for_a_date_of_publication():
    assert dates.dateline("PORT AMBER (24 May 2023) – Experts today said …") == "2023-05-24"
    assert dates.dateline("Nobody knows when.") == ""


WORDS = st.lists(st.sampled_from(["on", "in", "since", "the", "last", "this", "that", "next", "3", "31", "11th", "May", "March", "Monday", "summer", "2019", "2020", "night", "later", "earlier", "two", "days", "years", "a", "week", "ago", "until", "and", "-", ",", ".", "following", "same", "before"]),
                 max_size=14)


@given(WORDS.map(" ".join), st.sampled_from(["", "2021", "2021-02", "2021-02-28", "2020-02-29", "0001-01-01", "9999-12-31"]))
def test_whatever_the_words_every_time_is_valid_and_its_span_lies_in_the_text(text: str, published: str):
    for start, end, value in dates.find(text, dates.clock(published)):
        assert 0 <= start < end <= len(text)
        assert edtf.is_valid(value)


def test_the_day_before_the_first_day_of_the_calendar_is_no_time():
    assert dates.find("They met the day before yesterday and last Friday.", dates.clock("0001-01-01")) == []
