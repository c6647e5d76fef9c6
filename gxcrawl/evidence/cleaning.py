"""An archived page, written again from harmless parts only: nothing in it loads, runs or leads away."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import NamedTuple

from lxml import etree

from gxcrawl.documents.hiding import Hiding, hidings
from gxcrawl.documents.origins import MARK, SourcePage
from gxcrawl.documents.printed import value_of

LONGEST_FIELD = 40  # characters; more in a field of a form is a page of its own


class Allowed(NamedTuple):
    kept: frozenset[str]
    void: frozenset[str]
    dropped: frozenset[str]
    fields: frozenset[str]
    attributes: Mapping[str, re.Pattern[str]]


class Label(NamedTuple):
    """What the outline of a cell says."""

    anchor: str  # escaped
    title: str


@cache
def allowed() -> Allowed:
    raw = tomllib.loads((files("gxcrawl.evidence") / "allowed.toml").read_text(encoding="utf-8"))
    kept, void, dropped, fields = (frozenset(raw[name]) for name in ("kept", "void", "dropped", "fields"))
    patterns = {name: re.compile(pattern) for name, pattern in raw["attributes"].items()}
    return Allowed(kept, void, dropped, fields, patterns)


def safe_html(page: SourcePage, outlined: Mapping[str, Label]) -> str:
    """`outlined`: mark of a cell -> what is said about it."""
    return "".join(_pieces(page, outlined))


def _pieces(page: SourcePage, outlined: Mapping[str, Label]) -> Iterator[str]:
    rules = allowed()
    ended = rules.kept - rules.void
    left_out = rules.dropped | rules.fields
    hidden = {element for element, how in hidings(page.root, page.text).items() if how is Hiding.GONE}
    walker = etree.iterwalk(page.root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            if tag in ended:
                yield f"</{tag}>"
            yield escape(element.tail or "") if element is not page.root else ""
            continue
        if tag in left_out or not tag:
            walker.skip_subtree()
            yield _filled_in(element) if tag in rules.fields else ""
            continue
        if tag in rules.kept:
            yield f"<{tag}{''.join(_attributes(element, element in hidden, outlined))}>"
        yield escape(element.text or "")


def _attributes(element: etree._Element, gone: bool, outlined: Mapping[str, Label]) -> Iterator[str]:
    for name, pattern in allowed().attributes.items():
        value = (element.get(name) or "").strip().lower()
        if pattern.fullmatch(value):
            yield f' {name}="{value}"'
    label = outlined.get(element.get(MARK, "")) if element.tag in ("td", "th") else None
    if label:
        yield f' id="{label.anchor}" class="cell" title="{escape(label.title)}"'
    elif gone:
        yield ' class="gone" title="网页上不显示"'


def _filled_in(field: etree._Element) -> str:
    value = value_of(field).strip()
    return f'<span class="field">{escape(value)}</span>' if 0 < len(value) <= LONGEST_FIELD else ""
