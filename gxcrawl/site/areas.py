"""The areas that a reader can choose from: those that have organs, and what lies above them."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from gxcrawl.registry.areas import areas, areas_above, lies_in, prefix_of

# Where a code has no name of its own, the portal that covers it has one.
# All in one row: on a busy server each row waits for its turn, and nearly every page asks for this.
_AREAS = """
SELECT json_group_array(json_array(code, coalesce(
  (SELECT name FROM areas WHERE areas.code = organs.code),
  (SELECT name FROM portals WHERE portals.code = organs.code ORDER BY id LIMIT 1), ''
))) FROM (SELECT DISTINCT code FROM organs) AS organs
"""
# The codes of an area follow each other: what begins with its digits. One range, so that an index is of use.
IN_AREA = "organs.code >= :first AND organs.code < :beyond"
LAST = "\U0010ffff"  # no code has it


class AreaChoice(NamedTuple):
    code: str
    name: str


def area_choices(connection: sqlite3.Connection) -> list[AreaChoice]:
    there = [AreaChoice(*row) for row in json.loads(connection.execute(_AREAS).fetchone()[0])]
    known = areas()
    above = {code for one in there for code in areas_above(one.code)[1:] if code in known}
    more = [AreaChoice(code, known[code].name) for code in above - {one.code for one in there}]
    return sorted([*there, *more])


def name_of(code: str, choices: list[AreaChoice]) -> str:
    return next((one.name or one.code for one in choices if one.code == code), code)


def area_values(code: str) -> dict[str, str]:
    """What `IN_AREA` asks for; everything, where no area is wanted."""
    if code and not (code.isascii() and code.isdigit()):
        return {"first": code, "beyond": f"{code}\1"}  # a portal that stands for its area, and nothing else
    return {"first": prefix_of(code), "beyond": prefix_of(code) + LAST}


def is_known(code: str, choices: list[AreaChoice]) -> bool:
    return not code or any(lies_in(one.code, code) for one in choices)
