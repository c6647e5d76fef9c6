"""拓尔思 TRS WCM: articles at t20240131_1234.html, lists of index.html, index_1.html and so on."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Ask, Declared, Json, Marks, Page, Signs
from gxcrawl.pages.page_calls import create_page_html
from gxcrawl.pages.pagers import declared_by, next_link
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .signs import sign, tell
from .steps import count, onward

_VARIABLE = re.compile(
    r"\bcountPage\s{0,5}=\s{0,5}['\"]?(\d{1,6})\b"
    r"|\bpagination_script_config\b[^;<>]{0,150}?\btotal['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,6})\b"
)
_CALL = re.compile(r"(?P<definition>\bfunction\s{1,9})?\bcreatePageHTML\s{0,9}\(\s{0,9}[\w'\"$]")
_MOST = 1_000  # pages
_FILE = re.compile(r"/([^/?#]{1,100}?)(?:_(\d{1,6}))?\.(s?html?)$")
_SIGNS = (
    sign(50, r"createPageHTML\(\s*\d{1,6}\s*,\s*\d{1,6}\s*,\s*['\"]", "createPageHTML counts pages from 0"),
    sign(
        30, r"function\s+createPageHTML\s*\(\s*_nPageCount\b", "the function createPageHTML(_nPageCount, …)"
    ),
    sign(
        40,
        r"href\s*=\s*['\"]?\s{0,9}(?:\.{1,2}/|/)?(?:[\w.-]{1,60}/){0,12}t20\d{6}_\d{1,12}\.s?html?\b",
        "links such as ./202401/t20240131_1234.html",
    ),
    sign(40, r"/t20\d{6}_\d{1,12}\.s?html?$", "its address ends like t20240131_1234.html", in_address=True),
    sign(40, r"\bdata-curchannelid\b", "attribute data-curchannelid"),
    sign(
        20,
        r"<meta\s+name=(\"[A-Za-z]{3,30}\"|'[A-Za-z]{3,30}')content=",
        "metas without a blank before content",
    ),
    sign(20, r"/was5/web/search\b|/govsearch/", "search of WAS5 or govsearch"),
    sign(20, r"\bvar\s+m_nRecordCount\b", "variable m_nRecordCount"),
)
# Texts are pasted with their markup from portal to portal, so that alone tells nothing.
_EDITOR = (
    sign(10, r"class\s*=\s*['\"]?[^'\"<>]{0,60}\bTRS_(?:Editor|UEDITOR|PreAppend)\b", "class TRS_Editor"),
)


class _Pager(NamedTuple):
    prefix: str
    suffix: str
    pages: int
    is_guess: bool = False


class Trs(Family):
    name: ClassVar[str] = "trs"
    title: ClassVar[str] = "拓尔思 TRS WCM"
    article: ClassVar[str] = r"(?i)/t20\d{6}_\d+\.s?html?(?:$|\?)"
    marks: ClassVar[Marks] = Marks(
        body=(
            ".TRS_UEDITOR",
            ".TRS_Editor",
            ".TRS_PreAppend",
            "#Zoom",
            "#zoom",
            ".xxgk_detail_content",
            ".article_con",
            "h3#title ~ div.content",
            "div.content",
        ),
        title=("h3#title", ".xxgk_detail_head h1"),
        day=("span#pubDate",),
    )

    def detect(self, page: Page) -> Signs:
        found, pasted = tell(page, _SIGNS), tell(page, _EDITOR)
        if not found.score:
            return found
        return Signs(min(100, found.score + pasted.score), found.reasons + pasted.reasons)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The code of a column is its directory; digits alone are a number that leads nowhere."""
        ref = column.ref.strip("/")
        folder = absolute(portal.home, f"/{ref}/") if ref and not ref.isdecimal() else ""
        return tuple(map(Ask, dict.fromkeys(url for url in (column.url, folder) if url)))

    def declared(self, page: Page, ask: Ask) -> Declared:
        """What proves where the list ends: a call that can be read, or a count that must be one of pages."""
        pager = _pager(page)
        if pager is None or not pager.is_guess:
            return declared_by(page)
        found = _VARIABLE.search(page.text)
        counts_pages = found and (found[1] or pager.pages < len(self.rows(page, ask)))
        return Declared(None, pager.pages) if counts_pages else Declared()

    def next(self, page: Page, ask: Ask) -> Ask | None:
        pager = _pager(page)
        if pager is None:
            return onward(next_link(page), ask)
        current = count(ask, "page") or _place(page.url, pager.prefix)
        if current >= pager.pages or (pager.is_guess and not self.rows(page, ask)):
            return None
        return onward(_page_ask(page.url, pager.prefix, pager.suffix, current + 1, count(ask, "shift")), ask)

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        """A few portals call their second page index_2."""
        prefix, suffix = ask.state.get("prefix"), ask.state.get("suffix")
        if count(ask, "page") != 2 or count(ask, "shift") or not prefix or not suffix:
            return None
        return _page_ask(ask.url, str(prefix), str(suffix), 2, 1)


def _page_ask(base: str, prefix: str, suffix: str, page: int, shift: int) -> Ask | None:
    url = absolute(base, f"{prefix}_{page - 1 + shift}.{suffix}")
    state: dict[str, Json] = {"page": page, "shift": shift, "prefix": prefix, "suffix": suffix}
    return Ask(url, state=state) if url else None


def _pager(page: Page) -> _Pager | None:
    """By the call that draws it; else by what is left of one, and then until there are no more rows."""
    if call := create_page_html(page):
        return _Pager(call.prefix, call.suffix, call.pages)
    # What a total counts differs from portal to portal, pages or rows; neither is less than the pages.
    if found := _VARIABLE.search(page.text):
        return _Pager(*_file(page.url), int(found[1] or found[2]), is_guess=True)
    calls = (found for found in _CALL.finditer(page.text) if not found["definition"])
    return _Pager(*_file(page.url), _MOST, is_guess=True) if any(calls) else None


def _file(url: str) -> tuple[str, str]:
    found = _FILE.search(url.partition("?")[0])
    return (found[1], found[3]) if found else ("index", "html")


def _place(url: str, prefix: str) -> int:
    """Which page of its list an address is; the first is 1."""
    found = _FILE.search(url.partition("?")[0])
    return int(found[2]) + 1 if found and found[2] and found[1] == prefix.rpartition("/")[2] else 1
