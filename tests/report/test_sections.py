"""The six sections are found however they are numbered and worded, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxcrawl.model import Grid, Narrative

Report = Callable[..., Narrative]
MakeGrid = Callable[..., Grid]

OFFICIAL = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
CHINESE = "一二三四五六"


@pytest.mark.parametrize(
    "style",
    [
        "{c}、{h}",
        "{n}、 {h}",
        "{n}.{h}",
        "{c}．{h}",
        "第{c}部分 {h}",
        "{c} {h}",
        "**{c}、{h}**",
        "## {c}、{h}",
        "{h}",
        "{c}、{h}：",
        "（{c}）{h}",
    ],
)
def test_any_numbering_is_read(report: Report, title: str, style: str) -> None:
    lines = [title]
    for number, heading in enumerate(OFFICIAL, 1):
        lines += [
            style.format(c=CHINESE[number - 1], n=number, h=heading),
            f"这里是第{number}节的文字，写了很多内容。",
        ]
    found = report("\n".join(lines))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert [section.text for section in found.sections] == [
        f"这里是第{number}节的文字，写了很多内容。" for number in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、概述"),
        (2, "二、政府信息主动公开情况"),
        (3, "三、依申请公开政府信息办理情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (5, "五、政务公开工作存在的主要问题"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (5, "五、2021年政府信息公开工作中的问题、改进措施"),
        (6, "6、 其他需要报告的事项"),
        (6, "六、其他需要报告事项"),
        (6, "六、 其 他 需 要 报 告 的 事 项"),
    ],
)
def test_other_words_for_a_heading_are_known(report: Report, title: str, number: int, heading: str) -> None:
    lines = [f"{CHINESE[place]}、{words}" for place, words in enumerate(OFFICIAL)]
    lines[number - 1] = heading
    found = report("\n".join([title, *lines]))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert found.sections[number - 1].heading == heading.replace("  ", " ")


def test_heading_and_text_on_one_line_are_parted(report: Report, title: str, outline: str) -> None:
    text = outline.replace("六、其他需要报告的事项\n无。", "六、其他需要报告的事项：本年度无其他事项。")
    text = text.replace("一、总体情况\n", "一、总体情况 ")
    found = report(f"{title}\n{text}")
    assert found.sections[0].text.startswith("我局认真落实条例")
    assert (found.sections[5].heading, found.sections[5].text) == (
        "六、其他需要报告的事项：",
        "本年度无其他事项。",
    )


def test_rows_of_table_three_and_numbered_paragraphs_are_no_headings(
    report: Report, title: str, outline: str
) -> None:
    inside = "\n".join(
        (
            "一、本年新收政府信息公开申请数量",
            "二、上年结转政府信息公开申请数量",
            "三、本年度办理结果",
            "四、结转下年度继续办理",
        )
    )
    text = outline.replace("四、政府信息公开行政", f"{inside}\n四、政府信息公开行政")
    text = text.replace(
        "我局认真",
        "（一）主动公开政府信息情况\n（二）依申请公开情况\n一、总体情况良好，各项工作有序。\n我局认真",
    )
    text = text.replace("一是公开不够", "二、主动公开意识不强，三、申请处理不及时，问题不少。\n一是公开不够")
    found = report(f"{title}\n{text}")
    assert [heading.number for heading in found.headings] == [1, 2, 3, 4, 5, 6]
    assert "（二）依申请公开情况" in found.sections[0].text


def test_a_lost_section_stays_lost(report: Report, title: str, outline: str) -> None:
    text = "\n".join(line for line in outline.splitlines() if not line.startswith("三、"))
    text = text.replace("我局认真", "（三）收到和处理政府信息公开申请情况\n我局认真")
    assert [section.number for section in report(f"{title}\n{text}").sections] == [1, 2, 4, 5, 6]


def test_a_heading_inside_the_table_is_found_and_its_rows_are_no_text(
    report: Report, make_grid: MakeGrid, title: str, outline: str
) -> None:
    before, after = outline.split("三、收到")
    table = make_grid(
        7,
        ("三、收到和处理政府信息公开申请情况", "", ""),
        ("申请人情况", "", ""),
        ("一、本年新收政府信息公开申请数量", "3", "0"),
        ("四、结转下年度继续办理", "0", "0"),
    )
    found = report(f"{title}\n{before}", table, after.split("\n", 1)[1], used=frozenset({7}))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert found.sections[2].text == ""
    assert found.sections[2].place == "table 7 row 1 column 1"


def test_text_laid_out_in_a_table_of_one_column_is_read(
    report: Report, make_grid: MakeGrid, title: str, outline: str
) -> None:
    found = report(make_grid(1, (title,), *((line,) for line in outline.splitlines())))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert found.sections[5].text == "无。"


def test_a_table_of_contents_is_not_counted_as_headings(report: Report, title: str, outline: str) -> None:
    contents = "\n".join(f"{CHINESE[place]}、{words}……{place + 1}" for place, words in enumerate(OFFICIAL))
    found = report(f"{title}\n目录\n{contents}\n{outline}")
    assert [heading.number for heading in found.headings] == [1, 2, 3, 4, 5, 6]


def test_the_hidden_second_copy_of_a_page_is_not_counted(report: Report, title: str, outline: str) -> None:
    found = report(f"{title}\n{outline}\n{title}\n{outline}")
    assert [heading.number for heading in found.headings] == [1, 2, 3, 4, 5, 6]
    assert dict(found.self_references) == {"我局": 1}


def test_a_heading_really_printed_twice_is_kept_for_the_checks(
    report: Report, title: str, outline: str
) -> None:
    found = report(f"{title}\n一、总体情况\n教育局2021年政府信息公开工作年度报告\n{outline}")
    assert [heading.number for heading in found.headings] == [1, 1, 2, 3, 4, 5, 6]
    assert found.sections[0].text.startswith("我局认真")
    assert found.titles[1] == "教育局2021年政府信息公开工作年度报告"


def test_shuffled_sections_are_listed_as_printed_and_by_number(report: Report, title: str) -> None:
    found = report(
        f"{title}\n二、主动公开政府信息情况\n甲。\n一、总体情况\n乙。\n三、收到和处理政府信息公开申请情况\n丙。"
    )
    assert [heading.number for heading in found.headings] == [2, 1, 3]
    assert [section.text for section in found.sections] == ["乙。", "甲。", "丙。"]


def test_parts_of_a_section_are_no_sections_where_the_sections_have_no_numbers(report: Report) -> None:
    parts = {1: "（一）主动公开。公开信息一百条。\n（二）主动公开情况\n（三）依申请公开。收到申请三件。"}
    parts[5] = "（一）存在的主要问题。公开不够及时。\n（二）改进情况。下一步将加强培训。"
    text = "\n".join(f"{heading}\n{parts.get(n, '无。')}" for n, heading in enumerate(OFFICIAL, 1))
    found = report(f"示例县教育局2021年政府信息公开工作年度报告\n{text}")
    assert [heading.heading for heading in found.headings] == list(OFFICIAL)
    assert found.sections[0].text.startswith("（一）主动公开")
    assert "改进情况" in found.sections[4].text
