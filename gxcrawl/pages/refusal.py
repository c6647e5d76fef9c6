"""Answers that are no real pages: walls, challenges, lost pages with status 200. Nothing is ever solved."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from re import Pattern

from gxcrawl.documents.carriers import binary_carrier
from gxcrawl.pages.metas import is_detail
from gxcrawl.pages.model import Page
from gxcrawl.pages.visible import Seen, headings, seen

_SMALL = 4_000  # bytes; in longer pages a hint must stand in the markup, which is cheap to ask
_MOST_HEADING = 40
# A heading that speaks about lost pages instead of being one.
_ABOUT = re.compile("关于|整改|报告|年报|通知|通报|情况|办法|公告")
_OFFICE = re.compile(
    r"urn:schemas-microsoft-com|ProgId\s+content\s*=|Word\.Document|Excel\.Sheet|MsoNormal", re.I
)
_CAPTCHA = re.compile(r"验证码|captcha|人机验证|滑动验证", re.I)
_TEXT_NAMES = re.compile(r"\.(?:html?|shtml|xml|txt|csv|json|mht|mhtml)$", re.I)
_OLD_OFFICE = re.compile(r"\.(?:docx?|xlsx?|wps|et|rtf)$", re.I)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    status: frozenset[int]
    hints: tuple[str, ...]
    source: Pattern[str] | None
    words: Pattern[str] | None
    heading: Pattern[str] | None
    most: int | None
    prose: int | None
    bytes: int | None
    links: int | None
    real: bool  # an article is a real page, whatever it says


def refusal(page: Page) -> str:
    """The class of an answer that is no real page; '' when it is one (or a redirect, or not modified)."""
    binary = bool(page.body) and bool(binary_carrier(page.body))
    look = cache(partial(seen, page))  # several rules look, and a look takes time
    for rule in _rules():
        if binary and not rule.status:
            continue
        if (not rule.status or page.status in rule.status) and _holds(rule, page, look):
            return rule.name
    return "http-error" if page.status >= 400 or page.status < 200 else ""


def refused_file(page: Page, wanted_name: str) -> str:
    """The class of an answer that is not the file it should be: a web page, a captcha, nothing at all."""
    if binary_carrier(page.body):
        return "" if page.status < 400 else refusal(page)
    if why := refusal(page):
        return why
    head = page.text[:65_536]
    if not head.strip():
        return "soft-404"
    names = (wanted_name.strip(), page.url.partition("?")[0])
    saved_as_page = any(map(_OLD_OFFICE.search, names)) and _OFFICE.search(head)  # named .doc: it is the file
    if saved_as_page or _TEXT_NAMES.search(names[0]) or not _is_page(page, head):
        return ""
    return "blocked:403" if _CAPTCHA.search(head) else "soft-404"


def _is_page(page: Page, head: str) -> bool:
    """HTML or JSON, by its own beginning or by its content type."""
    start = head.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("{\\rtf", "mime-version:")):
        return False
    if start.startswith(("<", "{", "[")):
        return True
    return page.headers.get("content-type", "").lower().startswith(("text/html", "application/json"))


def _holds(rule: _Rule, page: Page, look: Callable[[], Seen]) -> bool:
    """The cheap conditions first: most pages are real and must not be taken apart for that."""
    if rule.bytes is not None and len(page.body) > rule.bytes:
        return False
    if rule.hints and len(page.body) > _SMALL and not any(hint in page.text for hint in rule.hints):
        return False
    if rule.source is not None and not rule.source.search(page.text):
        return False
    if rule.heading is not None:
        return not _is_article(page) and _says_in_heading(rule.heading, page)
    if rule.words is None and rule.most is None:
        return True
    return _is_seen(rule, page, look())


def _is_seen(rule: _Rule, page: Page, sight: Seen) -> bool:
    if rule.most is not None and len(sight.text) > rule.most:
        return False
    if rule.prose is not None and len(sight.prose) > rule.prose:
        return False
    if rule.links is not None and sight.links > rule.links:
        return False
    text = sight.prose if rule.prose is not None else sight.text
    if rule.words is not None and not rule.words.search(text):
        return False
    return not (rule.real and (_is_article(page) or _speaks_of_reports(sight.prose)))


def _is_article(page: Page) -> bool:
    """An error of the server may carry any metas; a page that came well and names its article is one."""
    return page.status < 400 and is_detail(page)


def _speaks_of_reports(prose: str) -> bool:
    return "信息公开工作" in prose or "信息公开年" in prose


def _says_in_heading(pattern: Pattern[str], page: Page) -> bool:
    return any(
        len(text) <= _MOST_HEADING and pattern.search(text) and not _ABOUT.search(text)
        for text in headings(page)
    )


@cache
def _rules() -> tuple[_Rule, ...]:
    facts = tomllib.loads(resources.files(__package__).joinpath("refusal.toml").read_text(encoding="utf-8"))
    return tuple(_rule(entry) for entry in facts["rules"])


def _rule(entry: dict[str, object]) -> _Rule:
    def pattern(key: str) -> Pattern[str] | None:
        return re.compile(str(entry[key]), re.I) if key in entry else None

    def number(key: str) -> int | None:
        value = entry.get(key)
        return value if isinstance(value, int) else None

    status, hints = entry.get("status", []), entry.get("hints", [])
    return _Rule(
        name=str(entry["class"]),
        status=frozenset(status if isinstance(status, list) else ()),
        hints=tuple(hints if isinstance(hints, list) else ()),
        source=pattern("source"),
        words=pattern("words"),
        heading=pattern("heading"),
        most=number("most"),
        prose=number("prose"),
        bytes=number("bytes"),
        links=number("links"),
        real=bool(entry.get("real", True)),
    )
