"""A report made by hand: every state of a cell is in it, and findings of every weight."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gxcrawl.forms import load_form
from gxcrawl.model import Cell, Finding, Narrative, Problem, Report, Section

SPECIAL = {
    "t2.fees.amount": Cell("t2.fees.amount", Decimal("1.1900"), "1.1900", "ok", "table 1 row 9 column 3"),
    "t3.received.total": Cell("t3.received.total", 3056, "３０５６", "ok", "table 2 row 4 column 8"),
    "t3.received.company": Cell("t3.received.company", 17, "17", "inferred", "table 2 row 4 column 3"),
    "t3.granted.total": Cell("t3.granted.total", None, "", "blank", "table 2 row 6 column 8"),
    "t3.granted.company": Cell("t3.granted.company", None, "——", "placeholder", "table 2 row 6 column 3"),
    "t3.handled.total": Cell("t3.handled.total", None, "若干", "invalid", "table 2 row 27 column 8"),
    "t3.handled.company": Cell(
        "t3.handled.company", None, "12", "ambiguous", "table 2 row 27 column 3", candidates=(12, None)
    ),
    "t4.review.total": Cell("t4.review.total", None, "", "missing", ""),
}


@pytest.fixture
def report() -> Report:
    form = load_form("2021")
    names = [slot.id for slot in form.slots.values() if not slot.optional]
    return Report(
        source="reports/a.html",
        narrative=Narrative(
            title="示例县财政局2021年政府信息公开工作年度报告",
            organ="示例县财政局",
            organ_names=("示例县财政局",),
            year=2021,
            published=date(2022, 1, 20),
            published_basis="meta-pubdate",
            sections=(Section(1, "一、总体情况", "本局……", "paragraph 3"),),
        ),
        form="2021",
        cells={name: SPECIAL.get(name, Cell(name, 0, "0", "ok", "table 2 row 5 column 8")) for name in names},
        problems=(Problem("R-MISSCOL", "少了一列，有两种补法", "table 2 row 4"),),
        findings=(
            Finding("V-LABEL", "fail", "info", "标签与规定的写法不同"),
            Finding("T3-COL", "uncertain", "error", "有空白，无法核对", ("t3.granted.total",)),
            Finding("V-BLANK", "fail", "warn", "有 1 个空格", ("t3.granted.total",)),
            Finding(
                "T3-BAL",
                "fail",
                "error",
                "“总计”列不平",
                ("t3.received.total",),
                expected="3055",
                printed="3056",
            ),
            Finding("T4-SUM", "pass", "error", "相符"),
        ),
        passed=35,
    )
