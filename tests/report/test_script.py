"""A report in traditional characters is read like any other; its names and headings stay as printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gxcrawl.model import Document, Grid, GridCell, Narrative, Paragraph
from gxcrawl.report.script import in_simplified, is_traditional, simplified

Report = Callable[..., Narrative]

TITLE = "示例縣水務局2021年政府信息公開工作年度報告"
HEADINGS = (
    "一、總體情況",
    "二、主動公開政府信息情況",
    "三、收到和處理政府信息公開申請情況",
    "四、政府信息公開行政復議、行政訴訟情況",
    "五、存在的主要問題及改進情況",
    "六、其他需要報告的事項",
)
OPENING = "統計期限自2021年1月1日至2021年12月31日。請與示例縣水務局聯繫（電話：0999-7654321；地址：縣城）。"


@pytest.fixture
def traditional(report: Report) -> Narrative:
    sections = "\n".join(f"{heading}\n我局認真公開政府信息。" for heading in HEADINGS)
    return report(f"{TITLE}\n發佈日期：2022-01-20\n{OPENING}\n{sections}")


def test_every_section_is_found_under_its_printed_heading(traditional: Narrative) -> None:
    assert [(s.number, s.heading) for s in traditional.sections] == list(enumerate(HEADINGS, 1))


def test_title_and_organ_are_told_as_printed(traditional: Narrative) -> None:
    assert (traditional.title, traditional.organ) == (TITLE, "示例縣水務局")
    assert (traditional.year, traditional.published) == (2021, date(2022, 1, 20))


def test_the_running_text_is_simplified_so_that_its_words_are_found(traditional: Narrative) -> None:
    assert traditional.period == (date(2021, 1, 1), date(2021, 12, 31))
    assert traditional.contact["telephone"] == "0999-7654321"
    assert traditional.self_references == {"我局": 6}
    assert traditional.sections[0].text == "我局认真公开政府信息。"


def test_a_title_on_two_lines_is_told_as_printed(report: Report) -> None:
    sections = "\n".join(f"{heading}\n無。" for heading in HEADINGS)
    found = report(f"示例縣水務局\n2021年政府信息公開工作年度報告\n{sections}", carrier="text")
    assert (found.title, found.organ) == (TITLE, "示例縣水務局")


def test_a_report_in_simplified_characters_is_left_alone() -> None:
    assert not is_traditional(Document((Paragraph("政府信息公开工作年度报告", "line 1"),), "text"))


def test_a_simplified_character_stands_where_its_traditional_form_stood() -> None:
    assert simplified("總體情況，主動公開") == "总体情况，主动公开"


def test_a_cell_that_spans_positions_stays_one_cell() -> None:
    cell = GridCell("總計", 0, 0, colspan=2)
    (grid,) = in_simplified(Document((Grid(1, ((cell, cell, None),)),), "html")).grids
    assert [one.text if one else None for one in grid.rows[0]] == ["总计", "总计", None]
    assert grid.rows[0][0] is grid.rows[0][1]
