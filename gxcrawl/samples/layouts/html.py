"""HTML: the plain page, and the parts that the cluttered ones share."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from ..model import Draft, Line, Page, Span, Table

Wrap = Callable[[Span], str]  # the inside of a cell
KINDS = {"title": "h1", "heading": "h2", "subheading": "h3", "text": "p"}


def spanned(span: Span) -> str:
    return f"<span>{escape(span.text)}</span>"


def bare(span: Span) -> str:
    return escape(span.text)


def paragraph(line: Line) -> str:
    tag = KINDS[line.kind]
    return f"<{tag}>{escape(line.text)}</{tag}>\n"


def attributes(span: Span) -> str:
    rows = f' rowspan="{span.rows}"' if span.rows != 1 else ""
    cols = f' colspan="{span.cols}"' if span.cols != 1 else ""
    return rows + cols


def table_html(table: Table, inside: Wrap = spanned, opening: str = '<table border="1">') -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td{attributes(span)}>{inside(span)}</td>" for span in row) + "</tr>\n"
        for row in table.rows
    )
    return f"{opening}\n<tbody>\n{rows}</tbody>\n</table>\n"


def body_html(
    draft: Draft,
    tables: Callable[[Table], str] = table_html,
    paragraphs: Callable[[Line], str] = paragraph,
) -> str:
    return "".join(paragraphs(block) if isinstance(block, Line) else tables(block) for block in draft.blocks)


def dateline(draft: Draft, rng: Random) -> str:
    if draft.published is None:
        return ""
    word = rng.choice(["发布日期：", "发布时间：", "发布时间:"])
    clock = rng.choice(["", " 09:30", " 16:05:12"])
    seen = f"来源：示例县人民政府　浏览次数：{rng.randint(9, 999)}"
    return f'<div class="info">{word}{draft.published}{clock}　{seen}</div>\n'


def page_html(draft: Draft, body: str, rng: Random, charset: str = "utf-8", head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="{charset}">\n<title>{escape(draft.title)}</title>\n'
        f'{head}</head>\n<body>\n{dateline(draft, rng)}<div class="content">\n{body}</div>\n'
        "</body>\n</html>\n"
    )


def html_plain(draft: Draft, rng: Random) -> Page:
    inside = rng.choice([spanned, bare])
    return Page(page_html(draft, body_html(draft, lambda t: table_html(t, inside)), rng).encode())
