"""Asks the database for the list of alerts, the worst first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.alerts.model import SEVERITIES, STATES
from gxcrawl.clock import day_of
from gxcrawl.site.areas import IN_AREA, area_values

PAGE = 50  # alerts on a page
CURRENT = "current"  # what is not over
ALL = "all"
CURRENT_STATES = ("open", "acknowledged", "held")

_NAMES = """
LEFT JOIN organs ON organs.key = alerts.organ
LEFT JOIN portals ON portals.id = alerts.portal AND alerts.organ IS NULL
"""
_NAME = "coalesce(organs.name, portals.name, alerts.subject)"
_WORST_FIRST = """
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END,
  alerts.area, alerts.subject, alerts.id
"""
_ROWS = f"""
SELECT alerts.id, severity, state, alerts.kind, alerts.organ, {_NAME}, alerts.year, message,
  opened_at, reopened
FROM alerts {_NAMES} WHERE alerts.id IN (SELECT value FROM json_each(?)) {_WORST_FIRST}
"""


class Wanted(NamedTuple):
    state: str = CURRENT
    stream: str = "organ"
    area: str = ""
    kind: str = ""
    severity: str = "info"  # this and what is worse
    name: str = ""  # a part of the name of the organ or the portal
    year: int = 0  # 0: of any year, and of none
    page: int = 1

    @property
    def states(self) -> Sequence[str]:
        return {CURRENT: CURRENT_STATES, ALL: STATES}.get(self.state, (self.state,))


class Row(NamedTuple):
    id: int
    severity: str
    state: str
    kind: str
    organ: str | None  # key
    name: str
    year: int | None
    message: str
    opened: str
    reopened: int

    @property
    def since(self) -> str:
        return day_of(self.opened).isoformat()


class Found(NamedTuple):
    rows: list[Row]
    counts: Mapping[str, int]  # state -> so many, whatever state is asked for
    total: int  # on all pages


def alerts_of(connection: sqlite3.Connection, wanted: Wanted) -> Found:
    chosen, values = _chosen(wanted)
    counted = dict(connection.execute(f"SELECT state, count(*) {chosen} GROUP BY 1", values).fetchall())
    counts: dict[str, int] = {state: counted.get(state, 0) for state in STATES}
    values |= {"states": json.dumps(wanted.states), "skipped": (wanted.page - 1) * PAGE}
    # Only the numbers are sorted: the rows of a whole country with their texts are many times as large.
    ids = connection.execute(
        f"SELECT alerts.id {chosen} AND state IN (SELECT value FROM json_each(:states)) {_WORST_FIRST}"
        f" LIMIT {PAGE} OFFSET :skipped",
        values,
    )
    numbers = json.dumps([number for (number,) in ids])
    rows = [Row(*row) for row in connection.execute(_ROWS, (numbers,))]
    return Found(rows, counts, sum(counts[state] for state in wanted.states))


def _chosen(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """Tables and conditions, but for the state. Only what is asked for has to be looked at."""
    severities = SEVERITIES[: SEVERITIES.index(wanted.severity) + 1]
    values: dict[str, object] = {**wanted._asdict(), "severities": json.dumps(severities)}
    conditions = ["stream = :stream", "severity IN (SELECT value FROM json_each(:severities))"]
    if wanted.area:
        conditions.append(IN_AREA.replace("organs.code", "alerts.area"))
        values |= area_values(wanted.area)
    if wanted.kind:
        conditions.append("alerts.kind = :kind")
    if wanted.year:
        conditions.append("alerts.year = :year")
    if wanted.name:
        conditions.append(f"instr({_NAME}, :name) > 0")
    return f"FROM alerts {_NAMES if wanted.name else ''} WHERE {' AND '.join(conditions)}", values
