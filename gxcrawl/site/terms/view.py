"""The page of terms."""

from __future__ import annotations

from datasette import Request, Response

from gxcrawl.checks.catalogue import NEEDS
from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.words import status_words
from gxcrawl.problems import problem_entries
from gxcrawl.site.answers import page
from gxcrawl.site.site import Site
from gxcrawl.site.terms.glossary import groups, left_out, parts


async def terms(site: Site, request: Request) -> Response:
    context = {
        "parts": parts(),
        "statuses": status_words(),
        "severities": severity_words(),
        "groups": groups(),
        "left_out": left_out(),
        "problems": problem_entries(),
        "needs": NEEDS,
    }
    return await page(site, request, "terms", context)
