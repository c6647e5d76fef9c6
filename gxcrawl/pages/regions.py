"""Where the article of a page is: by the family's marks, by the usual names, by the weight of its text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any, cast

from lxml import etree

from gxcrawl.pages.inline import inline_article
from gxcrawl.pages.model import Marks, Page
from gxcrawl.pages.visible import UNSEEN, in_furniture, is_furniture

# Word gives a class to every paragraph; they are many, and none is a name of a region.
_MARKED = etree.XPath("descendant-or-self::*[@id or (@class and not(starts-with(@class, 'Mso')))]")
_MOST_MATCHES = 20  # of one selector or name
_BLOCKS = frozenset(("div", "td", "section", "article", "form", "center", "main", "body"))
_ROWS_OF_DATA = 8
_SHARE = 0.6  # of the text around it, that one block must hold to be the article
_CARRIERS = (
    "img",
    "a",
    "embed",
    "object",
    "iframe",
    "script",
    "table",
)  # an article may be no more than these


@cache
def facts() -> Any:
    text = resources.files(__package__).joinpath("article.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _selector(css: str) -> etree.XPath:
    from lxml.cssselect import CSSSelector

    return cast("etree.XPath", CSSSelector(css))


def select(tree: etree._Element, selectors: Iterable[str]) -> Iterator[etree._Element]:
    """Every element that a family's marks find, the surest mark first."""
    for css in selectors:
        found = _selector(css)(tree)
        if isinstance(found, list):
            yield from (node for node in islice(found, _MOST_MATCHES) if isinstance(node, etree._Element))


def named(tree: etree._Element, names: Sequence[str]) -> list[etree._Element]:
    """Elements with one of these tags, .classes or #ids, the surest name first; one walk for all marks."""
    tags = [name for name in names if name[0] not in ".#"]
    found: dict[str, list[etree._Element]] = {name: [] for name in names}
    found |= {tag: list(islice(tree.iter(tag), _MOST_MATCHES)) for tag in tags}
    for node in cast("list[etree._Element]", _MARKED(tree)):
        classes = (node.get("class") or "").lower().split()[:20]
        own = [f".{word}" for word in classes]
        if identity := (node.get("id") or "").lower():
            own.append(f"#{identity}")
        for name in own:
            if name in found and len(found[name]) < _MOST_MATCHES:
                found[name].append(node)
    return [node for nodes in found.values() for node in nodes]


def article_of(page: Page, marks: Marks) -> etree._Element | None:
    """The element that holds the article; None when nothing on the page looks like one."""
    if page.tree is None:
        return None
    if (inside := inline_article(page)) is not None:
        return inside.tree
    for node in select(page.tree, marks.body):
        if _holds_something(node):
            return node
    likely = [node for node in named(page.tree, facts()["body"]) if _holds_something(node)]
    article = next((node for node in likely if not in_furniture(node)), None)
    return _heaviest(page.tree) if article is None else article


def _holds_something(node: etree._Element) -> bool:
    return any(str(text).strip() for text in node.itertext()) or next(node.iter(*_CARRIERS), None) is not None


def _heaviest(tree: etree._Element) -> etree._Element | None:
    """The innermost block that still holds most of the text outside of links and furniture."""
    weights = _weights(tree)
    node = next(tree.iter("body"), None)
    if node is None or not weights.get(node):
        return None
    while True:
        inner = max(_inner_blocks(node), key=lambda child: weights.get(child, 0), default=None)
        if inner is None or weights.get(inner, 0) < _SHARE * weights[node]:
            return node
        node = inner


def _inner_blocks(node: etree._Element) -> Iterator[etree._Element]:
    """The nearest blocks inside; tables and their rows only lead to cells."""
    walk = etree.iterwalk(node, events=("start",))
    for _, child in walk:
        if child is not node and child.tag in _BLOCKS:
            walk.skip_subtree()
            yield child


def _is_data(table: etree._Element) -> bool:
    """A table of many rows with none inside: nobody lays out a page so."""
    rows = sum(1 for _ in islice(table.iter("tr"), _ROWS_OF_DATA))
    return rows == _ROWS_OF_DATA and sum(1 for _ in islice(table.iter("table"), 2)) == 1


def _weights(tree: etree._Element) -> dict[etree._Element, int]:
    """For every block, how many characters outside of links and furniture it holds."""
    weights: dict[etree._Element, int] = {}
    blocks: list[tuple[etree._Element, int]] = []
    total = links = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            links += node.tag == "a"
            if node.tag in UNSEEN or is_furniture(node):
                walk.skip_subtree()
                continue
            if node.tag == "table" and _is_data(node):
                total += 0 if links else len("".join(cast("Iterator[str]", node.itertext())))
                walk.skip_subtree()
                continue
            if node.tag in _BLOCKS:
                blocks.append((node, total))
            total += 0 if links else len((node.text or "").strip())
        else:
            if blocks and blocks[-1][0] is node:
                weights[node] = total - blocks.pop()[1]
            links -= node.tag == "a"
            if node is not tree:
                total += 0 if links else len((node.tail or "").strip())
    return weights
