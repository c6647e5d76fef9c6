"""What is no report is said to be what it is; what is one is never turned away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxcrawl.model import Narrative, ReadError

Read = Callable[..., Narrative | ReadError]
TALK = "这里是一般的说明文字，介绍了有关工作的各个方面，没有任何表格。\n" * 12

OTHERS = {
    "图解：示例县教育局2021年政府信息公开工作年度报告": "图解",
    "一图读懂示例县教育局2021年政府信息公开工作年度报告": "解读",
    "示例县教育局2021年政府信息公开工作年度报告解读": "解读",
    "关于做好2021年政府信息公开工作年度报告编制和发布工作的通知": "通知",
    "示例县教育局2021年政府网站工作年度报表": "政府网站工作年度报表",
    "示例县教育局2021年法治政府建设年度报告": "法治政府建设年度报告",
    "政府信息公开工作年度报告格式（模板）": "模板",
    "××县××局20××年政府信息公开工作年度报告": "模板",
    "示例县政府信息公开指南": "指南",
    "示例县召开2021年政府信息公开年报工作推进会": "新闻",
}


@pytest.mark.parametrize(("headline", "kind"), OTHERS.items())
def test_what_is_no_report_is_named(read: Read, headline: str, kind: str) -> None:
    for page in (f"# {headline}\n{TALK}", f"{headline}\n{TALK}"):
        found = read(page, form=None)
        assert isinstance(found, ReadError)
        assert found.code == "not-a-report"
        assert kind in found.message
        assert headline in found.message


@pytest.mark.parametrize(
    "headline",
    [
        "政府信息公开工作年度报告（样表）",
        "政府信息公开工作年度报告格式",
        "×××局2021年政府信息公开工作年度报告",
        "关于印发政府信息公开工作年度报告格式的通知",
    ],
)
def test_an_empty_form_sent_with_a_notice_is_no_report(read: Read, outline: str, headline: str) -> None:
    found = read(f"# {headline}\n{outline}", value=None)
    assert isinstance(found, ReadError)


def test_a_picture_story_about_a_report_is_rejected_even_with_the_tables(read: Read, outline: str) -> None:
    found = read(f"# 图解：示例县教育局2021年政府信息公开工作年度报告\n{outline}")
    assert isinstance(found, ReadError)


@pytest.mark.parametrize(
    "headline",
    [
        "示例县教育局2021年政府信息公开工作年度报告（图片版）",
        "关于公布示例县教育局2021年政府信息公开工作年度报告的通知",
        "2021年度政府信息公开工作报告",
    ],
)
def test_a_full_report_is_read_whatever_its_cover_says(read: Read, outline: str, headline: str) -> None:
    assert isinstance(read(f"# {headline}\n{outline}"), Narrative)


def test_a_report_may_speak_of_notices_guides_and_explanations(read: Read, title: str, outline: str) -> None:
    text = (
        "发布政策解读、图解二十条，修订公开指南，印发《关于做好政务公开工作的通知》，"
        "完成法治政府建设年度报告。"
    )
    found = read(f"## 政府信息公开指南\n{title}\n{text}\n{outline}", form=None)
    assert isinstance(found, Narrative)


def test_a_report_whose_tables_are_pictures_stays_a_report(read: Read, title: str, outline: str) -> None:
    found = read(f"{title}\n{outline}", form=None)
    assert isinstance(found, Narrative)
    assert len(found.sections) == 6


def test_tables_without_a_title_are_a_report(read: Read, outline: str) -> None:
    assert isinstance(read(outline), Narrative)
    assert isinstance(read("表格"), Narrative)


def test_a_blank_form_under_an_ordinary_title_is_a_report_with_blanks(
    read: Read, title: str, outline: str
) -> None:
    assert isinstance(read(f"{title}\n{outline}", value=None), Narrative)


def test_an_early_report_in_free_form_is_read(read: Read) -> None:
    found = read(f"示例县教育局2009年政府信息公开工作年度报告\n{TALK}", form=None)
    assert isinstance(found, Narrative)
    assert found.text.startswith("这里是一般的说明文字")


def test_a_list_of_reports_is_no_report(read: Read) -> None:
    organs = ("教育局", "财政局", "民政局", "公安局", "司法局")
    page = "\n".join(
        f"示例县{organ}2021年政府信息公开工作年度报告 2022-01-2{day}" for day, organ in enumerate(organs)
    )
    found = read(page, form=None, page_title="政府信息公开年报-示例县人民政府")
    assert isinstance(found, ReadError)
    assert "列表" in found.message


def test_a_title_with_only_an_attachment_says_where_to_look(read: Read, title: str) -> None:
    found = read(f"# {title}\n附件：年度报告.pdf", form=None)
    assert isinstance(found, ReadError)
    assert found.code == "no-text"
    assert "附件" in found.message


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("", "empty"),
        ("Annual report on open government\n" * 20, "not-a-report"),
        ("首页\n新闻\n服务", "not-a-report"),
        ("12345 67890", "not-a-report"),
    ],
)
def test_anything_else_is_told_in_one_sentence(read: Read, page: str, code: str) -> None:
    found = read(page, form=None)
    assert isinstance(found, ReadError)
    assert found.code == code
    assert found.message.endswith("。")
