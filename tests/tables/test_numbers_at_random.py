"""Numbers by the thousand, printed in every way: read back as themselves, or not at all."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.forms.schema import ValueType
from gxcrawl.tables.numbers import read_number

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
TYPES: tuple[ValueType, ...] = ("count", "signed", "wan_yuan", "money")


def ways_to_print(number: int) -> list[str]:
    plain, grouped = str(number), f"{number:,}"
    ways = [
        plain,
        grouped,
        f"{plain}.00",
        f"{plain}件",
        f" {plain}　",
        f"{plain}（其中修订3件）",
        f"{plain}[1]",
    ]
    ways += [way.translate(FULL_WIDTH) for way in (plain, grouped, f"{plain}.0")]
    ways += [
        f"{plain}²",
        f"{plain}①",
        f"0{plain}",
        f"{plain}\n",
        " ".join(plain),
        "\n".join(plain),
        f"{plain}万",
    ]
    return ways


@given(st.integers(min_value=0, max_value=10**12))
def test_every_count_reads_back_as_itself_or_not_at_all(number: int) -> None:
    for text in ways_to_print(number):
        assert read_number(text).value in (number, None), text


@given(st.integers(min_value=0, max_value=10**9 - 1))
def test_the_common_ways_to_print_a_count_are_all_read(number: int) -> None:
    for text in ways_to_print(number)[:6]:
        assert read_number(text).value == number, text


@given(st.decimals(min_value=0, max_value=10**8, places=4))
def test_money_reads_back_exactly_in_every_unit(amount: Decimal) -> None:
    assert read_number(f"{amount}", "wan_yuan").value == amount
    assert read_number(f"{amount}元", "wan_yuan").value == amount.scaleb(-4)
    assert read_number(f"{amount}亿元", "wan_yuan").value == amount.scaleb(4)
    assert str(read_number(f"{amount}", "money").value) == str(amount)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_signed_change_reads_back_as_itself(number: int) -> None:
    assert read_number(f"{number:+d}", "signed").value == number
    assert read_number(str(number), "signed").value == number


digits_and_dirt = st.text(
    alphabet="0123456789０５,.，．-+—/（）()件元万亿十百零无 \n\t\u3000\u200b²①", max_size=12
)


@given(st.one_of(st.text(max_size=40), digits_and_dirt), st.sampled_from(TYPES))
def test_no_text_breaks_the_reading_and_only_a_number_has_a_value(text: str, slot_type: ValueType) -> None:
    reading = read_number(text, slot_type)
    assert (reading.value is not None) == (reading.state == "ok")
    assert reading.value is None or slot_type == "signed" or reading.value >= 0


@given(
    st.text(alphabet="123456789", min_size=1, max_size=3),
    st.text(alphabet="123456789", min_size=1, max_size=3),
)
def test_digits_with_anything_between_them_are_never_made_one_number(left: str, right: str) -> None:
    for between in (" ", "\n", "\u3000", "、", ";", "/", "-", "~", "(", "²", "①", "\t", "\u00a0", "·"):
        assert read_number(left + between + right).value in (None, int(left))
