"""Dates as EDTF (ISO 8601-2, levels 0 and 1, and unspecified digits): check one, and give its first and last day.

Seasons 21 to 24 are read as of the northern hemisphere, as the standard leaves them open: spring March to May … winter
December to February of the next year.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

_DATE = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[~?%])?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def is_valid(text: str) -> bool:
    """Whether this is a date that we can read: `2021`, `2021-02`, `2020-22`, `2021-02-04~`, `2017/..`, `201X`."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 14)  # a case has few dates, each thousands of times
def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that it can mean; None for an open or unknown end. Raises ValueError."""
    if "/" not in text:
        return _single(text)
    left, right = text.split("/", 1)
    first = None if left in {"", ".."} else _single(left)[0]
    last = None if right in {"", ".."} else _single(right)[1]
    if first is None and last is None:
        raise ValueError(f"no date in {text!r}")
    if first and last and last < first:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _single(text: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no EDTF date")
    year, month, day = match["year"], match["month"], match["day"]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if "X" in year and month and month != "XX":
        raise ValueError(f"{text!r}: a month needs its year")
    if low == 0:
        raise ValueError(f"{text!r}: there is no year 0 here")
    if month is None or month == "XX":
        if day and day != "XX":
            raise ValueError(f"{text!r}: a day needs its month")
        return date(low, 1, 1), date(high, 12, 31)
    number = int(month)
    if number in _SEASONS:
        if day:
            raise ValueError(f"{text!r}: a season has no day")
        first, last = _SEASONS[number]
        return date(low, first, 1), _end_of_month(high + (last < first), last)
    if not 1 <= number <= 12:
        raise ValueError(f"{text!r}: there is no month {number}")
    if day is None or day == "XX":
        return date(low, number, 1), _end_of_month(low, number)
    return (exact := date(low, number, int(day))), exact


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def end_exclusive(last: date) -> date:
    """The day after, for half-open intervals."""
    return last + timedelta(days=1)


def words(text: str) -> str:
    """A date as people say it: `4 February 2021`, `spring 2017`, `since 2017`, `about 2019`; what has no such words stays as it is."""
    if not is_valid(text):
        return text
    if "/" in text:
        left, right = text.split("/", 1)
        if right in {"", ".."}:
            return f"since {words(left)}"
        if left in {"", ".."}:
            return f"until {words(right)}"
        return f"{words(left)} to {words(right)}"
    match = _DATE.fullmatch(text)
    if match is None or "X" in text:
        return text
    month = int(match["month"] or 0)
    named = _NAMES[month]
    said = " ".join(filter(None, (match["day"] and str(int(match["day"])), named, match["year"])))
    return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(match["mark"] or "", "") + said


_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_NAMES = {**dict(enumerate(_MONTHS)), 21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
