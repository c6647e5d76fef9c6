"""The two national forms, written down from the official wording: rows, columns, labels."""

from __future__ import annotations

PEOPLE = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
COLUMNS = (*PEOPLE, "total")
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
CASES = ("review", "suit_direct", "suit_after_review")

SINGLE = ("granted", "partly_granted")
GROUPS: dict[str, tuple[str, ...]] = {
    "refused": (
        "state_secret",
        "other_law",
        "stability",
        "third_party",
        "internal_affairs",
        "process_info",
        "enforcement_file",
        "query_matter",
    ),
    "unavailable": ("not_held", "needs_creation", "still_unclear"),
    "unprocessed": ("petition", "repeated", "publication", "excessive", "reissue"),
    "other": ("uncorrected", "unpaid", "rest"),
}

# Blocks of table 2: article, its columns, its rows.
Block = tuple[str, tuple[str, ...], tuple[str, ...]]
BLOCKS: dict[str, tuple[Block, ...]] = {
    "2021": (
        ("一", ("issued", "repealed", "in_force"), ("rules", "normative")),
        ("五", ("decisions",), ("licensing",)),
        ("六", ("decisions",), ("penalties", "coercion")),
        ("八", ("amount",), ("fees",)),
    ),
    "2019": (
        ("一", ("made", "published", "public_total"), ("rules", "normative")),
        ("五", ("items_before", "items_change", "decisions"), ("licensing", "other_services")),
        ("六", ("items_before", "items_change", "decisions"), ("penalties", "coercion")),
        ("八", ("items_before", "items_change"), ("fees",)),
        ("九", ("items", "amount"), ("procurement",)),
    ),
}

COMMON_LABELS = {
    "content": "信息内容",
    "rules": "规章",
    "licensing": "行政许可",
    "other_services": "其他对外管理服务事项",
    "penalties": "行政处罚",
    "coercion": "行政强制",
    "fees": "行政事业性收费",
    "procurement": "政府集中采购",
    "corner": "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "applicants": "申请人情况",
    "legal": "法人或其他组织",
    "natural_person": "自然人",
    "company": "商业企业",
    "research": "科研机构",
    "nonprofit": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "results": "三、本年度办理结果",
    "granted": "（一）予以公开",
    "partly_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "refused": "（三）不予公开",
    "refused.state_secret": "1.属于国家秘密",
    "refused.other_law": "2.其他法律行政法规禁止公开",
    "refused.stability": "3.危及“三安全一稳定”",
    "refused.third_party": "4.保护第三方合法权益",
    "refused.internal_affairs": "5.属于三类内部事务信息",
    "refused.process_info": "6.属于四类过程性信息",
    "refused.enforcement_file": "7.属于行政执法案卷",
    "refused.query_matter": "8.属于行政查询事项",
    "unavailable": "（四）无法提供",
    "unavailable.not_held": "1.本机关不掌握相关政府信息",
    "unavailable.needs_creation": "2.没有现成信息需要另行制作",
    "unavailable.still_unclear": "3.补正后申请内容仍不明确",
    "unprocessed": "（五）不予处理",
    "unprocessed.petition": "1.信访举报投诉类申请",
    "unprocessed.repeated": "2.重复申请",
    "unprocessed.publication": "3.要求提供公开出版物",
    "unprocessed.excessive": "4.无正当理由大量反复申请",
    "unprocessed.reissue": "5.要求行政机关确认或重新出具已获取信息",
    "other": "（六）其他处理",
    "other.uncorrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other.unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other.rest": "3.其他",
    "handled": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
    "review": "行政复议",
    "suit": "行政诉讼",
    "suit_direct": "未经复议直接起诉",
    "suit_after_review": "复议后起诉",
    "case.upheld": "结果维持",
    "case.corrected": "结果纠正",
    "case.other": "其他结果",
    "case.pending": "尚未审结",
    "case.total": "总计",
}
LABELS = {
    "2021": COMMON_LABELS
    | {
        "normative": "行政规范性文件",
        "issued": "本年制发件数",
        "repealed": "本年废止件数",
        "in_force": "现行有效件数",
        "decisions": "本年处理决定数量",
        "amount": "本年收费金额（单位：万元）",
    },
    "2019": COMMON_LABELS
    | {
        "normative": "规范性文件",
        "made": "本年新制作数量",
        "published": "本年新公开数量",
        "public_total": "对外公开总数量",
        "items_before": "上一年项目数量",
        "items_change": "本年增/减",
        "decisions": "处理决定数量",
        "items": "采购项目数量",
        "amount": "采购总金额",
    },
}


def result_rows(form: str, single_other: bool) -> tuple[str, ...]:
    """The rows that add up to （七）总计, in printed order."""
    rows = list(SINGLE)
    for group, items in GROUPS.items():
        if group == "other" and (form == "2019" or single_other):
            rows.append("other")
        else:
            rows.extend(f"{group}.{item}" for item in items)
    return tuple(rows)


def applicant_rows(form: str, single_other: bool = False) -> tuple[str, ...]:
    return ("received", "carried_in", *result_rows(form, single_other), "handled", "carried_out")


def cell_names(form: str) -> tuple[str, ...]:
    """Every cell of the form: 200 in that of 2021, 198 in that of 2019."""
    first = [f"t2.{row}.{col}" for _, cols, rows in BLOCKS[form] for row in rows for col in cols]
    second = [f"t3.{row}.{col}" for row in applicant_rows(form) for col in COLUMNS]
    third = [f"t4.{case}.{outcome}" for case in CASES for outcome in OUTCOMES]
    return (*first, *second, *third)
