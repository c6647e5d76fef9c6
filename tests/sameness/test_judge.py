"""What is said of texts that are alike, nearly alike, and not alike."""

from __future__ import annotations

import pytest
from town import some, words

from gxcrawl.checks.across.verdict import Verdict
from gxcrawl.sameness.judge import Doubt, Other, against_last_year, against_others, generic
from gxcrawl.sameness.sentences import Text, sentences_of


def text(told: str) -> Text:
    return sentences_of({1: told}, ())


def other(report: int, told: str, doubt: Doubt = "") -> Other:
    return Other(report, f"示例县{report}号镇人民政府", 2022, text(told), doubt)


def result(verdict: Verdict) -> str:
    if verdict.not_assessable:
        return "not_assessable"
    return verdict.remarks[0].finding.result if verdict.remarks else "pass"


@pytest.mark.parametrize(
    ("shared", "wanted"), [(20, "fail"), (18, "fail"), (17, "uncertain"), (16, "pass"), (0, "pass")]
)
def test_a_report_that_repeats_that_of_last_year_is_told(shared: int, wanted: str) -> None:
    verdict = against_last_year(7, text(words(*range(20))), [other(3, words(*range(20 - shared, 40)))])
    assert result(verdict) == wanted
    assert verdict.passed == (wanted == "pass")


def test_the_finding_says_how_much_is_alike_and_which_sentences_are() -> None:
    (remark,) = against_last_year(7, text(some(0)), [other(3, some(0))]).remarks
    assert remark.finding.message.startswith(
        "隐去名称和数字后，正文有100%与上一年度（2022年）的报告相同，相同的句子共12句"
    )
    assert remark.finding.message.count("“") == 3
    assert (remark.report, remark.other) == (7, 3)
    assert remark.evidence["sentences"] == [said.printed for said in text(some(0))]
    assert (remark.finding.severity, remark.finding.expected) == ("warn", "")


def test_the_most_alike_of_two_reports_of_last_year_counts() -> None:
    verdict = against_last_year(7, text(some(0)), [other(3, some(50)), other(4, some(0))])
    assert [remark.other for remark in verdict.remarks] == [4]


def test_without_a_report_of_last_year_or_enough_words_nothing_is_said() -> None:
    assert result(against_last_year(7, text(some(0)), [])) == "not_assessable"
    assert result(against_last_year(7, text(words(1)), [other(3, words(1))])) == "not_assessable"
    assert result(against_others(7, text(words(1)), [other(3, words(1))])) == "not_assessable"


@pytest.mark.parametrize(
    ("shared", "wanted"), [(20, "fail"), (16, "fail"), (15, "uncertain"), (14, "pass"), (0, "pass")]
)
def test_a_report_that_repeats_that_of_another_organ_is_told(shared: int, wanted: str) -> None:
    verdict = against_others(7, text(words(*range(20))), [other(3, words(*range(20 - shared, 40)))])
    assert result(verdict) == wanted


def test_a_short_report_that_stands_in_a_long_one_is_alike_and_the_long_one_is_not() -> None:
    short, long = some(0), some(0, 40)
    assert result(against_others(7, text(short), [other(3, long)])) == "fail"
    assert result(against_others(3, text(long), [other(7, short)])) == "pass"


@pytest.mark.parametrize("doubt", ["few", "nameless", "namesake"])
def test_a_doubt_is_said_openly_and_accuses_nobody(doubt: Doubt) -> None:
    verdict = against_others(7, text(some(0)), [other(3, some(0), doubt)])
    assert (result(verdict), verdict.remarks[0].finding.severity) == ("uncertain", "info")


def test_another_organ_that_is_alike_for_certain_is_named_before_a_doubtful_one() -> None:
    verdict = against_others(7, text(some(0, 20)), [other(3, some(0, 20), "namesake"), other(4, some(0, 18))])
    assert (result(verdict), verdict.remarks[0].other) == ("fail", 4)
    assert "3号镇" not in verdict.remarks[0].finding.message


def test_of_alike_reports_none_is_called_the_copy() -> None:
    (remark,) = against_others(7, text(some(0)), [other(3, some(0)), other(4, some(0, 11))]).remarks
    assert "与示例县3号镇人民政府（另有示例县4号镇人民政府）的报告相同" in remark.finding.message
    assert not {"抄袭", "照搬", "抄"} & set(remark.finding.message)


def test_a_text_that_many_have_may_be_a_template() -> None:
    verdict = against_others(7, text(some(0)), [other(number, some(0)) for number in range(10, 15)])
    assert result(verdict) == "uncertain"
    assert "可能使用同一模板" in verdict.remarks[0].finding.message
    assert "等4个机关" in verdict.remarks[0].finding.message


NAMES = ("示例县财政局",)
TALK = (
    "各级政府部门高度重视政府信息公开工作，不断完善制度机制，加强组织领导，强化监督检查，一些单位公开意识有待提高，"
    "工作水平有待提升，需要进一步加强学习，切实提高公开质量。"
)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (TALK, "fail"),
        (f"2021年，根据国办公开办函〔2021〕30号文件要求，{TALK}", "fail"),
        (f"（一）主动公开。{TALK}1.加强领导。{TALK}", "fail"),
        (f"我局{TALK}", "pass"),
        (f"财政局{TALK}", "pass"),
        (f"示例县财政局{TALK}", "pass"),
        (f"{TALK}全年公开信息12条。", "pass"),
        (f"{TALK}组织培训三次。", "pass"),
        (f"{TALK}在青石桥镇设立查阅点。", "pass"),
        ("无。", "not_assessable"),
        ("", "not_assessable"),
    ],
)
def test_words_that_anybody_could_print_are_told(told: str, wanted: str) -> None:
    assert result(generic(7, told, NAMES)) == wanted


def test_an_organ_whose_name_we_do_not_know_is_not_blamed_for_leaving_it_out() -> None:
    assert result(generic(7, TALK, ())) == "uncertain"


@pytest.mark.parametrize(
    "hostile", ["甲" * 1_000_000, "\0" * 99, "县" * 300_000, "9" * 300_000, "<script>" * 9_999]
)
def test_no_text_is_too_much_to_be_judged(hostile: str) -> None:
    assert result(generic(7, hostile, NAMES)) in {"fail", "pass", "uncertain", "not_assessable"}
