"""What differs between organs and years anyway does not make two texts different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.sameness.masking import LONGEST, forms_of, masked, may_be_one, narrative

STREET = "示例市示例县甲乙街道办事处"


@pytest.mark.parametrize(
    "printed",
    [
        "示例市示例县甲乙街道办事处",
        "示例县甲乙街道办事处",
        "示例县甲乙街道",
        "甲乙街道办事处",
        "甲乙街道",
        "我街道",
        "我单位",
    ],
)
def test_an_organ_is_one_sign_in_whatever_form_it_is_printed(printed: str) -> None:
    assert masked(f"今年{printed}加强培训", forms_of([STREET])) == "今年某加强培训"


def test_a_region_of_the_organ_is_masked_where_it_stands_alone() -> None:
    assert masked("在示例市网站和示例县网站公布", forms_of([STREET])) == "在某网站和某网站公布"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("示例省示例市沛县财政局", "沛县财政局"),
        ("某某土家族苗族自治县教育局", "某某土家族苗族自治县"),
        ("示例县人民政府", "示例县"),
        ("示例县青石桥镇人民政府", "青石桥镇"),
        ("青石桥镇", "青石桥镇"),
    ],
)
def test_the_short_forms_of_a_name_are_known(name: str, form: str) -> None:
    assert form in forms_of([name])


def test_words_that_are_nobodys_name_are_never_masked() -> None:
    forms = forms_of(["示例县人民政府", "示例县高新园区管理委员会", "局", ""])
    assert not {"人民政府", "管理委员会", "局", ""} & set(forms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021年公开信息1,204条", "2022年公开信息88条"),
        ("满意率98.5%", "满意率百分之九十"),
        ("二〇二一年组织培训三次", "二〇二二年组织培训十二次"),
        ("收到申请12件，办结12件。", "收到申请０件、办结０件"),
        ("做到 应公开，尽公开", "做到应公开尽公开"),
    ],
)
def test_numbers_blanks_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert masked(narrative({1: one}), ()).strip() == masked(narrative({1: other}), ()).strip()


def test_what_is_done_makes_a_difference() -> None:
    assert masked("组织培训3次", ()) != masked("组织检查3次", ())


def test_labels_of_a_table_that_came_apart_are_no_words_of_the_organ() -> None:
    told = {2: "规章\n行政规范性文件\n本年制发件数", 3: "收到申请1件。\n（七）总计", 5: "更新不够及时"}
    assert narrative(told).split() == ["收到申请1件", "更新不够及时"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例县甲乙街道办事处", "甲乙街道", True),
        ("示例县人民政府", "示例县人民政府办公室", True),
        ("示例县财政局", "示例县财政局", True),
        ("示例县财政局", "示例县审计局", False),
        ("示例县人民政府", "示例县甲镇人民政府", False),
    ],
)
def test_names_that_may_be_one_bodys_are_known(one: str, other: str, same: bool) -> None:
    assert may_be_one(one, other) is may_be_one(other, one) is same


HOSTILE = st.text(st.sampled_from("甲示例县镇我局0９二年。；\n\0\ud800\u2028\x85 ,.%某\r"), max_size=60)


@given(st.dictionaries(st.integers(0, 6), HOSTILE, max_size=4), st.lists(HOSTILE, max_size=3))
def test_a_masked_text_has_the_lines_of_the_text(told: dict[int, str], names: list[str]) -> None:
    text = narrative(told)
    assert masked(text, forms_of(names)).count("\n") == text.count("\n")


def test_a_text_without_end_is_cut_before_anything_is_done_with_it() -> None:
    assert len(narrative({1: "甲" * 1_000_000})) == LONGEST
