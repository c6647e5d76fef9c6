"""The organ is the one that reports: its longest printed name, never the portal, never the telephone desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxcrawl.model import Narrative

Report = Callable[..., Narrative]
NAMELESS = "2021年度政府信息公开工作年度报告\n"


def test_a_town_named_short_in_the_title_gets_its_whole_name_from_the_body(
    report: Report, outline: str
) -> None:
    found = report(
        "东关区柳林镇2021年政府信息公开工作年度报告\n"
        "如有疑问，请与东关区柳林镇人民政府综合办公室联系，电话：0999-1234567。\n" + outline
    )
    assert found.organ == "东关区柳林镇人民政府"
    assert found.organ_names == ("东关区柳林镇人民政府", "东关区柳林镇")


def test_the_name_with_its_region_is_found_in_the_body(report: Report, outline: str) -> None:
    found = report(
        "教育局2021年政府信息公开工作年度报告\n本报告全面反映了示例市示例县教育局2021年度工作，请予监督。\n"
        + outline
    )
    assert found.organ == "示例市示例县教育局"


@pytest.mark.parametrize(
    ("sentence", "organ"),
    [
        ("现将示例县人民政府2021年信息公开工作年度报告予以公布，请社会监督。", "示例县人民政府"),
        ("如有疑问，请与示例县教育局办公室联系，电话：0999-1234567。", "示例县教育局"),
        ("有意见建议请联系示例县柳林街道办事处，地址：柳林街1号。", "示例县柳林街道办事处"),
        ("本报告根据条例的要求，由示例市示例县水务局编制。", "示例市示例县水务局"),
        ("本报告由示例县卫生健康局根据条例编制，欢迎社会监督。", "示例县卫生健康局"),
        ("本报告全面反映了示例县水务局2021年度政府信息公开工作，请予监督。", "示例县水务局"),
        ("2021年，示例县民政局认真贯彻落实条例，做了许多工作。", "示例县民政局"),
    ],
)
def test_without_a_name_in_the_title_the_body_is_asked(
    report: Report, outline: str, sentence: str, organ: str
) -> None:
    assert report(f"{NAMELESS}{sentence}\n{outline}").organ == organ


def test_the_signature_names_the_organ(report: Report, outline: str) -> None:
    assert report(f"{NAMELESS}{outline}\n示例县林业局\n2022年1月20日").organ == "示例县林业局"


def test_the_source_of_the_page_is_never_the_organ(report: Report, outline: str) -> None:
    found = report(
        NAMELESS + "日期：2022-01-20 来源：示例县人民政府 字号：大 中 小\n" + outline,
        meta={"contentsource": "示例县人民政府", "author": "示例县人民政府", "sitename": "示例县人民政府"},
    )
    assert found.organ is None


def test_two_organs_in_the_same_role_leave_the_organ_open(report: Report, outline: str) -> None:
    text = "请与示例县教育局联系，电话：0999-1。\n另请与示例县民政厅联系，电话：0999-2。\n"
    assert report(NAMELESS + text + outline).organ is None


def test_an_office_that_reports_itself_keeps_its_name(report: Report, outline: str) -> None:
    found = report(
        "示例县人民政府办公室2021年政府信息公开工作年度报告\n请与示例县人民政府办公室联系，电话：0999-1。\n"
        + outline
    )
    assert found.organ == "示例县人民政府办公室"
