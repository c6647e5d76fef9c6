"""Which page answers at which address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from datasette import NotFound, Request, Response
from datasette.app import Datasette
from datasette.views.index import IndexView

from gxcrawl.site.answers import WrongError, refused
from gxcrawl.site.home.view import home
from gxcrawl.site.matrix.view import matrix, matrix_book
from gxcrawl.site.site import Site, site_of

View = Callable[[Site, Request], Awaitable[Response]]
Answer = Callable[[Datasette, Request], Awaitable[Response]]

PAGES: dict[str, View] = {
    r"/": home,
    r"/matrix": matrix,
    r"/matrix\.xlsx": matrix_book,
}


def routes() -> list[tuple[str, Answer]]:
    return [(f"^{path}$", _answering(view)) for path, view in PAGES.items()]


def _answering(view: View) -> Answer:
    async def answer(datasette: Datasette, request: Request) -> Response:
        site = await site_of(datasette)
        if site is None:
            return await _without_us(datasette, request)
        try:
            return await view(site, request)
        except WrongError as wrong:
            return await refused(site, request, wrong)

    return answer


async def _without_us(datasette: Datasette, request: Request) -> Response:
    """Datasette serves somebody else's database, and is left alone."""
    if request.path == datasette.urls.instance():
        index: Response = await IndexView(datasette).get(request, as_format=None)
        return index
    raise NotFound("no database of gxcrawl is served here")
