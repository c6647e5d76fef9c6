"""A report as it stands inside the page of a portal: markup without a page around it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..model import Draft, Line, Span, Table
from ..tables import cut_in_two, separate_cases, split_head
from .html import bare, body_html, spanned, table_html
from .html_clutter import word_paragraph, word_table, wps_paragraph, wps_table
from .html_shape import reshaped

Fragment = Callable[[Draft, Random], str]


def plain(draft: Draft, rng: Random) -> str:
    inside = rng.choice([spanned, bare])
    return body_html(draft, lambda table: table_html(table, inside))


def word(draft: Draft, rng: Random) -> str:
    grid = rng.choice(["15.6pt", "16.0pt"])
    body = body_html(draft, word_table, word_paragraph)
    return f"<div class=WordSection1 style='layout-grid:{grid}'>\n{body}</div>\n"


def wps(draft: Draft, rng: Random) -> str:
    grid = rng.choice(["15.6000pt", "21.0000pt"])
    body = body_html(draft, wps_table, wps_paragraph)
    shell = f'<div class="Section0" style="layout-grid:{grid};">'
    return f"<!--StartFragment-->{shell}{body}</div><!--EndFragment-->"


def split(draft: Draft, rng: Random) -> str:
    """The head of table 3 split, and the cases of table 4 as tables of their own."""
    cases = rng.random() < 0.5

    def change(table: Table) -> list[Table | Line]:
        if table.name == "t3":
            return [split_head(table)]
        return list(separate_cases(table)) if table.name == "t4" and cases else [table]

    return body_html(reshaped(draft, change))


def paged(draft: Draft, rng: Random) -> str:
    """Table 3 goes on after a page break."""
    repeat = rng.random() < 0.5

    def change(table: Table) -> list[Table | Line]:
        if table.name != "t3":
            return [table]
        at = rng.randint(table.heads + 1, len(table.rows) - 2)
        return list(cut_in_two(table, at, repeat_head=repeat, repeat_label=True))

    return body_html(reshaped(draft, change))


def nested(draft: Draft, rng: Random) -> str:
    side = rng.choice(["", "<td>&nbsp;</td>"])
    return f'<table width="100%"><tr>{side}<td valign="top">\n{body_html(draft)}</td></tr></table>\n'


def pictures(draft: Draft, rng: Random) -> str:
    """The three tables as images; {folder} is where the portal keeps the files of the page."""
    width = rng.choice([600, 720])

    def picture(table: Table) -> str:
        return f'<p align="center"><img src="{{folder}}{table.name}.png" width="{width}" alt=""></p>\n'

    return body_html(draft, picture)


def unmarked(span: Span) -> str:
    return bare(span).replace(" ", "&nbsp;")


def spaces(draft: Draft, rng: Random) -> str:
    """Upper-case tags, no sections in the tables, blanks as entities."""
    opening = rng.choice(["<TABLE border=1>", "<TABLE class=MsoNormalTable border=1 cellSpacing=0>"])
    return body_html(draft, lambda table: table_html(table, unmarked, opening))


FRAGMENTS: dict[str, Fragment] = {
    "plain": plain,
    "word": word,
    "wps": wps,
    "split": split,
    "paged": paged,
    "nested": nested,
    "spaces": spaces,
}
