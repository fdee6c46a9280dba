"""Dates are read as the sources give them, and no more exactly."""

from __future__ import annotations

from datetime import date

import pytest

from graph import edtf


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ("2020-04", date(2020, 4, 1), date(2020, 4, 30)),
    ("2021-02-04~", date(2021, 2, 4), date(2021, 2, 4)),
    ("2020-22", date(2020, 6, 1), date(2020, 8, 31)),
    ("2020-24", date(2020, 12, 1), date(2021, 2, 28)),
    ("2017/..", date(2017, 1, 1), None),
    ("../2017-03", None, date(2017, 3, 31)),
    ("201X", date(2010, 1, 1), date(2019, 12, 31)),
    ("2020-XX-XX", date(2020, 1, 1), date(2020, 12, 31)),
    ("2020-02/2020-04", date(2020, 2, 1), date(2020, 4, 30)),
])
def test_a_date_has_a_first_and_a_last_day(text, first, last):
    assert edtf.bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["", "last summer", "2021-13", "2021-02-30", "21-02", "0000", "../..", "2021/2020", "2020-22-01", "2021-2-4"])
def test_what_is_no_date_is_refused(text):
    assert not edtf.is_valid(text)


@pytest.mark.parametrize(("text", "said"), [
    ("2021", "2021"), ("2021-02", "February 2021"), ("2021-02-04", "4 February 2021"), ("2017-21", "spring 2017"), ("2017/..", "since 2017"), ("../2019", "until 2019"),
    ("2021-02-01/2021-02-05", "1 February 2021 to 5 February 2021"), ("2019~", "about 2019"), ("201X", "201X"), ("soon", "soon"),
])
def test_a_date_is_said_as_people_say_it(text, said):
    assert edtf.words(text) == said
