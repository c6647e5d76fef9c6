"""How many findings of a year stand against its reports, as `--strict` counts them."""

from __future__ import annotations

import sqlite3

# Of the reports that count, and of organs without one.
_FAILED = """
WITH found (id, mark, result, severity) AS (
  SELECT findings.id, mark, result, severity FROM reports JOIN findings ON findings.report = reports.id
  WHERE reports.year = ?1 AND current = 1 AND same_as IS NULL
  UNION ALL
  SELECT findings.id, mark, result, severity FROM duties
  JOIN findings ON organ_key = duties.organ AND findings.year = duties.year
  WHERE duties.year = ?1 AND findings.report IS NULL
)
SELECT count(*) FROM found WHERE result = 'fail' AND severity IN ('error', 'warn') AND NOT EXISTS (
  SELECT 1 FROM standing_decisions AS said WHERE said.mark = found.mark AND said.decision = 'dismissed'
)
"""


def count_failed(connection: sqlite3.Connection, year: int) -> int:
    count: int = connection.execute(_FAILED, (year,)).fetchone()[0]
    return count
