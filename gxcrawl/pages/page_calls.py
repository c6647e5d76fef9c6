"""Calls of createPageHTML: the pager that scripts of two families draw, each with its own arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from gxcrawl.pages.address import absolute, key
from gxcrawl.pages.model import Page

_MOST_CALLS = 20
_CALL = re.compile(r"createPageHTML\s{0,5}\(([^()]{3,300})\)", re.I)
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,60}")
_QUOTED_NUMBER = re.compile(r"^['\"](\d{1,6})['\"]$")
_FILE_NAME = re.compile(r"[\w\-./]{1,100}")


class PageCall(NamedTuple):
    pages: int
    current: int  # the first page is 1
    prefix: str
    suffix: str
    rows: int | None
    zero_based: bool  # the second page is prefix_1, not prefix_2


def create_page_html(page: Page) -> PageCall | None:
    """The first real call; definitions of the function and calls in comments are none."""
    for script in _scripts(page):
        for found in islice(_CALL.finditer(script), _MOST_CALLS):
            before = script[max(0, found.start() - 500) : found.start()]
            if _is_idle(before):
                continue
            if call := _read([part.strip() for part in found[1].split(",")], script, page.url):
                return call
    return None


def _scripts(page: Page) -> Iterator[str]:
    if page.tree is None or "createpagehtml" not in page.text.lower():
        return
    for element in page.tree.iter("script"):
        if element.text and "createpagehtml" in element.text.lower():
            yield element.text


def _is_idle(before: str) -> bool:
    """A definition, or the inside of a comment."""
    if re.search(r"function\s{1,9}$", before):
        return True
    line = before.rpartition("\n")[2]
    if re.search(r"(?<![:\"'])//", line):
        return True
    return before.rfind("/*") > before.rfind("*/")


def _read(arguments: list[str], script: str, url: str) -> PageCall | None:
    """Both signatures: (pages, current, name, ext) and (element, pages, current, name, ext, rows)."""
    if len(arguments) < 4:
        return None
    arguments = [_QUOTED_NUMBER.sub(r"\1", argument) for argument in arguments]
    drawn_into = _text(arguments[0])
    rest = arguments[1:] if drawn_into is not None else arguments
    if len(rest) < 4:
        return None
    pages, current = _number(rest[0], script), _number(rest[1], script)
    prefix, suffix = _text(rest[2]), _text(rest[3])
    if pages is None or current is None or prefix is None or suffix is None:
        return None
    suffix = suffix.removeprefix(".")
    if not _FILE_NAME.fullmatch(prefix) or not _FILE_NAME.fullmatch(suffix):
        return None
    if drawn_into is not None:
        rows = _number(rest[4], script) if len(rest) > 4 else None
        return PageCall(pages, max(1, current), prefix, suffix, rows, zero_based=False)
    first = current == 1 and key(url) in (key(absolute(url, f"{prefix}.{suffix}")), key(absolute(url, "./")))
    return PageCall(pages, 1 if first else current + 1, prefix, suffix, None, zero_based=True)


def _text(argument: str) -> str | None:
    quoted = len(argument) >= 2 and argument[0] == argument[-1] and argument[0] in "\"'"
    return argument[1:-1].strip() if quoted else None


def _number(argument: str, script: str) -> int | None:
    """A number, or a variable that the script sets to one."""
    plain = (_text(argument) or argument).strip()
    if plain.isdecimal() and len(plain) <= 7:
        return int(plain)
    if not _NAME.fullmatch(argument):
        return None
    found = re.search(rf"(?<![\w$.]){re.escape(argument)}\s{{0,5}}=\s{{0,5}}[\"']?(\d{{1,7}})\b", script)
    return int(found[1]) if found else None


def numbered(url: str, call: PageCall, number: int) -> str:
    """The address of the page with this number, counted from 1, beside `url`."""
    tail = "" if number <= 1 else f"_{number - 1 if call.zero_based else number}"
    return absolute(url, f"{call.prefix}{tail}.{call.suffix}")
