"""A report: what is wrong with it, where it was seen, what changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from gxcrawl.model import Number
from gxcrawl.site.report.cells import Cell
from gxcrawl.site.report.findings import Findings
from gxcrawl.site.report.texts import differences
from gxcrawl.site.report.years import Reading, compared
from tests.site.conftest import Get
from tests.site.markup import assert_nothing_runs, cell, one, said, tree
from tests.site.world import HOSTILE, change, rows, spoiled

NO_FINDINGS = Findings((), (), (), ())


def reading(year: int, values: Mapping[str, Number | None]) -> Reading:
    cells = {
        name: Cell(name, name, value, "", "blank" if value is None else "ok", "", "", "", ())
        for name, value in values.items()
    }
    return Reading(year, year, "2021", cells)


@pytest.mark.parametrize("check", ["T3-BAL", "T3-COL", "T3-ROW", "T4-SUM"])
def test_a_failed_identity_is_outlined_with_its_sum_and_the_way_back(
    get: Get, demo: Path, check: str
) -> None:
    query = """SELECT findings.id, report, printed, cell_sets.cells FROM findings
      JOIN cell_sets ON cell_sets.id = findings.cells WHERE "check" = ? AND result = 'fail' LIMIT 1"""
    [(number, report, printed, cells)] = rows(demo, query, check)
    page = tree(get(f"/report/{report}").text)
    finding = one(page, f"//li[@id='finding-{number}']")
    assert printed in said(finding)
    for name in json.loads(cells):
        box = cell(page, name)
        assert "hit-error" in box.get("class")
        assert box.xpath(f".//sup/a[@href='#finding-{number}']")
        assert finding.xpath(f".//a[@href='#cell-{name}']")
    table = json.loads(cells)[0].partition(".")[0]
    beside = one(
        page, f"//div[@id='after-{table}']/following-sibling::ul[1]/li[a[@href='#finding-{number}']]"
    )
    assert printed in said(beside)
    rested = page.xpath("count(//td[contains(@class, 'hit')])")
    query = """SELECT cell_sets.cells FROM findings JOIN cell_sets ON cell_sets.id = findings.cells
      WHERE report = ? AND result = 'fail'"""
    everything = rows(demo, query, report)
    assert rested == len({name for (found,) in everything for name in json.loads(found)})


def test_findings_come_gravest_first_and_uncertain_ones_apart(get: Get, demo: Path) -> None:
    query = """SELECT report FROM findings WHERE report IS NOT NULL GROUP BY report
      HAVING count(DISTINCT severity) = 3 AND sum(result = 'uncertain') LIMIT 1"""
    [(number,)] = rows(demo, query)
    page = tree(get(f"/report/{number}").text)
    section = one(page, "//section[@aria-labelledby='findings']")
    grave = ["error", "warn", "info"]
    order = [
        grave.index(mark.get("class").rpartition("-")[2])
        for mark in section.xpath("./ul[@class='findings']/li/span[contains(@class, 'severity')]")
    ]
    assert order == sorted(order)
    uncertain = rows(demo, "SELECT id FROM findings WHERE report = ? AND result = 'uncertain'", number)
    for (finding,) in uncertain:
        assert section.xpath(f".//details//li[@id='finding-{finding}']")
    assert f"存疑 {len(uncertain)} 项" in said(section.xpath("./h2")[0])


def test_what_a_person_dismissed_is_no_longer_outlined(own_demo: Path) -> None:
    query = "SELECT id, report, mark FROM findings WHERE \"check\" = 'T4-SUM' AND result = 'fail' LIMIT 1"
    [(number, report, mark)] = rows(own_demo, query)
    decide = """INSERT INTO decisions (mark, "check", decision, comment, who, at)
      VALUES (?, 'T4-SUM', 'dismissed', '已核对原件', '王', '2026-02-11')"""
    page = tree(change(own_demo, (decide, (mark,)))(f"/report/{report}").text)
    assert not page.xpath(f"//sup/a[@href='#finding-{number}']")
    assert "已核对原件" in said(one(page, f"//details//li[@id='finding-{number}']"))


def test_our_own_troubles_with_reading_stand_apart(get: Get, demo: Path) -> None:
    [(number, message)] = rows(demo, "SELECT report, message FROM problems WHERE code = 'R-LABEL' LIMIT 1")
    page = tree(get(f"/report/{number}").text)
    assert message in said(one(page, "//section[@aria-labelledby='problems']"))
    assert message not in said(one(page, "//section[@aria-labelledby='findings']"))


def test_the_source_is_told_with_its_digest_and_whether_it_still_agrees(get: Get, demo: Path) -> None:
    query = """SELECT reports.id, reports.url, responses.sha256 FROM reports
      JOIN responses ON responses.id = response WHERE current = 1 AND form = '2021' LIMIT 1"""
    [(number, url, digest)] = rows(demo, query)
    source = one(tree(get(f"/report/{number}").text), "//section[@aria-labelledby='source']")
    assert source.xpath(f".//a[@href='{url}']")
    assert digest in said(source)
    assert "摘要相符" in said(source)


def test_the_versions_say_what_was_changed(get: Get, demo: Path) -> None:
    query = """SELECT report, other, message FROM findings WHERE "check" = 'P-CHANGED'
      AND evidence LIKE '%licensing.decisions%' LIMIT 1"""
    [(number, before, message)] = rows(demo, query)
    page = tree(get(f"/report/{number}").text)
    told = said(one(page, "//section[@aria-labelledby='versions']"))
    was, is_now = re.search(r"“行政许可”×“本年处理决定数量”由(\d+)改为(\d+)", message).groups()  # type: ignore[union-attr]
    assert f"“行政许可”×“本年处理决定数量”：{was} → {is_now}" in told
    old = get(f"/report/{before}").text
    assert "这是旧版本" in old
    assert f'href="/report/{number}"' in old


def test_sentences_that_were_taken_out_and_put_in_are_told() -> None:
    pieces = differences("收到申请3件。均已办结。无结转。", "收到申请4件。均已办结。无结转。")
    assert pieces == [("del", "收到申请3件。"), ("ins", "收到申请4件。"), ("same", "")]
    assert differences("一。" * 2000, "二") is None


CARRY = """
SELECT findings.id, findings.report, other, mark, message FROM findings
JOIN cell_sets ON cell_sets.id = findings.cells
WHERE "check" = 'Y-CARRY' AND result = ? AND cell_sets.cells LIKE '%"t3.carried_in.total"%'
"""
RECEIVED = "SELECT value FROM cells WHERE report = ? AND id = 't3.received.total'"
IN_AND_OUT = ("t3.carried_in.total", "t3.carried_out.total")


def before(get: Get, number: int) -> html.HtmlElement:
    return one(tree(get(f"/report/{number}").text), "//section[@aria-labelledby='before']")


def carried(get: Get, number: int) -> html.HtmlElement:
    return one(before(get, number), "./p[@class='carried']")


def test_numbers_are_held_against_those_of_last_year(get: Get, demo: Path) -> None:
    for _, now, last, *_ in rows(demo, CARRY, "fail"):
        [(was,)], [(is_now,)] = rows(demo, RECEIVED, last), rows(demo, RECEIVED, now)
        if None not in (was, is_now) and was != is_now:
            break
    else:
        pytest.fail("no report of the demo receives another number than the year before")
    section = before(get, now)
    assert section.xpath(f".//a[@href='/report/{last}']")
    named = {said(row.xpath("./th")[0]): row for row in section.xpath(".//tbody/tr")}
    row = named["“一、本年新收政府信息公开申请数量”×“总计”"]
    assert [said(box) for box in row.xpath("./td")] == [str(was), str(is_now), f"{is_now - was:+}"]


def test_what_is_carried_over_is_judged_by_the_check_that_knows_the_excuses(get: Get, demo: Path) -> None:
    for result, words in (("fail", "不一致"), ("uncertain", "存疑，不能断定有误")):
        number, report, _, _, message = rows(demo, CARRY, result)[0]
        told = carried(get, report)
        assert f"{words}：{message}" in said(told)
        assert told.xpath(f".//a[@href='/finding/{number}']")
        assert "，一致" not in said(told)


@pytest.mark.parametrize("excuse", ["dismissed", "none"])
def test_a_difference_without_a_standing_finding_is_no_accusation(own_demo: Path, excuse: str) -> None:
    _, report, _, mark, _ = rows(own_demo, CARRY, "fail")[0]
    decide = """INSERT INTO decisions (mark, "check", decision, comment, who, at)
      VALUES (?, 'Y-CARRY', 'dismissed', '', '王', '2026-02-11')"""
    forget = "DELETE FROM findings WHERE mark = ?"
    get = change(own_demo, (decide if excuse == "dismissed" else forget, (mark,)))
    told = said(carried(get, report))
    assert re.search(r"为 \d+，\d+年度“上年结转”为 \d+。$", told)


def test_only_numbers_agree(get: Get, demo: Path) -> None:
    query = """SELECT now.id, taken.value FROM reports AS now
      JOIN reports AS last ON last.organ_key = now.organ_key AND last.year = now.year - 1 AND last.current = 1
      JOIN cells AS taken ON taken.report = now.id AND taken.id = ?
      JOIN cells AS left_over ON left_over.report = last.id AND left_over.id = ?
      WHERE now.current = 1 AND taken.value = left_over.value AND taken.value > 0 LIMIT 1"""
    [(number, value)] = rows(demo, query, *IN_AND_OUT)
    assert said(carried(get, number)).endswith(f"“上年结转”为 {value}，一致。")
    taken_in, left_over = IN_AND_OUT
    for number, is_same in ((None, False), (0, True)):
        last, now = reading(2023, {left_over: number}), reading(2024, {taken_in: number})
        both = compared(last, now, NO_FINDINGS).carried
        assert both is not None
        assert both.is_same is is_same
    blank = compared(reading(2023, {taken_in: None}), reading(2024, {taken_in: None}), NO_FINDINGS)
    assert (blank.same, blank.lines) == (0, ())


def test_years_on_different_forms_are_compared_only_where_they_can_be(get: Get, demo: Path) -> None:
    query = """SELECT reports.id FROM reports JOIN reports AS old ON old.organ_key = reports.organ_key
      AND old.year = reports.year - 1 WHERE reports.form = '2021' AND old.form = '2019' LIMIT 1"""
    [(number,)] = rows(demo, query)
    lines = {said(row.xpath("./th")[0]): row for row in before(get, number).xpath(".//tbody/tr")}
    assert "新收申请数" in lines
    assert not [label for label in lines if "制发件数" in label or "制作数量" in label]
    counted_anew = [label for label in lines if label.startswith("行政许可处理决定数量")]
    assert counted_anew == ["行政许可处理决定数量 两年口径不同，不宜直接比较"]
    was, is_now, difference = (said(box) for box in lines[counted_anew[0]].xpath("./td"))
    assert was.isdigit()
    assert is_now.isdigit()
    assert difference == ""


def test_a_report_that_could_not_be_read_says_whose_limit_that_is(get: Get, demo: Path) -> None:
    [(number,)] = rows(demo, "SELECT id FROM reports WHERE error <> '' AND current = 1 LIMIT 1")
    answer = get(f"/report/{number}")
    assert answer.status == 200
    assert "不表示报告有问题" in answer.text
    assert "没有发现不符" not in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/report/999999", 404),
        ("/report/0", 404),
        ("/report/%3Cscript%3E", 404),
        ("/report/99999999999999999999", 404),
        ("/report/999999/archived", 404),
        ("/report/999999/archived/page", 404),
        ("/report/1/archived?cell=%22%3E%3Cscript%3E", 404),
        ("/report/1/archived/page?cell=t9.x", 404),
        ("/report/1/archived?" + "&".join(f"cell=c{number}" for number in range(300)), 400),
    ],
)
def test_a_report_that_is_not_there_is_told_in_one_sentence(get: Get, path: str, status: int) -> None:
    answer = get(path)
    assert answer.status == status
    assert "没有这一页" in answer.text
    assert_nothing_runs(answer.text)


def test_nothing_that_a_portal_prints_can_run(own_demo: Path) -> None:
    query = """SELECT report FROM findings WHERE "check" = 'P-CHANGED' AND result = 'fail' LIMIT 1"""
    [(number,)] = rows(own_demo, query)
    get = spoiled(own_demo)
    for path in (f"/report/{number}", f"/report/{number}/archived?cell=t2.rules.issued"):
        answer = get(path)
        assert answer.status == 200
        assert_nothing_runs(answer.text)
        assert HOSTILE in said(tree(answer.text))
    framed = tree(get(f"/report/{number}/archived/page?cell=t2.rules.issued").text)
    assert not framed.xpath("//script | //img | //@onerror")
