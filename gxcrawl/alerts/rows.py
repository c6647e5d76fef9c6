"""The alerts that are there already."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from gxcrawl.alerts.asking import among, named
from gxcrawl.alerts.model import Alert
from gxcrawl.alerts.portal_causes import SUMMARY

_ALERT = "SELECT id, kind, subject, state, severity, message, facts, organ, year FROM alerts"


def alerts_of_organs(connection: sqlite3.Connection, organs: Collection[str] | None) -> list[Alert]:
    rows = connection.execute(f"{_ALERT} WHERE {among('organ', organs)}", named(organs))
    return [Alert(*row) for row in rows]


def alerts_of_portals(connection: sqlite3.Connection, portals: Collection[str] | None) -> list[Alert]:
    """About the portals as such. The summary is not among them: it is told once, and stays as it was."""
    own = f"organ IS NULL AND kind <> '{SUMMARY}'"
    rows = connection.execute(f"{_ALERT} WHERE {among('portal', portals)} AND {own}", named(portals))
    return [Alert(*row) for row in rows]


def alert_of(connection: sqlite3.Connection, kind: str, subject: str) -> Alert | None:
    row = connection.execute(f"{_ALERT} WHERE kind = ? AND subject = ?", (kind, subject)).fetchone()
    return Alert(*row) if row else None


def alert_by_id(connection: sqlite3.Connection, number: int) -> Alert | None:
    row = connection.execute(f"{_ALERT} WHERE id = ?", (number,)).fetchone()
    return Alert(*row) if row else None
