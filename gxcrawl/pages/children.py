"""Lists below a list: one for each year, for each class of organs, for each organ."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from re import Pattern
from typing import Literal, NamedTuple

from lxml import etree

from gxcrawl.pages.address import key
from gxcrawl.pages.links import base_of, links_of, text_of, words_of
from gxcrawl.pages.metas import metas
from gxcrawl.pages.model import Child, Page
from gxcrawl.report.lines import bare
from gxcrawl.report.names import is_name
from gxcrawl.report.numerals import read_number

_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|et|zip|rar|jpe?g|png|gif)$", re.I)
_ARTICLE = re.compile(
    r"/m?t20\d{6}_\d+\.|/(?:c\d\d_)?(?:\d{5,}|[0-9a-f]{32}|[0-9a-f-]{36})\.[sj]?html?$|/art/20\d\d/|/art_[0-9a-f_]+\.html"
    r"|/20(?:0[89]|[12]\d)(?:0[1-9]|1[0-2])/[^/]+\.[sj]?html?$|/m?post_\d+|/content_?\d*\.[sj]?html?$"
    r"|/info/\d+/\d+\.htm|/20\d\d/\d{1,2}(?:/\d{1,2})?/\w+\.[sj]?html?$",
    re.I,
)
_CRUMBS = re.compile(r"crumb|position|weizhi|dqwz|\bpath\b|location", re.I)
_LONGEST = 40
_MOST_HEADS = 30


class _Words(NamedTuple):
    topic: Pattern[str]
    address: Pattern[str]
    elsewhere: Pattern[str]
    year: Pattern[str]
    classes: Pattern[str]
    organ: Pattern[str]
    no_organ: Pattern[str]


def children_of(page: Page) -> tuple[Child, ...]:
    """Each once, in the order of the page, never the page itself."""
    if page.tree is None or not _is_about_reports(page, page.tree):
        return ()
    found: dict[str, Child] = {}
    here = key(page.url)
    for anchor, url in links_of(page.tree, base_of(page)):
        child = _child(anchor, url)
        if child is not None and (same := key(url)) != here:
            found.setdefault(same, child)
    return tuple(found.values())


def _child(anchor: etree._Element, url: str) -> Child | None:
    path = url.partition("?")[0]
    if _FILE.search(path) or _ARTICLE.search(path):
        return None
    for text in (text_of(anchor), anchor.get("title") or ""):
        label = bare(text[:200]).strip("·•><»«[]【】|-—")
        if kind := _kind(label):
            return Child(url, label, kind, _year(label) if kind == "year" else None)
    return None


@lru_cache(maxsize=2048)
def _kind(label: str) -> Literal["year", "class", "organ"] | None:
    words = _words()
    if not 2 <= len(label) <= _LONGEST:
        return None
    if words.year.fullmatch(label):
        return "year"
    if words.classes.fullmatch(label):
        return "class"
    is_organ = words.organ.fullmatch(label) and is_name(label) and not words.no_organ.search(label)
    return "organ" if is_organ else None


def _year(label: str) -> int | None:
    found = _words().year.fullmatch(label)
    return read_number(found[1]) if found else None


def _is_about_reports(page: Page, tree: etree._Element) -> bool:
    """By its address, its column, its title; menus name the column on every page of a site."""
    words = _words()
    column = bare(metas(page).get("columnname", ""))
    if words.topic.search(column):
        return True
    if words.elsewhere.search(column):
        return False
    if words.address.search(_path(page.url).lower()):
        return True
    return any(words.topic.search(bare(head)) for head in islice(_heads(tree), _MOST_HEADS))


def _path(url: str) -> str:
    return url.partition("//")[2].partition("/")[2]


def _heads(tree: etree._Element) -> Iterator[str]:
    """The title, headings that are no links, and where the page says it stands."""
    for element in tree.iter("title", "h1", "h2", "h3"):
        if next(element.iter("a"), None) is None:
            yield text_of(element)
    for element in tree.iter("div", "p", "span", "td", "ul", "ol", "nav"):
        mark = f"{element.get('class') or ''} {element.get('id') or ''}"[:200]
        if "位置" in (element.text or "")[:50] or _CRUMBS.search(mark):
            yield words_of(element)[:300]


@cache
def _words() -> _Words:
    facts = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    words = facts["children"]
    names, levels, organs = ("|".join(words[name]) for name in ("names", "levels", "organs"))
    return _Words(
        topic=re.compile(words["topic"]),
        address=re.compile(words["address"]),
        elsewhere=re.compile(words["elsewhere"]),
        year=re.compile(words["year"]),
        classes=re.compile(f"(?:{words['level']}(?:{names})|{levels}|{words['towns']}){words['tail']}"),
        organ=re.compile(f"[\u4e00-\u9fff（）()、·]{{1,30}}(?:{organs})"),
        no_organ=re.compile(words["no_organs"]),
    )
