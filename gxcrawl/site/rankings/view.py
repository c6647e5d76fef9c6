"""The league tables as a page and as CSV, with the same filters."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping
from io import StringIO
from typing import NamedTuple

from datasette import Request, Response

from gxcrawl import clock
from gxcrawl.duties.season import running_year
from gxcrawl.duties.words import status_words
from gxcrawl.exports.text import inert, readable
from gxcrawl.exports.words import words
from gxcrawl.site import asked
from gxcrawl.site.answers import WrongError, download, page
from gxcrawl.site.areas import AreaChoice, area_choices, is_known, name_of
from gxcrawl.site.rankings.asking import League, Ranked, Scope, failed_of, league, newest_year
from gxcrawl.site.rankings.catalogue import Ranking, rankings
from gxcrawl.site.rankings.timing import Timing, timing
from gxcrawl.site.site import WHOLE, Site, slowly

PAGE = 50  # organs on a page
LEAST = 20  # cases, when nobody asks for another number
CSV = "text/csv; charset=utf-8"
CASES = range(1, 10**6)
HEADS = (
    "名次", "机关", "机关代号", "区划代码", "类别", "名称已确认", "年度", "排名项目", "分子", "分母", "占比",
    "区间下限", "区间上限", "天数或个数", "义务状态", "期限", "期限为法定", "报告编号", "报告中不成立的等式",
)  # fmt: skip


class Wanted(NamedTuple):
    by: Ranking
    area: str
    kind: str
    year: int | None  # None: the newest with data
    least: int
    page: int

    @property
    def address(self) -> Mapping[str, object]:
        year = self.year or ""
        return {"by": self.by.id, "area": self.area, "kind": self.kind, "year": year, "least": self.least}


class Answer(NamedTuple):
    scope: Scope
    league: League
    failed: Mapping[int, int]  # report -> identities that do not hold, of the organs that are shown
    choices: list[AreaChoice]


def wanted_of(request: Request) -> Wanted:
    return Wanted(
        rankings()[asked.one_of(request, "by", rankings(), next(iter(rankings())))],
        asked.text(request, "area", 20),
        asked.one_of(request, "kind", words()["kinds"]),
        asked.year(request, 0) or None,
        asked.number(request, "least", CASES, LEAST),
        asked.page_number(request),
    )


def answer_of(connection: sqlite3.Connection, wanted: Wanted, shown: slice) -> Answer:
    choices = area_choices(connection)
    if not is_known(wanted.area, choices):
        raise WrongError(f"没有机关在地区“{wanted.area}”。")
    year = wanted.year or newest_year(connection, running_year(clock.today()))
    scope = Scope(year, wanted.area, wanted.kind)
    found = league(connection, wanted.by, scope, wanted.least, shown)
    reports = [one.report for one in found.shown if one.report is not None]
    return Answer(scope, found, failed_of(connection, reports), choices)


async def ranking_page(site: Site, request: Request) -> Response:
    wanted = wanted_of(request)
    shown = slice((wanted.page - 1) * PAGE, wanted.page * PAGE)
    kinds = words()["kinds"]

    def query(connection: sqlite3.Connection) -> tuple[Answer, str, Timing]:
        answer = answer_of(connection, wanted, shown)
        area = name_of(wanted.area, answer.choices)
        return answer, area, timing(connection, answer.scope, area, kinds)

    answer, area, timed = await site.ask(query)
    context = {
        "wanted": wanted,
        "answer": answer,
        "league": answer.league,
        "pages": -(-answer.league.ranked // PAGE),
        "timing": timed,
        "rankings": rankings(),
        "choices": answer.choices,
        "areas": {one.code: one.name for one in answer.choices},
        "area_name": area,
        "kinds": kinds,
        "statuses": status_words(),
    }
    return await page(site, request, "rankings", context)


async def ranking_sheet(site: Site, request: Request) -> Response:
    """The whole league, whatever page is looked at."""
    wanted = wanted_of(request)
    return await slowly(lambda: _sheet(site, wanted))


def _sheet(site: Site, wanted: Wanted) -> Response:
    with site.reading(WHOLE) as connection:
        answer = answer_of(connection, wanted, slice(None))
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for one in answer.league.shown:
        writer.writerow([_cell(value) for value in _row(one, wanted.by, answer)])
    name = f"ranking-{wanted.by.id}-{answer.scope.year}-{wanted.area or 'all'}.csv"
    return download(out.getvalue().encode("utf-8-sig"), name, CSV)


def _row(one: Ranked, ranking: Ranking, answer: Answer) -> tuple[object, ...]:
    organ, own = one.organ, one.share
    parts = (
        (own.top, own.bottom, *(f"{part:.6f}" for part in (own.value, own.low, own.high)))
        if own
        else ("",) * 5
    )
    return (
        one.place,
        organ.name,
        organ.key,
        organ.code,
        words()["kinds"].get(organ.kind, organ.kind),
        words()["yes"]["true" if organ.status == "registered" else "false"],
        answer.scope.year,
        ranking.title,
        *parts,
        "" if own else one.number,
        status_words()[one.status].word if one.status else "",
        one.due,
        words()["yes"]["true" if one.statutory else "false"] if one.due else "",
        "" if one.report is None else one.report,
        "" if one.report is None else answer.failed.get(one.report, ""),
    )


def _cell(value: object) -> object:
    return inert(readable(value)) if isinstance(value, str) else value
