"""Text -> lxml tree, within bounds of size and depth."""

from __future__ import annotations

import re

from lxml import etree

from gxcrawl.model import Problem
from gxcrawl.problems import problem

_MAX_CHARACTERS = 24_000_000
_MAX_TAGS = 500_000
_FATAL = 3
_END_TAG = re.compile(r"</(?:html|body)\s*>", re.I)
_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]{1000,}")
# Left open by the thousand they nest too deep; they carry no meaning here.
_INLINE_TAG = re.compile(r"</?(?:span|font|b|strong|i|em|u|big|small|o:p|st1:\w+)(?:\s[^<>]*)?>", re.I)
_CONTAINER_TAG = re.compile(
    r"</?(?:div|section|article|center|blockquote|ul|ol|li|dl|dt|dd|form)(?:\s[^<>]*)?>", re.I
)


def parse(text: str, utf8: bytes = b"") -> tuple[etree._Element | None, list[Problem]]:
    """The tree of a page, or None when there is no element in it; utf8 is the same text, if at hand."""
    problems = []
    bounded = _bounded(_with_one_end(text))
    if len(bounded) < len(text):
        problems.append(problem("D-TRUNCATED", what=f"网页过大（{len(text)} 字符），只读了前面一部分"))
    # Encoded again, so that no declaration inside the page has a say in how it is read.
    root, too_deep = _tree(utf8 if utf8 and bounded is text else bounded.encode("utf-8"))
    if too_deep:
        flatter = _INLINE_TAG.sub("", bounded)
        root, too_deep = _tree(flatter.encode("utf-8"))
        if too_deep:
            root, too_deep = _tree(_CONTAINER_TAG.sub("<br>", flatter).encode("utf-8"))
    if too_deep:
        problems.append(problem("D-TRUNCATED", what="标签嵌套过深"))
    return root, problems


def _with_one_end(text: str) -> str:
    """The parser stops at the first </html>; pages that were put together from others go on behind it."""
    end = text.find("</html")
    if end < 0 and "</HTML" in text:
        end = text.find("</HTML")
    if end < 0 or "<" not in text[end + 7 :]:
        return text
    return _END_TAG.sub("", text)


def _tree(data: bytes) -> tuple[etree._Element | None, bool]:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, False
    last = parser.error_log.last_error
    return root, last is not None and last.level == _FATAL


def _bounded(text: str) -> str:
    if len(text) < _MAX_TAGS:
        return text
    if len(text) > _MAX_CHARACTERS:
        text = _PICTURE.sub("", text)[:_MAX_CHARACTERS]
    if text.count("<") <= _MAX_TAGS:
        return text
    end = 0
    for _ in range(_MAX_TAGS):
        end = text.find("<", end + 1)
    return text[:end]
