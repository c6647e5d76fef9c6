"""One alert: why, since when, on what it rests."""

from __future__ import annotations

from datasette import Request, Response

from gxcrawl.checks.severities import severity_words
from gxcrawl.evidence.telling import moment
from gxcrawl.site.alerts.evidence import evidence_of
from gxcrawl.site.alerts.one import EVENTS, alert_of
from gxcrawl.site.alerts.words import kind_of, state_words, words
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.decisions.form import decision_context, number_in
from gxcrawl.site.evidence import from_archive
from gxcrawl.site.site import Site


async def alert(site: Site, request: Request) -> Response:
    number = number_in(request)
    found = await site.ask(lambda connection: alert_of(connection, number))
    if found is None:
        raise WrongError(f"没有编号为 {number} 的告警。")
    context = {
        "alert": found,
        "kind": kind_of(found.kind),
        "evidence": await from_archive(site, lambda archive: evidence_of(archive, number)),
        "moment": moment,
        "states": state_words(),
        "severities": severity_words(),
        "words": words(),
        "most_events": EVENTS,
        **decision_context(site, request),
    }
    return await page(site, request, "alert", context)
