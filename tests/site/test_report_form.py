"""A report's tables: the official form, with the state of every cell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gxcrawl.forms import Form, load_forms
from gxcrawl.site.report.form import drawn
from tests.site.conftest import Get, asking
from tests.site.markup import cell, heads, one, said, tree
from tests.site.world import change, rows


@pytest.mark.parametrize("form", load_forms(), ids=lambda form: form.id)
def test_every_number_of_a_form_has_its_box(form: Form) -> None:
    wanted = {name for name in form.slots if form.slots[name].row != "other" or form.id != "2021"}
    boxes = [name for table in drawn(form, wanted) for name in table.cells]
    assert len(boxes) == len(set(boxes))
    assert set(boxes) == wanted


def test_a_single_row_of_other_cases_is_drawn_in_place_of_the_three_that_are_not_there() -> None:
    form = load_forms()[0]
    seen = {name for name in form.slots if not re.match(r"t3\.other\.(uncorrected|unpaid|rest)", name)}
    assert {name for table in drawn(form, seen) for name in table.cells} == seen


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_numbers_stand_under_the_heads_of_the_official_form(get: Get, demo: Path, form: str) -> None:
    [(number,)] = rows(demo, "SELECT id FROM reports WHERE form = ? AND current = 1 LIMIT 1", form)
    page = tree(get(f"/report/{number}").text)
    known = next(one for one in load_forms() if one.id == form)
    boxes = {
        name: place
        for table in page.xpath("//table[contains(@class, 'form')]")
        for name, place in heads(table).items()
    }
    for name, value, state in rows(demo, "SELECT id, value, state FROM cells WHERE report = ?", number):
        if state == "missing":
            continue
        before, above = boxes[f"cell-{name}"]
        slot, table = known.slots[name], known.table(known.slots[name].table)
        column = next(one for one in table.columns if one.id == slot.column)
        assert column.label in above.rpartition(" | ")[2]
        if slot.row:
            row = next(one for one in table.rows if one.id == slot.row)
            assert before.endswith(row.numbered if table.id == "t3" else row.label)
            assert row.group in before
        if state == "ok":
            assert float(said(cell(page, name).xpath("./a")[0])) == value
    assert boxes["cell-t3.refused.third_party.company"] == (
        "三、本年度办理结果 | （三）不予公开 | 4.保护第三方合法权益",
        "申请人情况 | 法人或其他组织 | 商业企业",
    )
    assert boxes["cell-t4.suit_after_review.corrected"][1] == "行政诉讼 | 复议后起诉 | 结果纠正"


def test_a_blank_a_sign_and_a_lost_row_are_no_zeros(get: Get, demo: Path) -> None:
    for state, shown in (("blank", "空"), ("placeholder", None), ("missing", "缺")):
        query = "SELECT report, id, raw FROM cells WHERE state = ? AND id LIKE 't%' ORDER BY report LIMIT 1"
        [(number, name, raw)] = rows(demo, query, state)
        page = tree(get(f"/report/{number}").text)
        box = cell(page, name)
        assert f"state-{state}" in box.get("class")
        assert said(box.xpath(".//*[@class='sign']")[0]) == (shown or raw)
        assert "0" not in said(box.xpath("./a")[0])
        legend = one(page, f"//dl[@class='signs']/div[@class='state-{state}']")
        assert said(legend)


def test_what_has_two_readings_shows_both_and_what_is_printed(own_demo: Path) -> None:
    query = "SELECT report FROM readings WHERE form = '2021' ORDER BY report LIMIT 1"
    [(number,)] = rows(own_demo, query)
    note = "INSERT OR REPLACE INTO cell_notes VALUES (?, 1, ?, ?, NULL, NULL, ?)"
    empty = "UPDATE readings SET vals = json_replace(vals, '$[1]', json('null')) WHERE report = ?"
    get = change(own_demo, (note, (number, "1 2", "ambiguous", "[12, null]")), (empty, (number,)))
    page = tree(get(f"/report/{number}").text)
    name = "t2.rules.repealed"
    assert said(cell(page, name)).startswith("两读")
    assert "原文 1 2" in said(cell(page, name))
    below = one(page, f"//ul[@class='list']/li[a[@href='#cell-{name}']]")
    assert "12，或 空白" in said(below)


def test_raw_text_and_place_of_each_cell_can_be_read_without_a_mouse(get: Get, demo: Path) -> None:
    [(number, raw)] = rows(demo, "SELECT report, raw FROM cells WHERE note IS NOT NULL LIMIT 1")
    page = tree(get(f"/report/{number}").text)
    listed = page.xpath("//details[@class='printed-list']//tbody/tr")
    [(count,)] = rows(demo, "SELECT count(*) FROM cells WHERE report = ? AND state <> 'missing'", number)
    assert len(listed) >= count
    [row] = [row for row in listed if raw in said(row)]
    assert "附注" in said(row)
    way = row.xpath(".//a")[0]
    assert re.search(r"表二第\d+行第\d+列", said(way))
    assert way.get("href").startswith(f"/report/{number}/archived?cell=t2.")


def test_a_sheet_of_before_2019_that_somebody_saved_is_shown_with_who_did(tmp_path: Path) -> None:
    lines = [
        ("统计指标", "单位", "统计数"),
        ("主动公开政府信息数", "条", "812"),
        ("政府公报公开政府信息数", "条", ""),
    ]
    lines += [("收到申请数", "件", "17"), ("行政复议数量", "件", "3"), ("政务大厅自助终端台数", "台", "6")]
    table = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in line) + "</tr>" for line in lines)
    title = "示例县教育局2016年政府信息公开工作年度报告"
    (tmp_path / "old.html").write_text(f"<h1>{title}</h1><p>一、概述</p><p>略。</p><table>{table}</table>")
    command = "add old.html --db gxcrawl.db --url http://example.gov.cn/a.html --seen 2017-03-01 --year 2016"
    more = ["--organ", "示例县教育局", "--code", "990101", "--who", "张三", "--origin", "邮件"]
    subprocess.run(
        [sys.executable, "-m", "gxcrawl", *command.split(), *more],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    page = tree(asking(tmp_path / "gxcrawl.db")("/report/1").text)
    assert heads(one(page, "//table[contains(@class, 'form-s')]"))["cell-s.3.received"] == (
        "收到申请数",
        "统计数",
    )
    assert said(cell(page, "s.3.received").xpath("./a")[0]) == "17"
    assert "张三，来自邮件，2017-03-01 取得" in said(one(page, "//section[@aria-labelledby='source']"))
    assert "政务大厅自助终端台数6" in said(one(page, "//h3[@id='table-others']/following-sibling::details"))
