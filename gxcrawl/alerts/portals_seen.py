"""Asks the database how portals were crawled. The work grows with the portals that are named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from gxcrawl.alerts.asking import CRAWLED, among, named
from gxcrawl.alerts.portal_causes import SUMMARY, PortalSeen, Run, Summary
from gxcrawl.alerts.rows import alert_of
from gxcrawl.alerts.rules import rules


def portals_seen(
    connection: sqlite3.Connection, portals: Collection[str] | None, running: int
) -> list[PortalSeen]:
    """Those of them that were crawled at least once; without any named, of all."""
    query = f"SELECT id, name, code FROM portals WHERE {among('id', portals)} ORDER BY id"
    rows = connection.execute(query, named(portals)).fetchall()
    found = (_portal_seen(connection, *row, running=running) for row in rows)
    return [seen for seen in found if seen is not None]


def _portal_seen(
    connection: sqlite3.Connection, portal: str, name: str, code: str, *, running: int
) -> PortalSeen | None:
    latest = _run(connection, portal)
    if latest is None:
        return None
    good = _run(connection, portal, "AND verdict = 'healthy'")
    unhealthy, since = connection.execute(
        "SELECT count(*), coalesce(min(started), '') FROM runs"
        f" WHERE portal = ? AND {CRAWLED} AND started > ?",
        (portal, good.started if good else ""),
    ).fetchone()
    unnamed, example = _unnamed(connection, portal, running)
    told = good is None or alert_of(connection, SUMMARY, portal) is not None
    summary = None if told else _summary(connection, portal, running)
    return PortalSeen(portal, name, code, latest, good, unhealthy, since, unnamed, example, summary)


def _run(connection: sqlite3.Connection, portal: str, condition: str = "") -> Run | None:
    row = connection.execute(
        f"SELECT id, started, class FROM runs WHERE portal = ? AND {CRAWLED} {condition}"
        " ORDER BY started DESC, id DESC LIMIT 1",
        (portal,),
    ).fetchone()
    return Run(*row) if row else None


def _unnamed(connection: sqlite3.Connection, portal: str, running: int) -> tuple[int, str]:
    count, example = connection.execute(
        "SELECT count(*), coalesce(min(duties.reason), '')"
        " FROM organs JOIN duties ON duties.organ = organs.key WHERE organs.portal = ?"
        " AND duties.year = ? AND duties.status = 'unknown' AND instr(duties.reason, ?) > 0",
        (portal, running, rules().unnamed),
    ).fetchone()
    return count, example


def _summary(connection: sqlite3.Connection, portal: str, running: int) -> Summary:
    organs, reports = connection.execute(
        "SELECT count(DISTINCT organ_key), count(*) FROM reports WHERE portal = ? AND current = 1", (portal,)
    ).fetchone()
    missing, late = connection.execute(
        "SELECT coalesce(sum(duties.status = 'missing'), 0), coalesce(sum(duties.status = 'late'), 0)"
        " FROM organs JOIN duties ON duties.organ = organs.key WHERE organs.portal = ? AND duties.year < ?",
        (portal, running),
    ).fetchone()
    [(failed,)] = connection.execute(
        "SELECT count(*) FROM reports JOIN findings ON findings.report = reports.id"
        " WHERE reports.portal = ? AND reports.current = 1 AND reports.year < ? AND result = 'fail'"
        ' AND "check" IN (SELECT value FROM json_each(?))',
        (
            portal,
            running,
            json.dumps([code for code, rule in rules().checks.items() if rule.rests_on == "report"]),
        ),
    )
    return Summary(organs, reports, missing, late, failed)
