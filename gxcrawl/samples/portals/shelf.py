"""What stands in the lists of a portal: its reports and its decoys, and the truth about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .county import County
from .model import ListTruth, Published


@dataclass(frozen=True, slots=True)
class Site:
    """Who a portal is."""

    name: str  # 示例县人民政府
    code: str  # 网站标识码: ten digits, the first six are the division
    county: County

    @property
    def division(self) -> str:
        return self.code[:6]


class Entry(NamedTuple):
    """One row of a list, before a CMS prints it."""

    title: str
    path: str  # where it leads, from the root
    day: date
    report: Published | None = None  # None: a decoy


def shelf(
    reports: Iterable[Published],
    decoys: Iterable[Entry],
    address: Callable[[Published], str],
    today: date,
) -> list[Entry]:
    """What a list shows on a day, newest first."""
    rows = [
        Entry(report.title, address(report), shown_day(report), report)
        for report in reports
        if report.at(today)
    ]
    rows += [decoy for decoy in decoys if decoy.day <= today]
    return sorted(rows, key=lambda row: (row.day, row.path), reverse=True)


def shown_day(report: Published) -> date:
    """Lists print a date even where the page itself prints none."""
    return report.printed_day or report.versions[0].since


def pages_of(rows: Sequence[Entry], per_page: int) -> list[Sequence[Entry]]:
    """At least one page, be it empty."""
    return [rows[start : start + per_page] for start in range(0, len(rows), per_page)] or [[]]


def decoys(site: Site, years: Iterable[int], address: Callable[[str, date], str]) -> list[Entry]:
    """Titles that stand in the lists of annual reports and are none; `address` gets a key and the day."""
    place = site.county.name
    titles = (
        "{place}人民政府门户网站{year}年政府网站工作年度报表",
        "{year}年{place}政府工作报告",
        "{place}{year}年法治政府建设年度报告",
        "关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知",
        "{year}年政府信息公开工作年度报告格式",
        "{place}{year}年政府信息依申请公开情况统计表",
        "{place}人民政府政府信息公开指南（{year}年版）",
        "{place}政府信息公开制度汇编（{year}年）",
        "{place}财政局{year}年度部门决算公开报告",
        "{place}{year}年度重大项目绩效评价报告",
        "关于{place}企业{year}年度年报公示的公告",
    )
    made = []
    for year in years:
        for place_in_list, pattern in enumerate(titles):
            title = pattern.format(place=place, year=year)
            day = date(year + 1, 1 + place_in_list % 4, 5 + place_in_list)
            key = hashlib.sha256(f"{title}{site.name}".encode()).hexdigest()[:32]
            made.append(Entry(title, address(key, day), day))
    return made


def entry_toml(
    name: str,
    site: Site,
    family: str,
    columns: Iterable[Mapping[str, str | int]],
    hosts: Sequence[str] = ("{host}",),
) -> str:
    """The portal entry of a replica: no delay, little patience."""
    lines = [
        "[[portal]]",
        f'id = "{name}"',
        f'name = "{site.name}"',
        f'code = "{site.division}"',
        f'family = "{family}"',
        f"hosts = [{', '.join(json.dumps(host) for host in hosts)}]",
        "delay = 0.0",
        "timeout = 5.0",
        f'site_code = "{site.code}"',
    ]
    for column in columns:
        lines += ["", "[[portal.columns]]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in column.items()]
    return "\n".join(lines) + "\n"


def truth_of(rows: Iterable[Entry], *stop_reasons: str, complete: bool = True) -> ListTruth:
    """The truth about a list that shows these rows when it is walked to its end."""
    return ListTruth(stop_reasons, complete, len({row.path for row in rows if row.report}))
