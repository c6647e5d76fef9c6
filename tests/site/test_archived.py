"""The archived page: the cells marked, and nothing of it can run, load or lead away."""

from __future__ import annotations

import json
from pathlib import Path

from gxcrawl.evidence.page import policy
from tests.site.conftest import Get
from tests.site.markup import one, said, tree
from tests.site.world import change, rows


def test_an_archive_that_says_something_else_is_no_evidence(own_demo: Path) -> None:
    query = "SELECT reports.id, response FROM reports WHERE form = '2021' AND current = 1 LIMIT 1"
    [(number, response)] = rows(own_demo, query)
    get = change(own_demo, ("UPDATE responses SET sha256 = ? WHERE id = ?", ("0" * 64, response)))
    assert "摘要不符" in get(f"/report/{number}").text
    assert "存档记录不在或已损坏" in get(f"/report/{number}/archived/page").text


def test_the_archived_page_marks_the_cell_that_was_asked_for(get: Get, demo: Path) -> None:
    query = "SELECT report, raw FROM cells WHERE id = 't3.received.total' AND value > 9 LIMIT 1"
    [(number, raw)] = rows(demo, query)
    frame = one(tree(get(f"/report/{number}/archived?cell=t3.received.total").text), "//iframe")
    assert frame.get("sandbox") == ""
    anchor = f"cell-{number}-t3.received.total"
    assert frame.get("src") == f"/report/{number}/archived/page?cell=t3.received.total#{anchor}"
    framed = get(frame.get("src").partition("#")[0])
    assert said(one(tree(framed.text), f"//td[@id='{anchor}'][@class='cell']")) == raw


def test_without_a_cell_those_of_failed_findings_are_marked(get: Get, demo: Path) -> None:
    query = """SELECT report, cell_sets.cells FROM findings JOIN cell_sets ON cell_sets.id = findings.cells
      WHERE "check" = 'T4-SUM' AND result = 'fail' LIMIT 1"""
    [(number, cells)] = rows(demo, query)
    framed = tree(get(f"/report/{number}/archived/page").text)
    marked = {element.get("id") for element in framed.xpath("//*[@class='cell']")}
    assert {f"cell-{number}-{name}" for name in json.loads(cells)} <= marked


def test_nothing_in_the_frame_can_run_load_or_be_framed_by_others(get: Get) -> None:
    framed = get("/report/1/archived/page")
    sent = framed.headers["content-security-policy"]
    assert sent == f"{policy()}; frame-ancestors 'self'; sandbox"
    assert "default-src 'none'" in sent
    assert "unsafe" not in sent
    page = tree(framed.text)
    assert not page.xpath("//script | //img | //iframe | //form | //link | //@onclick")
    around = get("/report/1/archived").headers["content-security-policy"]
    assert "frame-src 'self'" in around
    assert "frame-ancestors 'none'" in around
