"""The page of a finding."""

from __future__ import annotations

from datasette import Request, Response

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.checks.slips import without_slip
from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.model import Chain
from gxcrawl.evidence.telling import moment, word
from gxcrawl.show.chinese import place_in_chinese
from gxcrawl.show.grid import number as digits
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.decisions.form import decision_context, number_in
from gxcrawl.site.evidence import from_archive, told
from gxcrawl.site.finding.asking import told_of
from gxcrawl.site.site import Site

MOST_CELLS = 250  # in the table


async def finding(site: Site, request: Request) -> Response:
    number = number_in(request)
    found = await site.ask(lambda connection: told_of(connection, number))
    if found is None:
        raise WrongError(f"没有编号为 F{number} 的检查结果；之后的检查可能已取代它。")
    chain = await from_archive(site, lambda archive: chain_of(archive, f"F{number}"))
    [shown] = chain.findings
    message, slip = without_slip(shown.message)
    check = load_checks().get(shown.check)
    context = {
        "finding": found,
        "shown": shown,
        "message": message,
        "slip": slip,
        "check": check,
        "compared": check.compared(shown.printed, shown.expected) if check else (),
        "cells": shown.cells[:MOST_CELLS],
        "left_out": max(0, len(shown.cells) - MOST_CELLS),
        "reports": chain.reports,
        "looks": chain.looks,
        # What the page itself tells is not told once more.
        "lines": told(Chain(reports=chain.reports, looks=chain.looks)),
        "severities": severity_words(),
        "word": word,
        "moment": moment,
        "place": place_in_chinese,
        "digits": digits,
        **decision_context(site, request),
    }
    return await page(site, request, "finding", context)
