"""The addresses of pages, so that no template puts one together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from gxcrawl.site.site import Site


class Links:
    def __init__(self, site: Site) -> None:
        self.urls = site.datasette.urls
        self.database = site.database.name

    def to(self, path: str, **query: object) -> str:
        """A page of ours; what is empty is left out of its address."""
        asked = urlencode({name: value for name, value in query.items() if value not in (None, "")})
        address = str(self.urls.path(f"/{path}"))  # its own kind of string is slow to look at
        return f"{address}?{asked}" if asked else address

    def again(self, path: str, asked: Mapping[str, object], **other: object) -> str:
        """The same question with something changed."""
        return self.to(path, **{**asked, **other})

    def organ(self, key: str) -> str:
        return self.to(f"organ/{quote(key, safe='')}")

    def duty(self, key: str, year: int) -> str:
        return self.to(f"organ/{quote(key, safe='')}/{year}")

    def report(self, number: int) -> str:
        return self.to(f"report/{number}")

    def alert(self, number: int) -> str:
        return self.to(f"alert/{number}")

    def finding(self, number: int) -> str:
        return self.to(f"finding/{number}")

    def portal(self, key: str) -> str:
        return self.to(f"health/{quote(key, safe='')}")

    def lists(self, portal: str, run: str) -> str:
        """What a crawl read of the lists of its portal, as archived."""
        return f"{self.portal(portal)}/{quote(run, safe='')}"

    def static(self, name: str) -> str:
        address: str = self.urls.path(f"/-/static-plugins/gxcrawl/{name}")
        return address

    def raw(self, table: str = "") -> str:
        """The same data on Datasette's own pages."""
        address: str = self.urls.table(self.database, table) if table else self.urls.database(self.database)
        return address

    def csv(self, table: str) -> str:
        """All rows of a table or view, as a file."""
        return f"{self.raw(table)}.csv?_stream=on&_dl=on"
