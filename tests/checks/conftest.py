"""Reports made from cells and words, without any reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from gxcrawl.checks import check_report
from gxcrawl.forms import load_form
from gxcrawl.model import Cell, Finding, Narrative, Number, Problem, Report, Section

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
SURVEY = """（一）主动公开。通过网站公开信息120条。
（二）依申请公开。2021年未收到政府信息公开申请。
（三）政府信息管理。严格信息审核。
（四）平台建设。办好网站专栏。
（五）监督保障。开展培训和检查。"""
FAULTS = "（一）主要问题。公开的内容不够丰富。\n（二）改进情况。已加强培训，下一步将继续改进。"
TEXTS = (SURVEY, "", "", "", FAULTS, "2021年发出收费通知0件，收取信息处理费0元。")
OPENING = "根据《中华人民共和国政府信息公开条例》编制。统计期限自2021年1月1日至2021年12月31日。"

Values = Mapping[str, Number | Cell | None]


def cell(name: str, value: Number | None) -> Cell:
    return Cell(
        name, value, "" if value is None else str(value), "blank" if value is None else "ok", "table 1"
    )


def make_report(
    cells: Values | None = None,
    *,
    form: str | None = "2021",
    sections: Mapping[int, str | None] | None = None,
    headings: tuple[tuple[int, str, str], ...] | None = None,
    problems: tuple[Problem, ...] = (),
    labels: Mapping[str, str] | None = None,
    **narrative: object,
) -> Report:
    """A sound report of an invented bureau, all zeros, but for what is said otherwise."""
    names = [slot.id for slot in load_form(form).slots.values() if not slot.optional] if form else []
    given = cells or {}
    texts = {**dict(enumerate(TEXTS, 1)), **(sections or {})}
    outline = headings or tuple((n, HEADINGS[n - 1], "一二三四五六"[n - 1]) for n in range(1, 7))
    read = tuple(
        Section(number, heading, texts[number] or "", f"line {number}", printed)
        for number, heading, printed in outline
        if texts[number] is not None
    )
    defaults: dict[str, object] = {
        "title": "示例县财政局2021年政府信息公开工作年度报告",
        "organ": "示例县财政局",
        "year": 2021,
        "years": {"title": 2021, "period": 2021},
        "period": (date(2021, 1, 1), date(2021, 12, 31)),
        "period_text": "统计期限自2021年1月1日至2021年12月31日",
        "opening": OPENING,
        "contact": {"address": "示例县示例路1号", "telephone": "0000-1234567"},
    }
    values = {**defaults, **narrative}
    last = {section.number: section for section in read}
    text = "\n".join(
        [str(values["title"]), str(values["opening"]), *(f"{s.heading}\n{s.text}" for s in read)]
    )
    return Report(
        source="test",
        narrative=Narrative(
            **{"text": text, "sections": tuple(last.values()), "headings": read, **values}  # type: ignore[arg-type]
        ),
        form=form,
        cells={
            name: value if isinstance(value := given.get(name, 0), Cell) else cell(name, value)
            for name in (*names, *(extra for extra in given if extra not in names))
        },
        problems=problems,
        labels=labels or {},
    )


@pytest.fixture(scope="session")
def report() -> Callable[..., Report]:
    return make_report


@pytest.fixture(scope="session")
def findings() -> Callable[..., list[Finding]]:
    """The findings of one check on such a report."""

    def of(code: str, cells: Values | None = None, **changes: object) -> list[Finding]:
        checked = check_report(make_report(cells, **changes))  # type: ignore[arg-type]
        return [finding for finding in checked.findings if finding.check == code]

    return of
