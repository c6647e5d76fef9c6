"""The page of all portals, and the page of one."""

from __future__ import annotations

from urllib.parse import unquote

from datasette import Request, Response

from gxcrawl import clock
from gxcrawl.alerts.rules import advice
from gxcrawl.evidence.telling import words as evidence_words
from gxcrawl.exports.text import is_web_address
from gxcrawl.health.words import class_in_chinese
from gxcrawl.site import asked
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.health.asking import PAGE, health_of, portal_of
from gxcrawl.site.health.wording import week_words
from gxcrawl.site.site import Site


async def health(site: Site, request: Request) -> Response:
    number, today = asked.page_number(request), clock.today()
    found = await site.ask(lambda connection: health_of(connection, number, today))
    total = sum(found.verdicts.values())
    context = {"found": found, "page": number, "pages": -(-total // PAGE), "total": total}
    return await page(site, request, "health", {**context, **_words(), "today": today})


async def portal(site: Site, request: Request) -> Response:
    key, today = unquote(request.url_vars["id"]), clock.today()
    found = await site.ask(lambda connection: portal_of(connection, key, today))
    if found is None:
        raise WrongError("没有这个门户。")
    one, runs = found
    return await page(site, request, "portal", {"portal": one, "runs": runs, **_words(), "today": today})


def _words() -> dict[str, object]:
    return {
        "verdicts": evidence_words()["verdicts"],
        "weeks": week_words(),
        "advice": advice(),
        "class_in_chinese": class_in_chinese,
        "is_web_address": is_web_address,
    }
