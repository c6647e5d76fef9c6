"""What the interface of gkmlpt answers: a page of articles, and how many there are."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Page, Row
from gxcrawl.report.dates import exact_date
from gxcrawl.report.lines import fold

from .ucap_search import load, number

_DAYS = ("display_publish_time", "date", "first_publish_time", "created_at")
_HOME = re.compile(r"^(https?://[^/?#]+/(?:[\w-]{1,60}/)?)gkmlpt/", re.I)
_NOTHING = ("", "null", "undefined", "none")
_CHINA = timezone(timedelta(hours=8))
_FIRST, _LAST = 900_000_000, 4_000_000_000  # seconds: what lies outside is no time of an article


class Answer(NamedTuple):
    rows: tuple[Row, ...] = ()
    items: int = 0  # that the answer held, also those that cannot be had
    total: int | None = None


def read(page: Page) -> Answer:
    """Nothing for anything that is no answer of the interface."""
    found = load(page.text)
    if not isinstance(found, dict):
        return Answer()
    if "articles" not in found and isinstance(found.get("data"), dict):
        found = found["data"]
    articles = found.get("articles")
    articles = articles if isinstance(articles, list) else []
    rows = [_row(entry, page.url) for entry in articles]
    classify = found.get("classify")
    counted = classify.get("post_count") if isinstance(classify, dict) else None
    kept = tuple({row.url: row for row in rows if row}.values())
    told = number(found.get("total"))
    total = number(counted) if told is None else told
    # Total 0 beside articles is a slip of the interface, and says nothing.
    return Answer(kept, len(articles), None if total == 0 and articles else total)


def _row(entry: Any, base: str) -> Row | None:
    if not isinstance(entry, dict):
        return None
    url = next((url for key in ("url", "post_url") if (url := absolute(base, _said(entry.get(key))))), "")
    url = url or _built(entry, base)
    if not url:
        return None
    day = next((day for key in _DAYS if (day := _day(entry.get(key)))), None)
    return Row(url, _said(entry.get("title"))[:400], day, _said(entry.get("publisher"))[:100])


def _built(entry: dict[str, Any], base: str) -> str:
    """The address of an article by its number: 5188221 is /gkmlpt/content/5/5188/post_5188221.html."""
    code, home = number(entry.get("id")), _HOME.match(base)
    if not code or not home:
        return ""
    return absolute(home[1], f"gkmlpt/content/{code // 1_000_000}/{code // 1_000}/post_{code}.html")


def _said(value: object) -> str:
    """A text on one line; '' for the words that stand for nothing."""
    text = fold(value[:8_000]) if isinstance(value, str) else ""
    return "" if text.lower() in _NOTHING else text


def _day(value: object) -> date | None:
    """A time as people write it, or as seconds or milliseconds since 1970."""
    text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"\d{9,13}(?:\.\d{0,9})?", text):
        return exact_date(text[:40]) if isinstance(value, str) else None
    seconds = float(text)
    seconds = seconds / 1000 if seconds > _LAST else seconds
    return (
        datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date() if _FIRST < seconds < _LAST else None
    )
