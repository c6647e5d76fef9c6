"""What a new run asks of the database: the pages it knows, and how earlier runs went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gxcrawl.bundle.model import Known
from gxcrawl.store.opening import Store
from gxcrawl.store.source import BY_HAND


class Run(NamedTuple):
    """A run of the past."""

    id: str
    portal: str
    verdict: str
    failure: str  # its class; "" when there is none
    started: str
    finished: str
    requests: int
    listed: int  # rows that its lists showed


_RUNS = "SELECT id, portal, verdict, class, started, finished, requests, listed FROM runs WHERE portal = ?"


# What no page shows now, but the archive holds: error pages, earlier versions.
_BODIES = """
SELECT 'body:' || sha256, url, 'body', NULL, '', '', sha256, '', 0, run || '/' || warc, "offset", 'online'
FROM responses WHERE id IN (
  SELECT min(responses.id) FROM responses JOIN runs ON runs.id = responses.run
  WHERE runs.portal = ? AND revisit = 0 AND length > 0 GROUP BY sha256
) AND sha256 NOT IN (SELECT sha256 FROM pages WHERE portal = ?)
"""


def brief(store: Store, portal_id: str) -> Iterator[Known]:
    """What the next run of a portal should know: one row for each page, and for each other archived body."""
    query = (
        "SELECT key, url, kind, year, etag, last_modified, sha256, coalesce(last_asked, ''), misses,"
        " iif(warc = '', '', run || '/' || warc), \"offset\", status FROM pages WHERE portal = ? ORDER BY id"
    )
    pages = store.connection.execute(query, (portal_id,))
    bodies = store.connection.execute(_BODIES, (portal_id, portal_id))
    return (Known(*row) for rows in (pages, bodies) for row in rows)


def last_runs(store: Store, portal_id: str, n: int) -> list[Run]:
    """The latest first. What was put in by hand is no run of the portal."""
    query = f"{_RUNS} AND verdict <> ? ORDER BY started DESC, id DESC LIMIT ?"
    rows = store.connection.execute(query, (portal_id, BY_HAND, n))
    return [Run(*row) for row in rows]


def last_good_run(store: Store, portal_id: str) -> Run | None:
    row = store.connection.execute(
        f"{_RUNS} AND verdict = 'healthy' ORDER BY started DESC, id DESC LIMIT 1", (portal_id,)
    ).fetchone()
    return Run(*row) if row else None
