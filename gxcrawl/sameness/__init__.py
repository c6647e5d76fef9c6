"""Texts that are alike: an organ's own of last year, those of others, and words that anybody could print."""

from __future__ import annotations

import sqlite3

from gxcrawl.sameness.compare import Comparison, SamenessOutcome
from gxcrawl.sameness.index import update
from gxcrawl.sameness.limits import shipped_limits
from gxcrawl.sameness.sources import Sources

__all__ = ["SamenessOutcome", "refresh"]

BATCH = 500  # reports of one transaction


def refresh(connection: sqlite3.Connection, most: int = BATCH) -> list[SamenessOutcome]:
    """Compare what changed, and whoever that concerns; each outcome stands in place of the report's last one.

    At most so many of the reports that changed are taken at once: call it until nothing is left to say.
    """
    query = "SELECT report FROM stale_texts ORDER BY report LIMIT ?"
    reports = [row[0] for row in connection.execute(query, (most,))]
    sources, limits = Sources(connection), shipped_limits()
    touched = update(connection, sources, limits, reports)
    comparison = Comparison(connection, sources, limits)
    beside = touched.beside.union(comparison.resembling(touched.changed)) - touched.changed
    outcomes = [*comparison.remarks_for(sorted(touched.changed | beside))]
    connection.executemany("DELETE FROM stale_texts WHERE report = ?", ((report,) for report in reports))
    return outcomes
