"""The pages: a plugin of Datasette that shows a database of gxcrawl to the people who need it."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

if TYPE_CHECKING:  # Datasette loads its plugins while it is being loaded itself
    from datasette.app import Datasette


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    from gxcrawl.site.routes import routes

    return routes()


@hookimpl
def startup() -> None:
    """With rich, Datasette prints what all variables hold at every fault, cookies too, for up to a minute."""
    from datasette import handle_exception

    handle_exception.rich = None


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    from gxcrawl.site.functions import register, restrain
    from gxcrawl.site.site import is_ours

    if is_ours(conn):
        register(conn)
        restrain(conn)


@hookimpl
def render_cell(
    row: sqlite3.Row, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> str | None:
    from gxcrawl.site.cells import linked

    return linked(datasette, database, row, column, value) if table is None else None


@hookimpl
def menu_links(datasette: Datasette) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    """The way back from Datasette's own pages."""
    from gxcrawl.site.site import site_of

    async def links() -> list[dict[str, str]]:
        link = {"href": datasette.urls.path("/"), "label": "gxcrawl 首页"}
        return [link] if await site_of(datasette) else []

    return links
