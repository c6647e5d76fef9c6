"""Sentences of reports out of so many parts that no two of them are alike, but those that are meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

# fmt: off
WHO = ("我单位", "办公室", "各科室", "领导小组", "政务公开专班", "分管负责人", "信息员队伍", "窗口工作人员",
       "法制审核岗", "各下属单位", "值班人员", "文秘人员", "社区网格员", "技术保障组", "宣传条线", "监督小组")
WHEN = ("年初", "上半年", "第二季度", "汛期前后", "年中", "第三季度", "岁末", "全年", "每季度", "每月",
        "节假日期间", "换届期间", "机构调整后", "接到通报后", "自查期间", "培训结束后")
DID = ("梳理", "公开", "修订", "更新", "清理", "发布", "解读", "汇编", "审核", "登记", "归档", "核对", "补充", "调整",
       "规范", "督促", "落实", "检查", "征集", "答复", "整改", "评估", "公示", "推送", "转载", "细化", "统计", "备案",
       "研究", "部署", "压实", "拓展", "优化", "畅通", "校对", "回应")
WHAT = ("权责清单", "办事指南", "财政预决算", "惠民补贴名单", "重大项目进展", "政府采购结果", "征地补偿方案", "环境监测数据",
        "安全生产通报", "食品抽检结果", "人事任免信息", "规划计划", "统计公报", "建议提案答复", "应急预案", "会议纪要要点",
        "行政许可事项", "行政处罚案件", "收费目录", "公共服务事项", "基层试点目录", "保障性住房信息", "教育招生政策",
        "医疗救助标准", "养老服务清单", "农村危房改造", "河湖治理台账", "道路养护计划", "旧城改造安排", "就业创业扶持",
        "稳岗返还资金", "防汛物资储备", "森林防火值守", "土地出让公告", "招商引资政策", "科技项目立项", "文化惠民活动",
        "体育场馆开放", "消费维权提示", "扫黑除恶线索", "退役军人优待", "残疾人两项补贴", "低保审批结果", "垃圾分类进度")
WHERE = ("在门户网站专栏", "通过政务新媒体", "在便民服务中心", "在村务公开栏", "借助广播电视", "在图书馆查阅点", "利用短信平台",
         "在政务公开专区", "依托数据平台", "以新闻发布会形式", "用图解方式", "以问答形式", "在档案馆", "经公众号")
SO = ("方便群众查阅", "做到应公开尽公开", "回应社会关切", "接受群众监督", "减少重复申请", "杜绝错链断链", "确保内容准确",
      "提高办事效率", "消除信息盲区", "形成工作闭环", "得到社会好评", "缩短答复时间", "堵住管理漏洞", "守住保密底线",
      "提升公开质量", "补齐短板弱项")
COUNTED = ("条", "件", "次", "份", "项", "篇", "处", "人次")
# fmt: on
EVERYWHERE = (
    "全面贯彻《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外。",
    "严格执行信息发布“三审三校”，凡拟公开的信息均先审查后公开，全年未发生失泄密事件。",
    "将政务公开纳入年度绩效考核，社会评议结果为满意，全年未发生责任追究情形。",
    "一是公开内容不够全面，重点领域信息更新不够及时。",
    "二是业务人员变动频繁，业务能力有待提升。",
    "下一步将完善工作机制，明确责任分工，加强业务培训。",
)


def sentence(rng: Random) -> str:
    pick = rng.choice
    if rng.random() < 0.5:
        return (
            f"{pick(WHEN)}，{pick(WHO)}{pick(WHERE)}{pick(DID)}{pick(WHAT)}{rng.randint(2, 400)}{pick(COUNTED)}，"
            f"{pick(DID)}{pick(WHAT)}，{pick(SO)}。"
        )
    return (
        f"{pick(WHO)}{pick(DID)}并{pick(DID)}{pick(WHAT)}与{pick(WHAT)}，{pick(WHERE)}{pick(DID)}{pick(WHAT)}"
        f"{rng.randint(2, 90)}{pick(COUNTED)}，{pick(SO)}。"
    )


def sections(rng: Random, shared: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Number, heading and text of each section: 4 KB in all, of some twice as much as of others.

    `shared` is what all organs of a portal say.
    """

    def own(most: int) -> str:
        return "".join(sentence(rng) for _ in range(rng.randint(1, most)))

    topics = "主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"
    told = [
        f"（{numeral}）{topic}情况。{own(4)}" for numeral, topic in zip("一二三四五", topics, strict=True)
    ]
    yield 1, "一、总体情况", "\n".join([EVERYWHERE[0], *shared, *told, *EVERYWHERE[1:3]])
    yield 2, "二、主动公开政府信息情况", ""
    yield 3, "三、收到和处理政府信息公开申请情况", ""
    yield 4, "四、政府信息公开行政复议、行政诉讼情况", ""
    problems = f"{EVERYWHERE[3]}{EVERYWHERE[4]}{own(6)}\n{EVERYWHERE[5]}{own(6)}"
    yield 5, "五、存在的主要问题及改进情况", problems
    yield 6, "六、其他需要报告的事项", own(5)
