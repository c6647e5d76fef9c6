"""Writes Atom (RFC 4287). Pure; whatever a page has put into a text, the feed stays one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from gxcrawl.alerts.model import digest

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without entries was changed
LONGEST_TITLE = 200

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    id: str
    title: str
    text: str
    category: str
    published: str
    updated: str
    link: str = ""


class Feed(NamedTuple):
    id: str
    title: str
    entries: Sequence[Entry]  # the latest first
    file: str = ""  # its name, where it is one


def tag(*parts: str) -> str:
    """An id that stays the same, also in another database (RFC 4151)."""
    return f"tag:gxcrawl,2026:{digest(parts)}"


def written(feed: Feed) -> bytes:
    root = etree.fromstring(f'<feed xmlns="{NAMESPACE}"/>')
    _add(root, "id", feed.id)
    _add(root, "title", feed.title[:LONGEST_TITLE])
    _add(root, "updated", max((entry.updated for entry in feed.entries), default=NEVER))
    _add(_add(root, "author"), "name", "gxcrawl")
    if feed.file:
        _add(root, "link", rel="self", type=TYPE, href=feed.file)
    for entry in feed.entries:
        _add_entry(_add(root, "entry"), entry)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _add_entry(element: etree._Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title[:LONGEST_TITLE])
    _add(element, "published", entry.published)
    _add(element, "updated", entry.updated)
    _add(element, "category", term=entry.category)
    if entry.link.startswith(("http://", "https://")):
        _add(element, "link", rel="alternate", href=entry.link)
    _add(element, "content", entry.text, type="text")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for key, value in attributes.items():
        element.set(key, _NOT_IN_XML.sub("", value))
    if text:
        element.text = _NOT_IN_XML.sub("", text)
    return element
