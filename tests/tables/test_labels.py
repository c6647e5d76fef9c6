"""Labels are forgiven what people do to them, and two labels are never taken for each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.forms import load_forms
from gxcrawl.tables.index import form_index
from gxcrawl.tables.labels import Entry, LabelIndex
from gxcrawl.tables.writing import label_key

ROWS = form_index("2021").rows
FORMS = [form.id for form in load_forms()]


def row_of(text: str, form: str = "2021") -> str | None:
    match = form_index(form).rows.match(text)
    return match.id if match is not None else None


@pytest.mark.parametrize(
    "text",
    [
        "1.属于国家秘密",
        "１．属于国家秘密",
        "1、属于国家秘密",
        "1）属于国家秘密",
        "1 属于国家秘密",
        "属于国家秘密",
        " 1. 属于 国家\u3000秘密 ",
        "1.属于\u200b国家\ufeff秘密",
        "1.属于\u00a0国家\u00a0秘密",
        "1.属于国家\n秘密",
        "1．屬於國家祕密",
        "1.“属于国家秘密”",
        "1.属于国家秘密：",
        "1.属于国家秘密（件）",
        "1.属于国家秘密（含工作秘密2件）",
        "（三）不予公开1.属于国家秘密",
        "**1.属于国家秘密**",
    ],
)
def test_one_label_is_known_in_all_the_ways_it_is_written(text: str) -> None:
    assert row_of(text) == "t3.refused.state_secret"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("一、本年新收政府信息公开申请数量", "t3.received"),
        ("一，本年新收政府信息公开申请数量", "t3.received"),
        ("1.本年新收政府信息公开申请数量", "t3.received"),
        ("本年新收政府信息公开申请数", "t3.received"),
        ("一、本年新收政府信息公开公开申请数量", "t3.received"),
        ("二、上年转结政府信息公开公开申请数量", "t3.carried_in"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "t3.partly_granted"),
        ("（二）部分公开（区分处理的，只计这一", "t3.partly_granted"),
        ("(二)部分公开", "t3.partly_granted"),
        ("〔二〕部分公开", "t3.partly_granted"),
        ("2.其他法律行政止公开", "t3.refused.other_law"),
        ("3.危及三安全一稳定", "t3.refused.stability"),
        ('3.危及"三安全一稳定"', "t3.refused.stability"),
        ("3.危及‘三安全，一稳定’", "t3.refused.stability"),
        ("4.保护第三方合法权宜", "t3.refused.third_party"),
        ("8.属于行政查寻事项", "t3.refused.query_matter"),
        ("1.本机关不掌握相关政府信", "t3.unavailable.not_held"),
        ("5.要求行政机关确认或重新出具", "t3.unprocessed.reissue"),
        ("1.申请人无正当理由逾期不补正", "t3.other.uncorrected"),
        ("2.申请人逾期未按收费通知要求缴纳费用", "t3.other.unpaid"),
        ("（七）總計", "t3.handled"),
        ("四、結轉下年度繼續辦理", "t3.carried_out"),
        ("行政规范性文件", "t2.normative"),
        ("规章（含政府规章3件）", "t2.rules"),
    ],
)
def test_wrong_cut_doubled_and_traditional_words_find_their_row(text: str, row: str | None) -> None:
    assert row_of(text) == row


@pytest.mark.parametrize(
    "text",
    [
        "",
        "属于",
        "政府信息",
        "申请",
        "12",
        "9.属于其他情形",
        "一、总体情况",
        "信息内容",
        "申请人情况",
        "政府网站公开信息数",
        "单位负责人",
        "合计支出金额说明表",
        "本年新收群众来信来访数量",
        "第二十条第（一）项",
        "同比增长（%）",
        "行政" * 200,
    ],
)
def test_other_words_are_no_row(text: str) -> None:
    assert not row_of(text)


@pytest.mark.parametrize(
    "heading", ["三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理"]
)
def test_the_heading_of_a_group_is_no_row(heading: str) -> None:
    assert row_of(heading) == ""


def test_a_number_in_front_that_belongs_to_another_row_is_not_believed() -> None:
    assert row_of("7.属于行政查询事宜") is None
    assert row_of("8.属于行政查询事宜") == "t3.refused.query_matter"


def test_a_beginning_that_two_rows_share_is_neither() -> None:
    index = LabelIndex([Entry("one", ["申请人逾期不补正"]), Entry("two", ["申请人逾期不缴费"])])
    assert index.match("申请人逾期") is None
    assert index.match("申请人逾期不补") is not None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("（一）予以公开", "予以公开"),
        ("1.2.重复申请", "重复申请"),
        ("三、（一）予以公开", "予以公开"),
        ("第一、规章", "规章"),
        ("危及“三安全一稳定”", "危及三安全一稳定"),
        ("部分公开（区分（处理）的", "部分公开"),
        ("Ａｂｃ　１２", "Abc12"),
    ],
)
def test_what_identifies_a_label_is_its_words(text: str, key: str) -> None:
    assert label_key(text) == key


def official_rows(form: str) -> dict[str, list[str]]:
    index = form_index(form)
    if index.targets:
        return {name: [target.row.label, *target.row.variants] for name, target in index.targets.items()}
    by_label: dict[str, list[str]] = {}
    for row in index.form.tables[0].rows:
        by_label.setdefault(row.label, [row.label, *row.variants])
    return by_label


def official_columns(form: str) -> list[tuple[LabelIndex, dict[str, str]]]:
    index = form_index(form)
    return [
        (index.columns[id(block)], {column.id: column.label for column in block.columns})
        for table in index.form.tables
        if table.kind in ("blocks", "matrix")
        for block in table.blocks
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_label_and_variant_of_a_form_is_known_as_its_own(form: str) -> None:
    rows = official_rows(form)
    index = LabelIndex(Entry(name, labels) for name, labels in rows.items())
    for name, labels in rows.items():
        for label in labels:
            assert index.exact(label_key(label)) == name, label


def one_off(label: str) -> list[str]:
    """The label with one character less, doubled, or miswritten, at every place."""
    spoilt = [label[:place] + label[place + 1 :] for place in range(len(label))]
    spoilt += [label[:place] + label[place] + label[place:] for place in range(len(label))]
    spoilt += [label[:place] + "某" + label[place + 1 :] for place in range(len(label))]
    spoilt += [
        label[:place] + label[place + 1] + label[place] + label[place + 2 :]
        for place in range(len(label) - 1)
    ]
    return spoilt


@pytest.mark.parametrize("form", FORMS)
def test_no_row_with_one_character_off_becomes_another_row(form: str) -> None:
    rows = official_rows(form)
    index = LabelIndex(Entry(name, labels) for name, labels in rows.items())
    official = {labels[0] for labels in rows.values()}
    for name, labels in rows.items():
        # 不同意公开答复数 without its 不 is the label of another row, and nobody can tell.
        for spoilt in set(one_off(labels[0])) - official:
            match = index.match(spoilt)
            assert match is None or match.id == name, f"{spoilt} became {match.id}"


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_no_column_with_one_character_off_becomes_another_column(form: str) -> None:
    for index, columns in official_columns(form):
        for name, label in columns.items():
            for spoilt in one_off(label):
                match = index.match(spoilt)
                assert match is None or match.id == name, f"{spoilt} became {match.id}"


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_no_outcome_with_one_character_off_becomes_another_outcome(form: str) -> None:
    for strip in form_index(form).strips:
        labels = {column.id.split(".")[1]: column.label for column in strip.block.columns}
        for name, label in labels.items():
            for spoilt in one_off(label):
                match = strip.outcomes.match(spoilt)
                assert match is None or match.id == name, f"{spoilt} became {match.id}"


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_long_labels_survive_one_wrong_character(form: str) -> None:
    for name, labels in official_rows(form).items():
        if len(labels[0]) >= 6:
            for place in range(len(labels[0])):
                spoilt = labels[0][:place] + "某" + labels[0][place + 1 :]
                match = ROWS.match(spoilt) if form == "2021" else form_index(form).rows.match(spoilt)
                assert match is not None, spoilt
                assert match.id == name


@given(st.text(max_size=60))
def test_no_text_breaks_the_matching(text: str) -> None:
    match = ROWS.match(text)
    assert match is None or match.id in {"", *form_index("2021").targets}


@given(
    st.sampled_from(sorted(official_rows("2021"))),
    st.integers(0, 30),
    st.sampled_from(" \u3000\u200b\u00a0\n\ufeff"),
)
def test_a_blank_anywhere_in_a_label_changes_nothing(name: str, place: int, blank: str) -> None:
    label = official_rows("2021")[name][0]
    match = ROWS.match(label[:place] + blank + label[place:])
    assert match is not None
    assert (match.id, match.how) == (name, "exact")
