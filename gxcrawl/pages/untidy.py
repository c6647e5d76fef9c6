"""Untidy lists: rows that only scripts can click, and lists that hide inside scripts and text areas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

_LONGEST = 300_000  # characters; tidying is slow
_SIGNS = re.compile(
    r"onclick|data-(?:href|url|link)|<(?:textarea|template|xmp|noscript)|type=.{0,2}text/(?:xml|html|template)",
    re.I,
)
_ENTRIES = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}|年[报報]|年度[报報]告")
_HIDING = ("textarea", "template", "xmp", "noscript", "script")
_HIDDEN_TYPE = re.compile(r"text/(?!javascript)", re.I)
_ADDRESS = re.compile(
    r"[\"']([^\"'<>\s()]{2,500}\.(?:s?html?|jhtml|jsp|php|aspx?|pdf|docx?|wps|ofd)(?:\?[^\"'<>\s]{0,300})?)[\"']",
    re.I,
)
_DATA = ("data-href", "data-url", "data-link")


def tidied(text: str) -> str:
    """The page with its hidden lists brought out and its clickable rows as links; '' when it has none."""
    if len(text) > _LONGEST or not _SIGNS.search(text) or not _ENTRIES.search(text):
        return ""
    from bs4 import BeautifulSoup  # heavy, and seldom needed

    soup = BeautifulSoup(text, "lxml")
    _bring_out(soup)
    holders: set[int] = set()
    for tag in reversed(soup.find_all(True)):  # what is inside comes before what is around it
        if id(tag) in holders or not (address := _address(tag)):
            continue
        if tag.name != "a":
            link = soup.new_tag("a", href=address)
            link.extend(list(tag.contents))
            tag.append(link)
        for around in (tag, *tag.parents):
            if id(around) in holders:
                break
            holders.add(id(around))
    return str(soup)


def _address(tag: Tag) -> str:
    """Where a click on the element leads, by whatever means."""
    if tag.name == "a" and tag.get("href"):
        return str(tag["href"])
    found = _ADDRESS.search(str(tag.get("onclick") or ""))
    return next((str(tag[name]) for name in _DATA if tag.get(name)), found[1] if found else "")


def _bring_out(soup: BeautifulSoup) -> None:
    """What stands as text or in a script becomes a part of the page, when there are links in it."""
    from bs4 import BeautifulSoup

    for tag in soup.find_all(_HIDING):
        inner = tag.string or tag.get_text() or tag.decode_contents()
        if "<a" not in inner.lower() or (
            tag.name == "script" and not _HIDDEN_TYPE.match(str(tag.get("type") or ""))
        ):
            continue
        plain = inner.replace("<![CDATA[", "").replace("]]>", "")
        tag.replace_with(BeautifulSoup(plain, "lxml"))
