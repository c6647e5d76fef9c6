"""The archived page of a report or a finding, its cells marked, in a frame where nothing runs or loads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote, urlencode

from datasette import Request, Response

from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.model import Chain, EvidenceCell
from gxcrawl.evidence.page import anchor_of, evidence_page, policy
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.telling import moment, word
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.decisions.form import number_in
from gxcrawl.site.evidence import from_archive
from gxcrawl.site.links import Links
from gxcrawl.site.report.findings import findings_of
from gxcrawl.site.site import Site, slowly
from gxcrawl.site.told import outdated_of

MOST = 200  # cells that are marked
LONGEST = 5_000_000  # bytes of an archived page that is shown


async def report_archived(site: Site, request: Request) -> Response:
    number = number_in(request)
    names = _names(request)
    chain = await from_archive(site, lambda archive: _of_report(archive, number, names))
    return await _framing(site, request, chain, f"report/{number}", names)


async def finding_archived(site: Site, request: Request) -> Response:
    number = number_in(request)
    chain = await from_archive(site, lambda archive: _of_finding(archive, number))
    return await _framing(site, request, chain, f"finding/{number}", [])


async def report_source(site: Site, request: Request) -> Response:
    number = number_in(request)
    names = _names(request)
    return await _framed(site, lambda archive: _of_report(archive, number, names))


async def finding_source(site: Site, request: Request) -> Response:
    number = number_in(request)
    return await _framed(site, lambda archive: _of_finding(archive, number))


def _names(request: Request) -> list[str]:
    names = [name for name in dict.fromkeys(request.args.getlist("cell")) if name]
    if len(names) > MOST:
        raise WrongError(f"一次最多标出 {MOST} 格。", 400)
    return names


def _of_report(archive: Archive, number: int, names: Sequence[str]) -> Chain:
    """Without names: the cells that failed findings rest on."""
    if not names:
        failed = findings_of(archive.connection, number).failed
        names = list(dict.fromkeys(name for finding in failed for name in finding.cells))[:MOST]
    return chain_of(archive, f"R{number}", names)


def _of_finding(archive: Archive, number: int) -> Chain:
    chain = chain_of(archive, f"F{number}")
    if not chain.reports:
        raise WrongError("这项检查不是对某一份报告做的，没有可以标出的网页。")
    return chain


async def _framing(site: Site, request: Request, chain: Chain, path: str, names: Sequence[str]) -> Response:
    """The page around the frame. The links to the cells move what is in the frame, without a script."""
    cells = [*chain.cells, *(cell for finding in chain.findings for cell in finding.cells)]
    cells = list(dict.fromkeys(cells))
    source = Links(site).to(f"{path}/archived/page") + (_query(names) if names else "")
    finding = next(iter(chain.findings), None)
    about = finding.report if finding else chain.reports[0].id
    context = {
        "reports": chain.reports,
        "finding": finding,
        "outdated": await site.ask(lambda connection: outdated_of(connection, about)),
        "cells": [(cell, source + _fragment(cell)) for cell in cells],
        "source": source + (_fragment(cells[0]) if cells else ""),
        "word": word,
        "moment": moment,
    }
    return await page(site, request, "archived", context)


def _query(names: Sequence[str]) -> str:
    return "?" + urlencode([("cell", name) for name in names])


def _fragment(cell: EvidenceCell) -> str:
    return "#" + quote(anchor_of(cell.report, cell.id))


async def _framed(site: Site, chain: Callable[[Archive], Chain]) -> Response:
    def drawn(archive: Archive) -> str:
        return evidence_page(chain(archive), archive, LONGEST)

    return framed(await from_archive(site, drawn, slowly))


def framed(text: str) -> Response:
    """What stands in the frame of a page of ours, and nowhere else."""
    return Response(
        text.encode("utf-8", errors="replace"),  # a page may hold characters that cannot be written
        headers={
            "Content-Security-Policy": f"{policy()}; frame-ancestors 'self'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
        content_type="text/html; charset=utf-8",
    )
