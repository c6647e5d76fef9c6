"""What a bundle tells about its run, counted for the judge."""

from __future__ import annotations

from gxcrawl.bundle.bundle import Bundle
from gxcrawl.health import ListFacts, RunFacts
from gxcrawl.portals.model import Portal

_NOT_ITS_FAULT = ("not-found",)  # a page that is gone says nothing about the health of a portal


def facts_of(bundle: Bundle, portal: Portal, last_rows: int | None) -> RunFacts:
    lists = tuple(
        ListFacts(
            row["scope"], row["url"], row["rows"], bool(row["complete"]), row["stop_reason"], row["failure"]
        )
        for row in bundle.all("SELECT * FROM listings")
    )
    asked = bundle.all(
        "SELECT status, reason FROM frontier WHERE kind = 'detail' AND status IN ('done', 'failed')"
    )
    failures: dict[str, int] = {}
    for row in asked:
        name = row["reason"].partition(": ")[0]
        if row["status"] == "failed" and name != "bare" and name not in _NOT_ITS_FAULT:
            failures[name] = failures.get(name, 0) + 1
    return RunFacts(
        lists=lists,
        details=len(asked),
        failures=failures,
        bare=sum(row["status"] == "failed" and row["reason"] == "bare" for row in asked),
        rows=bundle.one("SELECT count(DISTINCT key) FROM listed")[0],
        reports=bundle.one("SELECT count(*) FROM reports")[0],
        min_rows=portal.min_rows,
        last_rows=last_rows,
        budget_spent=bundle.one("SELECT 1 FROM frontier WHERE reason = 'budget'") is not None,
    )
