"""A finding: what was checked, what is printed, and the way down to the archived page."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from gxcrawl.checks.catalogue import load_checks
from tests.site.conftest import Get
from tests.site.markup import assert_nothing_runs, one, said, tree
from tests.site.world import HOSTILE, change, rows, spoiled

OF_CHECK = """
SELECT findings.id, report, message, printed, organ_key, findings.year, coalesce(cell_sets.cells, '[]')
FROM findings LEFT JOIN cell_sets ON cell_sets.id = findings.cells WHERE "check" = ? AND result = ? LIMIT 1
"""


def test_a_failed_sum_is_told_with_its_check_its_cells_and_where_they_stand(get: Get, demo: Path) -> None:
    [(number, report, message, printed, *_, cells)] = rows(demo, OF_CHECK, "T3-BAL", "fail")
    page = tree(get(f"/finding/{number}").text)
    assert load_checks()["T3-BAL"].title in said(page.xpath("//h1")[0])
    assert load_checks()["T3-BAL"].meaning in said(one(page, "//section[@aria-labelledby='check']"))
    assert said(page.xpath("//p[@class='lead']")[0]) == message.partition("可能的笔误")[0]
    assert printed in said(page.xpath("//p[@class='sum']")[0])
    listed = page.xpath("//section[@aria-labelledby='cells']//tbody/tr")
    assert len(listed) == len(json.loads(cells))
    for row, name in zip(listed, json.loads(cells), strict=True):
        assert row.xpath(f".//a[@href='/report/{report}/archived?cell={name}']")
        assert "表三第" in said(row)


def test_the_chain_leads_to_the_archived_answer(get: Get, demo: Path) -> None:
    [(number, report, *_)] = rows(demo, OF_CHECK, "T4-SUM", "fail")
    query = """SELECT responses.sha256 FROM responses
      JOIN reports ON response = responses.id WHERE reports.id = ?"""
    [(digest,)] = rows(demo, query, report)
    chain = said(one(tree(get(f"/finding/{number}").text), "//section[@aria-labelledby='chain']"))
    assert f"报告 R{report}" in chain
    assert f"SHA-256 {digest} 摘要相符" in chain


def test_a_missing_report_is_shown_by_the_lists_that_lack_it(get: Get, demo: Path) -> None:
    [(number, report, *_, organ, year, _)] = rows(demo, OF_CHECK, "P-MISSING", "fail")
    assert report is None
    page = tree(get(f"/finding/{number}").text)
    chain = said(one(page, "//section[@aria-labelledby='chain']"))
    assert "读到末尾" in chain
    assert "摘要相符" in chain
    assert page.xpath(f"//a[@href='/organ/{quote(organ, safe='')}/{year}']")
    assert get(f"/finding/{number}/archived").status == 404
    assert get(f"/finding/{number}/archived/page").status == 404


def test_from_a_finding_to_its_alert_its_report_and_the_marked_page(get: Get, demo: Path) -> None:
    query = """SELECT findings.id, report, alerts.id FROM findings JOIN alerts ON alerts.organ = organ_key
      AND alerts.year = findings.year AND alerts.kind = "check"
      WHERE "check" = 'T3-COL' AND result = 'fail' LIMIT 1"""
    [(number, report, alert)] = rows(demo, query)
    page = tree(get(f"/finding/{number}").text)
    for path in (f"/report/{report}", f"/alert/{alert}", f"/finding/{number}/archived"):
        assert page.xpath(f"//a[@href='{path}']"), path


def test_the_cells_of_a_finding_are_marked_in_both_of_the_years_that_it_compares(
    get: Get, demo: Path
) -> None:
    query = """SELECT id, report, other FROM findings WHERE "check" = 'Y-CARRY' AND result = 'fail'
      AND message LIKE '“总计”列%' LIMIT 1"""
    [(number, report, other)] = rows(demo, query)
    around = tree(get(f"/finding/{number}/archived").text)
    anchors = [f"cell-{report}-t3.carried_in.total", f"cell-{other}-t3.carried_out.total"]
    source = f"/finding/{number}/archived/page"
    assert [way.get("href") for way in around.xpath("//a[@target='archived']")] == [
        f"{source}#{anchor}" for anchor in anchors
    ]
    assert one(around, "//iframe").get("src") == f"{source}#{anchors[0]}"
    framed = tree(get(source).text)
    assert [element.get("id") for element in framed.xpath("//*[@class='cell']")] == anchors


def test_an_uncertain_finding_is_no_accusation(get: Get, demo: Path) -> None:
    [(number, *_)] = rows(demo, OF_CHECK, "T3-ROW", "uncertain")
    page = tree(get(f"/finding/{number}").text)
    assert "依据不足，不能断定有误" in said(one(page, "//main"))
    assert not page.xpath("//main//*[contains(@class, 'severity')]")


def test_what_people_said_of_it_is_shown_with_their_names(own_demo: Path) -> None:
    [(number, *_)] = rows(own_demo, OF_CHECK, "T3-ROW", "fail")
    [(mark,)] = rows(own_demo, "SELECT mark FROM findings WHERE id = ?", number)
    decide = """INSERT INTO decisions (mark, "check", decision, comment, who, at)
      VALUES (?, 'T3-ROW', 'confirmed', '电话核实', '李四', '2026-02-11T02:00:00+00:00')"""
    page = tree(change(own_demo, (decide, (mark,)))(f"/finding/{number}").text)
    told = said(one(page, "//section[@aria-labelledby='said']"))
    assert "2026-02-11 10:00:00，李四：确认，电话核实" in told


def test_a_finding_on_an_old_version_says_so_and_leads_to_the_newest(get: Get, demo: Path) -> None:
    query = """SELECT findings.id, report, now.id FROM findings JOIN reports ON reports.id = report
      JOIN reports AS now ON now.page = reports.page AND now.current = 1 WHERE reports.current = 0 LIMIT 1"""
    [(number, report, newest)] = rows(demo, query)
    for path in (f"/finding/{number}", f"/finding/{number}/archived", f"/report/{report}/archived"):
        notice = one(tree(get(path).text), "//p[@class='notice']")
        assert "旧版" in said(notice)
        assert notice.xpath(f"./a[@href='/report/{newest}']")
    query = """SELECT id, report FROM findings WHERE "check" = 'P-CHANGED' AND result = 'fail' LIMIT 1"""
    [(number, report)] = rows(demo, query)
    for path in (f"/finding/{number}", f"/finding/{number}/archived", f"/report/{report}/archived"):
        assert "旧版本的报告" not in get(path).text  # it is held against an old one


@pytest.mark.parametrize(
    "path", ["/finding/99999999", "/finding/x%22%3E", "/finding/1e3", "/finding/999999/archived"]
)
def test_a_finding_that_is_not_there_is_told_in_one_sentence(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status == 404
    assert "没有这一页" in answer.text
    assert_nothing_runs(answer.text)


@pytest.mark.parametrize("check", ["T3-BAL", "Y-CARRY", "P-MISSING", "P-LATE"])
def test_nothing_that_a_portal_prints_can_run(own_demo: Path, check: str) -> None:
    [(number, report, *_)] = rows(own_demo, OF_CHECK, check, "fail")
    get = spoiled(own_demo)
    for path in (f"/finding/{number}", *((f"/finding/{number}/archived",) if report else ())):
        answer = get(path)
        assert answer.status == 200
        assert_nothing_runs(answer.text)
        assert HOSTILE in said(tree(answer.text))
