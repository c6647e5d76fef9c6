"""The search interface of 开普: addresses and answers in JSON. A list is a search without words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Row

PATHS = ("/common/search/", "/search/", "/searchList/", "/es-search/search/")
ROWS = 50  # that are asked for at once; a server may give fewer
_QUERY = "_isAgg=false&_isJson=true&_pageSize={rows}&_template=index&_rangeTimeGte=&_channelName=&page=1"

_SEARCH = re.compile(r"/(?:common/|es-search/)?search(?:List)?/[0-9a-f]{32}(?=[?#'\"\s]|$)")
_CALL = re.compile(r"(/(?:common/|es-search/)?search(?:List)?/)(?:([0-9a-f]{32})\b|['\"]\s*\+)")
_PAGE = re.compile(r"([?&]page=)\d{0,9}")
_CHANNEL = re.compile(
    r"(?:<meta\b[^<>]{0,200}\bname=['\"]?channelid['\"]?[^<>]{0,200}?\bcontent=|\bchannelId['\"]?\s*[:=])"
    r"\s*['\"]?([0-9a-f]{32})\b",
    re.I,
)
_TAB = re.compile(r"[?&]tab=([0-9a-f]{32})\b")
_TAG = re.compile(r"<[^<>]{0,500}>")
_NOTHING = ("", "null", "undefined", "none")
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_CHINA = timezone(timedelta(hours=8))
_DEEPEST = 6


class Answer(NamedTuple):
    rows: tuple[Row, ...] = ()
    items: int = 0  # that the answer held, also those without an address
    total: int | None = None


def is_search(url: str) -> bool:
    return bool(_SEARCH.search(url))


def search_url(base: str, channel: str, path: str = PATHS[0]) -> str:
    """The first page of a channel's list."""
    extra = "_template=ucap/list_ejs&" if "es-search" in path else ""
    return absolute(base, f"{path}{channel}?{extra}{_QUERY.format(rows=ROWS)}")


def page_url(url: str, number: int) -> str:
    """The same search, another page."""
    if _PAGE.search(url):
        return _PAGE.sub(rf"\g<1>{number}", url, count=1)
    return f"{url}{'&' if '?' in url else '?'}page={number}"


def tab_of(url: str) -> str:
    """The channel that a page of tabs shows, as its address says; the server does not know of it."""
    found = _TAB.search(url)
    return found[1] if found else ""


def search_of(url: str, text: str, *, sure: bool) -> str:
    """The search that a page fills its list with; `sure`: only one that it surely calls."""
    call = _CALL.search(text)
    if tab := tab_of(url):
        return search_url(url, tab, call[1] if call else PATHS[0])
    if call and call[2]:
        return search_url(url, call[2], call[1])
    channel = _CHANNEL.search(text) if call or not sure else None
    return search_url(url, channel[1], call[1] if call else PATHS[0]) if channel else ""


def load(text: str) -> Any:
    """What JSON says, also with a call around it; None for anything else."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or text.lstrip("\ufeff \r\n\t")[:1] == "<":
        return None
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None


def read(text: str, base: str) -> Answer:
    found = load(text)
    items = list(_items(found))
    rows = [row for item in items if (row := _row(item, base))]
    return Answer(tuple(rows), len(items), _total(found))


def number(value: object) -> int | None:
    """A count, also when it is written as text."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,8}\s*", value):
        return int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**8:
        return int(value)
    return None


def _items(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The entries of a list, however deep it lies; what an entry holds itself is not searched."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if "title" in value and ("url" in value or "resList" in value) and "results" not in value:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from _items(inner, depth + 1)


def _total(value: Any, depth: int = 0) -> int | None:
    """The count beside the list of results."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    own = number(value.get("total"))
    if own is not None:
        return own
    inner = (_total(part, depth + 1) for key, part in value.items() if key in ("data", "results", "result"))
    return next((count for count in inner if count is not None), None)


def _row(item: dict[str, Any], base: str) -> Row | None:
    url = absolute(base, _said(item.get("url"))) or _file(item, base)
    if not url:
        return None
    title = next((text for key in ("title", "titleHtml", "subTitle") if (text := _words(item.get(key)))), "")
    return Row(url, title, _day(item))


def _said(value: object) -> str:
    """A text; '' for the words that stand for nothing."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text.lower() in _NOTHING else text


def _words(value: object) -> str:
    text = html.unescape(_TAG.sub("", _said(value)[:2_000]))
    return " ".join(text.split())


def _file(item: dict[str, Any], base: str) -> str:
    """The first attachment, for an entry without a page of its own."""
    files = item.get("resList")
    for file in files if isinstance(files, list) else []:
        for key in ("filePath", "url", "path", "downloadUrl"):
            if isinstance(file, dict) and (url := absolute(base, _said(file.get(key)))):
                return url
    return ""


def _day(item: dict[str, Any]) -> date | None:
    printed = _ISO.search(_said(item.get("publishedTimeStr"))[:40])
    try:
        if printed:
            return date(int(printed[1]), int(printed[2]), int(printed[3]))
        stamp = item.get("publishedTime")
        seconds = float(stamp) / 1000 if isinstance(stamp, int | float | str) else -1.0
        if 0 < seconds < 4e9:
            return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).date()
    except (ValueError, OverflowError):
        pass
    return None
