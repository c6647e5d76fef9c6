"""The runs that looked for a report and did not find it: those that a finding names or implies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from gxcrawl.evidence.findings import Stored
from gxcrawl.evidence.looks import runs_named_in

# What these say is shown by the lists that were read, not by a report alone.
ON_LISTS = ("P-MISSING", "P-LATE", "P-BACKDATED", "P-GONE")
MISSES = 2  # that make a page gone
_LACKING = "SELECT lacking FROM duties WHERE organ = ? AND year = ?"
_IS_LOOK = "verdict = 'healthy' AND coalesce(json_extract(options, '$.since'), 0) <= :year"
# Of every portal on which the organ's reports stand, or which its entry in the registry names.
_LATEST = f"""
SELECT (
  SELECT id FROM runs WHERE portal = covering.portal AND {_IS_LOOK} ORDER BY started DESC, id DESC LIMIT 1
) FROM (
  SELECT portal FROM reports WHERE organ_key = :organ UNION SELECT portal FROM organs WHERE key = :organ
) AS covering WHERE portal IS NOT NULL
"""
_GONE = """
SELECT DISTINCT pages.portal, pages.last_seen FROM reports JOIN pages ON pages.id = reports.page
WHERE reports.organ_key = :organ AND reports.year = :year AND pages.status = 'gone'
"""
_MISSED = f"""
SELECT id FROM runs WHERE portal = :portal AND started > :last_seen AND {_IS_LOOK}
ORDER BY started, id LIMIT {MISSES}
"""


def searches(
    connection: sqlite3.Connection,
    check: str,
    findings: Sequence[Stored],
    about: tuple[str | None, int | None],
    evidence: str,
) -> list[str]:
    """Ids of runs, the earliest first."""
    if not check.startswith(ON_LISTS):
        return []
    lacking = connection.execute(_LACKING, about).fetchone()
    # What is past rests on older runs than the latest.
    implied = list(_implied(connection, check, *about)) if findings else []
    texts = [evidence, *(finding.evidence for finding in findings), json.dumps([lacking, implied])]
    return runs_named_in(connection, texts)


def _implied(
    connection: sqlite3.Connection, check: str, organ: str | None, year: int | None
) -> Iterator[str | None]:
    values = {"organ": organ, "year": year}
    if check.startswith("P-MISSING"):
        yield from (run for (run,) in connection.execute(_LATEST, values))
    if check == "P-GONE":
        for portal, last_seen in connection.execute(_GONE, values).fetchall():
            missed = {"portal": portal, "last_seen": last_seen, "year": year}
            yield from (run for (run,) in connection.execute(_MISSED, missed))


def asked_pages(connection: sqlite3.Connection, run: str, organ: str | None, year: int | None) -> list[int]:
    """The answers of a run to those who asked for the very pages of an organ's reports of a year."""
    query = """
      SELECT responses.id FROM responses WHERE run = ? AND url IN (
        SELECT pages.url FROM reports JOIN pages ON pages.id = reports.page
        WHERE organ_key = ? AND reports.year = ?
      ) ORDER BY responses.id
    """
    return [response for (response,) in connection.execute(query, (run, organ, year))]
