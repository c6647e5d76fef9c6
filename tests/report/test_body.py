"""Only the report is read: not the portal around it, and no sentence is torn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxcrawl.model import Narrative

Report = Callable[..., Narrative]

HEAD = """首页
政务公开
您现在的位置：首页 > 政务公开 > 政府信息公开年报
索引号：0001/2022-1
"""


@pytest.mark.parametrize(
    "foot",
    [
        "打印本页\n关闭窗口",
        "【打印】【关闭】",
        "上一篇：示例县民政局2021年政府信息公开工作年度报告\n下一篇：没有了",
        "相关链接\n省政府\n市政府",
        "版权所有：示例县人民政府",
        "主办单位：示例县人民政府办公室 联系电话：0999-0000000",
        "国务院\n外交部\n教育部\n科技部\n公安部\n民政部",
    ],
)
def test_the_portal_around_the_report_is_cut_away(
    report: Report, title: str, outline: str, foot: str
) -> None:
    found = report(
        f"{HEAD}{title}\n来源：示例县人民政府\n本报告依据条例编制，共六个部分。\n{outline}\n{foot}"
    )
    assert found.sections[5].text == "无。"
    assert found.opening == "本报告依据条例编制，共六个部分。"
    assert found.text == f"{found.opening}\n{outline}"
    assert dict(found.contact) == {}


def test_a_sentence_broken_by_a_page_end_is_joined(report: Report, title: str, outline: str) -> None:
    text = outline.replace(
        "我局认真", "全年发布各类信息，推动政务服务由实体大厅向网上办事\n大厅延伸，效果明显。\n我局认真"
    )
    assert report(f"{title}\n{text}").sections[0].text.splitlines()[0] == (
        "全年发布各类信息，推动政务服务由实体大厅向网上办事大厅延伸，效果明显。"
    )


def test_page_numbers_and_loose_cells_of_a_table_are_no_text(
    report: Report, title: str, outline: str
) -> None:
    cells = "第二十条第（一）项\n信息内容\n规章\n0\n0\n0\n行政规范性文件\n0\n2\n2"
    text = outline.replace("情况\n三、", f"情况\n{cells}\n- 3 -\n三、")
    text = text.replace(
        "一是公开不够及时", "主要问题是公开的内容不够全面，更新不够及时，形式也\n- 4 -\n不够丰富。\n一是公开"
    )
    found = report(f"{title}\n{text}")
    assert found.sections[1].text == ""
    assert found.sections[4].text.splitlines()[0] == (
        "主要问题是公开的内容不够全面，更新不够及时，形式也不够丰富。"
    )


def test_captions_and_numbered_points_are_not_joined(report: Report, title: str, outline: str) -> None:
    text = outline.replace(
        "一是公开不够", "主要问题\n（一）公开内容方面仍有不足之处需要在今后的工作之中改进\n（二）一是公开不够"
    )
    assert report(f"{title}\n{text}").sections[4].text.splitlines()[:2] == [
        "主要问题",
        "（一）公开内容方面仍有不足之处需要在今后的工作之中改进",
    ]


def test_whom_to_ask_is_read_from_the_report(report: Report, title: str, outline: str) -> None:
    text = (
        "如有疑问，请与示例县教育局办公室联系（地址：示例县人民路1号；邮编：150300；"
        "电话：0999—7654321，邮箱：jyj@example.gov.cn）。"
    )
    assert dict(report(f"{title}\n{text}\n{outline}").contact) == {
        "organ": "示例县教育局办公室",
        "address": "示例县人民路1号",
        "telephone": "0999—7654321",
        "email": "jyj@example.gov.cn",
    }


def test_how_the_organ_calls_itself_is_counted_without_lookalikes(
    report: Report, title: str, outline: str
) -> None:
    text = (
        "我镇政务公开，我镇按要求，我局在总结经验；"
        "自我处理、由我办理、让我处罚都不是自称，我街道、我单位、我区才是。"
    )
    found = report(f"{title}\n{text}\n{outline}")
    assert dict(found.self_references) == {"我镇": 2, "我局": 2, "我街道": 1, "我单位": 1, "我区": 1}
