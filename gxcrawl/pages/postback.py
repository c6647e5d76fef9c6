"""Lists of ASP.NET: the next page is asked for by sending the form of this one back."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlencode

from lxml import etree

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import base_of, text_of
from gxcrawl.pages.model import Ask, Page
from gxcrawl.report.lines import bare

_MOST = 5_000
_LONGEST_BODY = 2_000_000
_POST = re.compile(r"__doPostBack\(\s*['\"]([^'\"]{1,300})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]\s*\)")
_NEXT = re.compile(r"^(?:下一?页|后一?页|后页|next|>|›)$", re.I)
_FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def postback(page: Page) -> Ask | None:
    """The form sent back as its link to the next page would; None when there is no such link or form."""
    if page.tree is None or "__doPostBack" not in page.text:
        return None
    for link in islice(page.tree.iter("a"), _MOST):
        found = _POST.search((link.get("href") or "")[:1_000])
        form = next(link.iterancestors("form"), None)
        disabled = link.get("disabled") is not None
        if found and form is not None and not disabled and _NEXT.match(bare(text_of(link))):
            return _sent_back(page, form, found[1], found[2])
    return None


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
