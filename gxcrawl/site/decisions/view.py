"""Takes the forms of decisions. Afterwards the reader is sent back to the page, which says what was done."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from typing import NoReturn

from datasette import Request, Response

from gxcrawl import clock
from gxcrawl.decisions.deciding import NotPossibleError
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.decisions.acting import ACTS, WITH_REASON, WITH_TEXT, Subject, UnknownError, Wish, carry_out
from gxcrawl.site.decisions.form import number_in, person, sent, way_back, without_controls
from gxcrawl.site.decisions.words import fault_in_chinese, words
from gxcrawl.site.links import Links
from gxcrawl.site.site import Site
from gxcrawl.store import StoreError


async def decide_alert(site: Site, request: Request) -> Response:
    return await _decide(site, request, "alert")


async def decide_finding(site: Site, request: Request) -> Response:
    return await _decide(site, request, "finding")


async def _decide(site: Site, request: Request, subject: Subject) -> Response:
    number = number_in(request)
    link = Links(site)
    own_page = link.alert(number) if subject == "alert" else link.finding(number)
    fields: Mapping[str, str] = {}
    try:
        _may_it_be(site, request)
        fields = await sent(request)
        wish = _wish_of(request, subject, number, fields)
        await _done(site, wish)
    except WrongError as wrong:
        told = {
            "message": wrong.message,
            "written": without_controls(fields.get("text", ""))[: 2 * words().longest],
            "back": way_back(site, fields.get("back", ""), own_page),
        }
        return await page(site, request, "undecided", told, status=wrong.status)
    site.datasette.add_message(request, words().done[subject][wish.act].format(number=number))
    return Response.redirect(way_back(site, fields.get("back", ""), own_page))


def _may_it_be(site: Site, request: Request) -> None:
    if request.method != "POST":
        _refuse("method", 405)
    if not request.actor:
        _refuse("nobody", 403)
    if site.is_fixed:
        _refuse("fixed", 409)


def _wish_of(request: Request, subject: Subject, number: int, fields: Mapping[str, str]) -> Wish:
    act, text = fields.get("act", ""), without_controls(fields.get("text", "")).strip()
    if act not in ACTS[subject]:
        _refuse("form", 400)
    if act in WITH_REASON and not text:
        _refuse("empty", 400)
    if len(text) > words().longest:
        _refuse("long", 400, longest=words().longest)
    return Wish(subject, number, act, text if act in WITH_TEXT else "", person(request), clock.now())


async def _done(site: Site, wish: Wish) -> None:
    """Every reason for which nothing was done is told in a sentence."""
    subject = words().subjects[wish.subject].format(number=wish.number)
    try:
        await asyncio.to_thread(carry_out, site.file, wish)
    except UnknownError:
        _refuse("unknown", 404, subject=subject)
    except NotPossibleError:
        _refuse("late", 409, subject=subject)
    except (StoreError, sqlite3.Error) as error:
        raise WrongError(fault_in_chinese(error), 503) from error


def _refuse(why: str, status: int, **values: object) -> NoReturn:
    raise WrongError(words().refused[why].format(**values), status)
