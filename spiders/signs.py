"""Signs of a family in the text of one page: how much each is worth, its pattern, and what to tell people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.pages.model import Page, Signs


class Sign(NamedTuple):
    worth: int  # 100 would be proof
    pattern: re.Pattern[str]
    reason: str
    in_address: bool = False  # it is looked for in the page's own address


def sign(worth: int, pattern: str, reason: str, *, in_address: bool = False) -> Sign:
    return Sign(worth, re.compile(pattern, re.I), reason, in_address)


def tell(page: Page, signs: Sequence[Sign]) -> Signs:
    """All signs that the page shows, together."""
    seen = [one for one in signs if one.pattern.search(page.url if one.in_address else page.text)]
    return Signs(min(100, sum(one.worth for one in seen)), tuple(one.reason for one in seen))
