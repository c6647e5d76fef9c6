"""The page of an organ, and the feeds that follow it or an area."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import unquote

from datasette import Request, Response

from gxcrawl.alerts.listing import Filter, Listed, listed
from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.clock import day_of
from gxcrawl.duties.words import basis_words, status_words
from gxcrawl.exports.words import words as export_words
from gxcrawl.feeds.alerts import feed_of_area, feed_of_organ
from gxcrawl.feeds.atom import TYPE, Feed, written
from gxcrawl.site.answers import HEADERS, WrongError, page
from gxcrawl.site.areas import area_choices, is_known
from gxcrawl.site.organ.asking import Known, Organ, known_of, organ_of
from gxcrawl.site.organ.drawing import charts_of
from gxcrawl.site.organ.quantities import rows, words
from gxcrawl.site.organ.years import Year, years_of
from gxcrawl.site.site import Site
from gxcrawl.site.told import Found


class Findings(NamedTuple):
    """Of one year; each in the order of severity."""

    year: int | None
    certain: Sequence[Found]
    uncertain: Sequence[Found]
    dismissed: Sequence[Found]


async def organ(site: Site, request: Request) -> Response:
    key = _asked(request, "key")

    def query(connection: sqlite3.Connection) -> tuple[Known, list[Year], list[Listed]]:
        found = _organ(connection, key)
        alerts = Filter(("open", "acknowledged", "held"), "organ", organ=key)
        return known_of(connection, found), years_of(connection, key), list(listed(connection, alerts))

    known, years, alerts = await site.ask(query)
    context = {
        "organ": known.organ,
        "known": known,
        "years": years,
        "rows": rows(),
        "charts": charts_of(known.organ.name, years),
        "findings": list(_by_year(known.findings)),
        "alerts": alerts,
        "words": words(),
        "kinds": export_words()["kinds"],
        "statuses": status_words(),
        "bases": basis_words(),
        "severities": severity_words(),
        "checks": load_checks(),
        "day_of": day_of,
    }
    return await page(site, request, "organ", context)


async def organ_feed(site: Site, request: Request) -> Response:
    key = _asked(request, "key")

    def query(connection: sqlite3.Connection) -> Feed:
        _organ(connection, key)
        return feed_of_organ(connection, key)

    return _feed(site, request, await site.ask(query))


async def area_feed(site: Site, request: Request) -> Response:
    code = _asked(request, "code")

    def query(connection: sqlite3.Connection) -> Feed:
        if not is_known(code, area_choices(connection)):
            raise WrongError(f"没有机关在地区“{code}”。")
        return feed_of_area(connection, code)

    return _feed(site, request, await site.ask(query))


def _asked(request: Request, name: str) -> str:
    """A part of the path, in which Datasette leaves the encoding as it was sent."""
    return unquote(request.url_vars[name])


def _organ(connection: sqlite3.Connection, key: str) -> Organ:
    found = organ_of(connection, key)
    if found is None:
        raise WrongError(f"没有代号为“{key[:100]}”的机关。")
    return found


def _by_year(findings: Sequence[Found]) -> Iterator[Findings]:
    for year, found in groupby(findings, key=lambda one: one.year):
        own = list(found)
        held = [one for one in own if one.decision != "dismissed"]
        yield Findings(
            year,
            [one for one in held if one.result == "fail"],
            [one for one in held if one.result != "fail"],
            [one for one in own if one.decision == "dismissed"],
        )


def _feed(site: Site, request: Request, feed: Feed) -> Response:
    address = site.datasette.absolute_url(request, request.path)
    return Response(written(feed._replace(file=address)), headers=dict(HEADERS), content_type=TYPE)
