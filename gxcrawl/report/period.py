"""The period the numbers are about: 统计期限自2021年1月1日至12月31日."""

from __future__ import annotations

import re
from datetime import date

from gxcrawl.report.numerals import DATE, MONTH_DAY, date_of, make_date

_TO = re.compile(r"\s{0,2}(?:起|起始|开始)?[，,]?\s{0,2}(?:至|到|止|—{1,2}|－{1,2}|-{1,2}|–|~|～)\s{0,2}")
_ABOUT = re.compile("统计|期限|时限|期间|数据|报告期|时间")
_SENTENCE = re.compile(r"[^。；\n]+")
_REACH = 200  # so many characters of a sentence before its dates are looked at


def find_period(text: str) -> tuple[tuple[date, date] | None, str]:
    """The period and the sentence that says it; a range of whole years counts without such words."""
    for found in DATE.finditer(text):
        first = date_of(found)
        to = _TO.match(text, found.end())
        last = _last_day(text, to.end(), first) if to and first else None
        if first is None or last is None or last[0] < first:
            continue
        begin = max(text.rfind(mark, max(0, found.start() - _REACH), found.start()) for mark in "。；\n")
        begin = max(begin + 1, found.start() - _REACH)
        rest = _SENTENCE.match(text, last[1], last[1] + 20)
        sentence = text[begin : rest.end() if rest else last[1]].strip()
        whole_year = (first.month, first.day, last[0].month, last[0].day) == (1, 1, 12, 31)
        if whole_year or _ABOUT.search(sentence):
            return (first, last[0]), sentence
    return None, ""


def _last_day(text: str, start: int, first: date) -> tuple[date, int] | None:
    if found := DATE.match(text, start):
        day = date_of(found)
    elif found := MONTH_DAY.match(text, start):
        day = make_date(str(first.year), found["m"], found["d"])
    else:
        return None
    return (day, found.end()) if day else None
