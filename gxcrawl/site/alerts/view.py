"""The list of alerts."""

from __future__ import annotations

import sqlite3

from datasette import Request, Response

from gxcrawl.alerts.model import STATES
from gxcrawl.checks.severities import severity_words
from gxcrawl.site import asked
from gxcrawl.site.alerts.asking import ALL, CURRENT, PAGE, Found, Wanted, alerts_of
from gxcrawl.site.alerts.words import kind_of, kinds, state_words, words
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.areas import AreaChoice, area_choices, is_known, name_of
from gxcrawl.site.site import Site


def wanted_of(request: Request) -> Wanted:
    return Wanted(
        asked.one_of(request, "state", (CURRENT, ALL, *STATES), CURRENT),
        asked.one_of(request, "stream", words().streams, "organ"),
        asked.text(request, "area", 20),
        asked.one_of(request, "kind", kinds()),
        asked.one_of(request, "severity", words().floors, "info"),
        asked.text(request, "name"),
        asked.year(request, 0),
        asked.page_number(request),
    )


async def alerts(site: Site, request: Request) -> Response:
    wanted = wanted_of(request)

    def query(connection: sqlite3.Connection) -> tuple[Found, list[AreaChoice]]:
        choices = area_choices(connection)
        if not is_known(wanted.area, choices):
            raise WrongError(f"没有机关在地区“{wanted.area}”。")
        return alerts_of(connection, wanted), choices

    found, choices = await site.ask(query)
    context = {
        "wanted": wanted,
        "asked": wanted._asdict() | {"year": wanted.year or "", "page": ""},
        "found": found,
        "choices": choices,
        "area_name": name_of(wanted.area, choices),
        "states": state_words(),
        "kinds": kinds(),
        "kind_of": kind_of,
        "severities": severity_words(),
        "words": words(),
        "pages": -(-found.total // PAGE),
    }
    return await page(site, request, "alerts", context)
