"""Every check between reports: what it must find, what it must leave alone, and where it must not be sure."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gxcrawl.checks.across.model import Across, Case, Changed, Event, Peers, Remark
from gxcrawl.checks.across.run import check_case
from gxcrawl.checks.catalogue import load_checks
from tests.checks.across.cases import (
    NAME,
    YEAR,
    after,
    case,
    duty,
    filed,
    local,
    look,
    page,
    pair,
    published,
    sight,
)

Row = tuple[str, str, Case]  # code; severity and result, "pass", or a part of the reason; organ and year

OUT, INTO = "t3.carried_out.total", "t3.carried_in.total"
NORMATIVE = "t2.normative."
BUSY = {
    "t2.licensing.decisions": 412,
    "t2.penalties.decisions": 57,
    "t3.received.natural_person": 6,
    "t3.received.total": 6,
}
CHANGE = Changed(2, 1, date(2024, 3, 1), (("t3.handled.total", 0, 1),), (1,), announced=False)
PEERS = Peers(12, {"t2.coercion.decisions": (0.0, 0.0), "t3.received.total": (5.0, 2.0)})
OTHER_NAME = "示例县审计局"


def trial(items: int, change: int | None, later: int, **more: Any) -> Case:
    """Items of table two on the form of 2019, in 2019 and 2020."""
    old = {"form": "2019"}
    before = {"t2.licensing.items_before": items, "t2.licensing.items_change": change}
    return pair(
        before, {"t2.licensing.items_before": later}, year=2020, of_before=old | more, of_now=old | more
    )


def stock(before: int | None, issued: int, repealed: int, now: int, **more: Any) -> Case:
    cells = {"issued": issued, "repealed": repealed, "in_force": now}
    return pair(
        {NORMATIVE + "in_force": before}, {NORMATIVE + name: value for name, value in cells.items()}, **more
    )


def three_years(disputes: int, *applications: int | None, **more: Any) -> Case:
    """Disputes of this year, and new applications of this and the years before."""
    reports = [
        filed(
            YEAR - back,
            {"t3.received.total": new, **({"t4.review.total": disputes} if not back else {})},
            **more,
        )
        for back, new in enumerate(applications)
    ]
    return case(*reports)


def of_organ(*printed: str, **more: Any) -> Case:
    return case(filed(organ_names=printed), **more)


TABLE: list[Row] = [
    # --- the year before -------------------------------------------------------------------------------
    ("Y-CARRY", "error fail", pair({OUT: 3}, {INTO: 0})),
    ("Y-CARRY", "warn fail", pair({"t3.carried_out.company": 3}, {})),
    ("Y-CARRY", "pass", pair({OUT: 3}, {INTO: 3})),
    ("Y-CARRY", "info uncertain", pair({OUT: 3}, {INTO: None})),
    ("Y-CARRY", "info uncertain", pair({OUT: 3}, {}, of_now={"inferred": [INTO]})),
    ("Y-CARRY", "info uncertain", pair({OUT: 3}, {}, of_now={"text": "因统计口径变化，不计结转。"})),
    ("Y-CARRY", "更名", pair({OUT: 3}, {}, events=(Event("renamed", date(2023, 6, 1)),))),
    ("Y-CARRY", "没有读到", case(filed())),
    ("Y-VALID", "warn fail", stock(10, 2, 1, 20)),
    ("Y-VALID", "pass", stock(10, 2, 1, 11)),
    ("Y-VALID", "info uncertain", stock(10, 2, 1, 20, of_now={"text": "对文件作了清理。"})),
    ("Y-VALID", "info uncertain", stock(10, 2, 1, 20, of_before={"inferred": [NORMATIVE + "in_force"]})),
    ("Y-VALID", "info uncertain", stock(None, 2, 1, 20)),
    ("Y-VALID", "不适用于2021年度", pair({}, {NORMATIVE + "in_force": 9}, year=2021)),
    ("Y-VALID", "只适用于2021年版表式", pair({}, {}, year=2022, of_before={"form": "2019"})),
    ("Y-REPEAL", "warn fail", stock(3, 0, 5, 0)),
    ("Y-REPEAL", "pass", stock(3, 2, 5, 0)),
    ("Y-REPEAL", "info uncertain", stock(3, 0, 5, 0, of_before={"text": "现行有效件数重新统计。"})),
    ("T2-2019", "warn fail", trial(100, 5, 103)),
    ("T2-2019", "pass", trial(100, -5, 95)),
    ("T2-2019", "info uncertain", trial(100, 5, 95)),
    ("T2-2019", "info uncertain", trial(100, None, 105)),
    ("T2-2019", "只适用于2019年版表式", pair(year=2021, of_before={"form": "2019"})),
    ("Y-PEND", "info fail", pair({"t4.suit_direct.pending": 2})),
    ("Y-PEND", "pass", pair({"t4.suit_direct.pending": 2}, {"t4.suit_direct.total": 2})),
    ("Y-PEND", "info uncertain", pair({"t4.review.pending": 2}, {"t4.suit_after_review.total": 2})),
    ("Y-SAME", "warn fail", pair(BUSY, BUSY)),
    ("Y-SAME", "pass", pair(BUSY, BUSY | {"t2.penalties.decisions": 58})),
    ("Y-SAME", "info uncertain", pair(BUSY, BUSY | {"t3.granted.total": None})),
    ("Y-SAME", "info uncertain", pair(BUSY, BUSY, of_now={"inferred": ["t3.received.natural_person"]})),
    ("Y-SAME", "表式不同", pair(BUSY, BUSY, year=2021, of_before={"form": "2019"})),
    ("Y-JUMP", "info fail", pair({"t3.received.total": 12}, {"t3.received.total": 300})),
    ("Y-JUMP", "pass", pair({"t3.received.total": 12}, {"t3.received.total": 60})),
    (
        "Y-JUMP",
        "info uncertain",
        pair(
            {"t3.received.total": 12}, {"t3.received.total": 300}, of_now={"inferred": ["t3.received.total"]}
        ),
    ),
    ("Y-JUMP", "没有两年都不少于10", pair({"t3.received.total": 1}, {"t3.received.total": 300})),
    ("Y-GAP", "warn fail", published(duty("missing", days=12), filed={2022: filed(2022), 2024: filed(2024)})),
    ("Y-GAP", "pass", published(filed={2022: filed(2022), 2023: filed(), 2024: filed(2024)})),
    (
        "Y-GAP",
        "门户",
        published(duty("unknown", reason="门户不正常"), filed={2022: filed(2022), 2024: filed(2024)}),
    ),
    ("C-T4T3", "info fail", three_years(11, 1, 2, 3)),
    ("C-T4T3", "pass", three_years(11, 1, 5, 5)),
    ("C-T4T3", "info uncertain", three_years(11, 1, 2, 3, inferred=["t3.received.total"])),
    ("C-T4T3", "没有读到", three_years(11, 1, 2)),
    # --- others ----------------------------------------------------------------------------------------
    ("Z-OUTLIER", "info fail", case(filed(cells={"t2.coercion.decisions": 300}), peers=PEERS)),
    ("Z-OUTLIER", "pass", case(filed(cells={"t2.coercion.decisions": 5}), peers=PEERS)),
    (
        "Z-OUTLIER",
        "info uncertain",
        case(
            filed(cells={"t2.coercion.decisions": 300}, inferred=["t2.coercion.decisions"]),
            peers=PEERS,
        ),
    ),
    ("Z-OUTLIER", "不足10个", case(filed(), peers=Peers(9, PEERS.spread))),
    ("I-ORG", "error fail", of_organ(NAME, column_organ=OTHER_NAME, foreign_organ=OTHER_NAME)),
    ("I-ORG", "error fail", of_organ(OTHER_NAME, foreign_organ=OTHER_NAME)),
    ("I-ORG", "info fail", of_organ("示例县国有资产管理局", aliases=("示例县国有资产管理局",))),
    ("I-ORG", "pass", of_organ(NAME, column_organ="财政局")),
    ("I-ORG", "warn uncertain", of_organ(NAME, column_organ=OTHER_NAME)),
    ("I-ORG", "warn uncertain", of_organ(OTHER_NAME)),
    ("I-ORG", "发布单位", of_organ(NAME, column_organ="示例县人民政府办公室")),
    # --- publication -----------------------------------------------------------------------------------
    ("P-MISSING", "error fail", published(duty("missing", days=12, report=None))),
    ("P-MISSING", "pass", published()),
    ("P-MISSING", "门户不正常", published(duty("unknown", reason="门户不正常"))),
    ("P-MISSING", "没有法定期限", published(local("missing", days=5))),
    ("P-MISSING-LOCAL", "warn fail", published(local("missing", days=5))),
    ("P-MISSING-LOCAL", "pass", published(local())),
    ("P-MISSING-LOCAL", "期限为", published(local("not_due", reason="期限为2024-03-31"))),
    ("P-LATE", "error fail", published(duty("late", days=20, published=after(20)))),
    ("P-LATE", "error fail", published(duty("late", days=5, published=after(-1)))),
    ("P-LATE", "pass", published()),
    ("P-LATE", "首次见到", published(duty("date_unknown", reason="首次见到是2024-02-20"))),
    ("P-LATE-LOCAL", "warn fail", published(local("late", days=5))),
    ("P-LATE-LOCAL", "pass", published(local())),
    ("P-LATE-LOCAL", "有法定期限", published(duty("late", days=5))),
    ("P-EARLY", "error fail", published(None, sight(printed=date(2023, 12, 22)))),
    ("P-EARLY", "pass", published(None, sight(printed=date(2024, 1, 1)))),
    ("P-EARLY", "info uncertain", published(None, sight(printed=date(2023, 12, 31)))),
    ("P-EARLY", "warn uncertain", published(None, sight(printed=date(2023, 1, 20)))),
    ("P-EARLY", "没有可靠", published(None, sight(printed=date(2023, 12, 22), basis="url"))),
    ("P-BACKDATED", "warn fail", published(None, sight(), backdated=look(date(2024, 2, 5)))),
    ("P-BACKDATED", "pass", published(None, sight(lacking=look(date(2024, 1, 19))))),
    ("P-BACKDATED", "pass", published(None, sight(), backdated=look(date(2024, 1, 21)))),
    ("P-BACKDATED", "此前没有", published()),
    ("P-BACKDATED", "可能曾经可见", published(None, sight(lacking=look(date(2024, 2, 5))))),
    ("P-NODATE", "info fail", published(None, sight(printed=None, basis=""))),
    ("P-NODATE", "pass", published()),
    ("P-NODATE", "尚未读取", published(None, sight(printed=None, basis="", error="carrier-not-read"))),
    (
        "P-ATTACH",
        "warn fail",
        published(page=page(files=["https://www.example.gov.cn/nb/2021.pdf"], text=False, tables=False)),
    ),
    ("P-ATTACH", "warn fail", published(page=page("PDF 文件", text=False, tables=False))),
    ("P-ATTACH", "pass", published(page=page(files=["附表.xls"]))),
    ("P-ATTACH", "没有可供判断", published(page=page(text=False, tables=False))),
    ("P-IMAGE", "warn fail", published(page=page(files=["1.JPG", "2.png"], text=False, tables=False))),
    ("P-IMAGE", "warn fail", published(page=page("PNG 图片", text=False, tables=False))),
    ("P-IMAGE", "pass", published(page=page(files=["照片.jpg"]))),
    ("P-IMAGE", "warn uncertain", published(page=page(files=["1.jpg"], tables=False))),
    ("P-COLUMN", "info fail", published(outside_column=True)),
    ("P-COLUMN", "pass", published()),
    ("P-COLUMN", "没有发现", published(duty("missing", days=1))),
    ("P-CHANGED", "error fail", published(changes=(CHANGE,))),
    ("P-CHANGED", "warn fail", published(changes=(CHANGE._replace(announced=True),))),
    ("P-CHANGED", "warn fail", published(changes=(CHANGE._replace(cells=()),))),
    ("P-CHANGED", "pass", published()),
    (
        "P-CHANGED",
        "warn uncertain",
        published(changes=(CHANGE._replace(cells=(("t3.handled.total", None, 1),)),)),
    ),
    ("P-GONE", "warn fail", published(duty("withdrawn"), sight(online=False))),
    ("P-GONE", "pass", published(None, sight(online=False), sight(2))),
    ("P-GONE", "尚待再次核实", published(None, sight(online=False))),
    ("P-DEADLINK", "info fail", published(dead_links=("https://www.example.gov.cn/xxgk/",))),
    ("P-DEADLINK", "pass", published()),
    ("P-DEADLINK", "没有发现", published(duty("missing", days=1))),
    ("P-MULTI", "warn fail", published(None, sight(), sight(2, content="b"))),
    ("P-MULTI", "pass", published(None, sight(), sight(2))),
    ("P-MULTI", "info uncertain", published(None, sight(), sight(2, content="b", title="解读"))),
]


def label(row: Row) -> str:
    return f"{row[0]} {row[1]}"


def told(across: Across, code: str) -> list[Remark]:
    return [remark for remark in across.remarks if remark.finding.check == code]


@pytest.mark.parametrize("row", TABLE, ids=label)
def test_each_check_finds_its_fault_and_nothing_but_its_fault(row: Row) -> None:
    code, expected, given = row
    across = check_case(given)
    remarks = told(across, code)
    if " " in expected:
        assert f"{remarks[0].finding.severity} {remarks[0].finding.result}" == expected
    elif expected == "pass":
        assert remarks == []
        assert code not in across.not_assessable
    else:
        assert remarks == []
        assert expected in across.not_assessable[code]


@pytest.mark.parametrize("row", [row for row in TABLE if " " in row[1]], ids=label)
def test_a_message_can_be_read_alone_and_its_evidence_is_plain(row: Row) -> None:
    remark = told(check_case(row[2]), row[0])[0]
    message = remark.finding.message
    assert message.endswith(("。", "）"))
    assert "{" not in message
    assert "年度" in message
    assert remark.finding.version == load_checks()[row[0]].version
    assert json.loads(json.dumps(remark.evidence, ensure_ascii=False)) == remark.evidence


def made_between_reports() -> set[str]:
    return {code for code, check in load_checks().items() if (check.needs and check.kind) or check.again}


def test_every_check_has_a_failing_a_passing_and_a_doubtful_case() -> None:
    for code in made_between_reports():
        kinds = {
            "fail" if "fail" in expected else "pass" if expected == "pass" else "doubt"
            for known, expected, _ in TABLE
            if known == code
        }
        assert kinds == {"fail", "pass", "doubt"}, code


def test_every_outcome_of_the_catalogue_can_happen() -> None:
    said = {
        f"{code} {remark.finding.severity} {remark.finding.result}"
        for code, _, given in TABLE
        for remark in told(check_case(given), code)
    }
    for code in made_between_reports():
        for outcome in load_checks()[code].outcomes.values():
            assert f"{code} {outcome.severity} {outcome.result}" in said


@pytest.mark.parametrize("code", sorted(made_between_reports()))
def test_the_example_of_a_check_is_one_of_its_messages_filled_in(code: str) -> None:
    check = load_checks()[code]
    patterns = [re.sub(r"\\{\w+\\}", ".*", re.escape(said.message)) for said in check.outcomes.values()]
    assert any(re.fullmatch(pattern, check.example) for pattern in patterns)


def test_a_decimal_keeps_its_digits_in_message_and_evidence() -> None:
    fees = "t2.fees.amount"
    remarks = told(check_case(pair({fees: Decimal("10.1000")}, {fees: Decimal("1000.50")})), "Y-JUMP")
    assert "由10.1000变为1000.50" in remarks[0].finding.message
    assert remarks[0].evidence["cells_before"] == {fees: "10.1000"}
