"""Lists that no rule fits: every link is scored by its title, the date near it and the company it keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlsplit

from gxcrawl.pages.address import absolute, key
from gxcrawl.pages.links import base_of
from gxcrawl.pages.model import Page, Row
from gxcrawl.pages.titles import judge, title_facts
from gxcrawl.report.dates import exact_date
from gxcrawl.report.lines import fold

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

_LONGEST_PAGE = 600_000  # characters; taking apart more takes too long
_MOST_LINKS = 3_000
_LEVELS = 5  # of elements inside a link
_WIDE = 8  # children of each
_SHORTEST_TITLE = 6
_NEAR = 60  # characters before or behind a link that may hold its date
_ENOUGH = 3  # points of a row
_COMPANY = 3  # so many addresses of one shape are company
_DIGITS = re.compile(r"\d+|[0-9a-f]{16,}", re.I)


class _Link(NamedTuple):
    url: str
    title: str
    day: date | None
    shape: str


def scored_rows(page: Page) -> tuple[Row, ...]:
    """The links that look like rows of a list of reports, in their order, each address once."""
    links = list(_links(page))
    shapes = Counter(link.shape for link in links if judge(link.title) == "wanted")
    rows: dict[str, Row] = {}
    for link in links:
        if _score(link, shapes) >= _ENOUGH:
            rows.setdefault(key(link.url), Row(link.url, link.title, link.day))
    return tuple(rows.values())


def _score(link: _Link, shapes: Counter[str]) -> int:
    verdict = judge(link.title)
    if verdict.startswith("decoy"):
        return 0
    known = title_facts(link.title)
    score = 3 if verdict == "wanted" else 0
    score += 1 if known.year else 0
    score += 1 if known.organ else 0
    score += 1 if link.day else 0
    return score + (1 if shapes[link.shape] >= _COMPANY else 0)


def _links(page: Page) -> Iterator[_Link]:
    from bs4 import BeautifulSoup  # heavy, and only for lists that the usual rules cannot read

    text = page.text[:_LONGEST_PAGE]
    if "<" not in text:
        return
    base = base_of(page)
    soup = BeautifulSoup(text, "lxml")
    found = cast("Iterable[Tag]", soup.find_all("a", href=True))
    for link in islice(found, _MOST_LINKS):
        url = absolute(base, str(link["href"]))
        title = _title(link)
        if url and len(title) >= _SHORTEST_TITLE:
            yield _Link(url, title, _day(link), _DIGITS.sub("0", urlsplit(url).path))


def _title(link: Tag) -> str:
    """The whole title: attributes are not cut off as texts are."""
    text = fold(_text(link))
    said = [fold(str(link.get(name) or "")[:500]) for name in ("title", "alt")]
    cut = text.rstrip(".… ")
    whole = next((other for other in said if other and (not cut or other.startswith(cut[:10]))), "")
    return max((whole, text), key=len) if whole else text


def _text(node: PageElement, levels: int = _LEVELS) -> str:
    """The text inside, as deep and as long as a row goes: get_text() takes for ever on links never closed."""
    children = getattr(node, "contents", None)
    if children is None:
        return str(node)[:500]
    if not levels:
        return ""
    return " ".join(_text(child, levels - 1) for child in children[:_WIDE])[:500]


def _day(link: Tag) -> date | None:
    """The date in the link, behind it, or before it, whichever is found first; never across another link."""
    if day := exact_date(_text(link)[-40:]):
        return day
    for steps in (link.next_siblings, link.previous_siblings):
        text = ""
        for node in islice(steps, 12):
            if getattr(node, "name", None) == "a" or len(text) > _NEAR:
                break
            text += f" {_text(node)[: 2 * _NEAR]}"
        if day := exact_date(text):
            return day
    return None
