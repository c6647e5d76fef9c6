"""The few English words that the library hands out with a report, in the language of those who read it."""

from __future__ import annotations

import re

# Where something stands: "table 2 row 4 column 8", "line 12 field 3".
_PLACE = re.compile(r"(table|row|column|line|field|paragraph|character) (\d+) ?")
_UNITS = {
    "table": "个表格",
    "row": "行",
    "column": "列",
    "line": "行",
    "field": "项",
    "paragraph": "段",
    "character": "个字符",
}

# What a date of publication rests on.
_BASES = {
    "meta-pubdate": "网页标记的发布日期",
    "visible-date": "页面所印的发布日期",
    "relative-date": "页面所印的相对日期",
    "date-line": "页面所印的日期行",
    "generated-date": "页面所印的成文日期",
    "signature": "落款日期",
    "meta-created": "网页标记的创建时间",
    "url": "网址中的日期",
}


def place_in_chinese(place: str) -> str:
    return _PLACE.sub(lambda found: f"第{found[2]}{_UNITS[found[1]]}", place)


def basis_in_chinese(basis: str) -> str:
    return _BASES.get(basis, basis)
