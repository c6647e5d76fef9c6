"""The first page."""

from __future__ import annotations

from datasette import Request, Response

from gxcrawl import clock
from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.season import running_year
from gxcrawl.duties.words import status_words
from gxcrawl.site.alerts.words import words
from gxcrawl.site.answers import page
from gxcrawl.site.home.asking import home_of
from gxcrawl.site.site import Site


async def home(site: Site, request: Request) -> Response:
    today = clock.today()
    found = await site.ask(lambda connection: home_of(connection, running_year(today), today))
    context = {
        "found": found,
        "today": today,
        "statuses": status_words(),
        "severities": severity_words(),
        "floors": words().floors,
    }
    return await page(site, request, "home", context)
