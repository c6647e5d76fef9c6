"""Lists of ASP.NET: the next page is asked for by sending the form of this one back."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlencode

from lxml import etree

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import base_of, text_of
from gxcrawl.pages.model import Ask, Page
from gxcrawl.pages.pagers import NEXT_WORDS
from gxcrawl.report.lines import bare

_MOST = 5_000
_LONGEST_BODY = 2_000_000
_POST = re.compile(r"__doPostBack\(\s*['\"]([^'\"]{1,300})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]\s*\)")
_SIGNS = (">", "›", "后页")
_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def postback(page: Page, following: int) -> Ask | None:
    """The form sent back as its link to the next page, or to the number `following`, would do it."""
    if page.tree is None or "__doPostBack" not in page.text:
        return None
    numbered: Ask | None = None
    for link in islice(page.tree.iter("a"), _MOST):
        found = _POST.search((link.get("href") or "")[:1_000])
        form = next(link.iterancestors("form"), None)
        if not found or form is None or link.get("disabled") is not None:
            continue
        text = bare(text_of(link))[:20]
        if NEXT_WORDS.fullmatch(text) or text in _SIGNS:
            return _sent_back(page, form, found[1], found[2])
        if text == str(following) and found[2].lower() in (text, f"page${text}"):
            numbered = numbered or _sent_back(page, form, found[1], found[2])
    return numbered


def _sent_back(page: Page, form: etree._Element, target: str, argument: str) -> Ask | None:
    fields = {
        field.get("name") or "": field.get("value") or ""
        for field in islice(form.iter("input"), _MOST)
        if (field.get("type") or "text").lower() in ("hidden", "text") and field.get("name")
    }
    fields |= {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    body = urlencode(fields)
    url = absolute(base_of(page), form.get("action") or page.url)
    if "__VIEWSTATE" not in fields or not url or len(body) > _LONGEST_BODY:
        return None
    return Ask(url, "POST", body, _FORM)
