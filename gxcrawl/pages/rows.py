"""The entries of a list, however it is laid out: an address, its whole title, its date, perhaps its organ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice

from lxml import etree

from gxcrawl.pages.links import base_of, link_pieces, links_of, text_of
from gxcrawl.pages.model import Page, Row
from gxcrawl.pages.row_columns import OrganColumns
from gxcrawl.pages.row_places import Places, day_in, split_day
from gxcrawl.pages.titles import judge, names_column
from gxcrawl.pages.untidy import tidied
from gxcrawl.report.lines import fold

_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar)(?=$|[?&#])", re.I)
_REPORT = re.compile(r"年[报報]|年度[报報]告|年.{0,40}[报報]告")
_YEAR_ONLY = re.compile(r"20\d\d年?度?(?:年[报報])?")
_CONTROLS = re.compile(
    r"(?:首|末|尾|上一?|下一?|前|后)[页頁].{0,4}|\d{1,4}|[<>«»‹›|.…\s]{1,9}|更多.{0,4}|more.{0,4}|返回.{0,6}|详细.{0,4}"
    r"|查看.{0,4}|下载.{0,4}|打印.{0,4}|设为首页|加入收藏|网站首页|登录|注册",
    re.I,
)
_CUT = re.compile(r"(?:…|\.{2,}|。{2,})\s*$")
_TOOLTIP = re.compile(
    r"\s*(?:文章)?标\s?题\s?[:：]\s?(.{2,300}?)\s*(?:\n|\r|作者\s?[:：]|发[布表](?:时间|日期)|更新时间|点击|$)"
)
_BULLETS = " \t·•▪■◆●○◇►▶>»-—*"
_LONGEST = 400
_MOST_LINKS = 5  # to one address
_MOST_NODES = 40  # of one link
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|name)(?:$|[\s_-])|(?:^|-)name$", re.I)


def rows_of(page: Page, article: str = "") -> tuple[Row, ...]:
    """The entries of a page in their order; addresses of articles match `article`."""
    rows = _rows(page.tree, base_of(page), page.url, article)
    if rows or not (markup := tidied(page.text)):
        return rows
    return _rows(_parsed(markup), base_of(page), page.url, article)


def _may_be_report(anchor: etree._Element, url: str) -> bool:
    """A file, or a report that lies on another software or host: a list may name what it does not hold."""
    return bool(_FILE.search(url)) or judge(fold(anchor.get("title") or text_of(anchor))) == "wanted"


def rows_in(markup: str, base: str, article: str = "") -> tuple[Row, ...]:
    """The entries of a piece of markup, such as scripts bring it."""
    return _rows(_parsed(markup), base, base, article)


def _parsed(markup: str) -> etree._Element | None:
    from gxcrawl.documents.tree import parse

    return parse(markup)[0]


def _rows(tree: etree._Element | None, base: str, here: str, article: str) -> tuple[Row, ...]:
    if tree is None:
        return ()
    links = [(anchor, url) for anchor, url in links_of(tree, base) if url != here]
    sure: set[etree._Element] = set()
    if article:
        matches = re.compile(article).search
        articles = [(anchor, url) for anchor, url in links if matches(_path(url))]
        sure = {anchor for anchor, _ in articles}
        places = Places(articles)
        links = [
            (anchor, url)
            for anchor, url in links
            if anchor in sure or (not places.in_row(anchor) and _may_be_report(anchor, url))
        ]
    places, columns = Places(links), OrganColumns()
    rows = []
    told: Counter[str] = Counter()
    for anchor, url in links:
        told[url] += 1
        if told[url] > _MOST_LINKS:
            continue
        title, day = _title_and_day(anchor)
        row = Row(url, title, day or places.day(anchor), columns.organ(anchor))
        if anchor in sure or _is_entry(row):
            rows.append(row)
    return _merged(rows)


def _path(url: str) -> str:
    """Path and query of an absolute address."""
    start = url.find("/", url.find("//") + 2)
    return url[start:] if start >= 0 else "/"


def _is_entry(row: Row) -> bool:
    """Does it look like an entry of a list, rather than like a button or a menu?"""
    title = row.title
    bare = "".join(title.split())
    if not bare or _CONTROLS.fullmatch(bare) or _YEAR_ONLY.fullmatch(bare) or names_column(bare):
        return False
    return row.day is not None or bool(_REPORT.search(bare)) or bool(_FILE.search(row.url))


def _title_and_day(anchor: etree._Element) -> tuple[str, date | None]:
    """The whole title: what a list cuts off stands in the attributes of the link."""
    head = _head_of_card(anchor)
    text, day = split_day(text_of(anchor if head is None else head))
    if day is None and len(anchor):
        day = day_in(_beside_title(anchor))
    text = text.strip(_BULLETS)[:_LONGEST]
    for attribute in ("title", "alt"):
        stated = (anchor.get(attribute) or "")[:_LONGEST]
        if found := _TOOLTIP.match(stated):
            stated = found[1]
        stated = split_day(fold(stated))[0].strip(_BULLETS)
        if stated and (
            not text or _CUT.search(text) or (len(stated) >= len(text) and not _CUT.search(stated))
        ):
            return stated, day
    return text, day


def _head_of_card(anchor: etree._Element) -> etree._Element | None:
    """The title inside a link that holds a whole row: title, date and summary."""
    if not len(anchor):
        return None
    for node in islice(anchor.iterdescendants(), _MOST_NODES):
        if node.tag in _HEADINGS or _TITLE_CLASS.search((node.get("class") or "")[:100]):
            return node if text_of(node) else None
    return None


def _beside_title(anchor: etree._Element) -> str:
    """The texts of a link but for its longest."""
    texts = [fold(piece) for piece in islice(link_pieces(anchor), _MOST_NODES)]
    longest = max(range(len(texts)), key=lambda place: len(texts[place]), default=0)
    return " ".join(text for place, text in enumerate(texts) if place != longest)


def _merged(rows: Sequence[Row]) -> tuple[Row, ...]:
    """One entry for an address, with the best title of its links."""
    best: dict[str, Row] = {}
    for row in rows:
        known = best.get(row.url)
        if known is None:
            best[row.url] = row
            continue
        title = max((known.title, row.title), key=_worth)
        best[row.url] = Row(row.url, title, known.day or row.day, known.organ or row.organ)
    return tuple(best.values())


def _worth(title: str) -> tuple[bool, bool, int]:
    return not _CONTROLS.fullmatch(title), not _CUT.search(title), len(title)
