"""The areas that a reader can choose from: those that have organs, and what lies above them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.registry.areas import areas, areas_above, lies_in, prefix_of

# Where a code has no name of its own, the portal that covers it has one.
_AREAS = """
SELECT code, coalesce((SELECT name FROM areas WHERE areas.code = organs.code),
  (SELECT name FROM portals WHERE portals.code = organs.code ORDER BY id LIMIT 1), '')
FROM (SELECT DISTINCT code FROM organs) AS organs ORDER BY code
"""
# The codes of an area follow each other: what begins with its digits.
IN_AREA = "(:area = '' OR organs.code = :area OR (organs.code >= :prefix AND organs.code < :beyond))"


class AreaChoice(NamedTuple):
    code: str
    name: str


def area_choices(connection: sqlite3.Connection) -> list[AreaChoice]:
    there = [AreaChoice(*row) for row in connection.execute(_AREAS)]
    known = areas()
    above = {code for one in there for code in areas_above(one.code)[1:] if code in known}
    more = [AreaChoice(code, known[code].name) for code in above - {one.code for one in there}]
    return sorted([*there, *more])


def name_of(code: str, choices: list[AreaChoice]) -> str:
    return next((one.name or one.code for one in choices if one.code == code), code)


def area_values(code: str) -> dict[str, str]:
    """What `IN_AREA` asks for."""
    prefix = prefix_of(code) if code.isascii() and code.isdigit() else code
    return {"area": code, "prefix": prefix, "beyond": prefix + "\U0010ffff"}


def is_known(code: str, choices: list[AreaChoice]) -> bool:
    return not code or any(lies_in(one.code, code) for one in choices)
