"""Reports that are known and stand in no list any more: their pages tell whether they are still there."""

from __future__ import annotations

from gxcrawl.bundle.model import Known, Task
from gxcrawl.crawl.policy import is_due, policy
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import allowed
from gxcrawl.pages.model import Ask, Row

_UNLISTED = """
SELECT * FROM known WHERE kind = 'detail' AND status = 'online' AND warc <> ''
  AND key NOT IN (SELECT key FROM frontier) ORDER BY key
"""


def ask_for_unlisted(run: Run) -> bool:
    """Whether any was queued. Where a list was not read to its end, nobody knows what it lacks."""
    bundle, options = run.bundle, run.options
    if bundle.one("SELECT 1 FROM listings WHERE complete = 0"):
        return False
    queued = False
    for known in (Known(*row) for row in bundle.all(_UNLISTED)):
        too_old = options.since and known.year and known.year < options.since
        due = options.full or is_due(known, run.today, policy())
        if due and not too_old and allowed(known.url, run.portal.hosts):
            queued |= bundle.add(Task(0, "detail", Ask(known.url), row=Row(known.url, "")))
    return queued
