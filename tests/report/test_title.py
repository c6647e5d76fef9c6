"""Whatever the title looks like, the clerk finds organ and year in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxcrawl import read_report
from gxcrawl.model import Narrative
from gxcrawl.report.title import split_title

Report = Callable[..., Narrative]

REAL_SHAPES = {
    "示例县教育局2021年政府信息公开工作年度报告": ("示例县教育局", 2021),
    "2022年度柳镇政府信息公开工作年度报告": ("柳镇", 2022),
    "示例县教育局政府信息公开工作2022年度报告": ("示例县教育局", 2022),
    "示例市2020年政府信息公开工作报告": ("示例市", 2020),
    "2025年度政府信息公开工作年度报告": ("", 2025),
    "示例县人民政府信息公开工作年度报告（2021年）": ("示例县人民政府", 2021),
    "2024示例市东关区人民政府信息公开工作年度报告": ("示例市东关区人民政府", 2024),
    "示例县二〇二一年政府信息公开年报": ("示例县", 2021),
    "示例县二○二一年政府信息公开年报": ("示例县", 2021),
    "示例县教育局２０２１年政府信息公开工作年度报告": ("示例县教育局", 2021),
    "示例县司法局关于2021年政府信息公开工作情况的年度报告": ("示例县司法局", 2021),
    "示例县城关镇2021年政府信息公开工作年度报告（图片版）": ("示例县城关镇", 2021),
    "2021年示例县教育局政务公开工作年度报告": ("示例县教育局", 2021),
    "示例县财政局2022年公布的2021年度政府信息公开工作年度报告": ("示例县财政局", 2021),
    "2021年度《示例县教育局政府信息公开工作年度报告》": ("示例县教育局", 2021),
    "关于示例县教育局2021年政府信息公开工作年度报告": ("示例县教育局", 2021),
    "部门2021年政府信息公开年报": ("", 2021),
}


@pytest.mark.parametrize(("printed", "expected"), REAL_SHAPES.items())
def test_organ_and_year_are_read_from_every_shape_of_title(
    printed: str, expected: tuple[str, int | None]
) -> None:
    assert split_title(printed) == expected


def test_two_years_of_equal_weight_give_no_year() -> None:
    assert split_title("示例县教育局2020年2021年政府信息公开工作年度报告")[1] is None


def test_a_title_on_two_lines_is_one_title(report: Report, outline: str) -> None:
    for split in (
        "示例县教育局2021年\n政府信息公开工作年度报告\n",
        "示例县教育局\n2021年政府信息公开工作年度报告\n",
        "示例县教育局\n2021年\n政府信息公开工作年度报告\n",
    ):
        found = report(split + outline, carrier="text")
        assert found.title == "示例县教育局2021年政府信息公开工作年度报告"
        assert found.organ == "示例县教育局"


def test_the_name_of_the_site_above_the_title_is_not_taken_for_the_organ(
    report: Report, outline: str
) -> None:
    text = "本报告通过示例县人民政府网站公布，欢迎社会各界监督。\n"
    found = report("示例县人民政府\n2021年政府信息公开工作年度报告\n" + text + outline)
    assert found.organ is None
    assert found.title == "2021年政府信息公开工作年度报告"


def test_titles_in_the_sidebar_and_below_the_report_are_not_its_title(
    report: Report, title: str, outline: str
) -> None:
    found = report(
        "示例县示例街道办事处2021年政府信息公开工作年度报告\n示例县民政局2020年政府信息公开工作年度报告\n",
        f"# {title}\n{outline}\n上一篇：示例县农业农村和水利水务局2020年政府信息公开工作年度报告",
    )
    assert found.titles == (title,)
    assert found.organ == "示例县教育局"


def test_a_title_that_only_the_head_of_the_page_gives_is_found(
    report: Report, title: str, outline: str
) -> None:
    found = report(outline, meta={"articletitle": title})
    assert (found.title, found.title_place) == (title, "meta articletitle")
    found = report(outline, page_title=f"{title}_部门年报_示例县人民政府")
    assert (found.title, found.organ) == (title, "示例县教育局")


def test_of_a_short_and_a_long_title_the_long_one_is_chosen_and_both_are_kept(
    report: Report, title: str, outline: str
) -> None:
    found = report(f"# 2021年政府信息公开工作年度报告\n来源：本站\n{title}\n{outline}")
    assert found.titles == (title, "2021年政府信息公开工作年度报告")


def test_the_name_of_a_column_is_no_title(report: Report, outline: str) -> None:
    assert report("政府信息公开年报\n" + outline).title == ""


@pytest.mark.parametrize("window", ["示例县人民政府 政府信息公开年报 {}", "示例县人民政府 {}"])
def test_the_name_of_the_site_before_the_title_is_not_the_organ(window: str) -> None:
    title = "2024年度政府信息公开工作报告"
    page = f"""<html><head><title>{window.format(title)}</title></head><body><h1>{title}</h1>
    <p>本年度报告由示例市示例县教育局编制。数据统计期限自2024年1月1日至2024年12月31日。</p>
    <h2>一、总体情况</h2><p>2024年，我局认真开展政府信息公开工作。</p>
    <h2>二、主动公开政府信息情况</h2><p>我局主动公开政府信息12条。</p></body></html>"""
    assert read_report(page).organ == "示例市示例县教育局"
