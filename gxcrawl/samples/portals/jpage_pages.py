"""How 大汉 prints its pages: rows inside a script that is no XML, twice, and comments around an article."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from .pages import Entry, Head, Site, document, foot, metas, neighbours

INLINE = 30
BEFORE = '<ul class="column-list bt-all">    '


def record(row: Entry) -> str:
    title = escape(row.title)
    return (
        "<record><![CDATA[\n"
        f'    <li class="new"><a title=\'{title}\' target="_blank" href="{row.path}">            {title}</a>'
        f'<span class="bt-list-time">{row.day}</span>    </li>    ]]></record>'
    )


def datastore(rows: Sequence[Entry], column: int, unit: int, site: str, total: int | None = None) -> str:
    """Neither the bare list nor the ampersands are XML. Only the proxy tells a total in it."""
    name = quote(quote(site))
    following = (
        '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&appid=1&webid=3&path=/'
        f'&columnid={column}&unitid={unit}&webname={name}&permissiontype=0"></a>]]></nextgroup>'
    )
    counted = (
        "" if total is None else f"<totalrecord>{total}</totalrecord><totalpage>{-(-total // 10)}</totalpage>"
    )
    records = "\n".join(map(record, rows))
    return (
        f'<datastore>\n{counted}{following}\n<recordset>\n<ul class="column-list bt-all">\n\n</ul>\n'
        f"{records}\n</recordset>\n</datastore>"
    )


def unit(site: Site, column: int, number: int, rows: Sequence[Entry]) -> str:
    """The list and its script. The first totalRecord stands in a function that nobody calls."""
    ajax = (
        f"var param_{number} = {{col:1,appid:'1',webid:3,path:'/',columnid:{column},sourceContentType:1,"
        f"unitid:'{number}',webname:'{site.name}',permissiontype:0}};"
    )

    def call(total: int, data: str) -> str:
        return (
            f"$('#{number}').jpage({{themeName:'default',showMode:'full',totalRecord:{total},"
            f"openCookies:false,dataBefore:'{BEFORE}',{data}dataAfter:'</ul>',groupSize:3,"
            "proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:10,barPosition:'bottom',"
            f"ajaxParam:param_{number}}});"
        )

    again = f"function jpage_{number}(){{$('#jpageform_{number} :input').each(fill);{call(1000, '')}}};"
    store = f"dataStore:$('#{number}').children('script').html(),"
    inline = datastore(rows[:INLINE], column, number, site.name)
    return (
        f'<div id="{number}"><script type="text/xml">{inline}</script></div>'
        '<script language="javascript" src="/module/web/jpage/jquery.jpage.js"></script>'
        f"<script>{ajax} {again}$(function(){{{call(len(rows), store)}}});</script>"
    )


def special_metas(site: Site, column: str) -> str:
    return (
        "<meta name='WebId' content='3'>\n<meta name='Maketime' content='2026-01-31 09:25:38'>\n"
        '<script language="javascript" src="/module/jslib/jquery/jquery.js"></script>\n'
        '<link href="/images/3248/hanweb.min.css" rel="stylesheet">\n'
        f'<meta name="channel" content="{escape(column)}">\n<meta name="server" content="{site.name},,">'
    )


def list_page(site: Site, column: int, name: str, units: tuple[int, int], rows: Sequence[Entry]) -> str:
    head = f"{special_metas(site, name)}\n{metas(site, Head(column=name), drop=['SiteIDCode'])}"
    head += '\n<meta name="SiteIDCode" content="">'
    screens, telephones = (unit(site, column, number, rows) for number in units)
    body = (
        '<script src="/script/0/2411011358511318.js"></script>\n'
        f'<div class="bt-allUnder-18 pclist">\n{screens}\n</div>\n'
        f'<div class="moblist">\n{telephones}\n</div>\n{foot(site)}'
    )
    return document(head, f"{site.name} {name}", body, opening='<body id="page_type" alt="综合页">')


def home_page(site: Site, path: str) -> str:
    """The way to the reports is an image."""
    old = '<!-- <a href="/col/col1/index.html">政府信息公开年报</a> -->'
    body = (
        f'<div class="nav">{old}<a href="/col/col7/index.html">新闻中心</a>\n'
        f'<a href="{path}"><img src="/images/nb.png" alt="政府信息公开 年报"></a></div>\n{foot(site)}'
    )
    return document(special_metas(site, "首页"), site.name, body)


def article_page(site: Site, column: str, entry: Entry, body: str, rows: Sequence[Entry]) -> str:
    report = entry.report
    if report is None:
        raise ValueError(f"{entry.title} is a decoy")
    day = report.printed_day
    host = "www.old.invalid" if entry.day.day % 4 == 0 else "{host}"  # some still name the portal before
    told = Head(column, report.title, day, site.name, url=f"http://{host}{entry.path}", clock="16:28")
    source = f"<!--<$[信息来源]>begin-->{site.name}<!--<$[信息来源]>end-->"
    title, shown = escape(report.title), f'<span class="bt-date">{day} </span>' if day else ""
    pasted = f'<div class="TRS_Editor">{body}</div>' if entry.day.day % 3 == 0 else body
    return document(
        f'{special_metas(site, column)}\n{metas(site, told)}\n<meta name="guid" content="2026118">',
        f"{site.name} {column} {report.title}",
        f'<p class="bt-art-title"><!--<$[标题名称(html)]>begin-->{title}<!--<$[标题名称(html)]>end--></p>\n'
        f'{shown}<span class="bt-source">来源：{source}</span>\n'
        '<div class="bt-content zoom clearfix" id="zoom">\n<!--<$[信息内容]>begin-->'
        f'<!--ZJEG_RSS.content.begin--><meta name="ContentStart">{pasted}<meta name="ContentEnd">'
        f"<!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->\n</div>\n"
        f"{neighbours(entry, rows)}\n{foot(site)}",
        opening='<body id="page_type" alt="文章页">',
    )
