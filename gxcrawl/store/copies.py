"""Reports that stand at a second address."""

from __future__ import annotations

import sqlite3

_FIRST = """
SELECT first.id, first.page FROM reports AS other INDEXED BY reports_content
JOIN reports AS first ON first.id = coalesce(other.same_as, other.id)
WHERE other.content_sha256 = :content AND other.organ_key = :organ AND other.year = :year
  AND other.page <> :page AND other.current = 1 AND other.error = ''
ORDER BY other.id LIMIT 1
"""


def first_copy(
    connection: sqlite3.Connection, page: int, organ: str | None, year: int | None, content: str
) -> int | None:
    """The report of the same organ, year and content at an address that was known before this one."""
    if not (organ and year and content):
        return None
    wanted = {"content": content, "organ": organ, "year": year, "page": page}
    found = connection.execute(_FIRST, wanted).fetchone()
    return found[0] if found and found[1] != page else None
