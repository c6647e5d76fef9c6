"""拓尔思 portals: one list, an old one of upper-case tables, and two split by class of organ and by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import ClassVar

from .cms import ALL, Cms, Column, numbered
from .county import county, number_of
from .model import ListTruth, Published, Replica, Reply, Request
from .pages import (
    Entry,
    Head,
    Site,
    commented,
    document,
    foot,
    heading_lines,
    metas,
    neighbours,
    page_reply,
    truth_of,
)

DEFINITION = """<script type="text/javascript">
<!--
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){
  if(_nPageCount == null || _nPageCount<=1){ return; }
  var nCurrIndex = _nCurrIndex || 0;
  for(var i=0; i<_nPageCount; i++){
    var name = i==0 ? _sPageName : _sPageName+"_"+i;
    document.write("<a href=\\""+name+"."+_sPageExt+"\\">"+(i+1)+"</a>");
  }
}
//-->
</script>"""
STUB = '<html><head><title></title></head><body><div class="list"><ul></ul></div>{}</body></html>'


class Trs(Cms):
    """Each list has a directory: index.html, index_1.html and so on; the current page counts from 0."""

    family = "trs"
    extension: ClassVar[str] = "html"
    meta_style: ClassVar[str] = "glued"

    def page_of(self, report: Published) -> str:
        since = report.versions[0].since
        folder = self.column_of[id(report)].path
        return f"{folder}{since:%Y%m}/t{since:%Y%m%d}_{number_of(report)}.{self.extension}"

    def decoy_path(self, column: Column, key: str, day: date) -> str:
        return f"{column.path}{day:%Y%m}/t{day:%Y%m%d}_{int(key[:6], 16)}.{self.extension}"

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        folder, _, name = request.path.rpartition("/")
        if f"{folder}/" != column.path:
            return None
        return numbered(name or f"index.{self.extension}", f"index.{self.extension}", self.page_name, count)

    @property
    def page_name(self) -> str:
        return f"index_{{}}.{self.extension}"

    def other(self, request: Request, today: date) -> Reply | None:
        """Beyond the end there is no 404 but a page of some hundred bytes."""
        folder, _, name = request.path.rpartition("/")
        column = next((one for one in self.columns if one.path == f"{folder}/"), None)
        number = name.removeprefix("index_").removesuffix(f".{self.extension}")
        if column and number.isdigit() and int(number) >= len(self.pages(column, today)):
            return page_reply(STUB.format(" " * 200), tagged=False)
        return None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        rows = "\n".join(self.row(column, entry, number) for number, entry in enumerate(pages[place]))
        call = f'<script>createPageHTML({len(pages)}, {place}, "index", "{self.extension}");</script>'
        body = (
            f'<div class="crumb"><a href="../">首页</a> &gt; <a href="./">{column.name}</a></div>\n'
            f'{self.beside(column)}<ul class="u-list">\n{commented(pages[place][0])}\n{rows}\n</ul>\n'
            f'{DEFINITION}\n<div class="page">{call}</div>\n{foot(self.site)}'
        )
        head = metas(self.site, Head(column.name), style=self.meta_style)
        return page_reply(document(head, f"{column.name}_{self.site.name}", body), tagged=False)

    def beside(self, column: Column) -> str:  # noqa: ARG002
        """What stands between the crumbs and the list."""
        return ""

    def row(self, column: Column, entry: Entry, number: int) -> str:
        """Relative to the directory; a script between the rows, a long title cut off in the text."""
        href = entry.path.replace(column.path, "./", 1)
        shown = entry.title if len(entry.title) < 24 else f"{entry.title[:22]}..."
        script = "<script>hit();</script>\n" if number % 6 == 3 else ""
        return (
            f'{script}<li><a href="{href}" target="_blank" title="{escape(entry.title)}">{escape(shown)}</a>'
            f"<span>{entry.day:%Y/%m/%d}</span></li>"
        )

    def article(self, column: Column, report: Published, today: date) -> str:
        rows = self.rows(column, today)
        entry = next(row for row in rows if row.report is report)
        clock = "03:11" if number_of(report) % 3 else "04:58:06"
        told = Head(f"{report.year}年", report.title, report.printed_day, "", "", clock)
        day = f"{report.printed_day:%Y年%m月%d日}" if report.printed_day else ""
        body = (
            f'<div class="crumb">首页 &gt; {column.name}</div>\n'
            f'<h1 class="title">{heading_lines(report.title)}</h1>\n'
            f'<div class="info">{day}来源：1　字号：<a href="javascript:;">大</a></div>\n'
            f'<div id="Zoom"><div class=TRS_Editor>{self.body(report, today)}</div></div>\n'
            f"{neighbours(entry, rows)}{foot(self.site)}"
        )
        head = metas(self.site, told, style=self.meta_style)
        return document(head, f"{report.title}_{self.site.name}", body)

    def body(self, report: Published, today: date) -> str:
        """Files are named from the page, but for what a viewer is given."""
        text = super().body(report, today)
        return text.replace(f'="{self.page_of(report).rpartition("/")[0]}/', '="./')


class UpperTable(Trs):
    """A page of 2017: tables, upper case, no metas, and only a variable that tells the number of pages."""

    extension = "shtml"
    stop_reasons = ("last-page", "stub-page", "no-next", "declared-total")

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        rows = "".join(
            '<TR>\n  <TD height=25 align="left"><IMG src="../../images/dot.gif" width=4 />&nbsp;<A \n'
            f'      href="{entry.path.replace(column.path, "./", 1)}">{escape(entry.title)}</A></TD>\n'
            f'  <TD width="60" align="right">{entry.day}</TD>\n</TR>\n'
            for entry in pages[place]
        )
        pager = (
            f'<SCRIPT LANGUAGE="JavaScript">var currentPage = {place};var countPage = {len(pages)};\n'
            'document.write("共&nbsp;"+countPage+"&nbsp;页");</SCRIPT>\n'
            f'<SCRIPT>createPageHTML({len(pages)},{place},"index","{self.extension}");</SCRIPT>'
        )
        body = (
            '<TABLE width="97%" border=0 align="center" cellPadding=1 cellSpacing=1><TBODY>\n'
            f"{rows}</TBODY></TABLE>\n{DEFINITION}\n{pager}\n{foot(self.site)}"
        )
        return page_reply(document("", column.name, body), tagged=False)


class Years(Trs):
    """A column by class of organ shows its newest year; tabs lead to a directory for each year."""

    def __init__(self, site: Site, columns: Sequence[Column], classes: Sequence[Column]) -> None:
        super().__init__(site, columns)
        self.classes = tuple(classes)

    def years_of(self, path: str) -> list[Column]:
        """Newest first."""
        below = [column for column in self.columns if column.path.startswith(path)]
        return sorted(below, key=lambda column: column.path, reverse=True)

    def other(self, request: Request, today: date) -> Reply | None:
        shown = next(
            (one for one in self.classes if request.path in {one.path, f"{one.path}index.html"}), None
        )
        if shown is None:
            return super().other(request, today)
        newest = self.years_of(shown.path)[0]
        rows = self.pages(newest, today)[0]
        told = "\n".join(self.row(shown, entry, number) for number, entry in enumerate(rows))
        pages = len(self.pages(newest, today))
        more = (
            f'<a class="more" href="./{newest.path.removeprefix(shown.path)}">更多</a>' if pages > 1 else ""
        )
        body = f'{self.tabs(shown.path, "./")}<ul class="u-list">\n{told}\n</ul>{more}\n{foot(self.site)}'
        head = metas(self.site, Head(shown.name), style=self.meta_style)
        return page_reply(document(head, shown.name, body), tagged=False)

    def tabs(self, path: str, way: str) -> str:
        links = "".join(
            f'<li><a href="{way}{column.path.removeprefix(path)}">{column.name}</a></li>'
            for column in self.years_of(path)
        )
        return f'<ul class="tab year">{links}</ul>\n'

    def beside(self, column: Column) -> str:
        """The same tabs on the page of a year: they lead to each other."""
        return self.tabs(f"{column.path.rstrip('/').rpartition('/')[0]}/", "../")

    def newest(self, day: date) -> dict[str, ListTruth]:
        told = {}
        for shown in self.classes:
            rows = self.pages(self.years_of(shown.path)[0], day)[0]
            told[shown.path] = truth_of(rows, "no-next", "last-page", "declared-total", "no-new-url")
        return told


class Classes(Trs):
    """A column without rows of its own, only links to the lists of three classes of organs."""

    def other(self, request: Request, today: date) -> Reply | None:
        top = f"{self.columns[0].path.rstrip('/').rpartition('/')[0]}/"
        if request.path not in {top, f"{top}index.html"}:
            return super().other(request, today)
        links = "\n".join(
            f'<li><a href="./{column.path.removeprefix(top)}">{column.name}</a></li>'
            for column in self.columns
        )
        body = f'<div class="zfxxgknb"><ul class="nav">\n{links}\n</ul></div>\n{foot(self.site)}'
        head = metas(self.site, Head("政府信息公开年报"), style=self.meta_style)
        return page_reply(document(head, "政府信息公开年报", body), tagged=False)


CLASSES = {"qbj": "区本级", "bmnb": "部门", "xzjd": "镇街"}
CLASS_NAMES = {"区本级": "区政府年报", "部门": "区直部门年报", "镇街": "镇街年报"}


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (whole(seed, day), table(seed, day), classes(seed, day), years(seed, day))


def whole(seed: int, day: date) -> Replica:
    """All reports in one list."""
    site = Site("试点县人民政府", "9911010001", county("试点县", seed=seed))
    portal = Trs(site, [Column("/zwgk/zfxxgknb/", "政府信息公开年报", site.county.reports)])
    return portal.replica("trs", day)


def table(seed: int, day: date) -> Replica:
    site = Site(
        "试样县人民政府", "9911020002", county("试样县", seed=seed, organs=14, years=(2019, 2020, 2025))
    )
    portal = UpperTable(site, [Column("/zwgk/gknb/", "信息公开年报", site.county.of(*ALL))])
    return portal.replica("trs-table", day)


def classes(seed: int, day: date) -> Replica:
    site = Site(
        "例证区人民政府", "9911030003", county("例证区", seed=seed, organs=20, years=(2021, 2024, 2025))
    )
    columns = [
        Column(f"/zfxxgk/zfxxgknb/{folder}/", CLASS_NAMES[scope], site.county.of(scope), scope)
        for folder, scope in CLASSES.items()
    ]
    return Classes(site, columns).replica("trs-classes", day, [{"url": "http://{host}/zfxxgk/zfxxgknb/"}])


def years(seed: int, day: date) -> Replica:
    site = Site(
        "演示区人民政府", "9911040004", county("演示区", seed=seed, organs=24, years=(2022, 2024, 2025))
    )
    shown = [
        Column(f"/zfxxgknb/{folder}/", CLASS_NAMES[scope], (), scope) for folder, scope in CLASSES.items()
    ]
    columns = [
        Column(f"{one.path}{year}n/", f"{year}年", found, one.scope)
        for one in shown
        for year in (2022, 2024, 2025)
        if (found := tuple(report for report in site.county.of(one.scope) if report.year == year))
    ]
    portal = Years(site, columns, shown)
    told = [{"url": f"http://{{host}}{one.path}", "scope": one.scope} for one in shown]
    replica = portal.replica("trs-years", day, told)
    return replace(replica, lists={**replica.lists, **portal.newest(day)})
