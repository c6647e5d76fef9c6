"""Which organs, years and reports an export is about."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from gxcrawl.forms import load_forms


class ExportError(ValueError):
    """It cannot be exported as asked; the text says what to do."""


class Selection(NamedTuple):
    """Empty: everything."""

    area: str = ""
    organs: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


# What an export looks at lies in tables and views of this connection only.
_TABLES = (
    "CREATE TEMP TABLE chosen_years (year INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE chosen_organs (organ TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE chosen_reports (report INTEGER PRIMARY KEY, counts INTEGER NOT NULL)",
    """
    CREATE TEMP TABLE panel_rows (
      number INTEGER PRIMARY KEY, organ TEXT, year INTEGER, report INTEGER, form TEXT
    )
    """,
    """
    CREATE TEMP VIEW chosen_duties AS SELECT duties.* FROM chosen_organs
    CROSS JOIN duties ON duties.organ = chosen_organs.organ WHERE year IN (SELECT year FROM chosen_years)
    """,
    # Of reports that count, and of organs that have none. A person's last word holds, a comment is none.
    """
    CREATE TEMP VIEW chosen_findings AS SELECT findings.*, (
      SELECT decision FROM standing_decisions AS said
      WHERE said.mark = findings.mark AND decision <> 'comment'
    ) AS decision, (
      SELECT comment FROM standing_decisions AS said WHERE said.mark = findings.mark AND comment <> ''
      ORDER BY said.id DESC LIMIT 1
    ) AS comment
    FROM findings LEFT JOIN chosen_reports ON chosen_reports.report = findings.report
    WHERE counts OR (findings.report IS NULL AND organ_key IN (SELECT organ FROM chosen_organs)
      AND year IN (SELECT year FROM chosen_years))
    """,
)
_YEARS = """
INSERT INTO chosen_years SELECT value FROM json_each(:years) WHERE true
UNION SELECT year FROM (
  SELECT year FROM reports UNION SELECT year FROM duties UNION SELECT year FROM findings
)
WHERE :years = '[]' AND year IS NOT NULL
"""
_ORGANS = """
INSERT INTO chosen_organs
SELECT key FROM organs
WHERE (:area = '' OR lies_in(code, :area))
AND (:organs = '[]' OR key IN (SELECT value FROM json_each(:organs)))
"""
# Without a choice of organs also the reports of which no organ is known for certain.
_REPORTS = """
INSERT INTO chosen_reports
SELECT id, current = 1 AND same_as IS NULL FROM reports
WHERE (
  organ_key IN (SELECT organ FROM chosen_organs) OR (organ_key IS NULL AND :area = '' AND :organs = '[]')
)
AND (:years = '[]' OR year IN (SELECT year FROM chosen_years))
"""
_PANEL = """
INSERT INTO panel_rows (organ, year, report, form)
SELECT organ, year, report, form_of(form, year) FROM (
  SELECT organ_key AS organ, year, id AS report, form
  FROM chosen_reports CROSS JOIN reports ON reports.id = chosen_reports.report
  WHERE counts AND organ_key IS NOT NULL AND year IS NOT NULL
  UNION ALL
  SELECT organ, year, NULL, NULL FROM chosen_duties WHERE NOT EXISTS (
    SELECT 1 FROM reports
    WHERE organ_key = chosen_duties.organ AND reports.year = chosen_duties.year
    AND current = 1 AND same_as IS NULL
  )
) ORDER BY organ, year, report
"""


@contextmanager
def selected(connection: sqlite3.Connection, selection: Selection) -> Iterator[None]:
    """Inside, the chosen rows stand in tables of their own, and the database does not change under us."""
    values = {"area": selection.area}
    values |= {"organs": json.dumps(selection.organs), "years": json.dumps(selection.years)}
    connection.create_function("form_of", 2, form_of, deterministic=True)
    connection.execute("BEGIN")
    try:
        for statement in _TABLES:
            connection.execute(statement)
        for statement in (_YEARS, _ORGANS, _REPORTS, _PANEL):
            connection.execute(statement, values)
        _refuse_unknown(connection, selection)
        yield
    finally:
        connection.execute("ROLLBACK")


def _refuse_unknown(connection: sqlite3.Connection, selection: Selection) -> None:
    advice = "`gxcrawl organ list` shows the organs, their keys and areas"
    for organ in selection.organs:
        if not connection.execute("SELECT 1 FROM organs WHERE key = ?", (organ,)).fetchone():
            raise ExportError(f"no organ has the key {organ!r}; {advice}")
    if selection.area and not connection.execute("SELECT 1 FROM chosen_organs").fetchone():
        raise ExportError(f"no such organ is in the area {selection.area!r}; {advice}")


def form_of(form: str | None, year: int) -> str:
    """The form of a report; where none was read, the one that was due."""
    forms = load_forms()
    if any(form == known.id for known in forms):
        return str(form)
    return next((known.id for known in forms if known.due_in(year)), forms[-1].id)


def snapshot(connection: sqlite3.Connection) -> str:
    """The time up to which the database was filled: the end of its newest run; "" when there is none."""
    newest: str = connection.execute("SELECT coalesce(max(finished), '') FROM runs").fetchone()[0]
    return newest
