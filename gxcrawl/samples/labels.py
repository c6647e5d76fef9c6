"""The words of the form as clerks and word processors really leave them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .form import LABELS

Labels = dict[str, str]

# Another wording for one label, seen in real reports.
VARIANTS: dict[str, tuple[str, ...]] = {
    "corner": ("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", "项目"),
    "content": ("信息 内容", "信息类别"),
    "applicants": ("申请人情况（件）", "申请人"),
    "legal": ("法人或者其他组织", "法人和其他组织"),
    "nonprofit": ("社会组织", "社会公益性组织"),
    "legal_service": ("法律服务组织",),
    "total": ("合计", "总 计"),
    "received": (
        "一、本年新收政府信息公开公开申请数量",
        "一、本年新收信息公开申请数量",
        "一、本年度新收政府信息公开申请数量",
    ),
    "carried_in": (
        "二、上年转结政府信息公开申请数量",
        "二、上年度结转政府信息公开申请数量",
        "二、上年结转政府信息公开公开申请数量",
    ),
    "results": ("三、本年办理结果", "三、本年度办理结果（件）"),
    "granted": ("（一）予以公开（含已主动公开并告知获取途径）",),
    "partly_granted": ("（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其它情形）"),
    "refused.other_law": (
        "2.其他法律法规禁止公开",
        "2.其他法律行政止公开",
        "2.其它法律、行政法规禁止公开",
    ),
    "refused.stability": ('3.危及"三安全一稳定"', "3.危及三安全一稳定"),
    "refused.process_info": ("6.属于四类过程信息",),
    "unavailable.not_held": ("1.本机关不掌握政府信息",),
    "unavailable.needs_creation": ("2.没有现成信息需另行制作",),
    "unavailable.still_unclear": ("3.补正后申请内容不明确",),
    "unprocessed.petition": ("1.信访、举报、投诉类申请",),
    "unprocessed.reissue": ("5.要求确认或重新出具已获取信息",),
    "other.uncorrected": ("1.申请人无正当理由逾期不补正",),
    "other.unpaid": ("2.申请人逾期未按收费通知要求缴纳费用",),
    "other.rest": ("3.其它",),
    "handled": ("（七）合计",),
    "carried_out": ("四、结转下一年度继续办理", "四、转结下年度继续办理"),
    "normative": ("规范性文件",),
    "review": ("行政法复议",),
    "suit_direct": ("未经行政复议直接起诉",),
    "suit_after_review": ("经复议后起诉",),
    "in_force": ("现行有效件数（历史累计）",),
    "decisions": ("处理决定数量",),
    "items_change": ("本年增\\减", "本年增减"),
}
# What provinces add to a label so that clerks count alike. It carries numbers of its own.
EXPLANATIONS = {
    "received": "（指1月1日至12月31日收到的申请，以件计）",
    "carried_in": "（指上一年12月31日前收到、结转到本年办理的申请）",
    "granted": "（含条例第36条第1项告知获取方式的情形）",
    "refused.internal_affairs": "（人事、后勤、内部流程3类）",
    "refused.process_info": "（讨论记录、过程稿、磋商信函、请示报告4类）",
    "unavailable.not_held": "（含信息不存在，条例第36条第4、5项）",
    "licensing": "（含市级下放的12项）",
    "penalties": "（含简易程序50元以下罚款）",
    "carried_out": "（截至12月31日24时未办结）",
}
EXTRA_ROWS = ("其中：通过网络提交的申请数量", "其中：涉及征地拆迁的申请数量")
CUT_AT = 12
TRADITIONAL = str.maketrans(
    "数开请处计属国规维结纠复议诉讼总业机构无费当单万项许罚强废现举报"
    "类续继办转织务会组应经审缴纳认获执过询为险护权内决没补确关于产",
    "數開請處計屬國規維結糾復議訴訟總業機構無費當單萬項許罰強廢現舉報"
    "類續繼辦轉織務會組應經審繳納認獲執過詢為險護權內決沒補確關於產",
)
BLANKS = (" ", "\u00a0", "\u3000", "\u200b")


def draw_labels(form: str, rng: Random, *, dirty: bool, spaced: bool) -> Labels:
    """The official labels, with the dirt of one document drawn over them."""
    labels = dict(LABELS[form])
    if not dirty:
        return labels
    share = rng.choice([0.0, 0.1, 0.3])
    for key, others in VARIANTS.items():
        if key in labels and rng.random() < share:
            labels[key] = rng.choice(others)
    explained = rng.random() < 0.2
    for key, text in EXPLANATIONS.items():
        if explained and key in labels and "（" not in labels[key][3:]:
            labels[key] += text
    if rng.random() < 0.15:
        labels = {key: cut(key, text) for key, text in labels.items()}
    for change in (draw_numbering(rng), draw_brackets(rng), draw_script(rng), draw_blanks(rng, spaced)):
        labels = {key: change(text) for key, text in labels.items()}
    return labels


def cut(key: str, text: str) -> str:
    """A narrow column swallows the end of a long label of table 3."""
    return text[:CUT_AT] if "." in key or key in {"partly_granted", "received", "carried_in"} else text


def draw_numbering(rng: Random) -> Callable[[str], str]:
    mark = rng.choice([".", ".", "、", "．", ". ", "．"])
    return lambda text: re.sub(r"^(\d)\.", lambda match: match[1] + mark, text)


def draw_brackets(rng: Random) -> Callable[[str], str]:
    if rng.random() < 0.65:
        return str
    tail = rng.choice(["", " "])
    return lambda text: re.sub(r"^(\(.\))", r"\1" + tail, text.translate(str.maketrans("（），", "(),")))


def draw_script(rng: Random) -> Callable[[str], str]:
    table = TRADITIONAL if rng.random() < 0.06 else {}
    return lambda text: text.translate(table)


def draw_blanks(rng: Random, spaced: bool) -> Callable[[str], str]:
    """Blanks fall anywhere but beside a digit, where they would make another number of it."""
    share = rng.choice([0.0, 0.0, 0.15])
    blanks = BLANKS if spaced else BLANKS[-1:]

    def change(text: str) -> str:
        places = [i for i in range(1, len(text)) if not re.search(r"\d", text[i - 1 : i + 1])]
        if not places or rng.random() >= share:
            return text
        place = rng.choice(places)
        return text[:place] + rng.choice(blanks) + text[place:]

    return change
