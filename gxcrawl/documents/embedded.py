"""Pages kept as text inside a page: in a text area, a hidden field, or escaped in a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import cast
from urllib.parse import unquote

from lxml import etree

_MAX_CANDIDATES = 20
_MAX_ESCAPES = 3
_ARTICLE = 300  # characters of the shortest string that is an article
_CARRIERS = etree.XPath(
    "//text()[contains(., 'able') or contains(., 'ABLE') or (parent::textarea and contains(., '<'))]"
    " | //input/@value[contains(., '<')] | //iframe/@srcdoc"
)
_PAGE = re.compile(r"<(?:table|p|div|pre|br|td|span)[\s>/]", re.I)
# The end of the line or script also ends a string, so that a stray quote costs no second look.
_STRING = re.compile(
    r"""\\.|"((?:[^"\\\n]|\\.)*)(?:"|$|\Z)|'((?:[^'\\\n]|\\.)*)(?:'|$|\Z)|`((?:[^`\\]|\\.)*)(?:`|\Z)""",
    re.S | re.M,
)
_JS_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_JS_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": " ", "v": " ", "0": "", "\n": "", "\r\n": ""}
_SCRIPT_TYPES = (
    "",
    "module",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/ld+json",
)


def embedded_pages(root: etree._Element) -> list[tuple[str, str]]:
    """Where it was, and the markup, the longest first."""
    texts = cast("list[etree._ElementUnicodeResult]", _CARRIERS(root))
    found = [page for text in texts for page in _pages(text)]
    return sorted(found, key=lambda page: -len(page[1]))[:_MAX_CANDIDATES]


def embedded_articles(root: etree._Element) -> list[tuple[str, str]]:
    """Articles of plain paragraphs that a script keeps in its strings, the longest first."""
    found = []
    for script in root.iter("script"):
        text = script.text or ""
        if len(text) < _ARTICLE or script.get("type", "").strip().lower() not in _SCRIPT_TYPES:
            continue
        for match in _STRING.finditer(text):
            literal = match[1] or match[2] or match[3] or ""
            if len(literal) >= _ARTICLE and _PAGE.search(markup := _plain(_unescape_js(literal))):
                found.append(("script", markup))
    return sorted(found, key=lambda page: -len(page[1]))[:_MAX_CANDIDATES]


def _pages(text: etree._ElementUnicodeResult) -> Iterator[tuple[str, str]]:
    parent = text.getparent()
    tag = "" if parent is None else parent.tag
    if parent is not None and tag == "script" and parent.get("type", "").strip().lower() in _SCRIPT_TYPES:
        for match in _STRING.finditer(text):
            literal = match[1] or match[2] or match[3] or ""
            if "able" in literal or "ABLE" in literal:
                # Half a table is glued together by the script; its numbers are not in the strings.
                markup = _plain(_unescape_js(literal))
                if _has_whole_table(markup):
                    yield "script", markup
        return
    markup = _plain(str(text))
    if _PAGE.search(markup):
        yield tag, markup


def _has_whole_table(markup: str) -> bool:
    lower = markup.lower()
    start = lower.find("<table")
    return start >= 0 and lower.rfind("</table") > start


def _plain(markup: str) -> str:
    """Markup with its layers of escapes taken off."""
    for _ in range(_MAX_ESCAPES):
        if _PAGE.search(markup):
            break
        if "%3C" in markup or "%3c" in markup:
            markup = unquote(_PERCENT_U.sub(lambda match: chr(int(match[1], 16)), markup))
        elif "&lt;" in markup or "&#60;" in markup or "&#x3c;" in markup.lower():
            markup = unescape(markup)
        else:
            break
    return markup.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _unescape_js(literal: str) -> str:
    if "\\" not in literal:
        return literal
    return _JS_ESCAPE.sub(_js_character, literal)


def _js_character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _JS_CONTROL.get(match[3], match[3])
