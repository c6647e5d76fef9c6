"""Numbers and dates as Chinese texts print them: 二十一, 二〇二一年, ２０２１年１月２０日."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "o": 0, "◯": 0, "两": 2}
_CHINESE = "〇零○ＯOo◯一二三四五六七八九"

YEAR = rf"(?<![\d{_CHINESE}])(?:[2２][0０]\d\d|[2２二][0０〇零○ＯOo◯][\d{_CHINESE}]{{2}})(?!\d)"
_YEAR_OF_DATE = rf"[2２二][0０〇零○ＯOo◯][\d{_CHINESE}]{{2}}"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|二十|三十)"
_GAP = r"\s{0,3}"

# Year, month and day in one of the written forms; the separators of a form agree with each other.
DATE = re.compile(
    rf"(?<![\d{_CHINESE}.\-/])"
    rf"(?:(?P<y1>{_YEAR_OF_DATE}){_GAP}年{_GAP}(?P<m1>{_SMALL}){_GAP}月{_GAP}(?P<d1>{_SMALL}){_GAP}[日号號]"
    rf"|(?P<y2>[2２][0０]\d\d){_GAP}(?P<s>[-/.．－／]){_GAP}(?P<m2>\d{{1,2}}){_GAP}(?P=s){_GAP}"
    rf"(?P<d2>\d{{1,2}})(?![\d]|[.．]\d))"
)
MONTH_DAY = re.compile(rf"(?P<m>{_SMALL}){_GAP}月{_GAP}(?P<d>{_SMALL}){_GAP}[日号號]")
COMPACT_DATE = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")


def read_number(text: str) -> int | None:
    """21, ２１, 二十一, 二一; None when it is no number below 10,000."""
    if text.isdecimal() and len(text) <= 4:
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
            return None
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    digits = [int(character) if character.isdecimal() else _DIGITS.get(character) for character in text]
    if not digits or len(digits) > 4 or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))


def make_date(year: str, month: str, day: str) -> date | None:
    """The day, or None when the calendar has no such day."""
    numbers = [read_number(part) for part in (year, month, day)]
    if None in numbers:
        return None
    try:
        return date(*[number or 0 for number in numbers])
    except ValueError:
        return None


def date_of(found: re.Match[str]) -> date | None:
    """The day of a match of DATE."""
    form = "1" if found["y1"] else "2"
    return make_date(found[f"y{form}"], found[f"m{form}"], found[f"d{form}"])


def read_date(text: str) -> date | None:
    """The first full date printed in a short text."""
    if found := DATE.search(text):
        return date_of(found)
    if found := COMPACT_DATE.search(text):
        return make_date(*found.groups())
    return None
