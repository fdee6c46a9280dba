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
