"""The standard metas of government pages, wherever and however they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from gxcrawl.pages.model import Page

_MOST = 500  # metas of one page
_LONGEST = 2_000  # characters of one value
_NAMES = ("name", "property", "itemprop")
_CODE = re.compile(r"\d{10}|[a-zA-Z]{2}\d{8}")
_IN_TEXT = re.compile(r"网站标识码\s{0,5}[:：]?\s{0,5}((?:[a-zA-Z]{2}\d{8}|\d{10})(?!\d))")
_SCRIPT = re.compile(
    r"<script\b(?=[^<>]{0,400}\b_jiucuo_)[^<>]{0,400}\bsitecode\s{0,3}=\s{0,3}[\"']?\s{0,3}(\w{10})\b", re.I
)


def metas(page: Page) -> Mapping[str, str]:
    """Names in lower case with their values. Of several metas with one name the first that says anything."""
    found: dict[str, str] = {}
    if page.tree is None:
        return MappingProxyType(found)
    for number, element in enumerate(page.tree.iter("meta")):
        if number >= _MOST:
            break
        value = " ".join((element.get("content") or "")[:_LONGEST].split())
        for attribute in _NAMES:
            name = (element.get(attribute) or "")[:100].strip().lower()
            if name and not found.get(name):
                found[name] = value
    return MappingProxyType(found)


def site_code(page: Page) -> str:
    """The code of the site as its metas, its button for errors or its foot tell it; '' when none does."""
    stated = _CODE.fullmatch(metas(page).get("siteidcode", ""))
    if stated:
        return stated[0].lower()
    found = _SCRIPT.search(page.text) or _IN_TEXT.search(page.text)
    return found[1].lower() if found and _CODE.fullmatch(found[1]) else ""


def is_detail(page: Page) -> bool:
    """Lists have metas for their column; only articles have a title of their own."""
    return bool(metas(page).get("articletitle"))
