"""What a name means where it is met: the same organ under its ways to write it, and never another one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.registry.locality import locality
from gxcrawl.registry.names import Place, place_of, resembles, tidy

COUNTY = locality("990101", "示例县人民政府门户网站")
ACHENG = locality("230112", "")
HEGANG = locality("230400", "")
HUBIN = locality("411202", "")


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("财政局", "财政局"),
        ("示例县财政局", "财政局"),
        ("示例市示例县财政局", "财政局"),
        ("某某省示例市示例县财政局", "财政局"),
        ("示例县 财政局", "财政局"),
        ("示例县财政局（国有资产管理局）", "财政局(国有资产管理局)"),
        ("示例县财政局〔国有资产管理局〕", "财政局(国有资产管理局)"),
        ("示例县青石桥镇人民政府", "青石桥镇"),
        ("青石桥镇政府", "青石桥镇"),
        ("白果坪乡人民政府", "白果坪乡"),
        ("示例县望湖亭街道办事处", "望湖亭街道"),
        ("望湖亭街道办", "望湖亭街道"),
        ("望湖亭街办事处", "望湖亭街"),
        ("示例县", "人民政府"),
        ("示例县人民政府", "人民政府"),
        ("示例市示例县政府", "人民政府"),
        ("县人民政府", "人民政府"),
        ("人民政府", "人民政府"),
        ("示例县人民政府办公室", "人民政府办公室"),
    ],
)
def test_one_organ_is_known_by_all_ways_to_write_it(name: str, core: str) -> None:
    assert place_of(name, COUNTY) == Place("990101", core)


@pytest.mark.parametrize(
    "name", ["示例市财政局", "另县财政局", "示例市人民政府", "市人民政府", "示例市", "望湖亭街", "前进街"]
)
def test_what_is_not_the_areas_own_stays_whole(name: str) -> None:
    assert place_of(name, COUNTY) == Place("990101", name)


def test_where_the_areas_above_are_known_no_other_ones_are_taken_off() -> None:
    assert place_of("黑龙江省哈尔滨市阿城区财政局", ACHENG) == Place("230112", "财政局")
    assert place_of("示例市阿城区财政局", ACHENG) == Place("230112", "示例市阿城区财政局")
    assert place_of("哈尔滨市财政局", ACHENG) == Place("230112", "哈尔滨市财政局")


@pytest.mark.parametrize("name", ["鹤岗市工农区人民政府", "工农区人民政府", "工农区", "黑龙江省鹤岗市工农区"])
def test_a_district_in_the_list_of_its_city_is_the_district(name: str) -> None:
    assert place_of(name, HEGANG) == Place("230403", "人民政府")


def test_a_bureau_of_a_district_in_the_list_of_its_city_is_no_bureau_of_the_city() -> None:
    assert place_of("南山区财政局", HEGANG) == Place("230404", "财政局")
    assert place_of("鹤岗市财政局", HEGANG) == Place("230400", "财政局")
    assert place_of("黑龙江省鹤岗市向阳区财政局", locality("230000", "")) == Place("230402", "财政局")


def test_streets_of_the_same_name_in_two_areas_are_two_organs() -> None:
    assert place_of("前进街道办事处", HUBIN) != place_of("前进街道办事处", HEGANG)


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("示例县人民政府", "示例县"),
        ("示例县政府网", "示例县"),
        ("示例县人民政府门户网站", "示例县"),
        ("哈尔滨市松北区", "松北区"),
        ("市中区人民政府", "市中区"),
        ("荆州市沙市区", "沙市区"),
        ("赣州市赣县区人民政府", "赣县区"),
        ("驻马店市西平县", "西平县"),
        ("内蒙古自治区人民政府", "内蒙古自治区"),
        ("延边朝鲜族自治州延吉市", "延吉市"),
        ("天津市滨海新区政务网", "滨海新区"),
        ("示例县开发区", ""),
        ("政务公开网", ""),
        ("", ""),
    ],
)
def test_an_area_that_is_not_listed_is_called_as_its_portal_says(said: str, own: str) -> None:
    assert locality("999999", said).own == own


def test_where_nobody_says_whose_area_it_is_names_stay_whole() -> None:
    assert place_of("示例县财政局", locality("999999", "")) == Place("999999", "示例县财政局")


BUREAUS = st.sampled_from(
    [
        "财政局",
        "民政局",
        "县志办公室",
        "城市管理局",
        "市场监督管理局",
        "前进街道",
        "前进街",
        "前进镇",
        "前进乡",
    ]
)
BEFORE = st.sampled_from(["", "示例县", "示例市示例县", "某省示例市示例县", "示例县 ", "示例县示例县"])
MIXED = st.text(alphabet="示例县市省政府人民街道办事处镇乡鹤岗工农区财局 　（)\u200b\u0301aÅﷺ", max_size=40)
PLACES = st.sampled_from([COUNTY, ACHENG, HEGANG, HUBIN, locality("230000", ""), locality("x", "")])


@given(BUREAUS, BUREAUS, BEFORE, BEFORE)
def test_two_bureaus_are_never_taken_for_one(one: str, other: str, before: str, before_other: str) -> None:
    same = place_of(before + one, COUNTY) == place_of(before_other + other, COUNTY)
    assert same == (one == other)


@given(st.one_of(st.text(max_size=60), MIXED), PLACES)
def test_a_core_is_its_own_core(name: str, here: object) -> None:
    place = place_of(name, here)  # type: ignore[arg-type]
    again = locality(place.code, COUNTY.own if place.code == "990101" else "")
    assert place_of(place.core, again) == place


@given(st.one_of(st.text(max_size=60), MIXED))
def test_tidying_twice_changes_nothing_more(name: str) -> None:
    assert tidy(tidy(name)) == tidy(name)


@pytest.mark.parametrize(
    "name",
    [
        "示例县" * 330_000,
        "示例市" * 330_000,
        "街道办" * 330_000,
        "青镇" + "政府" * 500_000 + "x",
        "示" * 1_000_000,
        "ﷺ" * 60_000,
    ],
    ids=lambda name: name[:6],
)
def test_a_name_of_a_megabyte_costs_no_more_than_reading_it(name: str) -> None:
    started = time.perf_counter()
    place_of(name, COUNTY)
    resembles(name, name[::-1])
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小岭街", "小岭街道"),
        ("工业信息科技局", "工业和信息化局"),
        ("水利局", "水务局"),
        ("发改局", "发展和改革局"),
        ("安全生产监督管理局", "应急管理局"),
        ("王岗镇", "王岗街道"),
        ("青石桥镇党政办", "青石桥镇"),
        ("人民政府", "人民政府办公室"),
        ("示例县财政局", "财政局"),
        ("卫生和计划生育局", "卫生健康委员会"),
        ("国土资源局", "自然资源局"),
    ],
)
def test_names_that_may_be_one_organ_are_in_doubt(one: str, other: str) -> None:
    assert resembles(one, other)
    assert resembles(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("前进街道", "前卫街道"),
        ("王岗镇", "红岗镇"),
        ("财政局", "教育局"),
        ("财政局", "民政局"),
        ("信访局", "工业和信息化局"),
        ("人民政府", "民政局"),
        ("局", "财政局"),
    ],
)
def test_names_that_share_next_to_nothing_are_in_no_doubt(one: str, other: str) -> None:
    assert not resembles(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_who_resembles_whom_has_no_order(one: str, other: str) -> None:
    assert resembles(one, other) == resembles(other, one)
    assert resembles(one, one)
