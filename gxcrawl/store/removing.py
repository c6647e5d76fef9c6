"""An organ is taken out of the registry. What its reports and alerts say is not lost."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.store.errors import StoreError
from gxcrawl.store.moving import look_again

_KNOWN = """
SELECT status, (SELECT count(*) FROM reports WHERE organ_key = organs.key),
  (SELECT count(*) FROM alerts WHERE organ = organs.key)
FROM organs WHERE key = ?
"""
_PAGES_STALE = """
INSERT INTO stale_portals (portal, stamp)
SELECT DISTINCT portal, 1 FROM pages WHERE id IN (SELECT page FROM page_organs WHERE organ = ?)
ON CONFLICT DO UPDATE SET stamp = stamp + 1
"""
# What would be left without an organ; the last one is the organ itself.
_GO = (
    "DELETE FROM duties WHERE organ = ?",
    "DELETE FROM checked WHERE organ = ?",
    "DELETE FROM findings WHERE organ_key = ?",
    "DELETE FROM organ_events WHERE organ = ?",
    "UPDATE organ_events SET other = NULL WHERE other = ?",
    _PAGES_STALE,
    "DELETE FROM page_organs WHERE organ = ?",
    "DELETE FROM organ_names WHERE organ = ?",
    "UPDATE organs SET superior = NULL WHERE superior = ?",
    "DELETE FROM stale_organs WHERE organ = ?",
    "DELETE FROM organs WHERE key = ?",
)


class Removed(NamedTuple):
    """With one of these it stays, as a candidate; with none it is gone."""

    reports: int  # versions
    alerts: int


def remove(connection: sqlite3.Connection, key: str) -> Removed:
    """It owes nothing any more but what follows from its reports; the next check closes its alerts."""
    found = connection.execute(_KNOWN, (key,)).fetchone()
    if found is None:
        raise StoreError(f"there is no organ {key}; `gxcrawl organ list` shows their keys")
    status, *kept = found
    removed = Removed(*kept)
    if not any(removed):
        for statement in _GO:
            connection.execute(statement, (key,))
        return removed
    if status == "candidate":
        raise StoreError(
            f"{key} is a candidate, and {removed.reports} versions of reports and {removed.alerts} alerts are"
            " about it, so it stays; `gxcrawl organ merge` makes it another organ's name"
        )
    connection.execute("UPDATE organs SET status = 'candidate' WHERE key = ?", (key,))
    connection.execute("UPDATE organ_names SET kind = 'met' WHERE organ = ? AND kind = 'full'", (key,))
    look_again(connection, key)
    return removed
