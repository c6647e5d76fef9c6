"""The next page where no link names it: reverse numbering, numbers in the address, small scripts."""

from __future__ import annotations

import re
from itertools import islice

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import base_of, text_of
from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.report.lines import bare

_LONGEST_SCRIPT = 100_000
_MOST_LINKS = 5_000
_NEXT = re.compile(r"^(?:下一?页|后一?页|后页|next(?:page)?|>{1,2}|›|»)$", re.I)
# The old "n" CMS counts down: the newest page is index.html, then index_958_198.html … index_958_1.html.
_OLD_MOST = re.compile(r"\bmaxPageNum\s*=\s*([1-9]\d{0,4})\b")
_OLD_STEM = re.compile(r"\bpurl\s*=\s*['\"]([^'\"\s]{1,300})['\"]")
_OLD_PAGE = re.compile(r"^(.{1,500}_\d{1,9}_)(\d{1,5})(\.s?html?)$")
# The number of a page in an address, by the habits of PHPCMS, DedeCMS, FineCMS, and everybody.
_NUMBERED = (
    re.compile(
        r"(.{1,800}[?&](?:page|p|pageno|pagenum|cur_?page|currpage|currentpage)=)(\d{1,5})(.{0,800})", re.I
    ),
    re.compile(r"(.{1,800}/list_\d{1,9}_)(\d{1,5})(\.html?)", re.I),
    re.compile(r"(.{1,800}/[a-z]{2,12}-list-[\w]{1,60}-)(\d{1,5})(\.html?)", re.I),
)
_CALL = re.compile(
    r"^\s*(?:javascript\s*:)?\s*(?:return\s+)?(\w{1,40})\s*\(\s*['\"]?(\d{1,5})['\"]?\s*\)", re.I
)


def turn(page: Page, ask: Ask, declared: Declared) -> Ask | None:
    """The request for the page after this one, where the page makes sure that there is one."""
    return _older(page, ask) or _by_function(page) or _by_number(page, declared)


def _older(page: Page, ask: Ask) -> Ask | None:
    """One less than this page; the fragments behind the first page no longer say how they are counted."""
    if ask.state.get("counting") == "down":
        found = _OLD_PAGE.match(page.url)
        if found is None or int(found[2]) <= 1:
            return None
        return _down(f"{found[1]}{int(found[2]) - 1}{found[3]}")
    most, stem = _OLD_MOST.search(page.text), _OLD_STEM.search(page.text)
    if most is None or stem is None or int(most[1]) <= 1:
        return None
    return _down(absolute(base_of(page), f"{stem[1]}_{int(most[1]) - 1}.html"))


def _down(url: str) -> Ask | None:
    return Ask(url, state={"counting": "down"}) if url else None


def _by_function(page: Page) -> Ask | None:
    """javascript:next(2), when the page itself says where next() goes."""
    if page.tree is None:
        return None
    for link in islice(page.tree.iter("a"), _MOST_LINKS):
        if not _NEXT.match(bare(text_of(link))):
            continue
        for script in (link.get("href") or "", link.get("onclick") or ""):
            call = _CALL.match(script[:200])
            target = _goes_to(page, call[1], call[2]) if call else ""
            if target and target != page.url:
                return Ask(target)
    return None


def _goes_to(page: Page, function: str, number: str) -> str:
    """The address that a function puts together around its only argument; '' when it does more than that."""
    defined = re.compile(
        rf"function\s+{re.escape(function)}\s*\(\s*(\w{{1,20}})\s*\)\s*\{{\s*(?:window\s*\.\s*|document\s*\.\s*)?"
        r"location(?:\s*\.\s*href)?\s*=\s*(['\"])([^'\"\n]{0,300})\2\s*\+\s*\1\b"
        r"(?:\s*\+\s*(['\"])([^'\"\n]{0,300})\4)?\s*;?\s*\}"
    )
    if page.tree is None:
        return ""
    for script in page.tree.iter("script"):
        text = script.text or ""
        if len(text) <= _LONGEST_SCRIPT and (found := defined.search(text)):
            return absolute(base_of(page), f"{found[3]}{number}{found[5] or ''}")
    return ""


def _by_number(page: Page, declared: Declared) -> Ask | None:
    """The number in the address plus one, as long as the page declares more pages than that."""
    if declared.pages is None:
        return None
    for pattern in _NUMBERED:
        found = pattern.fullmatch(page.url)
        if found and 0 < int(found[2]) < declared.pages:
            return Ask(f"{found[1]}{int(found[2]) + 1}{found[3]}")
    return None
