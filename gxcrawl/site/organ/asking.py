"""Asks the database who an organ is, and what is known of its reports."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.site.told import COUNTING, FOUND, Found

MOST = 500  # versions, or findings, on one page

_ORGAN = """
SELECT organs.key, organs.name, organs.kind, organs.level, organs.code,
  coalesce(areas.name, (SELECT name FROM portals WHERE code = organs.code ORDER BY id LIMIT 1), ''),
  organs.superior, above.name, organs.status, organs.valid_from, organs.valid_to, organs.source
FROM organs LEFT JOIN areas ON areas.code = organs.code
LEFT JOIN organs AS above ON above.key = organs.superior
WHERE organs.key = ?
"""
_NAMES = "SELECT DISTINCT name FROM organ_names WHERE organ = ? ORDER BY name"
# What happened to another one that went into this one is part of its story.
_EVENTS = """
SELECT organ_events.kind, day, other, others.name, organ_events.source, 1
FROM organ_events LEFT JOIN organs AS others ON others.key = other WHERE organ = ?1
UNION ALL
SELECT organ_events.kind, day, organ, others.name, organ_events.source, 0
FROM organ_events LEFT JOIN organs AS others ON others.key = organ WHERE other = ?1
ORDER BY 2
"""
_VERSIONS = f"""
SELECT id, year, title, version, current, status, same_as, published, first_seen, error, form
FROM reports WHERE organ_key = ? ORDER BY year IS NULL, year DESC, page, version DESC LIMIT {MOST}
"""
_FINDINGS = f"""
{FOUND} AND findings.organ_key = ?
ORDER BY findings.year DESC, CASE severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END,
  "check", findings.id LIMIT {MOST}
"""
_COUNTS = f"""
SELECT (SELECT count(*) FROM reports WHERE organ_key = ?1), (
  SELECT count(*) FROM findings LEFT JOIN reports ON reports.id = findings.report
  WHERE findings.organ_key = ?1 AND {COUNTING}
)
"""


class Organ(NamedTuple):
    key: str
    name: str
    kind: str
    level: str
    code: str
    area: str
    superior: str | None  # key
    superior_name: str | None
    status: str
    valid_from: str | None
    valid_to: str | None
    source: str


class Event(NamedTuple):
    kind: str
    day: str
    other: str | None  # key of the other organ
    other_name: str | None
    source: str
    own: bool  # False: it happened to the other one


class Version(NamedTuple):
    id: int
    year: int | None
    title: str
    version: int
    current: bool
    status: str
    same_as: int | None
    published: str | None
    first_seen: str
    error: str
    form: str | None


class Known(NamedTuple):
    organ: Organ
    names: list[str]  # others than its own
    events: list[Event]
    versions: list[Version]
    all_versions: int
    findings: list[Found]
    all_findings: int


def organ_of(connection: sqlite3.Connection, key: str) -> Organ | None:
    row = connection.execute(_ORGAN, (key,)).fetchone()
    return Organ(*row) if row else None


def known_of(connection: sqlite3.Connection, organ: Organ) -> Known:
    names = [name for (name,) in connection.execute(_NAMES, (organ.key,)) if name != organ.name]
    versions, findings = connection.execute(_COUNTS, (organ.key,)).fetchone()
    return Known(
        organ,
        names,
        [Event(*row) for row in connection.execute(_EVENTS, (organ.key,))],
        [Version(*row) for row in connection.execute(_VERSIONS, (organ.key,))],
        versions,
        [Found(*row) for row in connection.execute(_FINDINGS, (organ.key,))],
        findings,
    )
