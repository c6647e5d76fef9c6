"""博达 VSB (Webber): articles at info/1041/2345.htm, lists whose pages are counted down."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote

from lxml import etree

from gxcrawl.pages.address import absolute, key
from gxcrawl.pages.links import address_of, base_of
from gxcrawl.pages.model import Ask, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import next_link
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .signs import sign, tell
from .steps import onward

_BUTTONS = etree.XPath("//span[contains(concat(' ', normalize-space(@class), ' '), ' p_next ')]//a")
_SIGNS = (
    sign(70, r"<!--\s*Announced by Visual SiteBuilder", "comment of Visual SiteBuilder"),
    sign(
        50,
        r"\burltype=(?:tree\.TreeTempUrl|news\.NewsContentUrl|news\.DownloadAttachUrl)\b",
        "urltype=tree.TreeTempUrl and the like",
    ),
    sign(40, r"\bid\s*=\s*['\"]?line_u\d{1,6}_\d", "rows with ids such as line_u5_0"),
    sign(40, r"\bpb_sys_(?:common|normal|style)", "pager of class pb_sys_common"),
    sign(30, r"/system/resource/(?:js|css|pdfjs)/|/system/_content/", "files under /system/resource/"),
    sign(25, r"\bid\s*=\s*['\"]?vsb_content", "element vsb_content"),
    sign(15, r"\bv_news_content\b|\bimg_vsb_content\b", "class v_news_content"),
    sign(15, r"\bshowVsbpdfIframe\s*\(", "viewer showVsbpdfIframe"),
    sign(20, r"/info/\d{1,6}/\d{1,9}\.htm$", "its address is info/<column>/<id>.htm", in_address=True),
)


class Vsb(Family):
    name: ClassVar[str] = "vsb"
    title: ClassVar[str] = "博达 VSB"
    article: ClassVar[str] = (
        r"(?i)/info/\d+/\d+\.html?(?:$|\?)|/content\.jsp\?.*\bwbnewsid=\d+|"
        r"/system/_content/download\.jsp\?|virtual_attach_file\.vsb"
    )
    marks: ClassVar[Marks] = Marks(
        body=("[id^=vsb_content] .v_news_content", "[id^=vsb_content]", ".v_news_content"),
        title=("form[name=_newscontent_fromname] h1", "form[name=_newscontent_fromname] h3"),
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The code of a column is its number in the tree, or the path of its page without .htm."""
        ref = column.ref.strip("/").removesuffix(".htm")
        urls = [column.url] if column.url else []
        if ref.isascii() and ref.isdigit():
            urls.append(f"{portal.home}list.jsp?urltype=tree.TreeTempUrl&wbtreeid={ref}")
        elif ref:
            urls.append(f"{portal.home}{quote(ref)}.htm")
        return tuple(map(Ask, dict.fromkeys(urls)))

    def next(self, page: Page, ask: Ask) -> Ask | None:
        """Only the button knows: numbers fall, and paths change from page to page."""
        button = _button(page)
        return onward(Ask(button) if button else next_link(page), ask)

    def detail(self, row: Row, page: Page) -> Ask:
        """Downloads want to know the page that they were named on."""
        return Ask(row.url, headers=(("Referer", page.url),))


def _button(page: Page) -> str:
    if page.tree is None:
        return ""
    found = _BUTTONS(page.tree)
    anchors = [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
    base = base_of(page)
    urls = {url for anchor in anchors if (url := address_of(anchor, base)) and key(url) != key(page.url)}
    return absolute(base, urls.pop()) if len(urls) == 1 else ""
