"""An organ among others, and under many names: what is rare or short is not wrong."""

from __future__ import annotations

import pytest

from gxcrawl.checks.across.model import Peers
from gxcrawl.checks.across.peers import LARGEST, spread_of
from gxcrawl.checks.across.run import check_case
from gxcrawl.forms import load_form
from gxcrawl.model import Number
from tests.checks.across.cases import NAME, case, filed, found, reason


def peers(*values: Number, cell: str = "t2.coercion.decisions") -> Peers:
    return spread_of({cell: value} for value in values)


def test_where_all_others_have_zero_a_small_number_is_no_outlier() -> None:
    given = peers(*[0] * 12)
    assert given.spread == {"t2.coercion.decisions": (0, 0)}
    for number, expected in ((1, 0), (19, 0), (300, 1)):
        one = case(filed(cells={"t2.coercion.decisions": number}), peers=given)
        assert len(found(one, "Z-OUTLIER")) == expected


def test_numbers_that_differ_widely_among_all_make_nobody_an_outlier() -> None:
    given = peers(*range(0, 1200, 100))
    one = case(filed(cells={"t2.coercion.decisions": 3000}), peers=given)
    assert found(one, "Z-OUTLIER") == []


def test_a_number_that_few_others_gave_is_not_compared() -> None:
    given: dict[str, Number] = {"t2.coercion.decisions": 0}
    values = [given] * 9 + [{}] * 9
    assert spread_of(values) == Peers(18, {})
    assert spread_of([]) == Peers(0, {})


def test_columns_and_impossible_numbers_have_no_spread() -> None:
    report: dict[str, Number] = {"t3.received.company": 1, "t3.handled.total": LARGEST * 10}
    assert spread_of([report] * 12).spread == {}


def test_only_the_strongest_of_many_outliers_are_named() -> None:
    cells = [name for name in load_form("2021").slots if name.endswith(".total") and name.startswith("t3.")]
    given = Peers(12, dict.fromkeys(cells, (0.0, 0.0)))
    values = {cell: 100 + place for place, cell in enumerate(cells)}
    (remark,) = found(case(filed(cells=values), peers=given), "Z-OUTLIER")
    assert remark.finding.cells == tuple(cells[-1:-4:-1])


@pytest.mark.parametrize(
    ("printed", "listed"),
    [
        ("示例市示例县市场监督管理局", "市监局"),
        ("示例县发展和改革委员会", "示例县发改局"),
        ("示例县人力资源和社会保障局", "示例县人社局"),
        ("示例市示例区前进街道办事处", "前进街"),
        ("示例县王岗镇人民政府", "王岗镇"),
        ("示例县工业和信息化局（科学技术局）", "示例县工信局"),
        ("示例县工业和信息化局（科学技术局）", "示例县科技局"),
        ("示例县 财政局", "示例县财政局"),
    ],
)
def test_a_short_name_in_the_list_is_the_same_organ(printed: str, listed: str) -> None:
    given = case(
        filed(organ_names=(printed,)), name=printed, column_organ=listed, foreign_organ="示例县审计局"
    )
    across = check_case(given)
    assert [remark for remark in across.remarks if remark.finding.check == "I-ORG"] == []
    assert "I-ORG" not in across.not_assessable


@pytest.mark.parametrize(
    "listed",
    ["示例县人民政府", "示例县大数据中心", "示例县政务服务和数据管理局", "示例县", "示例镇", "某站", "我局"],
)
def test_who_put_a_report_on_the_net_is_not_taken_for_its_organ(listed: str) -> None:
    given = case(filed(organ_names=(NAME,)), column_organ=listed, foreign_organ=listed)
    assert found(given, "I-ORG") == found(given, "I-ORG", "uncertain") == []
    assert reason(given, "I-ORG")


def test_a_report_that_names_its_organ_among_others_is_its_own() -> None:
    given = case(filed(organ_names=("示例县审计局", NAME)), foreign_organ="示例县审计局")
    assert found(given, "I-ORG") == []
