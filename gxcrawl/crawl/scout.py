"""From one address to a ready entry: which software, where its lists of annual reports are, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from gxcrawl.crawl.loader import families
from gxcrawl.crawl.probe import Get, ProbeError
from gxcrawl.pages.address import allowed, lane
from gxcrawl.pages.discover import leads
from gxcrawl.pages.family import best_family
from gxcrawl.pages.metas import metas, site_code
from gxcrawl.pages.model import Ask, Page, Row
from gxcrawl.pages.shell import hop
from gxcrawl.pages.titles import judge, names_column
from gxcrawl.portals import Column, Portal
from gxcrawl.report.lines import bare

DEPTH = 3  # pages from the address given to a list
SAMPLED = 3  # lists below a page that names nothing but lists
FOLLOWED = 4  # links of one page
UNSURE = 5  # a score that says nothing about the software
FEWER = 0.8  # of the reports seen now: so many are asked of a healthy list


class Found(NamedTuple):
    portal: Portal
    notes: tuple[str, ...]  # what was seen, in the order it was seen


class ListSeen(NamedTuple):
    page: Page
    scope: str
    reports: int


def first_guess(url: str) -> Portal:
    """Enough of an entry to ask for one page."""
    host = lane(url)
    label = host.split(":")[0].removeprefix("www.").split(".")[0].lower()
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in label)
    secure = urlsplit(url).scheme == "https"
    return Portal(
        "portal" if not plain or plain.isdigit() else plain,
        "",
        "",
        "generic",
        (host,),
        "https" if secure else "http",
    )


def _reports(rows: Sequence[Row]) -> int:
    return sum(judge(row.title) == "wanted" for row in rows)


class Scout:
    """One search; what it sees is noted as it goes."""

    def __init__(self, get: Get, guess: Portal) -> None:
        self.get = get
        self.guess = guess
        self.notes: list[str] = []
        self.lists: list[ListSeen] = []
        self.seen: set[str] = set()

    async def find(self, url: str) -> Found:
        first = await self.get(Ask(url))
        await self._look(first, "", DEPTH)
        source = self.lists[0].page if self.lists else first
        code = site_code(first) or site_code(source)
        portal = replace(
            self.guess,
            name=metas(first).get("sitename") or metas(source).get("sitename") or self.guess.id,
            code=code[:6] if code[:6].isdigit() else "",
            site_code=code,
            family=self._family(source),
            columns=tuple(Column(url=seen.page.url, scope=seen.scope) for seen in self.lists),
            min_rows=int(sum(seen.reports for seen in self.lists) * FEWER),
        )
        return Found(portal, tuple(self.notes))

    async def _look(self, page: Page, text: str, depth: int) -> None:
        """The page may be a list itself; if not, the links that speak of annual reports are followed."""
        family = families()[self._family(page)]
        ask = Ask(page.url)
        rows = family.rows(page, ask)
        following = family.next(page, ask)
        if not rows and following is not None and allowed(following.url, self.guess.hosts):
            data = await self._try(following)
            rows = family.rows(data, following) if data else ()
        if not rows and (inner := hop(page)) and allowed(inner.url, self.guess.hosts):
            frame = await self._try(inner)
            rows = family.rows(frame, inner) if frame else ()
        reports = _reports(rows) or await self._below(family, page)
        if reports:
            self.notes.append(f"{page.url}: a list of {len(rows)} rows, {reports} of them annual reports")
            scope = bare(text)
            self.lists.append(ListSeen(page, "" if names_column(scope) else scope, reports))
            return
        self.notes.append(f"{page.url}: {len(rows)} rows, no annual report among them")
        if depth > 0:
            await self._follow(page, depth)

    async def _below(self, family: Any, page: Page) -> int:
        """Reports in the first of the lists that a page only names: a crawl opens them all."""
        for child in family.children(page, Ask(page.url))[:SAMPLED]:
            if allowed(child.url, self.guess.hosts) and (answer := await self._try(Ask(child.url))):
                self.notes.append(f"{child.title} {child.url}: a list below it, one for each {child.kind}")
                if reports := _reports(family.rows(answer, Ask(child.url))):
                    return reports
        return 0

    async def _follow(self, page: Page, depth: int) -> None:
        found = [lead for lead in leads(page) if lead.url not in self.seen]
        columns = [lead for lead in found if lead.kind == "column"]
        for lead in (columns or [lead for lead in found if lead.kind == "platform"])[:FOLLOWED]:
            self.seen.add(lead.url)
            self.notes.append(f"{lead.text} {lead.url}: {lead.score}, {'; '.join(lead.reasons)}")
            if not allowed(lead.url, self.guess.hosts):
                self.notes.append(f"{lead.url}: on another host; if it is theirs, try that address too")
            elif answer := await self._try(Ask(lead.url)):
                await self._look(answer, lead.text, depth - 1)

    async def _try(self, ask: Ask) -> Page | None:
        try:
            return await self.get(ask)
        except ProbeError as error:
            self.notes.append(str(error))
            return None

    def _family(self, page: Page) -> str:
        found = best_family(page, families().values())
        for name, signs in [one for one in found[:2] if one == found[0] or one[1].score > UNSURE]:
            note = f"{page.url}: {name} ({signs.score}): {'; '.join(signs.reasons)}"
            if note not in self.notes:
                self.notes.append(note)
        return found[0][0] if found else "generic"
