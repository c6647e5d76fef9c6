"""What the systems of 大汉 share: the tree of columns of an information-disclosure site."""

from __future__ import annotations

import re
from urllib.parse import quote

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Ask, Page
from gxcrawl.portals.model import Portal

_NAMED = re.compile(r"年报|年度报告")
_MOST = 12
_LINK = re.compile(
    r"<a\b[^<>]{0,600}\bhref=(?:'([^'<>]{1,600})'|\"([^\"<>]{1,600})\")[^<>]{0,600}>([^<]{0,200})", re.I
)
# dTree's d.add(1,0,'name','address'), zTree's {name:"…", url:"…"}
_NODE = re.compile(r"['\"]([^'\"<>\n]{2,100})['\"]\s*,\s*(?:url['\"]?\s*:\s*)?['\"]([^'\"<>\s]{5,600})['\"]")


def tree_asks(portal: Portal) -> tuple[Ask, ...]:
    area = str(portal.options.get("area", ""))
    query = f"?area={quote(area)}"
    return (
        Ask(f"{portal.home}module/xxgk/tree.jsp{query}"),
        Ask(f"{portal.home}module/xxgk/subjectinfo.jsp{query}"),
    )


def tree_ways(page: Page) -> tuple[Ask, ...]:
    """The columns of a tree that are called after annual reports."""
    text = page.text
    pairs = [(found[1] or found[2], found[3]) for found in _LINK.finditer(text)]
    pairs += [(found[2], found[1]) for found in _NODE.finditer(text)]
    urls = [absolute(page.url, href) for href, name in pairs if _NAMED.search(re.sub(r"\s", "", name))]
    return tuple(map(Ask, list(dict.fromkeys(url for url in urls if url and url != page.url))[:_MOST]))
