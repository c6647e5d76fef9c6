"""Which page answers at which address."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable

from datasette import NotFound, Request, Response
from datasette.app import Datasette
from datasette.utils import path_with_added_args
from datasette.views.index import IndexView
from datasette.views.table import TableView

from gxcrawl.site.alerts.one_view import alert
from gxcrawl.site.alerts.view import alerts
from gxcrawl.site.answers import WrongError, refused
from gxcrawl.site.decisions.view import decide_alert, decide_finding
from gxcrawl.site.duty.view import duty
from gxcrawl.site.finding.view import finding
from gxcrawl.site.health.lists import list_source, lists
from gxcrawl.site.health.view import health, portal
from gxcrawl.site.home.view import home
from gxcrawl.site.matrix.view import matrix, matrix_book
from gxcrawl.site.organ.view import area_feed, organ, organ_feed
from gxcrawl.site.rankings.view import ranking_page, ranking_sheet
from gxcrawl.site.report.archived import finding_archived, finding_source, report_archived, report_source
from gxcrawl.site.report.view import report
from gxcrawl.site.search.view import search
from gxcrawl.site.site import Site, site_of
from gxcrawl.site.terms.view import terms

View = Callable[[Site, Request], Awaitable[Response]]
Answer = Callable[[Datasette, Request], Awaitable[Response]]

TOO_SLOW = "查询超过了时间限制。请选择较小的地区或加上其他条件，或稍后再试。"
BROKEN = "这一页所用的数据有损坏，不能显示；这是本站的故障，与机关无关。请告知管理人员。"
log = logging.getLogger(__name__)

PAGES: dict[str, View] = {
    r"/(?P<format>)": home,  # Datasette's own first page, which may stand in for it, asks for a format
    r"/matrix": matrix,
    r"/matrix\.xlsx": matrix_book,
    r"/alerts": alerts,
    r"/alert/(?P<id>[^/]+)": alert,
    r"/alert/(?P<id>[^/]+)/decide": decide_alert,
    r"/finding/(?P<id>[^/]+)/decide": decide_finding,
    r"/search": search,
    r"/health": health,
    r"/health/(?P<id>[^/]+)": portal,
    r"/health/(?P<id>[^/]+)/(?P<run>[^/]+)": lists,
    r"/health/(?P<id>[^/]+)/(?P<run>[^/]+)/(?P<number>[0-9]{1,9})": list_source,
    r"/terms": terms,
    r"/rankings": ranking_page,
    r"/rankings\.csv": ranking_sheet,
    r"/area/(?P<code>[^/]+)/feed\.atom": area_feed,
    r"/report/(?P<id>[^/]+)": report,
    r"/report/(?P<id>[^/]+)/archived": report_archived,
    r"/report/(?P<id>[^/]+)/archived/page": report_source,
    r"/finding/(?P<id>[^/]+)": finding,
    r"/finding/(?P<id>[^/]+)/archived": finding_archived,
    r"/finding/(?P<id>[^/]+)/archived/page": finding_source,
    r"/organ/(?P<key>.+)/(?P<year>[0-9]{4})": duty,
    r"/organ/(?P<key>.+)/feed\.atom": organ_feed,
    r"/organ/(?P<key>.+)": organ,  # a key may hold anything: what is more special stands before it
}


# Behind the name nothing: Datasette's own pages have a format there.
CELLS = r"/(?P<database>[^/.]+)/(?P<table>cells)(?P<format>(?!))?"


def routes() -> list[tuple[str, Answer]]:
    ours = [(f"^{path}$", _answering(view)) for path, view in PAGES.items()]
    return [*ours, (f"^{CELLS}$", _cells)]


def _answering(view: View) -> Answer:
    async def answer(datasette: Datasette, request: Request) -> Response:
        site = await site_of(datasette)
        if site is None:
            return await _without_us(datasette, request)
        try:
            return await view(site, request)
        except WrongError as wrong:
            return await refused(site, request, wrong)
        except Exception as error:
            if isinstance(error, sqlite3.OperationalError) and str(error) == "interrupted":
                return await refused(site, request, WrongError(TOO_SLOW, 503))
            log.exception("%s cannot be shown", request.path)
            return await refused(site, request, WrongError(BROKEN, 500))

    return answer


async def _cells(datasette: Datasette, request: Request) -> Response:
    """Datasette counts what it lists. The cells of all reports are tens of millions, which takes too long."""
    site = await site_of(datasette)
    is_ours = site is not None and request.url_vars["database"] == site.database.route
    if is_ours and not {"report", "report__exact", "_nocount"} & set(request.args.keys()):
        return Response.redirect(path_with_added_args(request, {"_nocount": 1}))
    answer: Response = await TableView(datasette).dispatch_request(request)
    return answer


async def _without_us(datasette: Datasette, request: Request) -> Response:
    """Datasette serves somebody else's database, and is left alone."""
    if request.path == datasette.urls.instance():
        index: Response = await IndexView(datasette).get(request)
        return index
    raise NotFound("no database of gxcrawl is served here")
