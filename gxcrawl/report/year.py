"""The year a report is about, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gxcrawl.report.body import Body
from gxcrawl.report.lines import bare
from gxcrawl.report.numerals import YEAR, read_number
from gxcrawl.report.title import Title

_REACH = 1500  # the report says at its beginning what year it is about
_SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"编制(?:的|了|完成)?(?:本|《)?[\u4e00-\u9fff]{{0,25}}?({YEAR})年度",
        rf"现(?:将|就)[^。]{{0,40}}?({YEAR})年度?[^。]{{0,30}}?报告",
        rf"反映了?[^。]{{0,40}}?({YEAR})年度",
        rf"本报告[^。，]{{0,30}}?({YEAR})年度",
        rf"({YEAR})年度?政府信息公开(?:工作)?年度报告",
    )
)
_FIRST_WORDS = re.compile(rf"^({YEAR})年")


def find_years(titles: Sequence[Title], body: Body, period: tuple[date, date] | None) -> dict[str, int]:
    """Where a year was read -> the year; the first entry is the one to believe."""
    years: dict[str, int] = {}
    if title := next((title.year for title in titles if title.year), None):
        years["title"] = title
    if printed := _year_in_body(body):
        years["body"] = printed
    if period and period[0].year == period[1].year:
        years["period"] = period[0].year
    if not years and (said := _year_of_first_words(body)):
        years["text"] = said
    return years


def _year_in_body(body: Body) -> int | None:
    text = bare(body.opening[:_REACH]) or bare(body.text[:_REACH])
    for sentence in _SENTENCES:
        if found := sentence.search(text):
            return read_number(found[1])
    return None


def _year_of_first_words(body: Body) -> int | None:
    """The year that paragraphs of section one begin with, when they all say the same."""
    texts = [body.opening, *(section.text for section in body.sections if section.number == 1)]
    paragraphs = [bare(line[:40]) for text in texts for line in text.splitlines()[:50]]
    years = {read_number(found[1]) for line in paragraphs if (found := _FIRST_WORDS.match(line))}
    return years.pop() if len(years) == 1 else None
