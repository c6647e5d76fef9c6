"""HTML around the tables: where portals hide a report, and how they spell its bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from random import Random

from ..model import Draft, Line, Page, Table
from .html import body_html, page_html, table_html

RARE = "政务公开专区由李镕同志负责，面积20㎡。"  # two characters that gb2312 does not have


def html_nested(draft: Draft, rng: Random) -> Page:
    """Tables for layout around everything, two to four deep."""
    body = body_html(draft)
    for _ in range(rng.randint(2, 4)):
        side = "<td>&nbsp;</td>" if rng.random() < 0.5 else ""
        body = f'<table width="100%"><tr>{side}<td valign="top">\n{body}</td></tr></table>\n'
    return Page(page_html(draft, body, rng).encode())


def html_hidden_copy(draft: Draft, rng: Random) -> Page:
    """The same tables once more for telephones."""
    shell = rng.choice(
        ['<div style="display:none">', '<div class="mobile" style="display: none;">', '<div class="mobile">']
    )

    def twice(table: Table) -> str:
        copy = f"{shell}\n{table_html(table)}</div>\n"
        return rng.choice([table_html(table) + copy, copy + table_html(table)])

    head = "<style>.mobile{display:none}@media(max-width:600px){.mobile{display:block}}</style>\n"
    return Page(page_html(draft, body_html(draft, twice), rng, head=head).encode())


def html_textarea(draft: Draft, rng: Random) -> Page:
    inner = body_html(draft)
    inner = escape(inner, quote=False) if rng.random() < 0.5 else inner
    body = f'<div id="show"></div>\n<textarea id="txt" style="display:none">{inner}</textarea>\n'
    return Page(page_html(draft, body, rng).encode())


def html_script(draft: Draft, rng: Random) -> Page:
    """The article is a string that a script writes into the page."""
    inner = body_html(draft)
    kind = rng.randrange(3)
    if kind == 0:
        text = json.dumps(inner).replace("</", "<\\/")
        script = f'<script>var content = {text};document.getElementById("show").innerHTML = content;</script>'
    elif kind == 1:
        text = json.dumps(escape(inner), ensure_ascii=False)
        script = f"<script>$('#show').html(htmlDecode({text}));</script>"
    else:
        text = json.dumps(inner).replace("<", "\\u003c").replace(">", "\\u003e")
        script = f'<script type="text/javascript">window.article = {{"id": 12, "content": {text}}};</script>'
    return Page(page_html(draft, f'<div id="show"></div>\n{script}\n', rng).encode())


def html_unclosed(draft: Draft, rng: Random) -> Page:
    """An editor that forgot its closing tags."""
    body = body_html(draft)
    tags = ["</td>", "</tr>", "</p>", "</span>"]
    for tag in tags if rng.random() < 0.6 else rng.sample(tags, rng.randint(1, 3)):
        body = body.replace(tag, "")
    return Page(page_html(draft, body, rng).encode())


def with_rare(draft: Draft) -> Draft:
    """Put characters outside gb2312 before the tables, where a wrong decoder stops reading."""
    place = next(i for i, block in enumerate(draft.blocks) if isinstance(block, Table)) - 1
    return replace(draft, blocks=(*draft.blocks[:place], Line(RARE), *draft.blocks[place:]))


def html_gbk(draft: Draft, rng: Random) -> Page:
    text = page_html(draft, body_html(with_rare(draft)), rng, rng.choice(["gb2312", "GBK", "gb18030"]))
    return Page(text.encode("gbk", errors="xmlcharrefreplace"))


def html_utf8_says_gb2312(draft: Draft, rng: Random) -> Page:
    return Page(page_html(draft, body_html(with_rare(draft)), rng, "gb2312").encode())


def html_gbk_says_utf8(draft: Draft, rng: Random) -> Page:
    text = page_html(draft, body_html(with_rare(draft)), rng, "utf-8")
    return Page(text.encode("gbk", errors="xmlcharrefreplace"))


def html_portal(draft: Draft, rng: Random) -> Page:
    """A whole portal page: navigation, metadata, neighbours, footer, and a source that is not the organ."""
    day = draft.published
    meta = {
        "SiteName": "示例县人民政府",
        "ArticleTitle": draft.title,
        "PubDate": f"{day} {rng.choice(['08:30', '15:12:09'])}" if day else "",
        "ContentSource": rng.choice(["示例县人民政府", "示例县人民政府办公室", "示例县政务服务和数据局"]),
        "ColumnName": "政府信息公开年报",
    }
    head = "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in meta.items() if text)
    menu = "".join(
        f'<li><a href="/{i}/">{text}</a></li>' for i, text in enumerate(["首页", "机构职能", "政策文件"])
    )
    cells = "".join(
        f"<td>{text}</td>" for text in ("政府信息公开指南", "政府信息公开制度", "政府信息公开年报")
    )
    columns = f"<table><tr>{cells}</tr></table>\n"
    shown = f"<span>发布日期：{day}</span>" if day and rng.random() < 0.7 else ""
    beside = draft.year - 1
    body = (
        f'<div class="nav"><ul>{menu}</ul></div>\n{columns}<h2 class="tit">{escape(draft.title)}</h2>\n'
        f'<div class="info"><span>来源：{meta["ContentSource"]}</span>{shown}</div>\n<div id="zoom">\n'
        f"{body_html(draft)}</div>\n"
        f'<p>上一篇：<a href="a.html">示例县水务局{beside}年政府信息公开工作年度报告</a></p>\n'
        f'<p>下一篇：<a href="b.html">示例县信访局{beside}年政府信息公开工作年度报告</a></p>\n'
        '<div class="footer">主办：示例县人民政府办公室　备案序号：示ICP备00000000号　'
        "联系电话：0000-0000000</div>\n"
    )
    return Page(page_html(replace(draft, published=None), body, rng, head=head).encode())
