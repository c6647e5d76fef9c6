"""Everything that no other family knows: links are scored, and every honest kind of pager is tried."""

from __future__ import annotations

from typing import ClassVar

from gxcrawl.pages.model import Ask, Page, Row, Signs
from gxcrawl.pages.numbers import next_button, next_number, reached
from gxcrawl.pages.pagers import next_link
from gxcrawl.pages.postback import postback
from gxcrawl.pages.scored_rows import scored_rows
from gxcrawl.pages.titles import judge
from gxcrawl.pages.turns import turn

from .base import Family

_LEAST = 5  # any family that sees a sign of its own is surer than this


class Generic(Family):
    name: ClassVar[str] = "generic"
    title: ClassVar[str] = "其他网站"

    def detect(self, page: Page) -> Signs:
        return Signs(_LEAST, ("nothing else matched",))

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        rows = super().rows(page, ask)
        if any(judge(row.title) == "wanted" for row in rows):
            return rows
        known = {row.url for row in rows}
        return (*rows, *(row for row in scored_rows(page) if row.url not in known))

    def next(self, page: Page, ask: Ask) -> Ask | None:
        number = reached(ask) + 1
        following = (
            postback(page, number)
            or next_link(page)
            or turn(page, ask, self.declared(page, ask))
            or next_button(page)
            or next_number(page, ask)
        )
        return following._replace(state={**following.state, "number": number}) if following else None
