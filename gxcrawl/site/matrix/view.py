"""The matrix as a page and as a spreadsheet, with the same filters."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from datasette import Request, Response

from gxcrawl import clock
from gxcrawl.duties.season import running_year
from gxcrawl.duties.words import status_words
from gxcrawl.exports.words import words
from gxcrawl.site import asked
from gxcrawl.site.answers import EXCEL, WrongError, download, page
from gxcrawl.site.areas import area_choices, is_known, name_of
from gxcrawl.site.matrix.asking import PAGE, Matrix, Wanted, matrix_of
from gxcrawl.site.site import WHOLE, Site, slowly


def wanted_of(request: Request) -> Wanted:
    return Wanted(
        asked.text(request, "area", 20),
        asked.one_of(request, "kind", words()["kinds"]),
        asked.text(request, "name"),
        asked.one_of(request, "status", status_words()),
        asked.year(request, running_year(clock.today())),
        asked.page_number(request),
    )


async def matrix(site: Site, request: Request) -> Response:
    wanted = wanted_of(request)

    def query(connection: sqlite3.Connection) -> tuple[Matrix, object, str]:
        choices = area_choices(connection)
        if not is_known(wanted.area, choices):
            raise WrongError(f"没有机关在地区“{wanted.area}”。")
        return matrix_of(connection, wanted), choices, name_of(wanted.area, choices)

    found, choices, area = await site.ask(query)
    context = {
        "wanted": wanted,
        "asked": wanted._asdict(),
        "found": found,
        "choices": choices,
        "area_name": area,
        "kinds": words()["kinds"],
        "statuses": status_words(),
        "pages": -(-found.total // PAGE),
    }
    return await page(site, request, "matrix", context)


async def matrix_book(site: Site, request: Request) -> Response:
    """The whole area and all its years, whatever page is looked at."""
    area = wanted_of(request).area
    return await slowly(lambda: _book(site, area))


def _book(site: Site, area: str) -> Response:
    from gxcrawl.exports.matrix import write_matrix
    from gxcrawl.exports.selection import ExportError, Selection, selected, snapshot

    with tempfile.TemporaryDirectory() as folder, site.reading(WHOLE) as connection:
        path = Path(folder, "matrix.xlsx")
        try:
            with selected(connection, Selection(area)):
                write_matrix(path, connection, snapshot(connection))
        except ExportError as error:
            raise WrongError(f"没有机关在地区“{area}”。") from error
        return download(path.read_bytes(), f"matrix-{area or 'all'}.xlsx", EXCEL)
