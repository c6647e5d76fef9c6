"""The forty organs of an invented county."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import NamedTuple

from gxcrawl.samples.organs import BUREAUS, STREETS, TOWNS
from gxcrawl.samples.organs import Organ as Speaker

from .model import Organ, Scope

ALL_BUREAUS = (
    *BUREAUS,
    ("民政局", "我局"),
    ("司法局", "我局"),
    ("人力资源和社会保障局", "我局"),
    ("自然资源局", "我局"),
    ("农业农村局", "我局"),
    ("水务局", "我局"),
    ("文化和旅游局", "我局"),
    ("应急管理局", "我局"),
    ("审计局", "我局"),
    ("统计局", "我局"),
    ("信访局", "我局"),
)
ALL_TOWNS = (*TOWNS, "紫藤岔镇", "萤火坪乡", "九盏灯镇", "拾穗沟乡", "听松铺镇", "半月滩镇")
ALL_STREETS = (*STREETS, "钟鼓巷街道", "柿子园街道", "星河路街道", "桂花里街道")


class Member(NamedTuple):
    """An organ as portals know it, and as its own reports speak of it."""

    organ: Organ
    speaker: Speaker


def members(city: str, county: str) -> list[Member]:
    """The county government, then bureaus and townships in turn: any beginning is a mixture of all."""
    kind = county[-1]

    def member(scope: Scope, name: str, bare: str, own: str, level: str, government: bool) -> Member:
        speaker = Speaker(city + county + name, county + name, bare, own, level, government, county)
        return Member(Organ(speaker.name, speaker.short, scope), speaker)

    first = member("区本级", "人民政府", county, "我" + kind, "市", True)
    bureaus = [member("部门", name, name, own, kind, False) for name, own in ALL_BUREAUS]
    towns = [member("镇街", f"{name}人民政府", name, "我" + name[-1], kind, True) for name in ALL_TOWNS]
    streets = [member("镇街", f"{name}办事处", name, "我街道", kind, False) for name in ALL_STREETS]
    townships = chain(*zip_longest(towns, streets))
    mixed = chain(*zip_longest(bureaus, (one for one in townships if one)))
    return [first, *(one for one in mixed if one)]
