"""The official names of rows and columns, and numbers of which it is known that they add up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

Number = int | Decimal

APPLICANTS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
COLUMNS = (*APPLICANTS, "total")
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
GROUPS = (
    (
        "refused",
        "（三）不予公开",
        {
            "state_secret": "1.属于国家秘密",
            "other_law": "2.其他法律行政法规禁止公开",
            "stability": "3.危及“三安全一稳定”",
            "third_party": "4.保护第三方合法权益",
            "internal_affairs": "5.属于三类内部事务信息",
            "process_info": "6.属于四类过程性信息",
            "enforcement_file": "7.属于行政执法案卷",
            "query_matter": "8.属于行政查询事项",
        },
    ),
    (
        "unavailable",
        "（四）无法提供",
        {
            "not_held": "1.本机关不掌握相关政府信息",
            "needs_creation": "2.没有现成信息需要另行制作",
            "still_unclear": "3.补正后申请内容仍不明确",
        },
    ),
    (
        "unprocessed",
        "（五）不予处理",
        {
            "petition": "1.信访举报投诉类申请",
            "repeated": "2.重复申请",
            "publication": "3.要求提供公开出版物",
            "excessive": "4.无正当理由大量反复申请",
            "reissue": "5.要求行政机关确认或重新出具已获取信息",
        },
    ),
    (
        "other",
        "（六）其他处理",
        {
            "uncorrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "rest": "3.其他",
        },
    ),
)
OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
CASES = {"review": "行政复议", "suit_direct": "未经复议直接起诉", "suit_after_review": "复议后起诉"}


def items(form: str = "2021") -> list[str]:
    """The rows between 予以公开 and 总计."""
    grouped = [f"{group}.{item}" for group, _, own in GROUPS for item in own]
    rows = ["granted", "partly_granted", *grouped]
    return rows if form == "2021" else [*(row for row in rows if not row.startswith("other.")), "other"]


def true_numbers(
    random: Random, form: str = "2021", *, most: int = 40, share: float = 0.4
) -> dict[str, Number]:
    """Numbers for every cell of a form, in which everything adds up."""

    def some(limit: int = most) -> int:
        return random.randint(1, limit) if random.random() < share else 0

    numbers: dict[str, Number] = {}
    for who in APPLICANTS:
        for item in items(form):
            numbers[f"t3.{item}.{who}"] = some()
        handled = sum(int(numbers[f"t3.{item}.{who}"]) for item in items(form))
        carried_out = some()
        carried_in = min(some(), handled + carried_out)
        numbers[f"t3.handled.{who}"] = handled
        numbers[f"t3.carried_out.{who}"] = carried_out
        numbers[f"t3.carried_in.{who}"] = carried_in
        numbers[f"t3.received.{who}"] = handled + carried_out - carried_in
    for row in (*items(form), "handled", "carried_out", "carried_in", "received"):
        numbers[f"t3.{row}.total"] = sum(numbers[f"t3.{row}.{who}"] for who in APPLICANTS)
    for case in CASES:
        for outcome in ("upheld", "corrected", "other", "pending"):
            numbers[f"t4.{case}.{outcome}"] = some(5)
        numbers[f"t4.{case}.total"] = sum(
            numbers[f"t4.{case}.{outcome}"] for outcome in OUTCOMES if outcome != "total"
        )
    numbers |= _t2_numbers(some) if form == "2021" else _t2_numbers_2019(some)
    return numbers


def _t2_numbers(some: Callable[[int], int]) -> dict[str, Number]:
    numbers: dict[str, Number] = {"t2.fees.amount": Decimal(some(90_000)).scaleb(-2)}
    for row in ("rules", "normative"):
        issued = some(9)
        numbers |= {f"t2.{row}.issued": issued, f"t2.{row}.repealed": some(5)}
        numbers[f"t2.{row}.in_force"] = issued + some(60)
    return numbers | {f"t2.{row}.decisions": some(2500) for row in ("licensing", "penalties", "coercion")}


def _t2_numbers_2019(some: Callable[[int], int]) -> dict[str, Number]:
    numbers: dict[str, Number] = {
        "t2.procurement.items": some(30),
        "t2.procurement.amount": Decimal("477.35"),
    }
    for row in ("rules", "normative"):
        numbers |= {f"t2.{row}.{column}": some(9) for column in ("made", "published", "public_total")}
    for row in ("licensing", "other_services", "penalties", "coercion"):
        numbers |= {f"t2.{row}.items_before": some(200), f"t2.{row}.decisions": some(2500)}
        numbers[f"t2.{row}.items_change"] = some(9) - 4
    return numbers | {"t2.fees.items_before": some(9), "t2.fees.items_change": -1}
