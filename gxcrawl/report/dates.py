"""When a report was published: every date that says so, with its basis, the best one first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from re import Pattern

from gxcrawl.model import DateCandidate, Document, Tables
from gxcrawl.report.body import Body
from gxcrawl.report.lines import Line, fold
from gxcrawl.report.numerals import COMPACT_DATE, DATE, date_of, make_date, read_date
from gxcrawl.report.words import date_words

_EARLIEST = date(2008, 1, 1)
_CHINA = timezone(timedelta(hours=8))
_WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)")
_HEAD_LENGTH = 200  # a line of the page head is shorter
_HEAD_LINES = 400
_BELOW_TITLE = 6  # a bare date this few lines below the title belongs to it
_MOST_RELATIVE = 3  # dateparser is slow
_SMALL_GRID = 12
_AFTER_DATE = re.compile(
    r"\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*(?:来源|信息来源|作者|浏览|字号|点击|访问|$|[）)\]】|])"
)
_URL_DAY = re.compile(
    r"/(20\d\d)/(\d{1,2})/(\d{1,2})/|/(20\d\d)(\d\d)/(\d\d)/|[/_t](20\d\d)([01]\d)([0-3]\d)(?:_|/|\.)"
)
_URL_MONTH = re.compile(r"/(20\d\d)-?(0[1-9]|1[0-2])/")


def find_dates(
    document: Document,
    tables: Tables,
    lines: Sequence[Line],
    body: Body,
    title_lines: Sequence[int],
    fetched_at: datetime | None = None,
    url: str | None = None,
) -> tuple[DateCandidate, ...]:
    """Every candidate, the best first. A date in running prose is none."""
    if fetched_at and fetched_at.tzinfo is None:
        fetched_at = fetched_at.replace(tzinfo=_CHINA)
    candidates = [
        *_meta_dates(document),
        *_labelled_dates(_head_texts(document, tables, lines, body), fetched_at),
        *_date_lines(lines, body, title_lines, fetched_at),
        *_signature(body),
        *_url_dates(url or document.meta.get("url", "")),
    ]
    latest = fetched_at.astimezone(_CHINA).date() + timedelta(days=1) if fetched_at else date.max
    order = date_words().order
    possible = dict.fromkeys(candidate for candidate in candidates if _EARLIEST <= candidate.day <= latest)
    return tuple(sorted(possible, key=lambda candidate: (*order, candidate.basis).index(candidate.basis)))


def best_date(candidates: Sequence[DateCandidate]) -> tuple[date | None, str]:
    """The day of publication and its basis; the month of an address is no day."""
    for candidate in candidates:
        if candidate.basis in date_words().order:
            return candidate.day, candidate.basis
    return None, ""


def exact_date(text: str) -> date | None:
    """The first full date in a short text, in the calendar of China."""
    if found := _WITH_ZONE.search(text):
        try:
            return datetime.fromisoformat(found[0]).astimezone(_CHINA).date()
        except ValueError:
            return None
    return read_date(text)


def _meta_dates(document: Document) -> Iterator[DateCandidate]:
    for name, basis in date_words().meta.items():
        raw = document.meta.get(name, "")[:60].strip()
        if raw and (day := exact_date(raw)):
            yield DateCandidate(day, basis, raw, f"meta {name}")


def _head_texts(
    document: Document, tables: Tables, lines: Sequence[Line], body: Body
) -> Iterator[tuple[str, str]]:
    """Text and place of what may be the head of the page, or the foot below the report."""
    head = lines[max(0, body.first - _HEAD_LINES) : body.first]
    for line in (*head, *lines[body.end : body.end + _HEAD_LINES]):
        if len(line.text) <= _HEAD_LENGTH:
            yield line.text, line.place
    for grid in document.grids:
        if grid.number in tables.used or grid.hidden or len(grid.rows) > _SMALL_GRID:
            continue
        for row in (row for row in grid.rows if len(row) <= _SMALL_GRID):
            cells = list(dict.fromkeys(cell for cell in row if cell and cell.text and len(cell.text) < 60))
            for label, value in pairwise(cells):
                yield f"{fold(label.text).rstrip('：: ')}：{fold(value.text)}", grid.place(value)


@cache
def _labels() -> tuple[tuple[str, Pattern[str]], ...]:
    return tuple(
        (basis, re.compile(rf"(?:{label})\s{{0,3}}[:：]?\s{{0,3}}(?P<value>.{{2,30}})"))
        for basis, label in date_words().labels.items()
    )


def _labelled_dates(texts: Iterator[tuple[str, str]], now: datetime | None) -> Iterator[DateCandidate]:
    """发布日期：2022-01-20; what the patterns do not know, dateparser may (发布时间：3天前)."""
    words = date_words()
    patience = _MOST_RELATIVE
    for text, place in texts:
        if words.clock.search(text):
            continue
        for basis, label in _labels():
            found = label.search(text)
            if found is None or words.footer.search(text, 0, found.start()):
                continue
            value = found["value"].strip()
            if day := _date_at_start(value):
                yield DateCandidate(day, basis, value, place)
            elif now and patience and words.relative.search(value):
                patience -= 1
                if said := relative_date(value, now):
                    yield DateCandidate(said, "relative-date", value, place)


def _date_at_start(text: str) -> date | None:
    if _WITH_ZONE.match(text):
        return exact_date(text)
    if found := DATE.match(text):
        return date_of(found)
    if found := COMPACT_DATE.match(text):
        return make_date(*found.groups())
    return None


def relative_date(text: str, now: datetime) -> date | None:
    """3天前, 昨天 10:12: a day told from the time of fetching."""
    import dateparser  # heavy, and seldom needed

    base = now.astimezone(_CHINA).replace(tzinfo=None)
    words = re.split(r"来源|作者|浏览|字号|点击|访问|[|\]】]", text)[0].strip()
    found = dateparser.parse(
        words,
        languages=["zh"],
        settings={
            "TIMEZONE": "Asia/Shanghai",
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "past",
            "STRICT_PARSING": True,
        },
    )
    return found.date() if found else None


def _date_lines(
    lines: Sequence[Line], body: Body, title_lines: Sequence[int], now: datetime | None
) -> Iterator[DateCandidate]:
    """A line below the title that holds a date and nothing but the like."""
    words = date_words()
    for title in title_lines:
        for line in lines[title + 1 : min(title + 1 + _BELOW_TITLE, body.end)]:
            text = line.text.strip("（()）[]【】 ")
            if len(text) > 60 or words.clock.search(text):
                continue
            found = DATE.match(text)
            if found and _AFTER_DATE.match(text, found.end()):
                if day := date_of(found):
                    yield DateCandidate(day, "date-line", text, line.place)
            elif (
                now and len(text) <= 12 and words.relative.search(text) and (day := relative_date(text, now))
            ):
                yield DateCandidate(day, "relative-date", text, line.place)


def _signature(body: Body) -> Iterator[DateCandidate]:
    """The date at the end of the report, alone or behind the name of the organ."""
    for line in body.signature:
        found = DATE.search(line.text)
        if found and (day := date_of(found)):
            yield DateCandidate(day, "signature", line.text, line.place)


def _url_dates(url: str) -> Iterator[DateCandidate]:
    """The day in an address is weak evidence, its month only a hint: articles move."""
    path = url[:500]
    if found := _URL_DAY.search(path):
        parts = [part for part in found.groups() if part]
        if day := make_date(*parts):
            yield DateCandidate(day, "url", found[0].strip("/._t"), path)
            return
    if found := _URL_MONTH.search(path):
        yield DateCandidate(date(int(found[1]), int(found[2]), 1), "url-month", found[0].strip("/"), path)
