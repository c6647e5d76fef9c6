"""What may be the name of an organ."""

from __future__ import annotations

import re
from functools import cache
from re import Pattern

from gxcrawl.report.words import organ_words

NAME = "[\u4e00-\u9fff（）()]"
_SHORTEST = 4  # a name from running text is longer than 我局 and 区政府


def is_name(text: str) -> bool:
    """Not 部门, 我局, 各单位."""
    words = organ_words()
    return text not in words.nobody and not words.not_first.match(text) and not text.isascii()


def is_organ(text: str) -> bool:
    """A name that ends like that of an organ."""
    return len(text) >= _SHORTEST and is_name(text) and bool(_organ().fullmatch(text))


def is_whole(text: str) -> bool:
    """王岗镇人民政府 is the name of an organ, 王岗镇 that of a place."""
    return is_organ(text) and not organ_words().place.search(text)


@cache
def _organ() -> Pattern[str]:
    return re.compile(f"{NAME}{{2,40}}(?:{organ_words().suffixes})")
