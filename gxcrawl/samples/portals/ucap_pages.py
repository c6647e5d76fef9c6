"""How 开普 prints its pages: rows in three shapes, articles, the results of its search."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape

from .county import key_of, number_of
from .model import Published
from .pages import (
    Entry,
    Head,
    Site,
    article_body,
    commented,
    document,
    foot,
    heading_lines,
    metas,
    neighbours,
)

Href = Callable[[Entry, int], str]


def list_rows(rows: Sequence[Entry], href: Href) -> str:
    told = [
        f'<li><a href="{href(row, place)}" title="{escape(row.title)}">{cut_off(row.title)}</a>'
        f'<span class="time">{row.day}</span></li>'
        for place, row in enumerate(rows)
    ]
    if rows:
        told.insert(1, commented(rows[0]))
    return "<ul>\n" + "\n".join(told) + "\n</ul>"


def table_rows(rows: Sequence[Entry], href: Href) -> str:
    told = [
        f'<tr><td class="num">{place + 1}</td><td class="info"><a class="list" href="{href(row, place)}">\n'
        f'  {escape(row.title)}</a></td><td class="date">{row.day}</td></tr>'
        for place, row in enumerate(rows)
    ]
    heads = "<tr><th>序号</th><th>标题</th><th>日期</th></tr>"
    return f'<table class="tab">\n{heads}\n' + "\n".join(told) + "\n</table>"


def texto_rows(rows: Sequence[Entry], href: Href) -> str:
    told = [
        f"<li class='texto'><b>[{row.day:%Y/%m/%d}]</b>&nbsp;<a title='{escape(row.title)}'"
        f" href='{href(row, place)}'><font>{escape(row.title)}</font></a></li>"
        for place, row in enumerate(rows)
    ]
    return "<ul class=texts>\n" + "\n".join(told) + "\n</ul>"


ROWS: Mapping[str, Callable[[Sequence[Entry], Href], str]] = {
    "list": list_rows,
    "table": table_rows,
    "texto": texto_rows,
}


def cut_off(title: str) -> str:
    return escape(title if len(title) <= 26 else title[:25] + "...")


def server_list(rows: Sequence[Entry], href: Href, style: str, pager: tuple[int, int, str, int]) -> str:
    """The rows of one page and its script: no link leads to another page."""
    pages, page, template, total = pager
    script = f"createPageHTML('page_div',{pages}, {page},'{template}','shtml',{total});"
    return f'{ROWS[style](rows, href)}\n<div id="page_div"></div>\n<script>{script}</script>'


def search_list(channel: str) -> str:
    """A list without rows: a script fetches them."""
    query = "_isAgg=&_isJson=true&_pageSize=&_template=index&_rangeTimeGte=&_channelName=&page=1"
    return (
        f'<ul id="list"></ul>\n<script src="/xhtml/js/more_page.js"></script>\n<script>var channelId = '
        f"'{channel}';\n$.get('/common/search/{channel}?{query}', show);</script>"
    )


def tabs(links: Mapping[str, str]) -> str:
    told = "".join(f'<li><a href="{path}">{text}</a></li>' for path, text in links.items())
    return f'<ul class="tab-nav">{told}</ul>\n<div class="tips">请选择年度</div>'


def list_page(site: Site, name: str, inside: str, beside: Mapping[str, str], channel: str) -> str:
    head = "\n".join(
        [
            metas(site, Head(column=name), style="glued"),
            f'<meta name="channelid" content="{channel}">' if channel else "",
            '<meta name="others" content="页面生成时间 2026-01-01 01:48:08">',
            '<meta name="template,templategroup,version" content="559,default,1.6">',
            '<script src="/xhtml/js/page.js"></script>',
        ]
    )
    crumbs = f'<div class="crumb">首页 &gt; 政务公开 &gt; 信息公开年报专栏 &gt; {escape(name)}</div>'
    links = "".join(f'<li><a href="{path}">{escape(text)}</a></li>' for path, text in beside.items())
    body = f'{crumbs}\n<ul class="side">{links}</ul>\n<div class="main">\n{inside}\n</div>\n{foot(site)}'
    return document(head, f"{name}_{site.name}", body)


def home_page(site: Site, links: Mapping[str, str]) -> str:
    """The label that matters is broken in two, as on the platform of 2019."""
    told = "\n".join(
        f'<h3><a href="{path}"><em class="bnt"></em>{text}</a></h3>' for path, text in links.items()
    )
    old = '<!-- <h3><a href="/old/nb.shtml">政府信息公开年报</a></h3> -->'
    head = metas(site, Head(column="首页"), style="single")
    body = f'<div class="dl_nav">{old}\n{told}\n</div>\n{foot(site)}'
    return document(head, f"{site.name}门户网站", body)


def article_page(site: Site, entry: Entry, today: date, folder: str, rows: Sequence[Entry]) -> str:
    report = entry.report
    if report is None:
        raise ValueError(f"{entry.title} is a decoy")
    day = report.printed_day
    number = number_of(report)
    told = Head("信息公开年报专栏", report.title, day, site.name, clock="09:30:15")
    dropped = [name for name, missing in (("PubDate", day is None), ("Url", True)) if missing]
    head = metas(site, told, style="glued" if number % 2 else "plain", drop=dropped)
    shown = f"日期:<b>{day}</b>　" if day else ""
    body = article_body(report, today, folder)
    if number % 3 == 0:
        body = body.replace("<h2", "#PAGE_BREAK#<h2", 1)
    return document(
        head,
        report.title,
        f'<div class="crumb">政务公开 &gt; 信息公开年报专栏</div>\n<p>索引号：7369{number}-08939</p>\n'
        f"<h1><UCAPTITLE>{heading_lines(report.title)}</UCAPTITLE></h1>\n"
        f'<div class="article_attr"><span class="date">{shown}</span>'
        f'<span class="ly">来源:<b>{site.name}</b></span>　访问量:<i id="hits"></i>　字号:大 中 小</div>\n'
        f'<div class="article_content" id="zoomcon"><UCAPCONTENT>{body}</UCAPCONTENT></div>\n'
        f'<div class="article_appendix"></div>\n{neighbours(entry, rows)}\n{foot(site)}',
    )


def search_answer(
    rows: Sequence[Entry],
    page: int,
    size: int,
    channel: tuple[str, str, str],
    body: Callable[[Published], str],
) -> str:
    """One page of results; what a row has no value for is the word null."""
    code, name, number = channel
    results = [search_result(row, channel, body) for row in rows[(page - 1) * size : page * size]]
    data = {
        "page": page,
        "rows": size,
        "total": len(rows),
        "channelId": number,
        "channelCode": code,
        "relateSubChannels": [],
        "results": results,
    }
    return json.dumps({"locationUrl": "", "channelName": name, "data": data}, ensure_ascii=False)


def search_result(
    row: Entry, channel: tuple[str, str, str], body: Callable[[Published], str]
) -> dict[str, object]:
    code, name, number = channel
    moment = datetime(row.day.year, row.day.month, row.day.day, 1, 30, tzinfo=UTC)  # 09:30 in China
    key = key_of(row.report) if row.report else row.path.rpartition("/")[2].partition(".")[0]
    metas_of = [("syh", "索引号", "null"), ("wh", "文号", "undefined"), ("pubdate", "发布日期", str(row.day))]
    return {
        "title": row.title,
        "titleHtml": f"<p>{escape(row.title)}</p>",
        "subTitle": "null",
        "content": "",
        "contentHtml": body(row.report) if row.report else "<p>null</p>",
        "memo": "null",
        "url": row.path,
        "manuscriptId": key,
        "publishedTime": int(moment.timestamp() * 1000),
        "publishedTimeStr": f"{row.day} 09:30:00",
        "channelName": name,
        "channelCodeName": code,
        "channelId": number,
        "resList": [],
        "domainMetaList": [
            {"resultList": [{"key": key, "name": name, "value": value} for key, name, value in metas_of]}
        ],
    }
