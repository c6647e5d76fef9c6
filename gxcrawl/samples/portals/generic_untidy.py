"""Portals of small CMSes: broken markup in GB18030, a list inside a frame, a column for each organ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from .cms import Cms, Column
from .county import number_of
from .model import ListTruth, Published, Reply, Request
from .pages import Entry, Head, document, foot, heading_lines, metas, not_found, page_reply, truth_of


class Untidy(Cms):
    """Written by hand around 2008: nothing is closed, little is quoted, addresses are queries."""

    family = "generic"
    per_page: ClassVar[int] = 15
    stop_reasons = ("last-page", "declared-total", "no-next")

    def page_of(self, report: Published) -> str:
        return f"/xxgk/show.asp?id={number_of(report)}"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"/xxgk/show.asp?id={int(key[:5], 16)}"

    def files_of(self, report: Published) -> str:
        return f"/xxgk/UploadFiles/{report.versions[0].since:%Y%m}/{number_of(report)}/"

    def detail(self, request: Request, today: date) -> Reply | None:
        """All articles share one path, so one that is not there must be told apart here."""
        known = {decoy.path for rows in self.decoys.values() for decoy in rows}
        is_article = request.path == "/xxgk/show.asp" and request.target not in known
        return super().detail(request, today) or (not_found() if is_article else None)

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        path, _, query = request.target.partition("?")
        asked = parse_qs(query)
        number = asked.get("page", ["1"])[0]
        if path != "/xxgk/list.asp" or asked.get("classid") != ["12"] or not number.isdigit():
            return None
        return int(number) - 1 if 0 < int(number) <= count else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        rows = "\n".join(
            f"<tr><td height=22 bgcolor=#ffffff>·<a href={row.path.removeprefix('/xxgk/')} target=_blank "
            f"title='{escape(row.title)}'><font color=#000000>{escape(row.title)}"
            f"<td width=80><font color=gray>({row.day.year}-{row.day.month}-{row.day.day})"
            for row in pages[place]
        )
        forward = (
            f"<a href=list.asp?classid=12&page={place + 2}>下一页</a>" if place + 1 < len(pages) else "下一页"
        )
        back = f"<a href=list.asp?classid=12&page={place}>上一页</a>" if place else "上一页"
        body = (
            f"<table width=760 border=0><tr><td><b>{column.name}<table width=100%>\n{rows}\n</table>\n"
            f"<p align=center>共 {sum(map(len, pages))} 条 页次:{place + 1}/{len(pages)} {back} {forward}\n"
            f"</center></table>\n{foot(self.site)}"
        )
        return self.old(document("", column.name, body, charset="gb2312"))

    def article(self, column: Column, report: Published, today: date) -> str:  # noqa: ARG002
        day = (
            f"{report.printed_day.year}-{report.printed_day.month}-{report.printed_day.day}"
            if report.printed_day
            else ""
        )
        body = (
            f"<table width=760><tr><td align=center><font size=4><b>{escape(report.title)}</b></font>\n"
            f"<tr><td align=center>作者：管理员　更新时间：{day}　点击数：35\n"
            f"<tr><td id=content>{self.body(report, today)}</table>\n{foot(self.site)}"
        )
        return document("", report.title, body, charset="gb2312")

    def article_reply(self, text: str, modified: date) -> Reply:  # noqa: ARG002
        return self.old(text)

    def old(self, text: str) -> Reply:
        return page_reply(text, encoding="gb18030", content_type="text/html; charset=GB2312", tagged=False)


class Shell(Cms):
    """The page of the column holds nothing but a frame; the list is inside of it."""

    family = "generic"
    per_page: ClassVar[int] = 15
    stop_reasons = ("last-page", "declared-total", "no-next")

    def page_of(self, report: Published) -> str:
        return f"/html/czsxxgk/{report.versions[0].since:%Y}/OEJMQFCO_{number_of(report)}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"/html/czsxxgk/{day:%Y}/OEJMQFCO_{int(key[:5], 16)}.html"

    def other(self, request: Request, today: date) -> Reply | None:  # noqa: ARG002
        column = self.columns[0]
        if request.path != column.path:
            return None
        frame = '<iframe id="right" src="/frame/list?cid=HFLAALF" width="100%" frameborder="0"></iframe>'
        head = metas(self.site, Head(column.name))
        return page_reply(document(head, column.name, f"{frame}\n{foot(self.site)}"), tagged=False)

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        path, _, query = request.target.partition("?")
        number = parse_qs(query).get("page", ["1"])[0]
        if path != "/frame/list" or "cid=HFLAALF" not in query or not number.isdigit():
            return None
        return int(number) - 1 if 0 < int(number) <= count else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:  # noqa: ARG002
        rows = "\n".join(
            f'<tr><td class="t"><a target="_parent" href="{row.path}">{escape(row.title)}</a></td>'
            f"<td>{row.day:%Y-%m-%d}</td></tr>"
            for row in pages[place]
        )
        forward = f'<a href="?cid=HFLAALF&amp;page={place + 2}">下一页</a>' if place + 1 < len(pages) else ""
        return page_reply(document("", "", f"<table>\n{rows}\n</table>\n<div>{forward}</div>"), tagged=False)

    def article(self, column: Column, report: Published, today: date) -> str:
        return plain_article(self, column, report, today)


class Organs(Cms):
    """An index of organs; below each a column, whose tabs lead to a list for each year."""

    family = "generic"
    per_page: ClassVar[int] = 15
    stop_reasons = ("no-next", "last-page", "declared-total", "no-new-url")
    top = "/bmxxgkml/"

    def page_of(self, report: Published) -> str:
        folder = self.column_of[id(report)].path
        return f"{folder}art_{number_of(report)}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"{column.path}art_{int(key[:5], 16)}.html"

    def below(self, path: str) -> list[Column]:
        """The lists of one organ, newest first."""
        return sorted(
            (one for one in self.columns if one.path.startswith(path)), key=lambda one: one.path, reverse=True
        )

    def organ_paths(self) -> dict[str, str]:
        return {
            column.path[: column.path.rindex("/", 0, -1) + 1]: column.name.rpartition(" ")[0]
            for column in self.columns
        }

    def other(self, request: Request, today: date) -> Reply | None:
        if request.path == self.top:
            links = "\n".join(
                f'<li><a href="{path}">{name}</a></li>' for path, name in self.organ_paths().items()
            )
            body = (
                f'<div class="bm_list"><h3>部门信息公开年报</h3><ul>\n{links}\n</ul></div>\n{foot(self.site)}'
            )
            return page_reply(document(metas(self.site, Head()), "部门信息公开", body), tagged=False)
        if request.path in self.organ_paths():
            newest = self.below(request.path)[0]
            return self.list_page(newest, self.pages(newest, today), 0)
        return None

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        return 0 if request.path == column.path else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        organ = column.path[: column.path.rindex("/", 0, -1) + 1]
        tabs = "".join(f'<a href="{one.path}">{one.name[-5:]}</a> ' for one in self.below(organ))
        rows = "\n".join(
            f'<li><a href="{row.path}">{escape(row.title)}</a> <em>{row.day}</em></li>'
            for row in pages[place]
        )
        body = f'<div class="years">{tabs}</div>\n<ul class="newsList">\n{rows}\n</ul>\n{foot(self.site)}'
        return page_reply(document(metas(self.site, Head(column.name)), column.name, body), tagged=False)

    def lists(self, today: date) -> dict[str, ListTruth]:
        """The page of an organ shows its newest year."""
        newest = {path: self.below(path)[0] for path in self.organ_paths()}
        shown = {
            path: truth_of(self.rows(column, today), *self.stop_reasons) for path, column in newest.items()
        }
        return {**super().lists(today), **shown}

    def article(self, column: Column, report: Published, today: date) -> str:
        return plain_article(self, column, report, today)


def plain_article(cms: Cms, column: Column, report: Published, today: date) -> str:
    """An article as most small CMSes print it."""
    day = f"{report.printed_day:%Y-%m-%d} 09:30" if report.printed_day else ""
    body = (
        f'<h2 class="article-title">{heading_lines(report.title)}</h2>\n'
        f'<div class="article-info">发布日期：{day}　来源：{cms.site.name}</div>\n'
        f'<div class="article-content">{cms.body(report, today)}</div>\n{foot(cms.site)}'
    )
    head = metas(cms.site, Head(column.name, report.title, report.printed_day, cms.site.name))
    return document(head, report.title, body)
