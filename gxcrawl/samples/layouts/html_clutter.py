"""HTML as word processors export it: styles on everything, empty paragraphs, foreign tags."""

from __future__ import annotations

from html import escape
from random import Random

from ..model import Draft, Line, Page, Span, Table
from .html import attributes, body_html, dateline

WORD_HEAD = """<meta name=Generator content="Microsoft Word 15 (filtered medium)">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<!--[if gte mso 9]><xml><w:WordDocument><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{mso-style-unhide:no; mso-style-qformat:yes; margin:0cm; text-align:justify; font-size:10.5pt;}
@page WordSection1 {size:595.3pt 841.9pt; margin:72.0pt 90.0pt 72.0pt 90.0pt; mso-header-margin:42.55pt;}
--></style>
"""
FACE = "font-family:仿宋_GB2312;mso-bidi-font-family:宋体"


def word_run(text: str, size: str = "16.0pt") -> str:
    """Word breaks a run wherever the script changes, so a label comes in several spans."""
    half = len(text) // 2 if len(text) > 5 else len(text)
    parts = [part for part in (text[:half], text[half:]) if part]
    spans = "".join(
        f"<span style='font-size:{size};{FACE};color:black'>{escape(part)}</span>" for part in parts
    )
    return spans + "<span lang=EN-US><o:p></o:p></span>"


def word_paragraph(line: Line) -> str:
    bold = "<b style='mso-bidi-font-weight:normal'>{}</b>" if line.kind != "text" else "{}"
    style = "text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly"
    return f"<p class=MsoNormal style='{style}'>{bold.format(word_run(line.text))}</p>\n\n"


def word_cell(span: Span) -> str:
    border = "border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt"
    inside = word_run(span.text, "10.5pt") if span.text else "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    return (
        f"  <td width=57 valign=top{attributes(span)} style='width:42.6pt;{border}'>\n"
        f"  <p class=MsoNormal align=center style='text-align:center'>{inside}</p>\n  </td>\n"
    )


def word_table(table: Table) -> str:
    rows = "".join(
        f" <tr style='mso-yfti-irow:{index};height:21.6pt'>\n{''.join(map(word_cell, row))} </tr>\n"
        for index, row in enumerate(table.rows)
    )
    return (
        "<div align=center>\n<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 "
        "style='border-collapse:collapse;mso-yfti-tbllook:1184;mso-padding-alt:0cm 0cm 0cm 0cm'>\n"
        f"{rows} <![if !supportMisalignedColumns]>\n <tr height=0>\n <td width=57 style='border:none'></td>\n"
        " </tr>\n <![endif]>\n</table>\n</div>\n\n"
        "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n"
    )


def word_text(draft: Draft, rng: Random, filler: str = "") -> str:
    head = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">\n<head>\n'
        f"<meta http-equiv=Content-Type content='text/html; charset=utf-8'>\n"
        f"<title>{escape(draft.title)}</title>\n"
    )
    body = body_html(draft, word_table, word_paragraph)
    return (
        f"{head}{WORD_HEAD}</head>\n<body lang=ZH-CN style='text-justify-trim:punctuation'>\n"
        f"{dateline(draft, rng)}<div class=WordSection1 style='layout-grid:15.6pt'>\n{body}{filler}</div>\n"
        "</body>\n</html>\n"
    )


def html_word(draft: Draft, rng: Random) -> Page:
    return Page(word_text(draft, rng).encode())


def wps_run(text: str) -> str:
    """WPS writes digits in a run of their own, in another face."""
    face = "mso-spacerun:'yes';font-family:宋体;font-size:12.0000pt;mso-font-kerning:1.0000pt;"
    latin = "mso-spacerun:'yes';font-family:'Times New Roman';font-size:12.0000pt;"
    runs: list[tuple[bool, str]] = []
    for char in text:
        narrow = char.isascii()
        if runs and runs[-1][0] == narrow:
            runs[-1] = (narrow, runs[-1][1] + char)
        else:
            runs.append((narrow, char))
    return "".join(
        f'<span style="{latin if narrow else face}">'
        + ("" if narrow else '<font face="宋体">')
        + escape(part)
        + ("" if narrow else "</font>")
        + "</span>"
        for narrow, part in runs
    )


def wps_paragraph(line: Line) -> str:
    runs = wps_run(line.text) + "<span><o:p></o:p></span>"
    return f'<p class="MsoNormal" style="text-indent:24.0000pt;">{runs}</p>\n'


def wps_table(table: Table) -> str:
    rows = "".join(
        '<tr style="height:22.0000pt;">'
        + "".join(
            f'<td width="61" valign="center"{attributes(span)} style="width:46.2500pt;mso-border-left-alt:'
            f'0.5000pt solid windowtext;"><p class="MsoNormal" align="center">{wps_run(span.text)}'
            "<span><o:p>&nbsp;</o:p></span></p></td>"
            for span in row
        )
        + "</tr>\n"
        for row in table.rows
    )
    return f'<table class="MsoTableGrid" border="1" cellspacing="0"><tbody>\n{rows}</tbody></table>\n'


def html_wps(draft: Draft, rng: Random) -> Page:
    text = (
        f'<html><head><meta charset="utf-8"><title>{escape(draft.title)}</title></head><body>\n'
        f"{dateline(draft, rng)}"
        f'<!--StartFragment--><div class="Section0" style="layout-grid:15.6000pt;">\n'
        f"{body_html(draft, wps_table, wps_paragraph)}</div><!--EndFragment--></body></html>\n"
    )
    return Page(text.encode())
