"""Asks the database for what a league table is made of, and ranks it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.site.areas import IN_AREA, area_values
from gxcrawl.site.rankings.catalogue import Ranking
from gxcrawl.site.rankings.shares import Share, share

# Reports with tables of which the numbers compare: 2019 and 2021 have the same rows.
_COUNTING = "reports.current = 1 AND reports.same_as IS NULL AND reports.form IN ('2019', '2021')"
_CHOSEN = f"{IN_AREA} AND (:kind = '' OR organs.kind = :kind)"
# In the order of an index of organs, so that nothing is sorted; cross: in this very order.
# Of several reports of an organ the newest counts: what stands beside a maximum is of the same row.
_NEWEST_REPORTS = f"""
SELECT organs.key, organs.code, max(reports.id) AS report, {{top}} AS top, {{bottom}} AS bottom
FROM organs CROSS JOIN reports ON reports.organ_key = organs.key AND reports.year = :year
LEFT JOIN figures_2019 AS old ON old.report = reports.id
LEFT JOIN figures_2021 AS new ON new.report = reports.id
WHERE {_CHOSEN} AND {_COUNTING} GROUP BY organs.code, organs.rowid
"""
_DAYS = f"""
SELECT organs.key, organs.code, duties.report, duties.days AS top, 1 AS bottom
FROM organs CROSS JOIN duties ON duties.organ = organs.key AND duties.year = :year
WHERE {_CHOSEN} AND duties.status IN ('late', 'missing') AND duties.days > 0
"""
_IS_FAILED = """
result = 'fail' AND "check" IN (SELECT value FROM json_each(:identities)) AND NOT EXISTS (
  SELECT 1 FROM standing_decisions AS said WHERE said.mark = findings.mark AND said.decision = 'dismissed'
)
"""
# A report without tables has no identities that could hold or fail.
_FAILED = f"""
SELECT reports.id, (SELECT count(*) FROM findings WHERE findings.report = reports.id AND {_IS_FAILED})
FROM reports WHERE reports.id IN (SELECT value FROM json_each(:reports)) AND form IS NOT NULL
"""
_FAILED_OF_EACH = f"""
SELECT key, code, report, (
  SELECT count(*) FROM findings WHERE findings.report = newest.report AND {_IS_FAILED}
) AS top, 1 AS bottom FROM ({_NEWEST_REPORTS.format(top="NULL", bottom="NULL")}) AS newest
"""
# A whole country is ranked where it lies: only what is shown comes out, and one row at least, for the counts.
_LEAGUE = """
WITH counted AS MATERIALIZED ({counted}),
ranked AS MATERIALIZED (
  SELECT *, 1.0 * top / bottom AS value FROM counted WHERE bottom >= :least AND {fits}
),
shown AS (SELECT * FROM ranked ORDER BY value DESC, bottom DESC, code, key LIMIT :most OFFSET :skipped),
counts AS (
  SELECT count(*) AS organs, count(*) FILTER (WHERE top IS NULL OR bottom IS NULL) AS blank,
    count(*) FILTER (WHERE top IS NOT NULL AND bottom < :least) AS few,
    count(*) FILTER (WHERE bottom >= :least AND NOT {fits}) AS odd
  FROM counted
)
SELECT (SELECT count(*) FROM ranked), organs, blank, few, odd,
  (SELECT count(*) FROM ranked WHERE value > (SELECT max(value) FROM shown)),
  organs.key, organs.name, organs.code, organs.kind, organs.status, shown.report, shown.top, shown.bottom,
  duties.status, duties.reason, duties.due, duties.statutory
FROM counts LEFT JOIN shown LEFT JOIN organs ON organs.key = shown.key
LEFT JOIN duties ON duties.organ = shown.key AND duties.year = :year
ORDER BY shown.value DESC, shown.bottom DESC, shown.code, shown.key
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
    skipped = shown.start or 0
    most = -1 if shown.stop is None else shown.stop - skipped
    values = {**scope._asdict(), **area_values(scope.area), "skipped": skipped, "most": most}
    values |= {"identities": _identities(), "least": least if ranking.kind == "share" else 1}
    query = _LEAGUE.format(counted=_counted(ranking), fits=_fits(ranking))
    rows = connection.execute(query, values).fetchall()
    ranked, organs, *left_out, before = rows[0][:6]
    numbered = enumerate((row[6:] for row in rows if row[6] is not None), skipped + 1)
    found = list(_ranked(ranking, numbered, before + 1))
    return League(found, ranked, organs, *(left_out if ranking.kind == "share" else ()))


def failed_of(connection: sqlite3.Connection, reports: Iterable[int]) -> Mapping[int, int]:
    """Report with tables -> identities that do not hold, without what people dismissed."""
    values = {"reports": json.dumps(list(reports)), "identities": _identities()}
    return dict(connection.execute(_FAILED, values).fetchall())


def _counted(ranking: Ranking) -> str:
    if ranking.kind == "share":
        return _NEWEST_REPORTS.format(top=_sum(ranking.top), bottom=_sum(ranking.bottom))
    return _DAYS if ranking.kind == "days" else _FAILED_OF_EACH


def _fits(ranking: Ranking) -> str:
    return "top BETWEEN 0 AND bottom" if ranking.kind == "share" else "top > 0"


def _ranked(ranking: Ranking, rows: Iterable[tuple[int, Sequence[Any]]], place: int) -> Iterator[Ranked]:
    """Equals share a place, also with those of the page before: `place` is that of the first."""
    last = None
    for number, (*organ, report, top, bottom, status, reason, due, statutory) in rows:
        if last not in (None, top / bottom):
            place = number
        last = top / bottom
        one = Ranked(place, Organ(*organ), report)
        if ranking.kind == "share":
            yield one._replace(share=share(top, bottom))
        elif ranking.kind == "days":
            yield Ranked(place, one.organ, report, None, top, status, reason, due, bool(statutory))
        else:
            yield one._replace(number=top)


def _identities() -> str:
    return json.dumps([check.code for check in load_checks().values() if check.kind == "identity"])


def _sum(cells: Sequence[str]) -> str:
    """Null when one of them was not read; a report is on one of the forms."""
    columns = [cell.replace(".", "_") for cell in cells]
    sums = (" + ".join(f"{form}.{column}" for column in columns) for form in ("new", "old"))
    return f"coalesce({', '.join(sums)})"
