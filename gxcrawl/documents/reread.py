"""A second reading of a page by a more patient parser, for pages whose markup is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lxml import etree

from gxcrawl.documents.html import Page, read_html, read_tree
from gxcrawl.documents.tree import parse
from gxcrawl.problems import problem

if TYPE_CHECKING:
    from gxcrawl.documents.origins import Origins

_MAX_CHARACTERS = 4_000_000
# Tags times depth: what the patient parsers may have to look at.
_MAX_EFFORT = 20_000_000


def reread_html(text: str, parser: Literal["lxml", "html5lib"], origins: Origins | None = None) -> Page:
    if len(text) > _MAX_CHARACTERS or _effort(text) > _MAX_EFFORT:
        page = read_html(text, origins=origins)
        return page._replace(problems=(*page.problems, problem("D-NOREREAD", parser=parser)))
    from lxml.html import soupparser

    root = soupparser.fromstring(text, features=parser)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return read_tree(root, text, origins)


def _effort(text: str) -> int:
    root, _ = parse(text)
    if root is None:
        return 0
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        deepest = max(deepest, depth)
    return elements * deepest
