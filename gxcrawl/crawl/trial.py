"""One page of each list and a few of its reports, asked and explained: does an entry still fit its portal?"""

from __future__ import annotations

from datetime import UTC, datetime

from gxcrawl.crawl.loader import families
from gxcrawl.crawl.probe import Get, ProbeError
from gxcrawl.crawl.reading import Article, read_article
from gxcrawl.pages.address import allowed
from gxcrawl.pages.metas import site_code
from gxcrawl.pages.model import Ask, Page, Row
from gxcrawl.pages.titles import judge
from gxcrawl.portals import Column, Portal

DETAILS = 3  # reports of each list
WAYS = 6  # addresses that are tried for one list


class Trial:
    """Says line by line what it sees."""

    def __init__(self, get: Get, portal: Portal) -> None:
        self.get = get
        self.portal = portal
        self.family = families()[portal.family]
        self.lines: list[str] = []
        self.works = True

    async def run(self) -> tuple[bool, tuple[str, ...]]:
        for column in self.portal.columns:
            await self._column(column)
        if not self.portal.columns:
            self._say(False, "the entry has no columns; `gxcrawl portal add` looks for them")
        return self.works, tuple(self.lines)

    def _say(self, good: bool, line: str) -> None:
        self.works &= good
        self.lines.append(line if good else f"! {line}")

    async def _column(self, column: Column) -> None:
        ways = self.family.ways(self.portal, column)[:WAYS]
        self.lines.append(f"{column.scope or 'list'} {column.url or column.ref}")
        for ask in ways:
            page, rows, asked = await self._rows(ask)
            if page and rows:
                self._explain(page, asked, rows)
                await self._details(page, rows)
                return
        self._say(False, f"  none of {len(ways)} addresses led to a list; a crawl would search further")

    async def _rows(self, ask: Ask) -> tuple[Page | None, tuple[Row, ...], Ask]:
        """The first page with rows: the one asked, or the data that it names."""
        for _ in range(2):
            try:
                page = await self.get(ask)
            except ProbeError as error:
                self.lines.append(f"  {ask.url}: {error}")
                return None, (), ask
            rows = self.family.rows(page, ask)
            following = self.family.next(page, ask)
            if rows or following is None or not allowed(following.url, self.portal.hosts):
                return page, rows, ask
            ask = following
        return page, rows, ask

    def _explain(self, page: Page, ask: Ask, rows: tuple[Row, ...]) -> None:
        declared = self.family.declared(page, ask)
        following = self.family.next(page, ask)
        signs = self.family.detect(page)
        judged = [judge(row.title) for row in rows]
        decoys = sorted({one.partition(":")[2] for one in judged if one.startswith("decoy")})
        self.lines.append(f"  {page.url}: {signs.score} {self.family.name}: {'; '.join(signs.reasons)}")
        self.lines.append(
            f"  {len(rows)} rows: {judged.count('wanted')} reports, {judged.count('unclear')} unclear,"
            f" decoys: {'、'.join(decoys) or 'none'}"
        )
        self.lines.append(f"  declared: {declared.rows} rows, {declared.pages} pages")
        self.lines.append(f"  next: {following.url if following else 'none'}")
        if "wanted" not in judged:
            self._say(False, "  no row is an annual report")
        found, wanted = site_code(page), self.portal.site_code
        if wanted and found and wanted != found:
            self._say(False, f"  its site code is {found}, the entry says {wanted}")

    async def _details(self, page: Page, rows: tuple[Row, ...]) -> None:
        for row in [row for row in rows if judge(row.title) == "wanted"][:DETAILS]:
            ask = self.family.detail(row, page)
            if not allowed(ask.url, self.portal.hosts):
                self._say(False, f"  {row.title}: {ask.url} is not on a host of the entry")
                continue
            try:
                article = Article(await self.get(ask), row, self.family.marks, datetime.now(UTC))
            except ProbeError as error:
                self._say(False, f"  {row.title}: {error}")
                continue
            reading = read_article(article)
            facts = f"{reading.organ or '?'} {reading.year or '?'}, form {reading.form or '-'}"
            when = f"published {reading.published or '?'} ({reading.published_basis or '-'})"
            why = reading.failure or reading.refused or reading.error
            self._say(bool(reading.reading), f"  {row.title}: {facts}, {when}{f'; {why}' if why else ''}")
