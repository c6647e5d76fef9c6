"""Brings the alerts of some organs and portals up to date, inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import date, datetime

from gxcrawl.alerts.ledger import Tally, settle
from gxcrawl.alerts.organ_causes import causes_of
from gxcrawl.alerts.organs_seen import organs_seen
from gxcrawl.alerts.portal_causes import causes_of_portal
from gxcrawl.alerts.portals_seen import portals_seen
from gxcrawl.alerts.rows import alerts_of_organs, alerts_of_portals
from gxcrawl.duties import running_year


def refresh(
    connection: sqlite3.Connection,
    *,
    organs: Collection[str] | None,
    portals: Collection[str] | None,
    today: date,
    now: datetime,
) -> Tally:
    """None means all. Duties and findings must be up to date; alerts of others are not touched."""
    running = running_year(today)
    seen = organs_seen(connection, organs, running)
    about_organs = settle(
        connection,
        alerts_of_organs(connection, organs),
        causes_of(seen, running),
        lambda what, present: seen.trusted(what, present=present),
        now,
    )
    about_portals = settle(
        connection,
        alerts_of_portals(connection, portals),
        [
            cause
            for portal in portals_seen(connection, portals, running)
            for cause in causes_of_portal(portal, running, today)
        ],
        lambda *_: "judged",
        now,
    )
    return about_organs + about_portals
