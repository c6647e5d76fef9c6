"""The fields in the head of an article: 发布机构, 来源, 发布日期, however they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, zip_longest
from re import Pattern
from typing import NamedTuple

from gxcrawl.pages.regions import facts
from gxcrawl.report.dates import exact_date
from gxcrawl.report.names import is_organ
from gxcrawl.report.words import date_words

_LONGEST_LINE = 300
_MOST_LINES = 800
_LONGEST_VALUE = 60
_MOST_FIELDS = 60
_LONGEST_DAY = 40
_BEGINS = re.compile(r"[\[【（(]?\s*[2２二]")
_SPAN = re.compile(r"[日\d]\s*(?:至|到|—|－|~|～)\s*[\d年]")
_MARK = r"\s{0,3}[:：|｜丨】\]]?\s{0,5}"


class Field(NamedTuple):
    kind: str  # organ, source, visible-date, generated-date, other
    value: str


def fields_of(lines: Iterable[str]) -> list[Field]:
    """Every labelled value in the short lines of a page; a label alone takes the next line."""
    return list(islice(_fields(list(islice(lines, _MOST_LINES))), _MOST_FIELDS))


def first(fields: Sequence[Field], kind: str) -> str:
    return next((field.value for field in fields if field.kind == kind), "")


def five_values(lines: Iterable[str]) -> tuple[str, str, str] | None:
    """Organ, day of writing and day of publishing of the head that prints five values without labels."""
    short = [line for line in islice(lines, _MOST_LINES) if len(line) <= 120]
    for index, organ, title, generated, published in zip(
        short, short[1:], short[2:], short[3:], short[4:], strict=False
    ):
        if (
            re.search(r"\d", index)
            and is_organ(organ)
            and "公开" in title
            and is_day(generated)
            and is_day(published)
        ):
            return organ, generated, published
    return None


def is_day(text: str) -> bool:
    """A text that begins with a day and is no span of time."""
    return (
        exact_date(text[:_LONGEST_DAY]) is not None and not _SPAN.search(text) and bool(_BEGINS.match(text))
    )


@cache
def _labels() -> Pattern[str]:
    groups = (f"(?P<{kind.replace('-', '_')}>{words})" for kind, words in facts()["fields"].items())
    return re.compile(f"[【\\[]?(?:{'|'.join(groups)})")


def _fields(lines: Sequence[str]) -> Iterator[Field]:
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_LINE or date_words().clock.search(line):
            continue
        found = [match for match in _labels().finditer(line) if _is_label(line, match)]
        for match, after in zip_longest(found, found[1:]):
            start = re.compile(_MARK).match(line, match.end())
            value = line[
                start.end() if start else match.end() : after.start() if after else len(line)
            ].strip()
            if not value and after is None and number + 1 < len(lines):
                value = _next_value(lines[number + 1])
            if value and match.lastgroup:
                yield Field(match.lastgroup.replace("_", "-"), _plain(value))


def _is_label(line: str, match: re.Match[str]) -> bool:
    """No letter before it, and behind it a sign, a blank, a figure or the end of the line."""
    before = line[match.start() - 1 : match.start()]
    after = line[match.end() : match.end() + 1]
    starts = not before or not re.match(r"[\u4e00-\u9fff\w]", before) or bool(re.search(r"\d$", before))
    return starts and (not after or bool(re.match(r"[\s:：|｜丨】\]\d]", after)))


def _next_value(line: str) -> str:
    """The line below a label, unless it begins with a label itself."""
    found = _labels().match(line)
    return "" if len(line) > _LONGEST_VALUE or (found and _is_label(line, found)) else line.lstrip(":： ")


def _plain(value: str) -> str:
    return value[:_LONGEST_VALUE].strip(" \t:：|｜丨[]【】()（）;；,，")
