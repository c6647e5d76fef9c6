"""A report that is in no list any more is gone only when its own page says so."""

from __future__ import annotations

from pathlib import Path

from gxcrawl.samples.portals import Reply, Request, serve
from gxcrawl.samples.portals.pages import not_found
from tests.crawl.driving import Field
from tests.crawl.tiny import LIST, Usual, list_page, some, tiny

SIX = some(6)


def test_a_page_that_left_the_list_and_still_answers_is_not_gone(tmp_path: Path) -> None:
    listed, answering = [*SIX], {one.path for one in SIX}

    def change(request: Request, usual: Usual) -> Reply:
        if request.path == LIST:
            return list_page([(one.path, one.title) for one in listed])
        known = request.path not in {one.path for one in SIX} or request.path in answering
        return usual() if known else not_found()

    with serve([tiny("off", change, reports=SIX)]) as served:
        field = Field(tmp_path, served)
        assert field.crawl().returncode == 0
        off = listed.pop()
        for _ in range(3):
            assert field.crawl().returncode == 0, "the list is one row shorter, and whole"
        status = "SELECT status, misses FROM pages WHERE url LIKE ?"
        assert [tuple(row) for row in field.rows(status, f"%{off.path}")] == [("online", 0)]
        answering.remove(off.path)
        for _ in range(2):
            field.crawl()
        assert [row["status"] for row in field.rows(status, f"%{off.path}")] == ["gone"]
