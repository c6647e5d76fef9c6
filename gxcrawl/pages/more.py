"""Whether a page of a list shows that more of it follows, though nothing on it can be asked for."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from gxcrawl.pages.address import key
from gxcrawl.pages.links import address_of, base_of, text_of, words_of
from gxcrawl.pages.model import Page
from gxcrawl.pages.numbers import number_of
from gxcrawl.pages.pagers import NEXT_WORDS, is_disabled
from gxcrawl.report.lines import bare

_MOST = 10_000
_LONGEST_SCRIPT = 100_000
_LOAD = re.compile(r"(?:点击|上拉|下拉)?(?:加载|载入|查看|显示)更多(?:数据|信息|内容)?[>».…]*")
_LOADER = re.compile(r"load[_-]?more|more[_-]?load|pull[_-]?(?:up|load)", re.I)
_LAST = re.compile(r"[<>\[\]|\s]*(?:尾|末|最后一?)[页頁][<>\[\]|\s]*")
_FIRST_FILE = re.compile(r"(?:^|\D)[01](?:\.\w{3,6}|/)?$|(?:^|/)(?:index|default)?(?:\.\w{3,6})?$", re.I)
_IDLE = re.compile(r"\s*(?:javascript\s*:)?\s*(?:void|volid)?\s*\(?\s*0?\s*\)?\s*;?\s*|\s*#\s*", re.I)
_NUMBER = re.compile(r"\(\s*['\"]?(\d{1,5})['\"]?\s*\)")
_PAGES = re.compile(
    r"\b(?:total_?pages?|page_?count|count_?page|max_?page|pages_?total)\s*[=:]\s*['\"]?(\d{1,5})", re.I
)
_LAYPAGE = re.compile(r"\blaypage(?:\.render)?\s*\(\s*\{([^{}]{0,2000})", re.I)
_SHOWN = re.compile(
    r"(?<!\d)\d{1,6}\s*(?:到|至|-|~|－|—)\s*(\d{1,6})\s*条?[，,/\s]{0,5}(?:总?共|合计)\s*(\d{1,6})\s*[条项]"
)


def promises_more(page: Page, read: int) -> bool:
    """A control for further pages that only a script can use, when `read` pages of the list were read."""
    if page.tree is None:
        return False
    return _control(page, read) or _script(page.tree, read) or _range(page.tree)


def _control(page: Page, read: int) -> bool:
    """下一页, 加载更多, 尾页 or a number, that does something but has no address we could ask for."""
    if page.tree is None:
        return False
    base, here = base_of(page), key(page.url)
    for node in islice(page.tree.iter("a", "button", "span", "div", "input", "li"), _MOST):
        if node.tag not in ("a", "button", "input") and (len(node) or not _does(node)):
            continue
        text = bare(node.get("value") or "" if node.tag == "input" else words_of(node) or text_of(node))[:20]
        if not text or is_disabled(node):
            continue
        if node.tag == "a" and (url := address_of(node, base)):
            if _LAST.fullmatch(text) and key(url) != here and not _FIRST_FILE.search(key(url)):
                return True
            continue
        if _LOAD.fullmatch(text) and (_does(node) or _LOADER.search(_names(node))):
            return True
        if _does(node) and _turns_further(node, text, read):
            return True
    return False


def _turns_further(node: etree._Element, text: str, read: int) -> bool:
    if NEXT_WORDS.fullmatch(text):
        called = _NUMBER.search(_action(node))
        return called is None or int(called[1]) > read
    number = number_of(node)
    return (
        number is not None
        and number == read + 1
        and bool(_NUMBER.search(_action(node)) or "'" in _action(node))
    )


def _action(node: etree._Element) -> str:
    return f"{node.get('href') or ''} {node.get('onclick') or ''}"[:1_000]


def _does(node: etree._Element) -> bool:
    """It calls a script: javascript:void(0) alone is how many portals switch a link off."""
    return any(
        script and not _IDLE.fullmatch(script[:200])
        for script in (node.get("onclick") or "", node.get("href") or "")
    )


def _names(node: etree._Element) -> str:
    return f"{node.get('id') or ''} {node.get('class') or ''}"[:300]


def _script(tree: etree._Element, read: int) -> bool:
    """totalPage = 3, or a pager of layui for 25 rows at 10 on a page."""
    for script in tree.iter("script"):
        text = script.text or ""
        if not text or len(text) > _LONGEST_SCRIPT:
            continue
        if any(int(found[1]) > read for found in islice(_PAGES.finditer(text), 20)):
            return True
        for found in islice(_LAYPAGE.finditer(text), 5):
            rows, limit = _option(found[1], "count"), _option(found[1], "limit") or 10
            if rows > limit * read:
                return True
    return False


def _option(options: str, name: str) -> int:
    found = re.search(rf"\b{name}\s*:\s*['\"]?(\d{{1,6}})", options)
    return int(found[1]) if found else 0


def _range(tree: etree._Element) -> bool:
    """显示 1 到 10 条，共 25 条."""
    for node in islice(tree.iter("div", "p", "span", "td", "li"), _MOST):
        if (
            len(node) <= 10
            and (found := _SHOWN.search(words_of(node)[:200]))
            and int(found[1]) < int(found[2])
        ):
            return True
    return False
