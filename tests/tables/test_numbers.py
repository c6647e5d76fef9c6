"""What one cell says: a number as it is printed, nothing, or an open doubt. Never another number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxcrawl.forms.schema import ValueType
from gxcrawl.tables.numbers import is_plain, is_value, read_number

TYPES: tuple[ValueType, ...] = ("count", "signed", "wan_yuan", "money")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("1234", 1234),
        ("１２３", 123),
        ("１，２３４", 1234),
        ("1,234,567", 1234567),
        ("1，234", 1234),
        (" 12 ", 12),
        ("\u300012\u3000", 12),
        ("\u200b12\ufeff", 12),
        ("12\n", 12),
        ("“12”", 12),
        ("12件", 12),
        ("12 条", 12),
        ("3人次", 3),
        ("3.00", 3),
        ("3.0", 3),
        ("3．0", 3),
        ("12。", 12),
        ("+5", 5),
    ],
)
def test_a_count_is_read_however_its_digits_are_written(text: str, number: int) -> None:
    reading = read_number(text)
    assert (reading.value, reading.state) == (number, "ok")
    assert isinstance(reading.value, int)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("一百二十", 120),
        ("三千零二十", 3020),
        ("两百", 200),
        ("一万二千", 12000),
        ("零", 0),
        ("〇", 0),
        ("壹", 1),
        ("叁拾贰", 32),
        ("五件", 5),
    ],
)
def test_chinese_numerals_are_numbers(text: str, number: int) -> None:
    assert read_number(text).value == number


@pytest.mark.parametrize("text", ["二三", "十十", "百", "百千", "一千一万", "一百二百"])
def test_chinese_digits_that_may_be_a_list_are_no_number(text: str) -> None:
    assert read_number(text).value is None


@pytest.mark.parametrize(("text", "spoken"), [("一百二", 120), ("三千五", 3500), ("一万二", 12000)])
def test_numerals_cut_short_as_people_speak_are_never_read_as_the_small_number(
    text: str, spoken: int
) -> None:
    assert read_number(text).value in (spoken, None)


def test_a_note_behind_the_number_is_kept_and_not_counted() -> None:
    reading = read_number("22（其中修订16件）")
    assert (reading.value, reading.state, reading.note) == (22, "ok", "其中修订16件")


def test_a_note_whose_bracket_never_closes_is_still_a_note() -> None:
    assert read_number("22（其中修订16件")[:2] == (22, "ok")


def test_the_unit_that_a_cell_prints_is_kept_beside_its_number() -> None:
    assert read_number("22件").unit == "件"
    assert read_number("8040万元", "money").unit == "万元"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.1988", "1.1988"),
        ("12.50", "12.50"),
        ("73802.50元", "7.380250"),
        ("73,802.50元", "7.380250"),
        ("12.5（元）", "0.00125"),
        ("12.5（万元）", "12.5"),
        ("3 万元", "3"),
        ("0.35亿元", "3500"),
        ("人民币10000元", "1.0000"),
        ("人民币10000元整", "1.0000"),
        ("１２．５", "12.5"),
        ("0", "0"),
    ],
)
def test_fees_are_in_wan_yuan_to_the_last_printed_digit(text: str, amount: str) -> None:
    reading = read_number(text, "wan_yuan")
    assert (reading.value, reading.state) == (Decimal(amount), "ok")
    assert str(reading.value) == amount or "亿" in text


def test_a_unit_in_the_heading_holds_unless_the_cell_has_its_own() -> None:
    assert read_number("73802.50", "wan_yuan", "元").value == Decimal("7.380250")
    assert read_number("7.4万元", "wan_yuan", "元").value == Decimal("7.4")


def test_procurement_money_keeps_the_number_as_printed() -> None:
    reading = read_number("80,400.00元", "money")
    assert (str(reading.value), reading.unit) == ("80400.00", "元")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-8", -8),
        ("－8", -8),
        ("—8", -8),
        ("−8", -8),
        ("+3", 3),
        ("＋3", 3),
        ("增加5", 5),
        ("减少5", -5),
        ("减2", -2),
    ],
)
def test_a_change_has_a_sign_where_the_form_asks_for_one(text: str, number: int) -> None:
    assert read_number(text, "signed").value == number


@pytest.mark.parametrize("text", ["-1", "—8", "－3", "-12件"])
@pytest.mark.parametrize("slot_type", ["count", "wan_yuan", "money"])
def test_nothing_else_is_ever_negative(text: str, slot_type: ValueType) -> None:
    assert read_number(text, slot_type).value is None
    assert read_number(text, slot_type).state == "invalid"


def test_minus_zero_is_no_way_to_write_a_count() -> None:
    assert read_number("-0").value in (None, 0)
    assert str(read_number("-0").value) in ("None", "0")


@pytest.mark.parametrize("text", ["3.5", "3.5件", "0.1", "１．５"])
def test_half_a_case_is_invalid(text: str) -> None:
    assert read_number(text)[:2] == (None, "invalid")


@pytest.mark.parametrize(
    "text", ["/", "-", "—", "——", "－", "无", "空", " / ", "＼", "N/A", "不涉及", "暂无", "没有", "*"]
)
def test_a_sign_for_nothing_is_no_number(text: str) -> None:
    for slot_type in TYPES:
        assert read_number(text, slot_type)[:2] == (None, "placeholder")


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\t", "\u00a0", "\u3000", "\u2003", "\u200b", "\ufeff", "\u2060", "\u00ad \u3000\n"],
)
def test_blanks_of_every_width_are_blank_and_never_zero(text: str) -> None:
    for slot_type in TYPES:
        assert read_number(text, slot_type)[:2] == (None, "blank")


@pytest.mark.parametrize("text", ["5 3", "5\n3", "5\u30003", "1 234", "5\t3", "12 \n 5", "1\u2009234"])
def test_two_runs_of_digits_are_one_number_or_two_so_neither_is_taken(text: str) -> None:
    reading = read_number(text)
    assert (reading.value, reading.state) == (None, "ambiguous")
    first, second = (int(part) for part in text.split())
    assert set(reading.candidates) >= {first, second}


@pytest.mark.parametrize("text", ["5²", "5①", "5¹", "5₂", "②", "5½", "5Ⅱ", "5⑵"])
def test_a_footnote_mark_is_no_digit(text: str) -> None:
    assert read_number(text).value in (None, 5)


def test_a_footnote_mark_alone_stands_for_no_number() -> None:
    assert read_number("②").value is None


@pytest.mark.parametrize("text", ["01", "007", "00123", "0,123"])
def test_a_leading_zero_may_be_a_number_of_its_own(text: str) -> None:
    assert read_number(text).value is None


def test_zeros_alone_are_zero_however_many() -> None:
    assert read_number("00").value in (0, None)
    assert read_number("0.0").value == 0


@pytest.mark.parametrize("text", ["12345678901", "126036001296", "9" * 40, "1" * 3000])
def test_digits_longer_than_any_count_are_several_numbers_that_met(text: str) -> None:
    assert not is_plain(text)
    assert read_number(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,2,3",
        "1.2.3",
        "3-5",
        "3+2",
        "=5",
        "5%",
        "约5",
        "12abc",
        "0x10",
        "1e3",
        "5/5",
        "见附件2",
        "--5",
    ],
)
def test_everything_else_is_said_to_be_no_number(text: str) -> None:
    assert read_number(text).value is None


def test_a_count_in_wan_is_not_guessed() -> None:
    assert read_number("1.2万").value is None


@pytest.mark.parametrize(
    "text", ["12", "", "/", "２２（其中修订16件）", "12.5万元", "十二", "-8", "1,234", "12."]
)
def test_values_are_told_from_labels(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["一、总体情况", "总计", "行政许可", "1.属于国家秘密", "2022年", "（一）予以公开"]
)
def test_labels_are_told_from_values(text: str) -> None:
    assert not is_value(text)
