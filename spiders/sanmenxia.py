"""三门峡市's shared platform: lists at /<column>/0000/<template>-<page>.html that never tell their length."""

from __future__ import annotations

import re
from typing import ClassVar

from gxcrawl.pages.model import Ask, Marks, Page, Signs
from gxcrawl.pages.pagers import next_link
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .signs import sign, tell
from .steps import onward, query_of

TEMPLATES = ("zhengfuxinxi", "list", "subList", "subIndex", "xinxi", "jczwgkList", "jczwgkmoreList")

_LIST = re.compile(r"(.{1,2000}/\d{1,9}/0000/[A-Za-z]\w{0,40}-)(\d{1,5})(\.html?)(?:[?#].*)?", re.S)
_COLUMN = re.compile(r"/(\d{1,9})/0000/")
_SIGNS = (
    sign(
        70,
        r"/\d{1,9}/0000/[A-Za-z]\w{0,40}-\d{1,5}\.html?",
        "its address is /<column>/0000/<template>-<page>.html",
        in_address=True,
    ),
    sign(
        60,
        r"/\d{1,9}/0000/[A-Za-z]\w{0,40}-\d{1,5}\.html?",
        "links such as /4498/0000/list-1.html",
    ),
    sign(
        50,
        r"/pageView/\w{1,40}\.html\?(?:[^'\"\s<>]{0,200}&)?r?lmid=\d",
        "pages such as /pageView/list.html?lmid=1",
    ),
    sign(
        25,
        r"href\s*=\s*['\"]?\s{0,9}(?:https?://[\w.:-]{1,100})?/\d{3,9}/(?:20\d\d/\d{1,2}|\d{9})/\d{3,9}\.html",
        "links such as /4498/2026/1/2206615.html",
    ),
    sign(
        25,
        r"/\d{3,9}/(?:20\d\d/\d{1,2}|\d{9})/\d{3,9}\.html?$",
        "its address is /<column>/<year>/<month>/<id>.html",
        in_address=True,
    ),
    sign(15, r"/group\d/M\d\d/[0-9A-F]{2}/[0-9A-F]{2}/", "files of FastDFS under /group1/M00/"),
)


class Sanmenxia(Family):
    name: ClassVar[str] = "sanmenxia"
    title: ClassVar[str] = "三门峡集约化平台"
    counts_on: ClassVar[bool] = True
    article: ClassVar[str] = r"(?i)/\d+/(?:20\d\d/\d{1,2}|\d{9})/\d+\.html?(?:$|\?)"
    marks: ClassVar[Marks] = Marks(
        body=("div#content", "div.articleContent", "div.articleDetails"),
        title=("div.articleDetails .title", "div.articleTitle"),
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The address as given, then every template that was seen somewhere."""
        code = column.ref.strip("/") or _code(column.url)
        urls = [column.url] if column.url else []
        if code.isascii() and code.isdigit():
            urls += [f"{portal.home}{code}/0000/{template}-1.html" for template in TEMPLATES]
        return tuple(map(Ask, dict.fromkeys(urls)))

    def next(self, page: Page, ask: Ask) -> Ask | None:
        """One more than this one, as long as there are rows: the pager is drawn by a script."""
        if not self.rows(page, ask):
            return None
        here = _LIST.fullmatch(page.url)
        if here is None:
            return onward(next_link(page), ask)
        pages = self.declared(page, ask).pages
        number = int(here[2]) or 1
        if pages is not None and number >= pages:
            return None
        return onward(Ask(f"{here[1]}{number + 1}{here[3]}"), ask)


def _code(url: str) -> str:
    """The number of the column in an address of one of its pages."""
    found = _COLUMN.search(url)
    return found[1] if found else query_of(url).get("lmid", "")
