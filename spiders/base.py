"""What every family of portal software has in common. A family overrides where its markup differs.

All of it is pure: pages in, rows and requests out. The walk from page to page, its stop rules, politeness,
the archive and the reading of reports are the spider's business (spider.py), never a family's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gxcrawl.pages.children import children_of
from gxcrawl.pages.model import Ask, Child, Declared, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import declared_by, next_link
from gxcrawl.pages.rows import rows_of
from gxcrawl.portals.model import Column, Portal


class Family:
    name: ClassVar[str] = ""  # what an entry's `family` says
    title: ClassVar[str] = ""  # for people
    options: ClassVar[Mapping[str, type]] = {}  # keys that [portal.options] may have
    counts_on: ClassVar[bool] = False  # next() only counts on: no page names the one after it
    article: ClassVar[str] = ""  # regex that the path (with query) of a detail address matches; "" any
    marks: ClassVar[Marks] = Marks()

    def detect(self, page: Page) -> Signs:
        """How sure it is that this one page was made by the family, and by which signs."""
        return Signs()

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """Requests for the first page of a column; they are tried in this order until one gives rows."""
        return (Ask(column.url),) if column.url else ()

    def directory(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """Requests to the software's own directory of columns, for when no way above leads anywhere."""
        return ()

    def found(self, page: Page, ask: Ask, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """More ways to the column, from an answer of the directory."""
        return ()

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        """The entries of one page of a list, in their order."""
        return rows_of(page, self.article)

    def declared(self, page: Page, ask: Ask) -> Declared:
        """The size of the whole list, where the page tells it."""
        return declared_by(page)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        """The request for the page after this one; None when the page names none."""
        return next_link(page)

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        """Another form of `ask`, which failed (None) or gave the page before it again."""
        return None

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        """Lists below this one: tabs for years, classes of organs, columns of single organs."""
        return children_of(page)

    def detail(self, row: Row, page: Page) -> Ask:
        """The request for the page of a row; `page` is the list it stood in."""
        return Ask(row.url)
