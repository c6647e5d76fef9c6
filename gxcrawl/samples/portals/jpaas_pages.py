"""How JPaaS prints its pages: a list without rows, the answer that brings them, an article with its table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from .pages import Entry, Head, Site, document, foot, metas, neighbours

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
WEB, SET = "3185", "o0YcVHHq5vTEST3uiCp4SY"
LIST, BESIDE = "信息列表", "推荐阅读"


def query_data(page: int, tag: str) -> str:
    """Quoted singly, so it is no JSON; the misspelt word is the real one."""
    return (
        f"{{'parseType':'bulidstatic','webId':'{WEB}','tplSetId':'{SET}','pageType':'column',"
        f"'tagId':'{tag}','editType':'null','pageId':'{page}'}}"
    )


def unit_script(page: int, tag: str) -> str:
    return (
        f'<div id="{tag}"><script src="/cms_files/default/script/AuthorizedRead/unitbuild.js" webId="{WEB}"'
        f' parseType="bulidstatic" url="{UNIT}" queryData="{query_data(page, tag)}"></script></div>'
    )


def special_metas(page: int) -> str:
    return (
        '<link rel="stylesheet" href="/cms_files/webshiyan/pubtplobject/547597/images/hanweb.css">\n'
        f'<script src="/script/webglobal.js"></script>\n<meta name="ColId" content="{page}">'
    )


def list_page(site: Site, page: int) -> str:
    name = "政府信息公开年报"
    units = "\n".join(unit_script(page, tag) for tag in (BESIDE, LIST))
    head = f"{special_metas(page)}\n{metas(site, Head(column=name))}"
    body = f"<div id='barrierfree_container'>\n<h2>{name}</h2>\n{units}\n</div>\n{foot(site)}"
    return document(head, f"{name}-{site.name}", body)


def home_page(site: Site, path: str) -> str:
    """The label is broken in two and stands beside others like it."""
    body = (
        '<ul class="zfxxgk">\n<li><a href="/col/col11/index.html">政府信息<br>公开指南</a></li>\n'
        f'<li><a href="{path}">政府信息<br/>\n   公开年报</a></li>\n'
        f'<li><a href="/col/col12/index.html">政府信息<br>公开制度</a></li>\n</ul>\n{foot(site)}'
    )
    return document(special_metas(1), site.name, body)


def href(path: str) -> str:
    """Addresses of the old kind come with a host and without a scheme."""
    return f"//{{host}}{path}" if path.startswith("/art/") else path


def row(entry: Entry) -> str:
    title = escape(entry.title)
    shown = escape(entry.title[:22]) + "..." if len(entry.title) > 25 else title
    return (
        f'      <li class="clearfix"><a class="bt-left" title="{title}" href="{escape(href(entry.path))}"'
        f' target="_blank">{shown}</a><span class="bt-right">{entry.day}</span></li>'
    )


def unit_answer(page: int, tag: str, rows: Sequence[Entry], total: int, number: int, size: int) -> str:
    told = "\n".join(map(row, rows))
    html = (
        f'<ul>  <div id="{tag}">\n    <div class="page-content">\n{told}\n    </div>\n  </div>\n</ul>\n'
        f'<table class="pagination default_pgToolbar" newPagination="1" pagestyle="custom" queryData='
        f'"{query_data(page, tag)}" rows="{size}" unitid="{tag}" count="{total}" pageNo="{number}"'
        f' unitUrl="{UNIT}"><tbody><tr><td>第 <input class="default_pgCurrentPage" type="number"/> 页 / 共'
        ' <span class="default_pgTotalPage">0</span> 页</td></tr></tbody></table>\n'
    )
    answer = {"success": True, "message": "生成成功", "code": "200", "data": {"html": html}, "messageType": 2}
    return json.dumps(answer, ensure_ascii=False)


def article_page(site: Site, page: int, entry: Entry, body: str, rows: Sequence[Entry]) -> str:
    report = entry.report
    if report is None:
        raise ValueError(f"{entry.title} is a decoy")
    day, title = report.printed_day, escape(report.title)
    name = "政府信息公开年报"
    told = Head(name, report.title, day, "本站原创", url=entry.path, clock="16:21")
    fields = (
        ("索引号：", f"11990606/{entry.day.year}-1010578"),
        ("组配分类：", name),
        ("发布机构：", report.organ.name),
        ("生成日期：", str(day) if day else ""),
    )
    table = "".join(f'<td align="right">{label}</td><td>{escape(value)}</td>' for label, value in fields)
    shown = f"<span>发布日期：{day} 16:21\n</span>" if day else ""
    head = f'{special_metas(page)}\n{metas(site, told)}\n<meta id="pagetype" content="1">'
    return document(
        head,
        report.title,
        f'<table border="0" width="90%" class="xxgktab"><tr>{table}</tr></table>\n'
        f'<p class="con-title"> {title}</p>\n<div class="small-title clearfix">{shown}'
        '<span>信息来源：本站原创</span><span>浏览次数：<lable id="artcount"></lable> </span></div>\n'
        f'<div class="main-txt" id="zoom">{body}</div>\n{neighbours(entry, rows)}\n{foot(site)}',
    )
