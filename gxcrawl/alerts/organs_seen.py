"""Asks the database for what the alerts of organs rest on. The work grows with the organs that are named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from gxcrawl.alerts.asking import CRAWLED, among, named
from gxcrawl.alerts.organ_causes import Duty, Found, Organ, Seen
from gxcrawl.alerts.rules import rules

_DUTIES = "SELECT organ, year, due, rule, basis, status, published, report, lacking FROM duties"
_ORGANS = "SELECT key, name, code, portal FROM organs"
_STANDS = "SELECT DISTINCT organ_key, portal FROM reports"
# A page of which no crawl ever had an answer was put in by hand, and no look is owed to it.
_UNREAD = """
SELECT DISTINCT organ_key FROM reports JOIN pages ON pages.id = reports.page
WHERE {organs} AND reports.current = 1 AND reports.status = 'online'
  AND pages.last_asked < (SELECT value FROM json_each(:looks) WHERE key = reports.portal)
"""

LOOKED_AT = (None, "healthy")  # verdicts; None: never crawled, so no failure of ours can be behind anything

_LATEST = f"""
SELECT portals.id, verdict, started FROM portals LEFT JOIN runs ON runs.id =
  (SELECT id FROM runs WHERE portal = portals.id AND {CRAWLED} ORDER BY started DESC, id DESC LIMIT 1)
"""
_FIRST = """
SELECT id, (SELECT started FROM runs WHERE portal = portals.id AND verdict = 'healthy'
  ORDER BY started LIMIT 1)
FROM portals
"""
# Of old years only what may be news, and what has an alert already. What is gone proves nothing of today.
_FOUND = """
SELECT findings.organ_key, findings.year, "check", severity, message, iif(mark = '', message, mark), report,
  reports.portal, coalesce(reports.url, ''), reports.first_seen,
  EXISTS (SELECT 1 FROM standing_decisions AS said
    WHERE said.mark = findings.mark AND decision = 'dismissed')
FROM findings LEFT JOIN reports ON reports.id = findings.report
WHERE {organs} AND {check} IN (SELECT value FROM json_each(:checks))
  AND findings.year IS NOT NULL AND result = 'fail'
  AND (reports.id IS NULL OR reports.current = 1)
  AND (reports.status IS NOT 'gone' OR "check" NOT IN (SELECT value FROM json_each(:of_report)))
  AND (findings.year >= :running OR "check" IN (SELECT value FROM json_each(:news))
    OR EXISTS (SELECT 1 FROM alerts WHERE alerts.organ = findings.organ_key AND alerts.year = findings.year))
ORDER BY findings.organ_key, findings.year, "check", report, findings.id
"""


def organs_seen(connection: sqlite3.Connection, organs: Collection[str] | None, running: int) -> Seen:
    """All that is known of these organs, or without any, of all."""

    def rows(query: str, column: str) -> Iterator[Any]:
        return connection.execute(f"{query} WHERE {among(column, organs)}", named(organs))

    failed = {
        portal: started
        for portal, verdict, started in connection.execute(_LATEST)
        if verdict not in LOOKED_AT
    }
    known = {row[0]: Organ(*row) for row in rows(_ORGANS, "key")}
    covers = [*rows(_STANDS, "organ_key"), *((key, organ.portal) for key, organ in known.items())]
    return Seen(
        tuple(_found(connection, organs, running)),
        {row[:2]: Duty(*row) for row in rows(_DUTIES, "organ")},
        known,
        frozenset(organ for organ, portal in covers if portal in failed),
        _unread(connection, organs, failed),
        {portal: start for portal, start in connection.execute(_FIRST) if start},
    )


def _unread(
    connection: sqlite3.Connection, organs: Collection[str] | None, failed: Mapping[str, str]
) -> frozenset[str]:
    """`failed`: portal -> when its latest run began, where that was not healthy."""
    if not failed:
        return frozenset()
    query, values = _UNREAD.format(organs=among("organ_key", organs)), {"looks": json.dumps(failed)}
    return frozenset(organ for (organ,) in connection.execute(query, {**values, **named(organs)}))


def _found(connection: sqlite3.Connection, organs: Collection[str] | None, running: int) -> Iterator[Found]:
    checks = rules().checks
    values = {
        "checks": json.dumps([*checks]),
        "of_report": json.dumps([code for code, rule in checks.items() if rule.rests_on == "report"]),
        "news": json.dumps([code for code, rule in checks.items() if rule.news]),
        "running": running,
    }
    # The plus keeps the index of the checks from being used where the one of the organs leads to fewer rows.
    check = '"check"' if organs is None else '+"check"'
    query = _FOUND.format(organs=among("findings.organ_key", organs), check=check)
    return (Found(*row) for row in connection.execute(query, {**values, **named(organs)}))
