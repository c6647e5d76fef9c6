"""Is it a report at all, and if not, what is it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gxcrawl.model import Document, ReadError, Tables
from gxcrawl.report.body import Body
from gxcrawl.report.lines import Line, bare, fold
from gxcrawl.report.title import Title, head_parts
from gxcrawl.report.words import decoys

_REPORT_WORDS = re.compile("信息公[开開]|政[务務]公[开開]|信息年[报報]")
_A_REPORT = re.compile("报告|年报|报表")
_BLANKS = re.compile("[×╳ＸX]{2}|_{2,}|＿{2,}|[〇○]{2}[省市县区局镇乡]|20[×ＸX_]{2}|\\*{2,}[省市县区局镇乡]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_LETTERS = re.compile("[^\\W\\d_]")
_SAMPLE = 4000  # so many characters tell the language
_PROSE = 200  # fewer characters without any section are no report
_LIST = 4


def why_no_report(
    document: Document, tables: Tables, lines: Sequence[Line], titles: Sequence[Title], body: Body
) -> ReadError | None:
    """The reason why it is no report, or None when it is one."""
    if not lines and not document.grids:
        return ReadError("empty", "文件里没有任何文字。")
    if tables.form is None and not _is_chinese(lines):
        return ReadError("not-a-report", "这不是中文的政府信息公开工作年度报告：几乎没有汉字。")
    if decoy := _decoy(document, tables, lines, titles, body):
        return decoy
    sections = len({section.number for section in body.headings})
    if tables.form is not None or sections >= 3:
        return None
    return _too_little(lines, titles, body)


def _too_little(lines: Sequence[Line], titles: Sequence[Title], body: Body) -> ReadError | None:
    """A page without tables and outline: a free report of the early years, a list, or something else."""
    if _is_list(lines, len(body.headings)):
        return ReadError("not-a-report", "这是年度报告的列表页，不是一份报告；请读取其中每一份报告的页面。")
    if not titles:
        return ReadError("not-a-report", "这不是政府信息公开工作年度报告：没有报告的标题、章节和表格。")
    if body.headings or len(body.text) >= _PROSE:
        return None
    return ReadError(
        "no-text", f"只有标题“{titles[0].text}”，没有报告正文；正文可能在附件或图片里，请读取附件。"
    )


def _decoy(
    document: Document, tables: Tables, lines: Sequence[Line], titles: Sequence[Title], body: Body
) -> ReadError | None:
    report_text = tables.form is not None and len(body.sections) >= 3
    filled = any(cell.value is not None for cell in tables.cells.values())
    for title in _page_titles(document, lines, titles, body):
        for decoy in decoys():
            if not decoy.page.search(bare(title)):
                continue
            if decoy.always or not (report_text and filled):
                return _named(decoy.kind, title)
        if _BLANKS.search(title) and not filled:
            return _named("模板", title)
    return None


def _named(kind: str, title: str) -> ReadError:
    return ReadError("not-a-report", f"这不是政府信息公开工作年度报告，而是{kind}（标题：“{title}”）。")


def _page_titles(
    document: Document, lines: Sequence[Line], titles: Sequence[Title], body: Body
) -> Iterator[str]:
    """What the page calls itself: in its head, in its headline, in the title that was chosen."""
    named = [title.text for title in titles[:1]]
    others = [document.meta.get("articletitle", "")[:200], *head_parts(document.title)[:1]]
    short = [line for line in lines[: min(body.start + 1, 60)] if len(line.text) <= 90]
    others += [line.text for line in short if line.level in {1, 2}]
    others += [line.text for line in short[:1]]
    if titles:  # then a headline without these words is the name of a column
        named += [text for text in others if _A_REPORT.search(text)]
    else:
        named += others + [line.text for line in short[1:3]]
    return (fold(text) for text in dict.fromkeys(named) if text)


def _is_chinese(lines: Sequence[Line]) -> bool:
    sample = ""
    for line in lines:
        sample += line.text[:_SAMPLE]
        if len(sample) >= _SAMPLE:
            break
    letters = len(_LETTERS.findall(sample))
    return letters == 0 or len(_CHINESE.findall(sample)) * 4 >= letters


def _is_list(lines: Sequence[Line], sections: int) -> bool:
    """Several lines that name reports, and no section of one."""
    named = {
        line.bare
        for line in lines[:2000]
        if 8 <= len(line.bare) <= 80 and "报告" in line.bare and _REPORT_WORDS.search(line.bare)
    }
    return not sections and len(named) >= _LIST
