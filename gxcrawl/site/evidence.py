"""What pages show of the archive. It takes long to read, so none of Datasette's connections waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from gxcrawl.evidence.chain import UnknownError
from gxcrawl.evidence.model import Chain
from gxcrawl.evidence.records import Archive, Bound
from gxcrawl.evidence.telling import Measure, Told, tell
from gxcrawl.site.answers import WrongError
from gxcrawl.site.site import Site

T = TypeVar("T")
PAGE = Measure(findings=20, cells=60, changes=20, lists=40, pages=20)
CHECKED = Bound(answers=100, size=50_000_000)  # about a second
PATIENCE = 5_000  # milliseconds, for the questions to the database


async def from_archive(
    site: Site,
    use: Callable[[Archive], T],
    run: Callable[[Callable[[], T]], Awaitable[T]] = asyncio.to_thread,
) -> T:
    def work() -> T:
        with site.reading(PATIENCE) as connection:
            try:
                return use(site.shelf(connection, CHECKED))
            except UnknownError as error:
                raise WrongError("没有这个编号的报告、检查结果或单元格。") from error

    return await run(work)


def told(chain: Chain) -> list[Told]:
    return list(tell(chain, PAGE))
