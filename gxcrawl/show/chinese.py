"""The few English words that the library hands out with a report, in the language of those who read it."""

from __future__ import annotations

import re

from gxcrawl.duties.words import basis_words

# Where something stands: "table 2 row 4 column 8", "line 12 field 3".
_PLACE = re.compile(r"(table|row|column|line|field|paragraph|character) (\d+) ?")
_TABLE = re.compile(r"table \d+ ?")
TABLES = {"t2": "表二", "t3": "表三", "t4": "表四", "s": "统计表"}
_UNITS = {
    "table": "个表格",
    "row": "行",
    "column": "列",
    "line": "行",
    "field": "项",
    "paragraph": "段",
    "character": "个字符",
}


def place_in_chinese(place: str, cell: str = "") -> str:
    """`cell` is the name of what stands there: its table is called as the form calls it, not by its place."""
    table = TABLES.get(cell.partition(".")[0])
    if table:
        place = _TABLE.sub(table, place)
    return _PLACE.sub(lambda found: f"第{found[2]}{_UNITS[found[1]]}", place)


def basis_in_chinese(basis: str) -> str:
    return basis_words().get(basis, basis)
