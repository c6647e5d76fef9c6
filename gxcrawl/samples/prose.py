"""The words around the tables: varied, in agreement with the numbers, and not without traps."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from .model import Line, Value
from .organs import Organ

Cells = Mapping[str, Value]

HEADINGS = {
    1: ("总体情况",),
    2: ("主动公开政府信息情况",),
    3: ("收到和处理政府信息公开申请情况",),
    4: ("政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    5: ("存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    6: ("其他需要报告的事项",),
}
NUMERALS = "零一二三四五六"
PUBLISHED = (
    "通过{county}人民政府网站主动公开各类政府信息{count}条，其中政策文件{some}条。",
    "全年在门户网站和政务新媒体发布信息{count}条，更新领导分工、机构职能等栏目{some}次。",
    "对已梳理出的61项权力清单进行了公示，全年更新基层政务公开目录{some}处，发布动态信息{count}条。",
    "{own}沿用《{county}{earlier}年政务公开工作要点》确定的目录，聚焦重点领域公开信息{count}条。",
)
MANAGED = (
    "严格执行信息发布“三审三校”，凡拟公开的信息均先审查后公开，全年未发生失泄密事件。",
    "{own}对{earlier}年以来的存量文件开展清理，规范公文属性源头认定，做到应公开尽公开。",
    "修订信息发布审核流程，落实专人负责，办公室主任李镕逐条把关，确保内容准确。",
)
PLATFORM = (
    "依托{county}人民政府网站政府信息公开专栏发布信息，在便民服务大厅设置面积20㎡的政务公开专区。",
    "维护好政府信息公开平台栏目，按季度开展自查，及时整改错链、断链{few}处。",
    "整合政务新媒体账号，保留公众号1个，推动平台建设向集约化发展。",
)
GUARDED = (
    "将政务公开纳入年度绩效考核，{year}年度考核结果为优秀等次；开展社会评议1次，群众满意率98%；全年未发生责任追究情形。",
    "全年组织业务培训{few}次。{level}政务公开工作考核得分92分，社会评议结果为满意，没有因政府信息公开工作被责任追究的人员。",
    "主要领导每季度听取汇报。年度工作考核评为良好，社会评议参评群众120人、满意率97.5%，责任追究0人次。",
)
PROBLEMS = (
    "一是公开内容不够全面，重点领域信息更新不够及时；二是业务人员变动频繁，业务能力有待提升。",
    "一是个别科室主动公开意识不强；二是政策解读形式较为单一，群众关注度不高。",
    "对照群众期待，{own}的政府信息公开工作仍存在公开的深度不够、栏目更新不及时等问题。",
)
IMPROVED = (
    "一是完善工作机制，明确责任分工；二是加强业务培训，提升工作人员能力；三是丰富解读形式。",
    "针对上述问题，{own}已修订公开目录，组织专题培训{few}次，下一步将继续加强督促检查。",
    "一是压实责任，建立工作台账并逐项销号；二是拓宽渠道，用群众听得懂的语言解读政策。",
)
TOPICS = {
    "主动公开": PUBLISHED,
    "依申请公开": (),
    "政府信息管理": MANAGED,
    "政府信息公开平台建设": PLATFORM,
    "监督保障": GUARDED,
}


class Writer:
    """Fills the sentences of one report."""

    def __init__(self, organ: Organ, year: int, cells: Cells, rng: Random, *, clean: bool) -> None:
        self.organ, self.year, self.cells, self.rng, self.clean = organ, year, cells, rng, clean

    def pick(self, sentences: tuple[str, ...]) -> str:
        return self.choose(sentences).format(
            own=self.organ.self_name,
            county=self.organ.county,
            level=self.organ.level,
            year=self.year,
            earlier=self.year - self.rng.randint(1, 3),
            count=self.rng.randint(60, 2400),
            some=self.rng.randint(12, 59),
            few=self.rng.randint(2, 9),
        )

    def choose(self, sentences: tuple[str, ...]) -> str:
        return self.rng.choice(sentences)

    def keep(self, chance: float) -> bool:
        """Careless reports leave things out; clean ones never."""
        return self.clean or self.rng.random() < chance

    def opening(self) -> list[Line]:
        name, county, year, rng = self.organ.name, self.organ.county, self.year, self.rng
        number = "国办公开办函〔2021〕30号" if year >= 2021 else "国办公开办函〔2019〕60号"
        parts = []
        if self.keep(0.8):
            parts.append(
                f"本年度报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和《国务院办公厅政府信息与政务公开办公室"
                f"关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（{number}）的要求，由{name}编制。"
            )
        else:
            parts.append(f"现将{name}{year}年度政府信息公开工作情况报告如下。")
        if self.keep(0.6):
            until = rng.choice(["起，至{0}年12月31日止", "至{0}年12月31日"]).format(year)
            parts.append(f"本报告中所列数据的统计期限自{year}年1月1日{until}。")
        if self.keep(0.6):
            office = rng.choice([name, f"{county}人民政府办公室" if self.organ.government else name])
            parts.append(
                f"本报告电子版可在{county}人民政府网站（http://www.example.gov.cn/）查阅。如有疑问，请与{office}联系"
                f"（地址：{county}建设路{rng.randint(1, 300)}号，邮编：000000，"
                f"电话：0000-{rng.randint(1000000, 9999999)}，电子邮箱：zwgk@example.gov.cn）。"
            )
        return [Line("".join(parts))] if rng.random() < 0.7 else [Line(part) for part in parts]

    def overview(self) -> list[Line]:
        lines = []
        if self.rng.random() < 0.5:
            lines.append(
                Line(f"{self.year}年，{self.organ.self_name}认真贯彻落实《条例》，深入推进政府信息公开工作。")
            )
        for place, (topic, sentences) in enumerate(TOPICS.items(), start=1):
            if not self.keep(0.75):
                continue
            text = self.pick(sentences) if sentences else self.applications()
            lines.append(Line(f"（{NUMERALS[place]}）{topic}情况。{text}"))
        return lines or [Line(self.pick(MANAGED))]

    def applications(self) -> str:
        """Only numbers that the tables print are told again."""
        received, handled = self.cells["t3.received.total"], self.cells["t3.handled.total"]
        carried = self.cells["t3.carried_in.total"]
        if received is None or handled is None or carried is None:
            return "依法依规办理群众提出的政府信息公开申请，进一步畅通受理渠道。"
        if received == 0:
            told = self.rng.choice(["未收到政府信息公开申请", "新收到政府信息公开申请0件"])
            return f"{self.year}年，{self.organ.self_name}{told}。"
        told = self.rng.choice(["共收到政府信息公开申请{0}件", "新收政府信息公开申请{0}件"]).format(received)
        more = f"，上年结转{carried}件" if carried and self.rng.random() < 0.7 else ""
        done = f"，本年度办结{handled}件" if self.rng.random() < 0.6 else ""
        return f"{self.year}年，{self.organ.self_name}{told}{more}{done}。{self.cases()}"

    def cases(self) -> str:
        review = self.cells["t4.review.total"]
        direct, after = self.cells["t4.suit_direct.total"], self.cells["t4.suit_after_review.total"]
        if review is None or direct is None or after is None or self.rng.random() < 0.3:
            return ""
        if review == direct == after == 0:
            return "未发生因政府信息公开引起的行政复议和行政诉讼。"
        return f"因政府信息公开被申请行政复议{review}件、提起行政诉讼{direct + after}件。"

    def problems(self) -> list[Line]:
        told, changed = self.pick(PROBLEMS), self.pick(IMPROVED)
        style = self.rng.randrange(3)
        if not self.keep(0.85):
            return [Line(told)]
        if style == 0:
            return [Line(f"（一）存在的主要问题。{told}"), Line(f"（二）改进情况。{changed}")]
        if style == 1:
            sub = [Line("（一）主要问题", "subheading"), Line("（二）改进情况", "subheading")]
            return [sub[0], Line(told), sub[1], Line(changed)]
        return [Line(f"存在的主要问题：{told}"), Line(f"改进情况：{changed}")]

    def rest(self) -> list[Line]:
        if not self.keep(0.7):
            return [Line("无。")]
        unpaid = self.cells.get("t3.other.unpaid.total") or 0
        notices = f"发出收费通知{unpaid}件，" if unpaid else ""
        rules = "依据《政府信息公开信息处理费管理办法》，" if self.year >= 2021 else ""
        told = self.rng.choice(["{0}{2}{1}年未收取信息处理费。", "{1}年度，{0}{2}收取信息处理费0元。"])
        return [Line(told.format(rules, self.year, notices))]


def heading(number: int, rng: Random, *, clean: bool) -> Line:
    mark = (
        f"{NUMERALS[number]}、"
        if clean or rng.random() < 0.9
        else rng.choice([f"{number}、", f"{NUMERALS[number]}. "])
    )
    return Line(mark + rng.choice(HEADINGS[number]), "heading")
