"""Pagers of numbers only: 1 2 3, a box to choose a page from, a button that sends a form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from lxml import etree

from gxcrawl.pages.address import absolute, key
from gxcrawl.pages.links import address_of, base_of, text_of
from gxcrawl.pages.model import Ask, Page
from gxcrawl.pages.pagers import NEXT_WORDS, is_disabled, same_list
from gxcrawl.report.lines import bare

_MOST = 5_000
_MOST_DAYS = 25  # that many numbers in a row are the days of a calendar
_LONGEST_BODY = 2_000_000
_NUMBER = re.compile(r"[\[【(（]?第?(\d{1,3})页?[\]】)）]?")
_JUMPS = re.compile(r"location|jump|goto|go\s*\(|open\s*\(", re.I)
_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def number_of(node: etree._Element) -> int | None:
    """The number that a link is made of."""
    found = _NUMBER.fullmatch(bare(text_of(node)))
    return int(found[1]) if found else None


def reached(ask: Ask) -> int:
    """Which page of its list an answer to `ask` is, where numbers are followed."""
    number = ask.state.get("number", 1)
    return number if isinstance(number, int) else 1


def next_number(page: Page, ask: Ask) -> Ask | None:
    """The page behind the number after that of this page; a list is entered at its first page."""
    if page.tree is None:
        return None
    found: dict[int, str] = {}
    for number, url in _numbered(page.tree, base_of(page)):
        if url and same_list(page.url, url, said=False):
            found.setdefault(number, url)
    following = found.get(reached(ask) + 1)
    if following is None or len(found) >= _MOST_DAYS or key(following) == key(page.url):
        return None
    return Ask(following)


def _numbered(tree: etree._Element, base: str) -> Iterator[tuple[int, str]]:
    for node in islice(tree.iter("a"), _MOST):
        if (number := number_of(node)) is not None and not is_disabled(node):
            yield number, address_of(node, base)
    for box in islice(tree.iter("select"), 20):
        if _JUMPS.search((box.get("onchange") or "")[:500]):
            for option in islice(box.iter("option"), 1_000):
                if (number := number_of(option)) is not None:
                    yield number, absolute(base, option.get("value") or "")


def next_button(page: Page) -> Ask | None:
    """A button 下一页 that sends its form; what else a button does is up to scripts."""
    if page.tree is None:
        return None
    for button in islice(page.tree.iter("input", "button"), _MOST):
        says = button.get("value") or text_of(button)
        kind = (button.get("type") or ("submit" if button.tag == "button" else "text")).lower()
        form = next(button.iterancestors("form"), None)
        if kind != "submit" or form is None or is_disabled(button) or button.get("onclick"):
            continue
        if NEXT_WORDS.fullmatch(bare(says[:20])):
            return _sent(page, form, button)
    return None


def _sent(page: Page, form: etree._Element, button: etree._Element) -> Ask | None:
    fields = [
        (field.get("name") or "", field.get("value") or "")
        for field in islice(form.iter("input"), _MOST)
        if (field.get("type") or "text").lower() in ("hidden", "text") and field.get("name")
    ]
    if button.get("name"):
        fields.append((button.get("name") or "", button.get("value") or ""))
    url = absolute(base_of(page), form.get("action") or page.url)
    body = urlencode(fields)
    if not url or len(body) > _LONGEST_BODY:
        return None
    if (form.get("method") or "get").lower() == "post":
        return Ask(url, "POST", body, _FORM)
    return Ask(f"{url.partition('?')[0]}?{body}")
