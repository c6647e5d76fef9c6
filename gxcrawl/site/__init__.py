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
def prepare_connection(conn: sqlite3.Connection) -> None:
    from gxcrawl.site.functions import register

    register(conn)


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": datasette.urls.path("/"), "label": "gxcrawl 首页"}]
