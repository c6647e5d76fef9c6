"""Asks the database for what a league table is made of, and ranks it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.site.areas import IN_AREA, area_values
from gxcrawl.site.rankings.catalogue import Ranking
from gxcrawl.site.rankings.shares import Share, share

# Reports with tables of which the numbers compare: 2019 and 2021 have the same rows.
_COUNTING = "reports.current = 1 AND reports.same_as IS NULL AND reports.form IN ('2019', '2021')"
_CHOSEN = f"{IN_AREA} AND (:kind = '' OR organs.kind = :kind)"
# Places in the rows of the queries.
KEY, CODE, REPORT, TOP, BOTTOM, DAYS = 0, 2, 5, 6, 7, 6

_ORGAN = "organs.key, organs.name, organs.code, organs.kind, organs.status"
_SHARES = f"""
SELECT {_ORGAN}, reports.id, {{top}}, {{bottom}}
FROM organs CROSS JOIN reports ON reports.organ_key = organs.key AND reports.year = :year
LEFT JOIN figures_2019 AS old ON old.report = reports.id
LEFT JOIN figures_2021 AS new ON new.report = reports.id
WHERE {_CHOSEN} AND {_COUNTING}
"""
_DAYS = f"""
SELECT {_ORGAN}, duties.report, duties.days, duties.status, duties.reason, duties.due, duties.statutory
FROM organs CROSS JOIN duties ON duties.organ = organs.key AND duties.year = :year
WHERE {_CHOSEN} AND duties.status IN ('late', 'missing') AND duties.days > 0
"""
_FAILED = """
SELECT findings.report, count(*) FROM findings
WHERE findings.report IN (SELECT value FROM json_each(:reports)) AND result = 'fail'
  AND "check" IN (SELECT value FROM json_each(:identities)) AND NOT EXISTS (
    SELECT 1 FROM standing_decisions AS said
    WHERE said.mark = findings.mark AND said.decision = 'dismissed'
  )
GROUP BY 1
"""
_REPORTS = f"""
SELECT {_ORGAN}, reports.id
FROM organs CROSS JOIN reports ON reports.organ_key = organs.key AND reports.year = :year
WHERE {_CHOSEN} AND {_COUNTING}
"""
_NEWEST = """
SELECT year FROM reports WHERE year <= ? AND current = 1 AND same_as IS NULL AND form IN ('2019', '2021')
ORDER BY year DESC LIMIT 1
"""


class Scope(NamedTuple):
    year: int
    area: str = ""
    kind: str = ""


class Organ(NamedTuple):
    key: str
    name: str
    code: str
    kind: str
    status: str


class Ranked(NamedTuple):
    place: int
    organ: Organ
    report: int | None
    share: Share | None = None
    number: int = 0  # of days or identities, in the other kinds
    status: str = ""  # of the duty, where days are counted
    reason: str = ""
    due: str = ""
    statutory: bool = False


class League(NamedTuple):
    shown: Sequence[Ranked]
    ranked: int  # organs on all pages
    organs: int  # that have a report with tables, or are late
    blank: int = 0  # without one of the numbers
    few: int = 0  # with fewer cases than asked for
    odd: int = 0  # whose part is more than the whole


def newest_year(connection: sqlite3.Connection, upto: int) -> int:
    """The running year, or the last one before it of which there are reports with tables."""
    found = connection.execute(_NEWEST, (upto,)).fetchone()
    return int(found[0]) if found else upto


def league(
    connection: sqlite3.Connection, ranking: Ranking, scope: Scope, least: int, shown: slice
) -> League:
    values = {**scope._asdict(), **area_values(scope.area)}
    if ranking.kind == "share":
        return _of_shares(connection, ranking, values, least, shown)
    if ranking.kind == "days":
        return _of_days(connection, values, shown)
    return _of_failed(connection, values, shown)


def failed_of(connection: sqlite3.Connection, reports: Iterable[int]) -> Mapping[int, int]:
    """Report -> identities that do not hold, without what people dismissed."""
    identities = [check.code for check in load_checks().values() if check.kind == "identity"]
    values = {"reports": json.dumps(list(reports)), "identities": json.dumps(identities)}
    return dict(connection.execute(_FAILED, values).fetchall())


def _of_shares(
    connection: sqlite3.Connection,
    ranking: Ranking,
    values: Mapping[str, object],
    least: int,
    shown: slice,
) -> League:
    query = _SHARES.format(top=_sum(ranking.top), bottom=_sum(ranking.bottom))
    rows = _newest(connection.execute(query, values))
    read = [row for row in rows if row[TOP] is not None and row[BOTTOM] is not None]
    enough = [row for row in read if row[BOTTOM] >= least]
    found = [row for row in enough if 0 <= row[TOP] <= row[BOTTOM]]
    found.sort(key=lambda row: (-row[TOP] / row[BOTTOM], -row[BOTTOM], row[CODE], row[KEY]))
    places = _places([row[TOP] / row[BOTTOM] for row in found])
    ranked = [
        Ranked(place, Organ(*row[:REPORT]), row[REPORT], share(row[TOP], row[BOTTOM]))
        for place, row in zip(places[shown], found[shown], strict=True)
    ]
    blank, few, odd = len(rows) - len(read), len(read) - len(enough), len(enough) - len(found)
    return League(ranked, len(found), len(rows), blank, few, odd)


def _of_days(connection: sqlite3.Connection, values: Mapping[str, object], shown: slice) -> League:
    found = connection.execute(_DAYS, values).fetchall()
    found.sort(key=lambda row: (-row[DAYS], row[CODE], row[KEY]))
    places = _places([row[DAYS] for row in found])
    ranked = [
        Ranked(place, Organ(*row[:REPORT]), row[REPORT], None, *row[DAYS:])
        for place, row in zip(places[shown], found[shown], strict=True)
    ]
    return League(ranked, len(found), len(found))


def _of_failed(connection: sqlite3.Connection, values: Mapping[str, object], shown: slice) -> League:
    rows = _newest(connection.execute(_REPORTS, values))
    failed = failed_of(connection, (row[REPORT] for row in rows))
    found = [row for row in rows if row[REPORT] in failed]
    found.sort(key=lambda row: (-failed[row[REPORT]], row[CODE], row[KEY]))
    places = _places([failed[row[REPORT]] for row in found])
    ranked = [
        Ranked(place, Organ(*row[:REPORT]), row[REPORT], None, failed[row[REPORT]])
        for place, row in zip(places[shown], found[shown], strict=True)
    ]
    return League(ranked, len(found), len(rows))


def _newest(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One row for each organ: where several reports count, that of the newest."""
    newest: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        known = newest.get(row[KEY])
        if known is None or known[REPORT] < row[REPORT]:
            newest[row[KEY]] = row
    return list(newest.values())


def _places(values: Sequence[float]) -> list[int]:
    """Of values that are sorted; equals share a place."""
    places: list[int] = []
    for number, value in enumerate(values, 1):
        same = number > 1 and value == values[number - 2]
        places.append(places[-1] if same else number)
    return places


def _sum(cells: Sequence[str]) -> str:
    """Null when one of them was not read; a report is on one of the forms."""
    columns = [cell.replace(".", "_") for cell in cells]
    sums = (" + ".join(f"{form}.{column}" for column in columns) for form in ("new", "old"))
    return f"coalesce({', '.join(sums)})"
