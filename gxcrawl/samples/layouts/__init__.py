"""Every layout by name. A new one is a function and a line here."""

from __future__ import annotations

from ..model import Layout
from . import (
    html,
    html_clutter,
    html_shape,
    html_wrap,
    text_fields,
    text_glued,
    text_lines,
    text_pdf,
    text_pipes,
)

LAYOUT_TABLE = {
    layout.name: layout
    for layout in (
        Layout("html-plain", ".html", html.html_plain),
        Layout("html-word", ".html", html_clutter.html_word),
        Layout("html-wps", ".html", html_clutter.html_wps),
        Layout("html-flat", ".html", html_shape.html_flat),
        Layout("html-split-head", ".html", html_shape.html_split_head),
        Layout("html-vertical-head", ".html", html_shape.html_vertical_head),
        Layout("html-page-break", ".html", html_shape.html_page_break),
        Layout("html-page-break-repeated", ".html", html_shape.html_page_break_repeated),
        Layout("html-separate-cases", ".html", html_shape.html_separate_cases),
        Layout("html-absurd-spans", ".html", html_shape.html_absurd_spans),
        Layout("html-reordered", ".html", html_shape.html_reordered),
        Layout("html-nested", ".html", html_wrap.html_nested),
        Layout("html-hidden-copy", ".html", html_wrap.html_hidden_copy),
        Layout("html-textarea", ".html", html_wrap.html_textarea),
        Layout("html-script", ".html", html_wrap.html_script),
        Layout("html-unclosed", ".html", html_wrap.html_unclosed),
        Layout("html-gbk", ".html", html_wrap.html_gbk),
        Layout("html-utf8-says-gb2312", ".html", html_wrap.html_utf8_says_gb2312),
        Layout("html-gbk-says-utf8", ".html", html_wrap.html_gbk_says_utf8),
        Layout("html-portal", ".html", html_wrap.html_portal),
        Layout("text-tabs", ".txt", text_fields.text_tabs),
        Layout("text-tabs-lost-column", ".txt", text_fields.text_tabs_lost_column, exact=True),
        Layout("text-markdown-headings", ".txt", text_fields.text_markdown_headings),
        Layout("text-lines-tab", ".txt", text_lines.text_lines_tab),
        Layout("text-lines-blank", ".txt", text_lines.text_lines_blank, vanishing=True),
        Layout("text-lines-bare", ".txt", text_lines.text_lines_bare, vanishing=True),
        Layout("text-pipes-end", ".txt", text_pipes.text_pipes_end),
        Layout("text-pipes-alone", ".txt", text_pipes.text_pipes_alone),
        Layout("text-markdown-table", ".txt", text_pipes.text_markdown_table),
        Layout("text-pdf", ".txt", text_pdf.text_pdf, spaced=False),
        Layout("text-single-blanks", ".txt", text_glued.text_single_blanks, vanishing=True, spaced=False),
        Layout("text-glued", ".txt", text_glued.text_glued, exact=True, spaced=False),
    )
}
