"""Articles kept inside a script: 广东 gkmlpt writes them, and their files, into window._CONFIG."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from gxcrawl.pages.model import Page

_MARK = re.compile(r"\bDETAIL[\"']?\s*:\s*\{")
_CONTENT = re.compile(r'["\']?\bcontent["\']?\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"', re.S)
_FLAT = re.compile(r"\{[^{}]{0,3000}\}")
_FIELD = re.compile(r'["\']?\b(\w{2,20})["\']?\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"')
_ADDRESS = ("url", "path", "filepath", "href", "src", "link")
_NAME = ("name", "filename", "title", "originalname")
_MOST_FILES = 100


def inline_article(page: Page) -> Page | None:
    """The article as a page of its own at the same address; None when no script holds one."""
    for script in _scripts(page):
        if (found := _CONTENT.search(script)) and (markup := _string(found[1])).strip():
            body = f"<html><body>{markup}</body></html>".encode("utf-8", "replace")
            return Page(page.url, body, page.status)
    return None


def inline_files(page: Page) -> Iterator[tuple[str, str]]:
    """Address and name of every file that the script lists beside its article."""
    left = _MOST_FILES
    for script in _scripts(page):
        for flat in _FLAT.finditer(script):
            fields = {name.lower(): _string(value) for name, value in _FIELD.findall(flat[0])}
            address = next((fields[key] for key in _ADDRESS if fields.get(key)), "")
            name = next((fields[key] for key in _NAME if fields.get(key)), "")
            if address and left:
                left -= 1
                yield address, name


def _scripts(page: Page) -> Iterator[str]:
    """The part of a script that is about the article."""
    if page.tree is None or "DETAIL" not in page.text:
        return
    for script in page.tree.iter("script"):
        text = script.text or ""
        if "_CONFIG" in text and (found := _MARK.search(text)):
            yield text[found.start() :]


def _string(literal: str) -> str:
    """What the source of a string means."""
    try:
        value = json.loads(f'"{literal}"', strict=False)
    except ValueError:
        return literal
    return str(value)
