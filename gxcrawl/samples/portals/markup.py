"""Markup that all portals share: heads with their metas, bodies of articles, neighbours, footers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from .county import number_of
from .model import Published
from .shelf import Entry, Site


class Head(NamedTuple):
    """What the metas of a page say; an article has a title, a column has none."""

    column: str = "政府信息公开年报"
    article: str = ""
    day: date | None = None
    source: str = ""
    url: str = ""
    clock: str = "09:30"  # with or without seconds


def file_name(report: Published) -> str:
    """As people name it, Chinese and all."""
    ending = "docx" if report.carrier == "attachment" and number_of(report) % 2 else "pdf"
    return f"{report.title}.{ending}"


def article_body(report: Published, today: date, folder: str) -> str:
    """The inside of an article. `folder` ends in / and is where the portal keeps the files of the page."""
    version = report.at(today)
    if version is None:
        raise LookupError(f"{report.title} is not online on {today}")
    name = file_name(report)
    if report.carrier == "attachment":
        href, shown = escape(folder + quote(name)), escape(name)
        return f'<p>附件：<a href="{href}" download="{shown}">{shown}</a></p>'
    if report.carrier == "viewer":
        file = quote(folder + quote(name), safe="")
        return f'<iframe src="/pdfjs/web/viewer.html?file={file}" width="100%" height="900"></iframe>'
    return version.body.decode().replace("{folder}", folder)


def heading_lines(title: str) -> str:
    """A long heading broken in two after its year, as editors do it."""
    found = re.search("年度?", title)
    cut = found.end() if found and found.end() < len(title) - 6 else 0
    return f"{escape(title[:cut])}<br/>\n{escape(title[cut:])}" if cut else escape(title)


def neighbours(entry: Entry, rows: Sequence[Entry]) -> str:
    """上一篇 and 下一篇: they lead out of the year and to other organs."""
    place = next((index for index, row in enumerate(rows) if row.path == entry.path), 0)
    told = []
    for word, index in (("上一篇", place - 1), ("下一篇", place + 1)):
        if 0 <= index < len(rows):
            row = rows[index]
            told.append(f'<p>{word}：<a href="{escape(row.path)}">{escape(row.title)}</a></p>')
        else:
            told.append(f"<p>{word}：没有了</p>")
    return "\n".join(told)


def metas(site: Site, head: Head, *, style: str = "plain", drop: Sequence[str] = ()) -> str:
    """The standard metas. `style`: plain, glued (no blank before content), single (quotes), bare (none)."""
    pairs = {
        "SiteName": site.name,
        "SiteDomain": "{host}",
        "SiteIDCode": site.code,
        "ColumnName": head.column,
        "ColumnDescription": "",
        "ColumnKeywords": head.column,
        "ColumnType": "",
    }
    if head.article:
        pairs |= {
            "ArticleTitle": head.article,
            "PubDate": f"{head.day} {head.clock}" if head.day else "",
            "ContentSource": head.source,
            "Keywords": "",
            "Author": "",
            "Url": head.url,
        }
    shape = {
        "plain": '<meta name="{}" content="{}">',
        "glued": '<meta name="{}"content="{}">',
        "single": "<meta name='{}' content='{}' />",
        "bare": '<META NAME={} CONTENT="{}">',
    }[style]
    return "\n".join(shape.format(name, escape(text)) for name, text in pairs.items() if name not in drop)


def foot(site: Site, *, scheme: str = "http") -> str:
    """What the rules want at the end of every page; the find-an-error button is on any CMS."""
    return (
        f'<div class="footer"><p>主办：{site.name}办公室　网站标识码 {site.code}　示ICP备00000000号</p>\n'
        f'<script id="_jiucuo_" sitecode="{site.code}" src="{scheme}://jiucuo.invalid/exposure/jiucuo.js">'
        "</script>\n"
        f'<a href="{scheme}://conac.invalid/sitename?method=show&id=000" target="_blank">党政机关</a>\n'
        '<p>本网站支持IPv6　<a href="/wzdt/">网站地图</a>　'
        '<a href="javascript:void(0)">联系我们</a></p></div>'
    )


def commented(entry: Entry) -> str:
    """A row that an editor commented out: no link at all."""
    return f'<!-- <li><a href="{entry.path}">{escape(entry.title)}</a><span>{entry.day}</span></li> -->'


def document(
    head: str,
    title: str,
    body: str,
    *,
    charset: str = "utf-8",
    doctype: str = "<!DOCTYPE html>",
    opening: str = "<body>",
) -> str:
    return (
        f'{doctype}\n<html>\n<head>\n<meta charset="{charset}">\n'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n{head}\n'
        f"<title>{escape(title)}</title>\n</head>\n{opening}\n{body}\n</body>\n</html>\n"
    )
