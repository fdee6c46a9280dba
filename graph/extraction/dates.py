"""Times in English text as EDTF, resolved against the day of publication and the time last spoken of.

Conventions: a weekday is the most recent one, the day of publication included; a month or day without a year is the latest
not after publication, unless the paragraph tells of an earlier year, or the day was said before with its year and is no news any more; "last summer" is the last that has ended or begun before;
seasons are northern. What is said in months stays a month, what is said in years a year. A general parser was tried
and not taken: it turns "April 2020" into a day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph import edtf

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NUMBERS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"])} | {
    "a": 1, "an": 1, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2}
_M = r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?=\s\d))"
_D = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<{0}>(?:19|20)\d\d)"
_N = r"(?P<{0}>\d{{1,3}}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|eighteen|twenty|thirty|forty|fifty|a couple of))"
_UNIT = r"(?P<{0}>day|night|week|fortnight|month|year)s?"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|dawn|midnight))?"
_W = r"(?P<{0}>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WHICH = r"(?P<{0}> (?:last year|this year|of last year|of this year|of that year|of the same year|that year|the same year|the year before|the previous year|the following year|the next year|of the following year|the year after))?"

_PATTERNS = {
    "iso": r"(?P<iso_date>(?:19|20)\d\d-[01]\d-[0-3]\d)",
    "range": rf"{_D.format('r1')}(?: {_M.format('rm')})?\s?[-–—]\s?{_D.format('r2')} {_M.format('rm2')}(?:,? {_Y.format('ry')})?",
    "day": rf"{_D.format('d1')}(?: of)? {_M.format('dm1')}(?:,? {_Y.format('dy1')}|{_WHICH.format('dw1')})?\b",
    "day2": rf"{_M.format('dm2')} {_D.format('d2')}(?:,? {_Y.format('dy2')}\b|(?!\d|:\d)\b{_WHICH.format('dw2')})",
    "monthyear": rf"{_M.format('mm')}(?:,? (?:of )?{_Y.format('my')}\b|(?<!May){_WHICH.format('mw')}\b|(?<=May){_WHICH.format('mw2')}\b)",
    "weekof": rf"(?:the )?(?P<wo>last|this|previous|following|same) {_M.format('lm')}\b",
    "season": rf"(?P<sq>(?i:last |this |that |the |in |early |late |following |next |previous ))+(?P<season>spring|summer|autumn|fall|winter)(?: (?:of )?{_Y.format('sy')}|{_WHICH.format('sw')})?\b",
    "years": rf"(?:between |from )?{_Y.format('y1')}(?: and | to | until |\s?[-–—/]\s?){_Y.format('y2')}\b",
    "decade": r"(?:the )?(?P<decade>(?:19|20)\d0)s\b",
    "ago": rf"(?i:(?:about|some|almost|nearly|around|more than|over|just|only|at least|exactly) )?{_N.format('an')} {_UNIT.format('au')} (?P<ag>ago|earlier|later|afterwards|previously|(?:before|after)(?! (?:he|she|it|they|the|his|her|its|their|that|being|a|an)\b| [A-Z]))\b",
    "vague": r"(?P<vague>(?i:days|weeks|hours|minutes|moments|shortly)) (?P<vg>later|afterwards|earlier)\b",
    "weekday": rf"(?P<wq>(?i:last |this |the previous |the following |the next |that ))?{_W.format('wd')}{_PART}",
    "relative": r"(?P<rel>(?i:the day before yesterday|yesterday|today|tonight|this (?:morning|afternoon|evening)|last night|(?:last|this|the (?:past|previous|following|next|same)|that|this past) (?:day|morning|afternoon|evening|night|week|weekend|month|year)"
                r"|the (?:day|night|evening|morning|week|month|year) (?:before|after)|earlier (?:this|that) (?:week|month|year|day)|later (?:that|the same) (?:week|month|year|day|night|evening)|the (?:eve|evening) before|on the same (?:day|night|evening)))\b",
    "nth": r"the (?P<nth>[0-3]?\d)(?:st|nd|rd|th)(?! [a-z]|-| [A-Z])",
    "year": rf"(?<![\d.,/-])(?<!No\. )(?<!no\. ){_Y.format('yy')}(?![\d/]|,\d|-[a-z]| (?:people|euros|dollars|metres|men|women|pesos|roubles|members|hectares|subscribers))\b",
}
_ANY = re.compile(r"(?<![\w-])(?:" + "|".join(f"(?P<is_{name}>{pattern})" for name, pattern in _PATTERNS.items()) + ")")
_HINT = re.compile(r"\d|[dD]ays?\b|\bago\b|January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter|week|month|year|later|earlier|before|after|night|evening|morning")
_SINCE = re.compile(r"\bsince (?:at least |about |around |early |late |mid-|the (?:start|end|beginning) of |the |last |on )*$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:between|from) (?:early |late |mid-)?$", re.IGNORECASE)
_TO = re.compile(r"^ (?:and|to|until|till|through) (?:early |late |mid-)?$")
_UNTIL = re.compile(r"\b(?:until|till|before) (?:early |late |mid-|the (?:start|end) of )?$", re.IGNORECASE)


@dataclass(slots=True)
class Clock:
    """What is known of now: the day of publication, and the time last spoken of."""

    published: date | None
    precision: int = 3
    """How much of the day of publication is known: 1 the year, 2 the month, 3 the day."""
    current: str = ""
    fresh: bool = False
    """Whether `current` was said in this paragraph."""
    years: dict[tuple[int, int], int] = field(default_factory=dict)
    """The year that a day and month were last said with."""


def clock(published: str) -> Clock:
    """A clock set to a date of publication in EDTF, which may be partial or empty."""
    try:
        last = edtf.bounds(published)[1] if published else None
    except ValueError:
        last = None
    return Clock(last, 3 if len(published) >= 10 else 2 if len(published) >= 7 else 1)


def dateline(text: str) -> str:
    """The first whole day in the opening of a text, which stands in for a date of publication that nobody gave."""
    for match in _ANY.finditer(text[:400]):
        if (match["is_day"] and match["dy1"]) or (match["is_day2"] and match["dy2"]) or match["is_iso"]:
            value = _resolve(match, Clock(None), text)
            if edtf.is_valid(value) and _heads(text, *match.span()):
                return value
    return ""


def _heads(text: str, start: int, end: int) -> bool:
    """Whether a day stands as the head of a report does: on a short line of its own, or before a dash, colon or bracket."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first:last if last >= 0 else len(text)]
    return len(line.split()) <= _HEAD or text[end:end + 3].lstrip(" ,.")[:1] in {"—", "–", "-", ":", ")", "|"}


_HEAD = 10
"""Words of a line that holds a place, a date and a name, and no sentence."""


def find(text: str, now: Clock) -> list[tuple[int, int, str]]:
    """Start, end and EDTF of every time in a paragraph that can be resolved; moves the clock's `current` on."""
    now.fresh = False
    if not _HINT.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    for match in _ANY.finditer(text):
        try:
            value = _resolve(match, now, text)
        except OverflowError:  # "the day before" the first day of the calendar
            continue
        if not value or not edtf.is_valid(value):
            continue
        start, end = match.span()
        if found and _TO.match(text[found[-1][1]:start]) and _FROM.search(text[:found[-1][0]]) and "/" not in value + found[-1][2]:
            joined = f"{_completed(found[-1][2], value)}/{value}"
            if edtf.is_valid(joined):
                found[-1] = (found[-1][0], end, joined)
                continue
        now.current, now.fresh = value, True
        before = text[max(0, start - 40):start]
        if "/" not in value:
            value = f"{value}/.." if _SINCE.search(before) else f"../{value}" if _UNTIL.search(before) else value
        found.append((start, end, value))
    return found


def _completed(first: str, second: str) -> str:
    """The first of "from May to June 2020" takes the second's year where it would come after it."""
    return second[:4] + first[4:] if first > second and len(first) >= 7 and len(second) >= 7 else first


def _resolve(match: re.Match[str], now: Clock, text: str) -> str:
    g = match.groupdict()
    kind = next(name for name in _PATTERNS if g["is_" + name] is not None)
    day = now.published if now.precision == 3 else None
    if kind == "iso":
        return match["iso_date"]
    if kind in {"day", "day2"}:
        n = kind[3:] or "1"
        return _day(int(g["d" + n]), _month(g["dm" + n]), g["dy" + n], g["dw" + n] or "", now)
    if kind == "range":
        end = _day(int(g["r2"]), _month(g["rm2"]), g["ry"], "", now)
        start = _day(int(g["r1"]), _month(g["rm"] or g["rm2"]), end[:4], "", now) if end else ""
        return f"{start}/{end}" if start and end else end
    if kind == "monthyear":
        return _month_of(match, now, text)
    if kind == "weekof":
        return _which_month(g["wo"], _month(g["lm"]), now)
    if kind == "season":
        return _season((g["sq"] or "").lower(), match.group().lower(), _SEASONS[g["season"]], g["sy"], g["sw"] or "", now)
    if kind == "years":
        return f"{g['y1']}/{g['y2']}"
    if kind == "decade":
        return g["decade"][:3] + "X"
    if kind == "year":
        limit = now.published.year if now.published else 2099
        return g["yy"] if int(g["yy"]) <= limit else ""
    if kind == "ago":
        return _ago(g["an"], g["au"], g["ag"], now)
    if kind == "vague":
        return now.current[:7] if now.fresh and g["vague"].lower() in {"days", "hours", "minutes", "moments"} and len(now.current) >= 7 and "/" not in now.current else ""
    if kind == "weekday":
        return _weekday((g["wq"] or "").strip().lower(), _DAYS[g["wd"].lower()], day, now)
    if kind == "nth":
        return _nth(int(g["nth"]), now)
    return _relative(g["rel"].lower(), day, now)


def _month(name: str) -> int:
    return _MONTHS[name.rstrip(".").lower()]


def _year_for(which: str, now: Clock) -> int | None:
    """The year that "last year", "that year" and the like mean."""
    words = which.strip()
    base = now.published.year if now.published else None
    if words in {"last year", "of last year"}:
        return base - 1 if base else None
    if words in {"this year", "of this year"}:
        return base
    year = int(now.current[:4]) if now.current[:4].isdigit() else None
    if year is None:
        return None
    if words in {"the year before", "the previous year"}:
        return year - 1
    if words in {"the following year", "the next year", "of the following year", "the year after"}:
        return year + 1
    return year


def _latest(month: int, day: int, now: Clock) -> int | None:
    """The year of the latest such month or day not after publication; the paragraph's own year where it tells of an earlier one."""
    if now.published is None:
        return int(now.current[:4]) if now.fresh and now.current[:4].isdigit() else None
    year = now.published.year
    if (month, day) > (now.published.month, now.published.day):
        year -= 1
    return year


def _day(day: int, month: int, year: str | None, which: str, now: Clock) -> str:
    number = int(year) if year else _year_for(which, now) if which else _latest(month, day, now)
    if number is None or not 1 <= day <= calendar.monthrange(number, month)[1]:
        return ""
    if year:
        now.years[month, day] = number
    elif not which and (said := now.years.get((month, day))) and not (now.published and (now.published - date(number, month, day)).days <= NEWS):
        number = said
    return f"{number:04}-{month:02}-{day:02}"


NEWS = 60
"""Days for which a day without a year is that before the publication, even where its like of another year was told of."""


def _month_of(match: re.Match[str], now: Clock, text: str) -> str:
    name, year = match["mm"], match["my"]
    which = match["mw"] or match["mw2"] or ""
    before = text[max(0, match.start() - 30):match.start()].lower()
    if not year and not which:
        if name in {"May", "March"} and not re.search(r"(?:\bin|\bsince|\bof|\blast|\bthis|\bthat|\buntil|\bby|\bearly|\blate|\bmid-?|\bfrom|\band|\bto|\bbetween|\bbefore|\bafter|\bduring|\bpast|\bnext|\bof|\bin early|\(|-|–) ?$", before):
            return ""
        if re.search(r"\bnext $|\bthis coming $", before):
            return ""
        asked = re.search(r"\b(last|this|this past|that|the same|the following|the previous) $", before)
        if asked:
            return _which_month(asked[1], _month(name), now)
    number = int(year) if year else _year_for(which, now) if which else _latest(_month(name), 1, now)
    return f"{number:04}-{_month(name):02}" if number else ""


def _which_month(which: str, month: int, now: Clock) -> str:
    if which in {"that", "same", "the same", "following", "the following", "previous", "the previous"} and now.current[:4].isdigit():
        year = int(now.current[:4])
        if which.endswith("following") and now.current[5:7].isdigit() and month <= int(now.current[5:7]):
            year += 1
        return f"{year:04}-{month:02}"
    if now.published is None:
        return ""
    year = now.published.year
    if which == "last":
        year -= month >= now.published.month
    elif month > now.published.month:
        year -= 1
    return f"{year:04}-{month:02}"


def _season(which: str, words: str, season: int, year: str | None, extra: str, now: Clock) -> str:
    if year:
        return f"{year}-{season}"
    if "next " in words:
        return ""
    if extra:
        number = _year_for(extra, now)
        return f"{number:04}-{season}" if number else ""
    if "that " in words and now.current[:4].isdigit():
        return f"{now.current[:4]}-{season}"
    if now.published is None:
        return ""
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    number = now.published.year
    ends = (begins + 2) % 12 or 12
    if which.strip() == "last" or "last " in words:
        over = (number, now.published.month) > (number + (season == 24), ends)
        number -= not over
    elif begins > now.published.month:
        number -= 1
    told = now.current[:4]
    if now.fresh and told.isdigit() and int(told) < number and "last" not in words and "this" not in words:
        number = int(told)
    return f"{number:04}-{season}"


def _anchor(now: Clock) -> date | None:
    """The day last spoken of, if it was a day."""
    try:
        return date.fromisoformat(now.current[:10]) if len(now.current) >= 10 else None
    except ValueError:
        return None


def _ago(amount: str, unit: str, how: str, now: Clock) -> str:
    number = _NUMBERS.get(amount.lower().split()[-1] if amount.lower() != "a couple of" else "couple") if not amount.isdigit() else int(amount)
    if number is None:
        return ""
    sign = 1 if how in {"later", "after", "afterwards"} else -1
    base = now.published if how == "ago" else None
    if base is None:
        if how == "ago" or not now.current:
            return ""
        return _shifted(now.current.split("/")[0], sign * number, unit)
    text = base.isoformat()[:{1: 4, 2: 7, 3: 10}[now.precision]]
    return _shifted(text, sign * number, unit)


def _shifted(base: str, number: int, unit: str) -> str:
    """A partial date moved by so many days, weeks, months or years; no finer than the unit."""
    if not base[:4].isdigit():
        return ""
    year = int(base[:4])
    if unit == "year":
        return f"{year + number:04}" if 1000 < year + number < 3000 else ""
    if len(base) < 7 or not base[5:7].isdigit() or int(base[5:7]) > 12:
        return ""
    if unit == "month":
        total = year * 12 + int(base[5:7]) - 1 + number
        return f"{total // 12:04}-{total % 12 + 1:02}"
    if len(base) < 10:
        return ""
    try:
        moved = date.fromisoformat(base[:10]) + timedelta(days=number * {"week": 7, "fortnight": 14}.get(unit, 1))
    except (ValueError, OverflowError):
        return ""
    return moved.isoformat() if unit in {"day", "night"} or abs(number) == 1 else moved.isoformat()[:7]


def _weekday(which: str, weekday: int, day: date | None, now: Clock) -> str:
    if which in {"the following", "the next", "that"}:
        anchor = _anchor(now)
        if anchor is None:
            return "" if which != "that" else _weekday("", weekday, day, now)
        return (anchor + timedelta(days=(weekday - anchor.weekday()) % 7 or (0 if which == "that" else 7))).isoformat()
    if day is None:
        return ""
    back = (day.weekday() - weekday) % 7
    if which == "last" and back == 0:
        back = 7
    return (day - timedelta(days=back)).isoformat()


def _nth(number: int, now: Clock) -> str:
    base = now.current if len(now.current) >= 7 and "/" not in now.current and int(now.current[5:7]) <= 12 else ""
    if not base and now.published and now.precision == 3:
        base = now.published.isoformat()
        if number > now.published.day:
            base = (now.published.replace(day=1) - timedelta(days=1)).isoformat()
    return f"{base[:7]}-{number:02}" if base else ""


def _relative(words: str, day: date | None, now: Clock) -> str:
    published = now.published
    if words in {"today", "tonight"} or words in {"this morning", "this afternoon", "this evening"}:
        return day.isoformat() if day else ""
    if words in {"yesterday", "last night"}:
        return (day - timedelta(days=1)).isoformat() if day else ""
    if words == "the day before yesterday":
        return (day - timedelta(days=2)).isoformat() if day else ""
    unit = next((u for u in ("weekend", "week", "month", "year") if u in words.split()), "day")
    if words.startswith(("last", "this", "earlier this")):
        return _this_or_last(words.startswith("last"), unit, day, published, now)
    if words.startswith("the past"):
        return ""
    current = now.current.split("/")[0]
    if not current:
        return ""
    same = words.startswith(("that", "the same", "on the same", "earlier that", "later"))
    step = 0 if same else -1 if "before" in words or "previous" in words else 1
    if unit == "weekend":
        return ""
    if step == 0:
        return current[:{"day": 10, "week": 10, "month": 7, "year": 4}[unit]] if len(current) >= {"day": 10, "week": 10, "month": 7, "year": 4}[unit] else ""
    return _shifted(current, step, unit)


def _this_or_last(last: bool, unit: str, day: date | None, published: date | None, now: Clock) -> str:
    if published is None:
        return ""
    if unit == "year":
        return f"{published.year - last:04}"
    if unit == "month":
        return _shifted(published.isoformat()[:7], -1 if last else 0, "month") if now.precision >= 2 else ""
    if day is None:
        return ""
    monday = day - timedelta(days=day.weekday() + 7 * last)
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if unit == "week":
        end = monday + timedelta(days=6) if last else max(day, monday)
        return f"{monday.isoformat()}/{end.isoformat()}"
    return (day - timedelta(days=last)).isoformat()
