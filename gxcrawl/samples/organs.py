"""Invented organs of an invented county, and the titles of their reports."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

CITY, COUNTY = "示例市", "示例县"
TOWNS = ("某某镇", "青石桥镇", "白果坪乡", "长滩口镇", "柳叶湾乡", "新安渡镇")
STREETS = ("东关桥街道", "某某街道", "望湖亭街道", "幸福里街道")
BUREAUS = (
    ("财政局", "我局"),
    ("教育局", "我局"),
    ("工业信息科技局", "我局"),
    ("市场监督管理局", "我局"),
    ("发展和改革委员会", "我委"),
    ("卫生健康委员会", "我委"),
    ("住房和城乡建设局", "我局"),
    ("人民政府办公室", "我办"),
)


class Organ(NamedTuple):
    name: str  # the longest form, printed in the body
    short: str  # the form without city, for titles
    bare: str  # town or street alone
    self_name: str  # 我镇
    level: str  # who stands above: 县
    government: bool
    county: str = COUNTY


def draw_organ(rng: Random) -> Organ:
    kind = rng.choices(["town", "street", "bureau", "county"], [35, 20, 35, 10])[0]
    prefix = rng.choice([CITY + COUNTY, COUNTY])
    if kind == "county":
        return Organ(f"{prefix}人民政府", f"{COUNTY}人民政府", COUNTY, "我县", "市", True)
    if kind == "town":
        town = rng.choice(TOWNS)
        own = "我" + town[-1]
        return Organ(f"{prefix}{town}人民政府", f"{COUNTY}{town}人民政府", town, own, "县", True)
    if kind == "street":
        street = rng.choice(STREETS)
        return Organ(f"{prefix}{street}办事处", f"{COUNTY}{street}办事处", street, "我街道", "县", False)
    bureau, own = rng.choice(BUREAUS)
    return Organ(f"{prefix}{bureau}", f"{COUNTY}{bureau}", bureau, own, "县", False)


def draw_title(organ: Organ, year: int, rng: Random, *, clean: bool) -> tuple[str, ...]:
    """The title, in one line or in two that read as one."""
    name = rng.choice([organ.name, organ.name, organ.short])
    task, kind = "政府信息公开工作", "年度报告"
    proper = [
        (f"{name}{year}年{task}{kind}",),
        (f"{name}{year}年{task}{kind}",),
        (f"{year}年度{name}{task}{kind}",),
        (f"{name}{task}{year}{kind}",),
        (f"{name}{year}年度{task}{kind}",),
        (f"{name}{year}年", f"{task}{kind}"),
        (f"{name}", f"{year}年{task}{kind}"),
    ]
    careless = [
        (f"{organ.bare}{year}年{task}{kind}",),
        (f"{year}年度{task}{kind}",),
        (f"{name}{year}年{task}报告",),
        (f"{year}年度{task}报告",),
        (f"{name} {year} 年 {task}{kind}",),
    ]
    return rng.choice(proper if clean or rng.random() < 0.6 else careless)
