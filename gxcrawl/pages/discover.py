"""Where the way to the annual reports begins on an unknown page: links scored by what they say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from re import Pattern
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from gxcrawl.pages.address import absolute, key, lane
from gxcrawl.pages.links import base_of, links_of, text_of
from gxcrawl.pages.metas import metas
from gxcrawl.pages.model import Page
from gxcrawl.pages.titles import judge, title_facts
from gxcrawl.pages.visible import headings
from gxcrawl.report.lines import bare, fold

Kind = Literal["column", "platform", "home-of-other"]

_MOST_LINKS = 20_000
_LONGEST_SCRIPT = 200_000
# $("#menu a:contains('政府信息公开')").attr('href', 'http://…')
_SET_BY_SCRIPT = re.compile(
    r"""\$\(\s*(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')\s*\)\s*(?:\.\s*\w{1,12}\([^()\n]{0,40}\)\s*){0,2}"""
    r"""\.\s*(?:attr|prop)\(\s*['"]href['"]\s*,\s*(?:"([^"\s]{1,1000})"|'([^'\s]{1,1000})')\s*\)"""
)
_CONTAINS = re.compile(r":contains\(\s*['\"]?([^'\"()]{1,60})")
_ARTICLE = re.compile(
    r"\d{4,}[^/]*\.(?:s?html?|jhtml|aspx?|pdf|docx?|wps)(?:$|\?)|[?&](?:id|newsid|aid)=\d", re.I
)


class Lead(NamedTuple):
    url: str
    text: str
    score: int
    reasons: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    points: int
    kind: Kind | None = None
    text: Pattern[str] | None = None
    url: Pattern[str] | None = None
    page: Pattern[str] | None = None
    needs: str = ""  # only for a link that another rule made one of this kind
    script: bool = False
    article: bool = False


class _Link(NamedTuple):
    url: str
    text: str
    by_script: bool = False


def leads(page: Page) -> tuple[Lead, ...]:
    """The links worth following, the best first; of several to one address the best one."""
    if page.tree is None:
        return ()
    around = _around(page)
    best: dict[str, Lead] = {}
    for link in _links(page):
        lead = _score(link, page.url, around)
        same = f"{lane(link.url)} {key(link.url)}"
        if lead and (same not in best or lead.score > best[same].score):
            best[same] = lead
    return tuple(sorted(best.values(), key=lambda lead: -lead.score))


def _around(page: Page) -> str:
    """What the page says about its own place: the name of its column and its headings."""
    said = metas(page)
    return bare(" ".join([said.get("columnname", ""), said.get("columntype", ""), *headings(page)]))


def _score(link: _Link, base: str, around: str) -> Lead | None:
    facts = _facts()
    label = bare(link.text)
    if len(label) > facts.longest:
        return None
    score = 0
    kind: Kind | None = None
    reasons: list[str] = []
    for rule in facts.rules:
        if (rule.needs and rule.needs != kind) or not _matches(rule, link, label, around):
            continue
        score += rule.points
        kind = kind or rule.kind
        reasons.append(f"{rule.reason} ({rule.points:+d})")
    if (
        kind is None
        and _is_home_of_other(link.url, base)
        and facts.other.text
        and facts.other.text.search(label)
    ):
        return Lead(link.url, fold(link.text), facts.other.points, (facts.other.reason,), "home-of-other")
    if kind is None or score < facts.least:
        return None
    return Lead(link.url, fold(link.text), score, tuple(reasons), kind)


def _matches(rule: _Rule, link: _Link, label: str, around: str) -> bool:
    if rule.script:
        return link.by_script
    if rule.article:
        return _is_one_report(link)
    if rule.page is not None:
        return rule.page.search(around) is not None
    if rule.url is not None:
        return rule.url.search(_tail(link.url)) is not None
    return rule.text is not None and rule.text.search(label) is not None


def _tail(url: str) -> str:
    """The address without scheme and host: a host named xxgk says nothing about the page."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_one_report(link: _Link) -> bool:
    facts = title_facts(link.text)
    return (
        bool(facts.year and (facts.organ or _ARTICLE.search(_tail(link.url))))
        and judge(link.text) == "wanted"
    )


def _is_home_of_other(url: str, base: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/", "/index.html", "/index.htm", "/index.shtml") and lane(url) != lane(base)


def _links(page: Page) -> Iterator[_Link]:
    """Every link with its label. What stands in comments is no part of the tree, and no link."""
    if page.tree is None:
        return
    for script in page.tree.iter("script"):
        yield from _set_by(script.text or "", base_of(page))
    for anchor, url in islice(links_of(page.tree, base_of(page)), _MOST_LINKS):
        said = (text_of(anchor), anchor.get("title") or "", anchor.get("alt") or "")
        yield _Link(url, next((fold(text[:400]) for text in said if text.strip()), ""))


def _set_by(script: str, base: str) -> Iterator[_Link]:
    if "href" not in script or len(script) > _LONGEST_SCRIPT:
        return
    for found in _SET_BY_SCRIPT.finditer(script):
        label = _CONTAINS.search(found[1] or found[2])
        if url := absolute(base, found[3] or found[4]):
            yield _Link(url, label[1] if label else "", by_script=True)


@dataclass(frozen=True, slots=True)
class _Facts:
    least: int
    longest: int
    rules: tuple[_Rule, ...]
    other: _Rule


@cache
def _facts() -> _Facts:
    facts = tomllib.loads(resources.files(__package__).joinpath("discover.toml").read_text(encoding="utf-8"))
    return _Facts(
        facts["least"],
        facts["longest"],
        tuple(_rule(entry) for entry in facts["rules"]),
        _rule(facts["other"]),
    )


def _rule(entry: dict[str, object]) -> _Rule:
    patterns = {name: re.compile(str(entry[name]), re.I) for name in ("text", "url", "page") if name in entry}
    plain = {name: value for name, value in entry.items() if name not in patterns}
    return _Rule(**plain, **patterns)  # type: ignore[arg-type]
