"""The forms are data: every number has its official name, and a new form needs no code."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from gxcrawl.forms import Form, load_form, load_forms
from gxcrawl.forms.load import FormError, parse_form
from gxcrawl.model import GridCell
from gxcrawl.tables.head import read_head
from gxcrawl.tables.index import FormIndex
from gxcrawl.tables.numbers import read_number
from gxcrawl.tables.sums import Sums, holds
from gxcrawl.tables.writing import LabelKeys

WHO = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org", "total")
RESULTS = """granted partly_granted
refused.state_secret refused.other_law refused.stability refused.third_party refused.internal_affairs
refused.process_info refused.enforcement_file refused.query_matter
unavailable.not_held unavailable.needs_creation unavailable.still_unclear
unprocessed.petition unprocessed.repeated unprocessed.publication unprocessed.excessive unprocessed.reissue"""
COMMON_ROWS = ["received", "carried_in", *RESULTS.split(), "handled", "carried_out"]
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
T4 = {f"t4.{case}.{o}" for case in ("review", "suit_direct", "suit_after_review") for o in OUTCOMES}


def t3(*others: str) -> set[str]:
    return {f"t3.{row}.{who}" for row in (*COMMON_ROWS, *others) for who in WHO}


T2_2021 = {
    "t2.rules.issued",
    "t2.rules.repealed",
    "t2.rules.in_force",
    "t2.normative.issued",
    "t2.normative.repealed",
    "t2.normative.in_force",
    "t2.licensing.decisions",
    "t2.penalties.decisions",
    "t2.coercion.decisions",
    "t2.fees.amount",
}
POWERS = ("licensing", "other_services", "penalties", "coercion")
T2_2019 = {
    *(
        f"t2.{row}.{column}"
        for row in ("rules", "normative")
        for column in ("made", "published", "public_total")
    ),
    *(f"t2.{row}.{column}" for row in POWERS for column in ("items_before", "items_change", "decisions")),
    "t2.fees.items_before",
    "t2.fees.items_change",
    "t2.procurement.items",
    "t2.procurement.amount",
}


def wanted(form: Form) -> set[str]:
    return {name for name, slot in form.slots.items() if not slot.optional}


def test_the_form_of_2021_has_its_two_hundred_numbers_by_name() -> None:
    names = T2_2021 | t3("other.uncorrected", "other.unpaid", "other.rest") | T4
    assert (len(T2_2021), len(names)) == (10, 200)
    assert wanted(load_form("2021")) == names


def test_the_form_of_2019_has_its_198_numbers_by_name() -> None:
    names = T2_2019 | t3("other") | T4
    assert (len(T2_2019), len(names)) == (22, 198)
    assert wanted(load_form("2019")) == names


def test_the_single_row_on_the_form_of_2021_may_be_there_and_is_never_missed() -> None:
    optional = {name for name, slot in load_form("2021").slots.items() if slot.optional}
    assert optional == {f"t3.other.{who}" for who in WHO}


def test_money_and_signs_are_allowed_only_where_the_form_has_them() -> None:
    types = {
        form.id: {n: s.type for n, s in form.slots.items() if s.type != "count"} for form in load_forms()
    }
    assert types["2021"] == {"t2.fees.amount": "wan_yuan"}
    changes = {f"t2.{row}.items_change": "signed" for row in (*POWERS, "fees")}
    assert types["2019"] == changes | {"t2.procurement.amount": "money"}
    assert types["2014"] == {"s.7.fee": "wan_yuan", "s.8.budget": "wan_yuan"}


def test_the_newest_form_comes_first_and_every_year_has_one_form_due() -> None:
    assert [form.id for form in load_forms()] == ["2021", "2019", "2014", "2008"]
    for year in range(2008, 2031):
        assert len([form for form in load_forms() if form.due_in(year)]) == 1, year


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        ("2021", {"T3-BAL": 7, "T3-COL": 7, "T3-ROW": 26, "T4-SUM": 3, "T2-INEQ": 2}),
        ("2019", {"T3-BAL": 7, "T3-COL": 7, "T3-ROW": 23, "T4-SUM": 3}),
    ],
)
def test_everything_that_must_add_up_is_written_down(form: str, counts: dict[str, int]) -> None:
    assert Counter(identity.check for identity in load_form(form).identities) == counts


def test_rows_that_are_not_printed_add_nothing_to_check() -> None:
    form = load_form("2021")
    printed = form.identities_for(name for name in form.slots if not name.startswith("t3.other.rest"))
    full = form.identities_for(wanted(form))
    assert Counter(item.relation for item in full) == {"equal": 42, "at_least": 2}
    assert len(printed) <= len(form.identities)


def test_a_single_row_takes_the_place_of_its_three_in_the_sums() -> None:
    form = load_form("2021")
    names = {name for name in form.slots if not name.startswith(("t3.other.un", "t3.other.rest"))}
    identities = form.identities_for(names)
    column = next(i for i in identities if i.check == "T3-COL" and i.key == "company")
    assert "t3.other.company" in column.left
    assert not {"t3.other.unpaid.company", "t3.other.rest.company"} & set(column.left)


def test_a_cell_has_a_chinese_name_with_its_number() -> None:
    form = load_form("2021")
    assert form.label("t3.granted.natural_person") == "“（一）予以公开”×“自然人”"
    assert form.label("t3.refused.state_secret.total") == "“1.属于国家秘密”×“总计”"
    assert form.label("t4.suit_after_review.upheld") == "“行政诉讼复议后起诉结果维持”"
    assert form.label("no.such.cell") == "no.such.cell"


def test_no_mark_of_a_form_belongs_to_another() -> None:
    marks = [mark for form in load_forms() for mark in form.marks]
    assert len(marks) == len(set(marks))
    for mark in marks:
        assert sum(any(mark in other for other in form.marks) for form in load_forms()) == 1


LIBRARY = """
id = "library"
title = "图书馆统计表"
notice = "示例文〔2031〕1号"
first_year = 2031
marks = ["借书册数"]

[[table]]
id = "loans"
kind = "matrix"
title = "借阅情况"

[[table.block]]
columns = [
  { id = "adults", label = "成年读者" },
  { id = "children", label = "少年读者", variants = ["少儿读者"] },
  { id = "all", label = "全部读者" },
]
rows = [
  { id = "lent", number = "一", label = "借出图书册数" },
  { id = "returned", number = "二", label = "归还图书册数", variants = ["还书册数"] },
]

[[identity]]
check = "L-ROW"
each = "loans.rows"
left = ["loans.{}.adults", "loans.{}.children"]
right = ["loans.{}.all"]
"""


def test_a_new_form_is_data_only() -> None:
    form = parse_form(LIBRARY, "library.toml")
    assert list(form.slots) == [
        f"loans.{r}.{c}" for r in ("lent", "returned") for c in ("adults", "children", "all")
    ]
    assert form.label("loans.lent.all") == "“一、借出图书册数”×“全部读者”"
    assert (form.due_in(2030), form.due_in(2031), form.due_in(2099)) == (False, True, True)


def test_a_new_form_is_looked_up_headed_and_summed_without_code() -> None:
    form = parse_form(LIBRARY, "library.toml")
    index, block = FormIndex(form), form.tables[0].blocks[0]
    match = index.rows.match("二、还书册数（含续借）")
    assert match is not None
    assert index.targets[match.id].row.id == "returned"
    words = ["项目", "少儿读者", "全部读者", "成年读者"]
    row = [GridCell(word, 0, place) for place, word in enumerate(words)]
    head = read_head([row], block, index.columns[id(block)], LabelKeys())
    assert head is not None
    assert head.order == ("children", "all", "adults")
    identity = Sums(form.identities).within([f"loans.lent.{c}" for c in ("adults", "children", "all")])[0]
    known = {
        f"loans.lent.{c}": read_number(text).value for c, text in (("adults", "３"), ("children", "4件"))
    }
    assert holds(identity, {**known, "loans.lent.all": 7}) is True
    assert holds(identity, {**known, "loans.lent.all": 8}) is False
    assert holds(identity, known) is None
    assert holds(identity, {**known, "loans.lent.all": Decimal(6)}) is False


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "图书馆统计表"\n', "", "'title'"),
        ('id = "library"\n', "", "'id'"),
        ('marks = ["借书册数"]\n', "", "'marks'"),
        ('label = "成年读者"', 'lable = "成年读者"', "lable"),
        ('number = "一", label', 'numbr = "一", label', "numbr"),
        ("loans.{}.all", "loans.{}.everybody", "loans.lent.everybody"),
        ('kind = "matrix"\n', "", "'kind'"),
    ],
)
def test_a_form_file_with_an_error_says_which_file_and_what(old: str, new: str, told: str) -> None:
    assert old in LIBRARY
    with pytest.raises(FormError, match=r"^library\.toml: ") as error:
        parse_form(LIBRARY.replace(old, new, 1), "library.toml")
    assert told in str(error.value)


def test_an_identity_over_a_table_that_is_not_there_says_so() -> None:
    with pytest.raises(FormError, match=r"library\.toml"):
        parse_form(LIBRARY.replace("loans.rows", "lones.rows"), "library.toml")


def test_a_file_that_is_no_toml_says_which_file() -> None:
    with pytest.raises(FormError, match=r"library\.toml"):
        parse_form(LIBRARY.replace('id = "library"', "id = library"), "library.toml")


def test_two_cells_of_one_name_are_an_error_of_the_form() -> None:
    twice = LIBRARY.replace('id = "returned"', 'id = "lent"')
    with pytest.raises(FormError, match="lent"):
        parse_form(twice, "library.toml")
