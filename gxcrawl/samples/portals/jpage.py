"""大汉 portals with jpage lists: one server obeys startrecord and ignores page, the other the opposite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal
from urllib.parse import parse_qs, quote

from . import jpage_pages
from .county import county, key_of, number_of
from .model import ListTruth, Published, Replica, Reply, Request, Scope
from .pages import (
    Entry,
    Site,
    article_body,
    common_reply,
    data_reply,
    decoys,
    entry_toml,
    file_name,
    file_reply,
    not_found,
    page_reply,
    shelf,
    truth_of,
)

PROXY = "/module/web/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
GROUP = 30  # three pages of ten come at once
IMAGES = "/attach/0/"
MOST = 100  # rows in one answer, whatever is asked for


@dataclass(frozen=True)
class Column:
    number: int
    name: str
    scopes: tuple[Scope, ...]
    units: tuple[int, int]  # the list for screens and its copy for telephones


class Jpage:
    """One site. `dialect` tells which parameters its dataproxy obeys."""

    def __init__(self, site: Site, columns: Sequence[Column], dialect: Literal["record", "page"]) -> None:
        self.site, self.columns, self.dialect = site, tuple(columns), dialect
        self.pages = {self.page_of(report): report for report in site.county.reports}
        self.files = {key_of(report): report for report in site.county.reports}
        years = sorted({report.year for report in site.county.reports})
        self.decoys = {
            column.number: decoys(site, years, partial(self.decoy_address, column))[place :: len(columns)]
            for place, column in enumerate(columns)
        }

    def column_of(self, report: Published) -> Column:
        return next(column for column in self.columns if report.organ.scope in column.scopes)

    def page_of(self, report: Published) -> str:
        day = report.versions[0].since
        return self.article_path(self.column_of(report), day, number_of(report))

    def article_path(self, column: Column, day: date, number: int) -> str:
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{number}.html"

    def decoy_address(self, column: Column, key: str, day: date) -> str:
        return self.article_path(column, day, 20_000_000 + int(key[:6], 16))

    def file_of(self, report: Published) -> str:
        """The address knows the file by a number only; its name is the text of the link."""
        ending = file_name(report).rpartition(".")[2]
        return f"{DOWNLOAD}?classid=0&filename={key_of(report)}.{ending}"

    def address(self, report: Published) -> str:
        return self.file_of(report) if report.carrier == "row" else self.page_of(report)

    def list_path(self, column: Column) -> str:
        return f"/col/col{column.number}/index.html"

    def rows(self, column: Column, today: date) -> list[Entry]:
        return shelf(self.site.county.of(*column.scopes), self.decoys[column.number], self.address, today)

    def lists(self, today: date) -> dict[str, ListTruth]:
        return {
            self.list_path(column): truth_of(self.rows(column, today), "declared-total", "last-page")
            for column in self.columns
        }

    def respond(self, request: Request, today: date) -> Reply:
        path, _, query = request.target.partition("?")
        told = parse_qs(query, keep_blank_values=True)
        if request.method == "POST":
            told |= parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        asked = {name: values[-1] for name, values in told.items()}
        answers: dict[str, Callable[[], Reply]] = {
            "/": lambda: page_reply(jpage_pages.home_page(self.site, self.list_path(self.columns[0]))),
            PROXY: lambda: self.proxy(asked, today),
            DOWNLOAD: lambda: self.download(asked.get("filename", ""), today),
        }
        for column in self.columns:
            answers[self.list_path(column)] = partial(self.list_reply, column, today)
        if path in answers:
            return answers[path]()
        if path.startswith(IMAGES):
            return self.image(path, today)
        if path in self.pages:
            return self.article(self.pages[path], today)
        return common_reply(self.site, request, [decoy for rows in self.decoys.values() for decoy in rows])

    def list_reply(self, column: Column, today: date) -> Reply:
        rows = self.rows(column, today)
        text = jpage_pages.list_page(self.site, column.number, column.name, column.units, rows)
        return page_reply(text, tagged=False)

    def proxy(self, asked: dict[str, str], today: date) -> Reply:
        """Parameters that do not belong together get an answer without anything in it."""
        column = next((one for one in self.columns if asked.get("columnid") == str(one.number)), None)
        if column is None or asked.get("unitid", "") not in map(str, column.units):
            return data_reply(b"<datastore><recordset></recordset></datastore>", "text/xml", tagged=False)
        rows = self.rows(column, today)
        first, last = self.window(asked)
        inside = jpage_pages.datastore(
            rows[first : last + 1], column.number, int(asked["unitid"]), self.site.name, len(rows)
        )
        return page_reply(inside, content_type="text/xml;charset=UTF-8", tagged=False)

    def window(self, asked: dict[str, str]) -> tuple[int, int]:
        """Places of the first and the last row, from 0."""

        def told(name: str, otherwise: int) -> int:
            return int(asked[name]) if asked.get(name, "").isdigit() else otherwise

        if self.dialect == "page":
            first = (max(1, told("page", 1)) - 1) * GROUP
            return first, first + GROUP - 1
        first = max(1, told("startrecord", 1)) - 1
        last = told("endrecord", first + GROUP) - 1
        return first, min(last, first + MOST - 1)

    def article(self, report: Published, today: date) -> Reply:
        version = report.at(today)
        if version is None or report.carrier == "row":
            return not_found()
        direct, file = IMAGES + key_of(report) + "/" + quote(file_name(report)), self.file_of(report)
        body = article_body(report, today, f"{IMAGES}{key_of(report)}/")
        body = body.replace(f'"{direct}"', f'"{file}"').replace(quote(direct, safe=""), quote(file, safe=""))
        column = self.column_of(report)
        rows = self.rows(column, today)
        entry = next(row for row in rows if row.report is report)
        text = jpage_pages.article_page(self.site, column.name, entry, body, rows)
        return page_reply(text, modified=version.since)

    def image(self, path: str, today: date) -> Reply:
        key, _, name = path.removeprefix(IMAGES).partition("/")
        report = self.files.get(key)
        found = file_reply(report, today, name) if report and report.carrier == "tables-as-images" else None
        return found or not_found()

    def download(self, name: str, today: date) -> Reply:
        report = self.files.get(name.partition(".")[0])
        found = file_reply(report, today, quote(file_name(report))) if report else None
        if report is None or found is None:
            return not_found()
        shown = f"attachment; filename*=UTF-8''{quote(file_name(report))}"
        return found._replace(headers=(*found.headers, ("Content-Disposition", shown)))

    def replica(self, name: str, day: date) -> Replica:
        columns = [
            {"url": f"http://{{host}}{self.list_path(one)}", "ref": str(one.number)} for one in self.columns
        ]
        return Replica(
            id=name,
            family="jpage",
            entry=entry_toml(name, self.site, "jpage", columns),
            respond=self.respond,
            reports=self.site.county.reports,
            decoys=tuple(row.title for rows in self.decoys.values() for row in rows),
            address=self.address,
            lists=self.lists(day),
        )


def make(seed: int, day: date) -> tuple[Replica, ...]:
    years = (2019, 2021, 2023, 2024, 2025)
    first = Site("虚构县人民政府", "9904040004", county("虚构县", seed=seed, organs=16, years=years))
    halves = (
        Column(284, "部门年报", ("区本级", "部门"), (423656, 427101)),
        Column(285, "镇街年报", ("镇街",), (423657, 427102)),
    )
    second = Site("假想县人民政府", "9905050005", county("假想县", seed=seed, organs=13, years=years))
    whole = Column(98, "政府信息公开年报", ("区本级", "部门", "镇街"), (11565, 11566))
    return (
        Jpage(first, halves, "record").replica("jpage-record", day),
        Jpage(second, [whole], "page").replica("jpage-page", day),
    )
