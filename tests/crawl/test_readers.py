"""Articles are read in other processes: one that kills its reader costs nobody else."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime

from gxcrawl.crawl.readers import read_elsewhere
from gxcrawl.crawl.reading import Article, Reading
from gxcrawl.pages.model import Marks, Page, Row
from tests.crawl.tiny import LAST_YEAR, article


class Deadly(bytes):
    """Whoever unpacks it dies at once."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (7,)


def asked(body: bytes, number: int) -> Article:
    title = f"示例县财政局{LAST_YEAR}年政府信息公开工作年度报告"
    page = Page(f"http://www.shili.gov.cn/nb/{number}.html", body, 200, {"content-type": "text/html"})
    return Article(page, Row(page.url, title), Marks(), datetime.now(UTC))


def test_a_page_that_kills_its_reader_is_told_and_the_others_are_read() -> None:
    good = article("示例县财政局", LAST_YEAR, 3).encode()
    bodies = [good, good, Deadly(b"x"), good, good]

    async def all_at_once() -> list[Reading]:
        first = await read_elsewhere(asked(good, 9))
        read = (read_elsewhere(asked(body, number)) for number, body in enumerate(bodies))
        return [first, *await asyncio.gather(*read)]

    first, *readings = asyncio.run(all_at_once())
    deadly = readings.pop(2)
    assert deadly.failure == "unreadable"
    assert all(reading.content_sha256 == first.content_sha256 for reading in readings)
    assert {reading.organ for reading in readings} == {"示例县财政局"}
