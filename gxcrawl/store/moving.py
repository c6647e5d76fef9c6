"""Everything that is known under one key of an organ goes on under another. The first key is no more."""

from __future__ import annotations

import sqlite3

from gxcrawl.store.marks import ABOUT, about_organ, begin_of

# Where both organs have a row for the same, that of the target stays.
_ONE_FOR_EACH = {"duties": "year", "checked": "year, origin"}
REFERENCES = (
    ("reports", "organ_key"),
    ("findings", "organ_key"),
    ("decisions", "organ_key"),
    ("duties", "organ"),
    ("checked", "organ"),
    ("alerts", "organ"),
    ("organ_names", "organ"),
    ("organ_events", "organ"),
    ("organ_events", "other"),
    ("page_organs", "organ"),
    ("organs", "superior"),
)
_YEARS = """
SELECT year FROM decisions WHERE organ_key = :old AND year IS NOT NULL
UNION SELECT year FROM findings WHERE organ_key = :old AND year IS NOT NULL
"""
_ALERTS_OF_BOTH = """
SELECT ours.id FROM alerts AS ours JOIN alerts AS theirs
  ON theirs.kind = ours.kind AND theirs.subject = replace(ours.subject, :old, :new)
WHERE ours.organ = :old AND theirs.id <> ours.id
"""
# What the target does not say about itself, the other organ may know.
_COMPLETE = """
UPDATE organs SET (first_seen, scope, portal) = (
  SELECT min(organs.first_seen, other.first_seen),
    iif(organs.scope = '', other.scope, organs.scope), coalesce(organs.portal, other.portal)
  FROM organs AS other WHERE other.key = :old
) WHERE key = :new
"""


def move_organ(connection: sqlite3.Connection, from_key: str, to_key: str) -> None:
    """Reports, names, duties, findings, alerts, events: all of it follows, and is checked again."""
    keys = {"old": from_key, "new": to_key}
    _drop_second_alerts(connection, keys)
    _mark_anew(connection, from_key, to_key)
    for table, columns in _ONE_FOR_EACH.items():
        same = f"({columns}) IN (SELECT {columns} FROM {table} WHERE organ = :new)"
        connection.execute(f"DELETE FROM {table} WHERE organ = :old AND {same}", keys)
    connection.execute(
        "UPDATE alerts SET subject = replace(subject, :old, :new),"
        " area = (SELECT code FROM organs WHERE key = :new) WHERE organ = :old",
        keys,
    )
    for table, column in REFERENCES:
        connection.execute(f"UPDATE {table} SET {column} = :new WHERE {column} = :old", keys)
    connection.execute("UPDATE organs SET superior = NULL WHERE key = :new AND superior = :new", keys)
    connection.execute(_COMPLETE, keys)
    connection.execute("DELETE FROM organs WHERE key = :old", keys)
    connection.execute("DELETE FROM stale_organs WHERE organ = :old", keys)
    look_again(connection, to_key)


def _mark_anew(connection: sqlite3.Connection, from_key: str, to_key: str) -> None:
    """The same findings will have the marks of the other key, so the decisions on them get those, too."""
    for (year,) in connection.execute(_YEARS, {"old": from_key}).fetchall():
        old, new = (begin_of(about_organ(key, year)) for key in (from_key, to_key))
        for table in ("decisions", "findings"):
            connection.execute(
                f"UPDATE {table} SET mark = ? || substr(mark, ?)"
                " WHERE organ_key = ? AND year = ? AND substr(mark, 1, ?) = ?",
                (new, ABOUT + 1, from_key, year, ABOUT, old),
            )


def look_again(connection: sqlite3.Connection, key: str) -> None:
    """The next check looks at all years of the organ, and at those that it may have been taken for."""
    connection.execute("INSERT INTO stale_organs (organ, year) VALUES (?, 0) ON CONFLICT DO NOTHING", (key,))
    connection.execute(
        "INSERT INTO stale_portals (portal, stamp) SELECT DISTINCT portal, 1 FROM reports WHERE organ_key = ?"
        " ON CONFLICT DO UPDATE SET stamp = stamp + 1",
        (key,),
    )


def _drop_second_alerts(connection: sqlite3.Connection, keys: dict[str, str]) -> None:
    """Of two alerts about the same thing one is enough. Its story and its deliveries go with it."""
    events = f"SELECT id FROM alert_events WHERE alert IN ({_ALERTS_OF_BOTH})"
    connection.execute(f"DELETE FROM deliveries WHERE event IN ({events})", keys)
    connection.execute(f"DELETE FROM alert_events WHERE alert IN ({_ALERTS_OF_BOTH})", keys)
    connection.execute(f"DELETE FROM alerts WHERE id IN ({_ALERTS_OF_BOTH})", keys)
