"""Which elements of a page a browser would not show, or would show on another screen only."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import cast

from lxml import etree


class Hiding(IntEnum):
    MARKED = 1  # visibility:hidden: perhaps
    GONE = 2  # display:none or the hidden attribute: surely, until a script shows it


Hidings = dict[etree._Element, Hiding]

_TRACES = ("isplay", "DISPLAY", "idden", "ize:0", "e-through")
_IN_STYLE = " or ".join(f"contains(@style, '{trace}')" for trace in _TRACES)
_SUSPECTS = etree.XPath(f"//*[@hidden or {_IN_STYLE}]")
_GONE = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|font-size:0(?:\.0{1,9})?[a-z%]{0,3}\s{0,9}(?:;|$)"
    r"|text-decoration\s{0,9}:\s{0,9}line-through)",
    re.I,
)
_INVISIBLE = re.compile(r"(?:^|[;\s])visibility\s{0,9}:\s{0,9}hidden", re.I)
_WORDS = ("a", "b", "em", "font", "i", "p", "span", "strong", "u")  # invisible words are no words
_OTHER_SCREEN = re.compile(r"(?<!hidden-)(?<!hide-)\b(?:mobile|wap|phone|m-show)(?![a-z])", re.I)


def hidings(root: etree._Element, text: str) -> Hidings:
    """The hidden elements themselves; what stands inside them is hidden with them."""
    if not any(trace in text for trace in _TRACES):
        return {}
    found: Hidings = {}
    for element in cast("list[etree._Element]", _SUSPECTS(root)):
        style = element.get("style", "")
        if element.get("hidden") is not None or _GONE.search(style):
            found[element] = Hiding.GONE
        elif _INVISIBLE.search(style):
            found[element] = Hiding.GONE if element.tag in _WORDS else Hiding.MARKED
    return found


def is_for_other_screens(element: etree._Element) -> bool:
    """Whether the class says that this is the copy for telephones."""
    names = element.get("class")
    return names is not None and _OTHER_SCREEN.search(names) is not None
