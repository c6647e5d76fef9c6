"""How a report was published: what we did not see is not missing, and every word can be shown."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.checks.across.model import Changed
from gxcrawl.checks.across.run import check_case
from tests.checks.across.cases import YEAR, after, duty, filed, found, local, look, published, sight


def test_a_withdrawn_report_is_gone_and_neither_missing_nor_late() -> None:
    across = check_case(published(duty("withdrawn"), sight(online=False)))
    assert {remark.finding.check for remark in across.remarks} == {"P-GONE"}


@pytest.mark.parametrize("status", ["unknown", "unreadable", "exempt", "not_due"])
@pytest.mark.parametrize("owed", [duty, local])
def test_a_report_that_we_cannot_see_is_not_called_missing(status: str, owed: type) -> None:
    across = check_case(published(owed(status, reason="门户不正常")))
    assert [one for one in across.remarks if one.finding.check.startswith(("P-MISSING", "P-LATE"))] == []


def test_who_has_no_statutory_date_is_told_so() -> None:
    (missing,) = found(published(local("missing", days=5)), "P-MISSING-LOCAL")
    assert "无法定期限，按2024年3月31日计，2024年4月5日抓取的列表完整" in missing.finding.message
    day = after(5, date(2024, 3, 31))
    by_rule = local("late", days=5, rule="shili", rule_text="示例县通知", published=day)
    (late,) = found(published(by_rule), "P-LATE-LOCAL")
    assert "无法定期限，地方规定（示例县通知）为2024年3月31日，逾期5天" in late.finding.message


def test_why_a_report_is_owed_is_told_where_only_the_last_one_says_so() -> None:
    owed = duty("missing", days=12, basis="published-before", report=None)
    (remark,) = found(published(owed, confirmed=False), "P-MISSING")
    assert remark.finding.message == (
        "示例县财政局（机关名称未经确认）2023年度报告未发布：法定期限为2024年1月31日，"
        "2024年2月12日抓取的列表完整而没有此报告，已逾期12天。该机关上一年度发布过年度报告。"
    )
    assert (remark.report, remark.evidence["basis"]) == (None, "published-before")


def test_a_report_that_stands_at_two_addresses_is_one() -> None:
    assert found(published(None, sight(), sight(2, portal="other")), "P-MULTI") == []
    assert found(published(None, sight(), sight(2, content="b", online=False)), "P-MULTI") == []
    assert found(published(None, sight(), sight(2, content="b", error="empty")), "P-MULTI") == []


@pytest.mark.parametrize(
    "title", ["示例县人民政府机关2023年年报", "2023年年报（更正）", "2022年年报", "一图读懂"]
)
def test_two_reports_that_may_both_be_right_are_only_a_question(title: str) -> None:
    assert found(published(None, sight(), sight(2, content="b", title=title)), "P-MULTI") == []


def test_two_copies_whose_words_were_read_differently_are_only_a_question() -> None:
    two = (sight(), sight(2, content="b"))
    assert found(published(None, *two, figures={1: "x", 2: "x"}), "P-MULTI") == []
    assert found(published(None, *two, figures={1: "x", 2: "y"}), "P-MULTI")
    assert found(published(None, *two, figures={1: "x"}), "P-MULTI")


def test_an_office_is_not_taken_for_a_second_kind_of_report_by_its_own_name() -> None:
    name = "示例县人民政府办公室"
    two = [sight(number, content=str(number), title=f"{name}2023年年报") for number in (1, 2)]
    assert found(published(None, *two, name=name), "P-MULTI")


def test_a_new_version_that_says_the_same_is_no_change() -> None:
    same = Changed(2, 1, date(2024, 3, 1), (("t3.handled.total", 1, 1),), (), announced=False)
    assert found(published(changes=(same,)), "P-CHANGED") == []


def test_every_change_is_listed_with_both_numbers() -> None:
    change = Changed(
        2, 1, date(2024, 3, 1), (("t3.handled.total", 0, 1), ("t3.granted.total", None, 2)), (1, 5), False
    )
    (remark,) = found(published(filed={YEAR: filed()}, changes=(change,)), "P-CHANGED")
    assert "“（七）总计”×“总计”由0改为1、“（一）予以公开”×“总计”由没有数字改为2" in remark.finding.message
    assert remark.finding.message.endswith("文字有改动：第一部分、第五部分。")
    assert remark.evidence["cells"] == [["t3.handled.total", 0, 1], ["t3.granted.total", None, 2]]
    assert (remark.report, remark.other) == (2, 1)


def test_a_slip_in_one_list_does_not_make_a_report_early() -> None:
    slip = sight(2, printed=date(2023, 1, 20), basis="list")
    assert found(published(None, sight(), slip), "P-EARLY") == []
    assert found(published(None, sight(), slip), "P-EARLY", "uncertain") == []


def test_a_date_in_the_text_proves_neither_early_nor_backdated() -> None:
    signed = sight(printed=date(2023, 12, 22), basis="signature")
    given = published(None, signed, backdated=look(date(2024, 2, 5)))
    assert found(given, "P-EARLY") == found(given, "P-BACKDATED") == []


def test_a_name_made_to_break_messages_is_told_as_it_is() -> None:
    name = '<script>{0}{report}=HYPERLINK("x")' + "局" * 5000
    (remark,) = found(published(duty("missing", days=1), name=name), "P-MISSING")
    assert remark.finding.message.startswith("<script>{0}{report}=HYPERLINK")
    assert len(remark.finding.message) < 300


def test_thousands_of_dead_links_are_told_in_a_few_words() -> None:
    links = tuple(f"https://www.example.gov.cn/{'x' * 5000}/{number}" for number in range(2000))
    (remark,) = found(published(dead_links=links), "P-DEADLINK")
    assert len(remark.finding.message) < 1000
    assert "2000个链接" in remark.finding.message
