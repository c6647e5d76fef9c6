"""Titles in lists: which are reports, which only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.titles import TitleFacts, judge, title_facts


@pytest.mark.parametrize(
    "title",
    [
        "示例县统计局2021年政府信息公开工作年度报告",
        "2021年示例县统计局政府信息公开工作年度报告",
        "2021年度政府信息公开工作报告",
        "示例镇2021 年政府信息公开 年报",
        "示例县财政局2021年政府信息公开年度报告",
        "示例县法治政府建设办公室2021年政府信息公开工作年度报告",
        "示例县政府信息公开指南编制中心2022年政府信息公开工作年度报告",
        "示例县企业服务局2021年度政府信息公开工作年度报告",
        "示例县机构编制委员会办公室2021年政府信息公开工作年度报告",
        "示例县绩效考核办公室2021年政府信息公开工作年度报告",
        "示例县视频中心2021年信息公开工作年度报告",
        "示例镇人民政府关于2021年政府信息公开工作情况的报告",
        "示例县人民政府2021年政府信息与政务公开工作年度报告（含表格）",
        "《示例镇2021年政府信息公开工作年度报告》",
        "政府信息公开工作年度报告（2021年）",
        "示例镇2021年政府信息公开工作年度报告.pdf",
        "示例镇政务公开2021年度报告",
        "二〇二一年政府信息公开工作年度报告",
        "示例局政府信息公开工作（2021）年度报告",
        "2021年政府信息公开年度报告——示例县统计局",
        "【年报】示例镇2021年政府信息公开工作年度报告 2022-01-20",
    ],
)
def test_a_report_is_wanted_whatever_its_organ_is_called(title: str) -> None:
    assert judge(title) == "wanted"


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("示例县人民政府网站工作年度报表（2021年度）", "网站"),
        ("2021年政府网站年度报表", "网站"),
        ("示例镇2021年政府工作报告", "政府工作报告"),
        ("示例县2021年法治政府建设年度报告", "法治政府建设"),
        ("关于做好2021年政府信息公开工作年度报告编制发布工作的通知", "通知"),
        ("关于编制2021年政府信息公开工作年度报告的通知", "通知"),
        ("政府信息公开指南", "指南"),
        ("示例县政府信息公开指南（2021年版）", "指南"),
        ("政府信息公开年度报告制度", "制度"),
        ("政府信息公开保密审查制度", "制度"),
        ("2021年度依申请公开政府信息情况统计表", "统计"),
        ("示例县财政局2021年绩效自评报告", "绩效"),
        ("示例县2021年财政决算报告", "财政"),
        ("示例公司企业年度报告公示", "企业年报"),
        ("图解：示例镇2021年政府信息公开工作年度报告", "图解"),
        ("《2021年政府信息公开工作年度报告》解读", "解读"),
        ("示例县2021年政府信息公开年报汇总", "汇总"),
        ("2021年政府信息公开工作年度报告（模板）", "模板"),
        ("示例镇2021年上半年政府信息公开工作报告", "非年度"),
        ("示例县召开全县经济工作会", "新闻"),
        ("欢迎您的到来", "无关"),
    ],
)
def test_a_decoy_is_none_and_says_why(title: str, why: str) -> None:
    verdict = judge(title)
    assert verdict.startswith("decoy:")
    assert why in verdict


@pytest.mark.parametrize(
    "title",
    [
        "",
        "示例县统计局",
        "2021年",
        "示例镇2021年报",
        "示例镇2021年度报告",
        "示例县人力资源和社会保障局2021年政府信息公…",
        "示例镇关于报送2021年政府信息公开工作年度报告的函",
        "关于公布2021年政府信息公开工作年度报告的公告",
        "政府信息公开年报",
        "附件1",
    ],
)
def test_who_doubts_looks(title: str) -> None:
    assert judge(title) == "unclear"


def test_a_title_tells_organ_and_year() -> None:
    assert title_facts("示例县 统计局2021年政府信息公开工作年度报告") == TitleFacts("示例县统计局", 2021)
    assert title_facts("2021年政府信息公开年度报告——示例县统计局") == TitleFacts("示例县统计局", 2021)
    assert title_facts("2021年政府信息公开工作年度报告（示例镇）") == TitleFacts("示例镇", 2021)
    assert title_facts("【年报】示例镇2021年政府信息公开年报 2022-01-20") == TitleFacts("示例镇", 2021)
    assert title_facts("2021年政府信息公开年度报告（含附表）") == TitleFacts("", 2021)
    assert title_facts("政府信息公开年报") == TitleFacts("", None)


@given(st.text(max_size=80))
def test_every_title_is_judged(title: str) -> None:
    assert judge(title) in ("wanted", "unclear") or judge(title).startswith("decoy:")
    assert isinstance(title_facts(title).organ, str)
