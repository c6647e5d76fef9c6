"""JEECMS: pages that end in .jhtml, with a pager whose addresses stand in onclick only."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import quote

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Ask, Marks, Page, Signs
from gxcrawl.pages.pagers import next_link
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .signs import sign, tell
from .steps import onward

_FILE = re.compile(r"/(?:(index|list)(?:_(\d{1,6}))?\.jhtml)?(?:[?#].*)?", re.S)
_SIGNS = (
    sign(40, r"\.jhtml(?=['\"\s>?#])", "links to .jhtml"),
    sign(40, r"\.jhtml(?:$|[?#])", "its address ends in .jhtml", in_address=True),
    sign(40, r"['\"=(]/r/cms/", "style sheets and scripts under /r/cms/"),
    sign(20, r"['\"=(]/u/cms/", "files under /u/cms/"),
    sign(30, r"/search\.jspx\b", "search at /search.jspx"),
    sign(10, r"location\.href\s*=\s*['\"](?:index|list)_\d{1,6}\.jhtml", "pager in onclick"),
)


class Jeecms(Family):
    name: ClassVar[str] = "jeecms"
    title: ClassVar[str] = "JEECMS"
    article: ClassVar[str] = r"(?i)/\d+(?:_\d+)?\.jhtml(?:$|\?)"
    marks: ClassVar[Marks] = Marks(
        body=("div.content div.txt", "div.txt", "div.content"), title=("div.content h1", "div.content h2")
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        folder = f"{portal.home}{quote(column.ref.strip('/'))}/" if column.ref.strip("/") else ""
        urls = [column.url] if column.url else []
        urls += [f"{folder}index.jhtml", folder] if folder else []
        return tuple(map(Ask, dict.fromkeys(urls)))

    def next(self, page: Page, ask: Ask) -> Ask | None:
        """The button, or where there is none the next number that the list says it has."""
        following = onward(next_link(page), ask)
        pages = self.declared(page, ask).pages
        if following is not None or pages is None:
            return following
        folder, _, file = page.url.partition("?")[0].rpartition("/")
        here = _FILE.fullmatch(f"/{file}")
        current = int(here[2] or 1) if here else pages
        if current >= pages or here is None:
            return None
        return onward(Ask(absolute(page.url, f"{folder}/{here[1] or 'index'}_{current + 1}.jhtml")), ask)
