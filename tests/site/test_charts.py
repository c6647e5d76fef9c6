"""Charts: what is drawn is what stands in the table below it, and nothing that was not read is drawn."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import gxcrawl.site
from gxcrawl.site.charts.strip import Dot, strip
from gxcrawl.site.charts.years import Line, Year, changes, lines, stack

STATIC = Path(gxcrawl.site.__file__).with_name("static")
YEARS = [Year(2018, "2014"), Year(2019, "2019"), Year(2020, ""), Year(2021, "2021")]


def test_a_line_ends_where_counting_changed() -> None:
    chart = lines("x", YEARS, [Line("新收", [5, 7, None, 9], ["2014", "2019", "", "2019"])])
    (line,) = json.loads(chart.json)["lines"]
    assert line == {"name": "新收", "parts": [[5, None, None, None], [None, 7, None, 9]]}


def test_changes_of_the_form_are_marked_also_across_a_year_without_report() -> None:
    assert [year.year for year in changes(YEARS)] == [2019, 2021]
    chart = json.loads(lines("x", YEARS, []).json)
    assert chart["breaks"] == [{"year": "2019", "name": "2019表起"}, {"year": "2021", "name": "2021表起"}]


def test_zero_is_drawn_and_nothing_is_not() -> None:
    chart = lines("x", YEARS[1:], [Line("新收", [0, None, None], ["2019", "", "2019"])])
    assert json.loads(chart.json)["lines"][0]["parts"] == [[0, None, None]]
    assert chart.heads == ["年度", "表式", "新收"]
    assert chart.rows == [["2019", "2019", "0"], ["2020", "—", "—"], ["2021", "2021", "空"]]
    assert len(chart.notes) == 2


def test_a_bar_without_one_of_its_parts_says_so() -> None:
    chart = stack("x", YEARS[1::2], [Line("甲", [1, 2], ["2019"] * 2), Line("乙", [3, None], ["2019"] * 2)])
    told = json.loads(chart.json)
    assert told["years"] == ["2019", "2021\n有空格"]
    assert told["bars"] == [{"name": "甲", "values": [1, 2]}, {"name": "乙", "values": [3, None]}]


def test_money_is_exact_in_the_table() -> None:
    chart = lines("x", YEARS[:1], [Line("收费", [Decimal("7.380250")], ["2014"])])
    assert chart.rows[0][-1] == "7.380250"
    assert json.loads(chart.json)["lines"][0]["parts"] == [[7.38025]]


def dot(name: str, published: str, row: str = "department", status: str = "on_time") -> Dot:
    return Dot(row, name, "2026-01-31", published, status, None)


def test_reports_of_one_day_do_not_hide_each_other() -> None:
    many = [dot(f"局{number}", "2026-01-30") for number in range(30)]
    told = json.loads(strip("x", [*many, dot("府", "2026-01-30", "government")], ROWS).json)
    heights = [height for _, height, _ in told["dots"][0]["at"]]
    assert len(set(heights)) == 31
    assert all(-0.45 < height < 1.45 for height in heights)
    assert told["rows"] == ["政府", "部门"]
    assert {(due["row"], due["day"]) for due in told["due"]} == {(0, "2026-01-31"), (1, "2026-01-31")}


def test_a_report_of_years_later_does_not_press_the_others_together() -> None:
    chart = strip("x", [dot("甲", "2026-01-30"), dot("乙", "2029-05-05", status="late")], ROWS)
    assert "乙" not in chart.json
    assert [row[0] for row in chart.rows] == ["甲", "乙"]
    assert "1 份在" in chart.notes[0]


def test_statuses_are_told_apart_by_shape_and_word() -> None:
    chart = strip("x", [dot("甲", "2026-01-30"), dot("乙", "2026-02-05", status="late")], ROWS)
    groups = json.loads(chart.json)["dots"]
    assert [(group["status"], group["name"]) for group in groups] == [("on_time", "按期"), ("late", "逾期")]


def test_the_script_never_makes_html_of_text() -> None:
    script = (STATIC / "charts.js").read_text(encoding="utf-8")
    for forbidden in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", 'renderMode: "html"'):
        assert forbidden not in script
    assert 'renderMode: "richText"' in script


ROWS = {"government": "政府", "department": "部门"}
