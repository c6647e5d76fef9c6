"""In a database: who is named, who is not, and that both sides of a pair are."""

from __future__ import annotations

import pytest
from town import Town, some, words

CITY = [f"示例县{sign}镇人民政府" for sign in "子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"]


def fill(
    town: Town, count: int = 20, *, portal: str = "shili", year: int = 2023, shared: str = ""
) -> list[int]:
    """Reports of so many organs, each in its own words, around what all of them share."""
    start = 1_000 * (1 + len(portal))
    return [
        town.add(shared + some(start + 12 * place), CITY[place], portal=portal, year=year)
        for place in range(count)
    ]


def peer(town: Town, report: int) -> str:
    return town.result(report, "S-PEER")


def test_two_alike_reports_name_each_other_and_nobody_else_is_named(town: Town) -> None:
    others = fill(town)
    one, two = town.add(some(0), "示例县甲乙街道办事处"), town.add(some(0), "示例县丙丁街道办事处")
    town.check()
    assert [peer(town, report) for report in (one, two)] == ["fail", "fail"]
    assert {peer(town, report) for report in others} == {"pass"}
    remark = town.remark(one, "S-PEER")
    assert remark is not None
    assert (remark.other, len(remark.evidence["sentences"])) == (two, 12)  # type: ignore[arg-type]
    assert "与示例县丙丁街道办事处的报告相同" in remark.finding.message


def test_whoever_is_alike_with_a_new_report_is_told_so_too(town: Town) -> None:
    others = fill(town)
    town.check()
    new = town.add(words(*range(4_000, 4_000)) + some(6_000), "示例县甲乙街道办事处")
    assert town.check() == {others[0], new}
    assert [peer(town, report) for report in (others[0], new)] == ["fail", "fail"]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(words(*range(18), 90, 91), id="edited: a tenth of the lines"),
        pytest.param(some(0, 20).replace("。", "，"[:0] + "；"), id="other punctuation"),
    ],
)
def test_an_edited_copy_is_found(town: Town, told: str) -> None:
    fill(town)
    one, two = town.add(some(0, 20), "示例县甲乙街道办事处"), town.add(told, "示例县丙丁街道办事处")
    town.check()
    assert [peer(town, report) for report in (one, two)] == ["fail", "fail"]


def test_a_copy_with_another_name_and_other_numbers_is_found(town: Town) -> None:
    fill(town)
    told = "".join(
        f"{{name}}在{{number}}月开展了第{sign}轮检查并公开目录，{some(place, 1)}"
        for place, sign in enumerate("甲乙丙丁戊己庚辛")
    )
    one = town.add(told.format(name="示例县青石镇", number=3), "示例县青石镇人民政府")
    two = town.add(told.format(name="白果坪街道", number=11), "示例县白果坪街道办事处")
    town.check()
    assert [peer(town, report) for report in (one, two)] == ["fail", "fail"]
    assert len(town.remark(one, "S-PEER").evidence["sentences"]) == 8  # type: ignore[union-attr, arg-type]


def test_what_a_portal_gives_to_its_organs_accuses_none_of_them(town: Town) -> None:
    """Every street office fills in the same form of words, and has nothing to add."""
    reports = [town.add(some(0), name) for name in CITY]
    town.check()
    assert {peer(town, report) for report in reports} == {"not_assessable"}


def test_what_is_left_without_the_template_is_compared(town: Town) -> None:
    others = fill(town, shared=some(0))
    one = town.add(some(0) + some(100), "示例县甲乙街道办事处")
    two = town.add(some(0) + some(100), "示例县丙丁街道办事处")
    town.check()
    assert {peer(town, report) for report in others} == {"pass"}
    assert [peer(town, report) for report in (one, two)] == ["fail", "fail"]
    assert len(town.remark(one, "S-PEER").evidence["sentences"]) == 12  # type: ignore[union-attr, arg-type]


def test_a_template_that_is_filled_in_late_takes_the_blame_away(town: Town) -> None:
    fill(town, 14)
    early = [town.add(some(0), name) for name in ("示例县甲乙街道办事处", "示例县丙丁街道办事处")]
    town.check()
    assert {peer(town, report) for report in early} == {"fail"}
    for name in ("示例县戊己街道办事处", "示例县庚辛街道办事处"):
        town.add(some(0), name)
    town.check()
    assert {peer(town, report) for report in early} == {"not_assessable"}


def test_in_a_portal_with_few_reports_nobody_can_tell_a_template_from_a_copy(town: Town) -> None:
    pair = [town.add(some(0), name) for name in CITY[:2]]
    town.check()
    assert {peer(town, report) for report in pair} == {"uncertain"}
    assert "报告太少，无法分辨" in town.remark(pair[0], "S-PEER").finding.message  # type: ignore[union-attr]
    fill(town, 7)
    town.check()
    assert {peer(town, report) for report in pair} == {"uncertain"}
    town.add(some(500), "示例县甲乙街道办事处")
    town.check()
    assert {peer(town, report) for report in pair} == {"fail"}


def test_a_copy_across_regions_is_certain_when_one_portal_has_enough_reports(town: Town) -> None:
    far = town.add(some(6_000), "远方县财政局", portal="far")
    town.check()
    assert peer(town, far) == "pass"
    near = fill(town)[0]
    town.check()
    assert [peer(town, report) for report in (far, near)] == ["fail", "fail"]


def test_a_template_of_one_portal_that_is_met_in_another_accuses_nobody(town: Town) -> None:
    fill(town, shared=some(0))
    far = town.add(some(0), "远方县财政局", portal="far")
    town.check()
    assert peer(town, far) == "pass"


def test_words_that_are_common_in_the_whole_country_are_nobodys(town: Town) -> None:
    reports = [
        town.add(some(0), f"第{chr(0x5000 + place)}县教育局", portal=f"p{place}") for place in range(60)
    ]
    town.check()
    assert {peer(town, report) for report in reports} == {"not_assessable"}


def test_reports_of_other_years_are_no_peers(town: Town) -> None:
    fill(town)
    town.add(some(0), "示例县甲乙街道办事处", year=2022)
    new = town.add(some(0), "示例县丙丁街道办事处")
    town.check()
    assert peer(town, new) == "pass"


def test_one_report_at_two_addresses_is_not_alike_with_itself(town: Town) -> None:
    fill(town)
    first = town.add(some(0), "示例县甲乙街道办事处")
    again = town.add(some(0), "示例县甲乙街道办事处", same_as=first)
    url = f"https://shili.example/{first}.html"
    elsewhere = town.add(some(0), "示例县丙丁街道办事处", portal="mirror", url=url)
    town.check()
    assert [peer(town, report) for report in (first, again, elsewhere)] == ["pass"] * 3
    rows = town.connection.execute("SELECT count(*) FROM sentence_lists WHERE report = ?", (again,))
    assert rows.fetchone() == (0,)


def test_two_reports_of_one_organ_and_year_are_not_alike_with_each_other(town: Town) -> None:
    fill(town)
    pair = [town.add(some(0, count), "示例县甲乙街道办事处") for count in (12, 11)]
    town.check()
    assert [peer(town, report) for report in pair] == ["pass"] * 2


@pytest.mark.parametrize(
    ("name", "portal", "said"),
    [
        ("甲乙街道办事处", "shili", "可能是同一机关"),
        ("示例县甲乙街道办事处", "far", "可能是同一机关"),
        (None, "shili", "未能确定机关"),
    ],
)
def test_who_may_be_the_same_organ_is_doubted(town: Town, name: str | None, portal: str, said: str) -> None:
    fill(town)
    pair = [town.add(some(0), "示例县甲乙街道办事处"), town.add(some(0), name, portal=portal)]
    town.check()
    assert {peer(town, report) for report in pair} == {"uncertain"}
    assert all(said in town.remark(report, "S-PEER").finding.message for report in pair)  # type: ignore[union-attr]


def test_an_organ_that_repeats_last_year_is_told_whichever_report_comes_first(town: Town) -> None:
    new = town.add(some(0), year=2023)
    town.check()
    assert town.result(new, "S-SELF") == "not_assessable"
    old = town.add(some(0), year=2022)
    assert town.check() == {old, new}
    assert town.result(new, "S-SELF") == "fail"
    assert town.result(old, "S-SELF") == "not_assessable"
    town.add(some(50), year=2022, page=town.page_of(old))
    town.check()
    assert town.result(new, "S-SELF") == "pass"


def test_a_report_without_a_year_or_an_organ_is_only_judged_by_its_words(town: Town) -> None:
    report = town.add(some(0), None, year=None)
    town.check()
    outcome = town.said[report]
    assert (outcome.organ, outcome.year) == (None, None)
    assert set(outcome.not_assessable) == {"S-SELF", "S-PEER"}
    assert town.result(report, "S-GENERIC") == "uncertain"
