"""A 开普 site: server lists with both page suffixes, lists as JSON, a directory of channels, articles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal
from urllib.parse import parse_qs, quote, unquote

from . import ucap_pages
from .county import key_of, number_of
from .model import ListTruth, Published, Replica, Reply, Request, Scope
from .pages import (
    Entry,
    Site,
    article_body,
    common_reply,
    decoys,
    entry_toml,
    file_name,
    file_reply,
    json_reply,
    page_reply,
    pages_of,
    shelf,
    truth_of,
)


@dataclass(frozen=True)
class Column:
    code: str
    name: str
    scopes: tuple[Scope, ...]
    template: str = "zfxxgklby_nb"
    style: Literal["list", "table", "texto", "search"] = "list"  # search: a script fetches the rows
    second: int = 2  # the number in the address of page 2
    per_page: int = 15
    parent: str = "c100000"
    years: tuple[int, ...] = ()  # the only ones in it; none: all
    encoding: str = "utf-8"  # of its bytes; every page says utf-8

    def holds(self, report: Published) -> bool:
        return report.organ.scope in self.scopes and (not self.years or report.year in self.years)

    @property
    def channel(self) -> str:
        return hashlib.sha256(f"channel {self.code} {self.name}".encode()).hexdigest()[:32]


class Ucap:
    """One site. `folder` is its site code, the first part of every address of its pages."""

    def __init__(
        self,
        site: Site,
        folder: str,
        columns: Sequence[Column],
        *,
        alias: str = "",
        prefix: str = "c01_",
        hidden: bool = False,
        hub: str = "",
    ) -> None:
        self.site, self.folder, self.columns = site, folder, tuple(columns)
        self.alias, self.prefix = alias, prefix
        self.hidden = hidden  # no page names the address of a list
        self.hub = hub  # the address of a page that has no rows and leads to all columns
        self.reports = {unquote(self.page_of(report)): report for report in site.county.reports}
        years = sorted({report.year for report in site.county.reports})
        self.decoys = {
            column.code: decoys(site, years, partial(self.decoy_address, column))[place :: len(columns)]
            for place, column in enumerate(columns)
        }

    def column_of(self, report: Published) -> Column:
        return next(column for column in self.columns if column.holds(report))

    def page_of(self, report: Published) -> str:
        number = f"{self.prefix}{number_of(report)}" if self.prefix else key_of(report)
        month = f"{report.versions[0].since:%Y%m}"
        return f"/{self.folder}/{self.column_of(report).code}/{month}/{number}.shtml"

    def files_of(self, report: Published) -> str:
        """The number without its prefix is the folder of the files."""
        return self.page_of(report).replace(self.prefix, "").removesuffix(".shtml") + "/files/"

    def address(self, report: Published) -> str:
        if report.carrier == "row":
            return self.files_of(report) + quote(file_name(report))
        return self.page_of(report)

    def decoy_address(self, column: Column, key: str, day: date) -> str:
        return f"/{self.folder}/{column.code}/{day:%Y%m}/{self.prefix}{int(key[:6], 16)}.shtml"

    def list_path(self, column: Column) -> str:
        return f"/{self.folder}/{column.code}/{column.template}.shtml"

    def rows(self, column: Column, today: date) -> list[Entry]:
        reports = filter(column.holds, self.site.county.reports)
        return shelf(reports, self.decoys[column.code], self.address, today)

    def lists(self, today: date) -> dict[str, ListTruth]:
        reasons = ("declared-total", "last-page")
        return {
            self.list_path(column): truth_of(self.rows(column, today), *reasons) for column in self.columns
        }

    def respond(self, request: Request, today: date) -> Reply:
        path = unquote(request.path)
        query = {name: values[0] for name, values in parse_qs(request.target.partition("?")[2]).items()}
        if path in {"/", self.hub}:
            return page_reply(self.home() if path == "/" else self.hub_page())
        if path.startswith("/common/search/"):
            return self.search(path.rpartition("/")[2], query, today)
        if path.endswith("/getChannelList"):
            return self.channels(query)
        for column in self.columns:
            if path.startswith(f"/{self.folder}/{column.code}/"):
                found = self.list_reply(column, path, today) or self.article(column, path, today)
                if found:
                    return found
        return common_reply(self.site, request, [decoy for rows in self.decoys.values() for decoy in rows])

    def list_reply(self, column: Column, path: str, today: date) -> Reply | None:
        folder, _, name = path.rpartition("/")
        pages = pages_of(self.rows(column, today), column.per_page)
        numbers = ["", *(f"_{place + column.second}" for place in range(len(pages) - 1))]
        names = [f"{column.template}{number}.shtml" for number in numbers]
        if folder != f"/{self.folder}/{column.code}" or name not in names:
            return None
        place = names.index(name)
        if column.style == "search":
            inside, channel = ucap_pages.search_list(column.channel), column.channel
        else:
            pager = (len(pages), place + 1, column.template, sum(map(len, pages)))
            inside, channel = ucap_pages.server_list(pages[place], self.href, column.style, pager), ""
        beside = {} if self.hidden else {self.list_path(other): other.name for other in self.columns}
        text = ucap_pages.list_page(self.site, column.name, inside, beside, channel)
        return page_reply(text, encoding=column.encoding, tagged=False)

    def href(self, entry: Entry, place: int) -> str:
        """Root-relative, now and then with blanks around it, with Chinese in it, or by the alias host."""
        path = unquote(entry.path) if place % 2 else entry.path
        if self.alias and place % 5 == 4:
            return f"http://{{host:{self.alias}}}{path}"
        return f" {path} " if place % 4 == 1 else path

    def article(self, column: Column, path: str, today: date) -> Reply | None:
        report = self.reports.get(path)
        version = report.at(today) if report else None
        if report and version and report.carrier != "row":
            rows = self.rows(column, today)
            entry = next(row for row in rows if row.report is report)
            folder = self.files_of(report)
            text = ucap_pages.article_page(self.site, entry, today, folder, rows)
            return page_reply(text, encoding=column.encoding, modified=version.since)
        folder, files, name = path.rpartition("/files/")
        owners = (one for one in self.reports.values() if self.files_of(one) == f"{folder}{files}")
        return next((file_reply(owner, today, name) for owner in owners), None) if files else None

    def search(self, channel: str, query: dict[str, str], today: date) -> Reply:
        """More than thirty rows at once are not given, whatever is asked for."""
        page, size = query.get("page", "1"), query.get("_pageSize") or "15"
        column = next((one for one in self.columns if one.channel == channel), None)
        if column is None or not page.isdigit() or not size.isdigit():
            return json_reply('{"code": 500, "data": null}')

        def body(report: Published) -> str:
            return article_body(report, today, self.files_of(report)) if report.carrier != "row" else "null"

        told = (column.code, column.name, channel)
        rows = self.rows(column, today)
        return json_reply(ucap_pages.search_answer(rows, max(1, int(page)), min(int(size), 30), told, body))

    def channels(self, query: dict[str, str]) -> Reply:
        code, site = query.get("channelCode", ""), query.get("websiteCodeName", self.folder)
        known = [column for column in self.columns if site == self.folder]
        children = [
            {"displayName": one.name, "channelId": one.channel, "channelCode": one.code}
            for one in known
            if one.parent == code
        ]
        own = next((column for column in known if column.code == code), None)
        results = {"channelCode": code, "channelId": own.channel if own else "null", "children": children}
        return json_reply(json.dumps({"results": results}, ensure_ascii=False))

    def home(self) -> str:
        links = {
            f"/{self.folder}/zwdt/list.shtml": "政务动态",
            f"/{self.folder}/zfxxgkzn/list.shtml": "政府信息<br>\n公开指南",
        }
        if not self.hidden:
            links[self.hub or self.list_path(self.columns[0])] = "政府信息<br>\n  公开年报"
        return ucap_pages.home_page(self.site, links)

    def hub_page(self) -> str:
        tabs = {self.list_path(column): column.name for column in self.columns}
        return ucap_pages.list_page(self.site, "政府信息公开年报", ucap_pages.tabs(tabs), {}, "")

    def replica(
        self, name: str, columns: Sequence[Mapping[str, str | int]], day: date, hosts: tuple[str, ...]
    ) -> Replica:
        return Replica(
            id=name,
            family="ucap",
            entry=entry_toml(name, self.site, "ucap", columns, hosts),
            respond=self.respond,
            reports=self.site.county.reports,
            decoys=tuple(row.title for rows in self.decoys.values() for row in rows),
            address=self.address,
            lists=self.lists(day),
        )
