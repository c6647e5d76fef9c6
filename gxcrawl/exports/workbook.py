"""Workbooks for Excel: text stays text, sheets split where they are full, rows are written as they come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from gxcrawl.exports.text import is_web_address, readable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576  # of a sheet
LINKS = 65_000  # of a sheet, a little below what Excel takes
EXACT = 15  # digits that a number of Excel keeps
LONGEST_TITLE = 23  # of a sheet, with room for a number behind it
NO_TIME = "2000-01-01"  # a file says when it was made; it is the time of its data, or this one
A3 = 8
LINE = 15  # points: the height of a line
TALLEST = 409  # of a row, as Excel has it
FULL = 0.85  # so much of a line is used, as numbers and addresses are not broken


def _columns(text: str) -> int:
    """How wide it is printed in a Chinese font, where “ and × are as wide as the characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


class Link(str):
    """An address: a link where it is a sound one, else just text."""

    __slots__ = ()


class Styled(str):
    """Text in a colour: the name of a style that the book was told."""

    __slots__ = ("style",)
    style: str

    def __new__(cls, text: str, style: str) -> Styled:
        made = super().__new__(cls, text)
        made.style = style
        return made


class Book:
    """A workbook that is written row by row. The same rows give the same bytes."""

    def __init__(self, path: Path, created: str) -> None:
        from xlsxwriter.workbook import Workbook

        never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook: Workbook = Workbook(str(path), {"constant_memory": True, **never})
        moment = datetime.fromisoformat(created or NO_TIME).replace(tzinfo=None)
        self.workbook.set_properties({"author": "gxcrawl", "created": moment})
        self.head = self.workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#F2F2F2"}
        )
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.link = self.workbook.add_format(look | {"font_color": "#0563C1", "underline": 1})
        self.body = self.workbook.add_format(look)
        self.styles: dict[str, Format] = {}
        self.titles: set[str] = set()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.workbook.close()

    def style(self, name: str, fill: str, ink: str) -> None:
        look = {"bg_color": fill, "font_color": ink, "border": 1, "border_color": "#BFBFBF"}
        self.styles[name] = self.workbook.add_format(look | {"align": "center", "valign": "vcenter"})

    def sheet(
        self,
        title: str,
        heads: Sequence[str],
        widths: Sequence[int] = (),
        *,
        fixed: int = 0,
        header: str = "",
    ) -> Sheet:
        """`fixed` columns stay in sight; `header` is printed above each page."""
        return Sheet(self, title, heads, widths, fixed, header)

    def title(self, wanted: str) -> str:
        """A title that Excel takes and that no other sheet has."""
        name = re.sub(r"[\[\]:*?/\\]+", "_", readable(wanted, LONGEST_TITLE)).strip("' ") or "_"
        if name.lower() == "history":
            name += "_"
        number, title = 1, name
        while title.lower() in self.titles:
            number += 1
            title = f"{name} ({number})"
        self.titles.add(title.lower())
        return title


class Sheet:
    """One list of rows under one head. Where the sheet is full it goes on in a next one."""

    def __init__(
        self, book: Book, title: str, heads: Sequence[str], widths: Sequence[int], fixed: int, header: str
    ) -> None:
        self.book, self.title, self.heads, self.widths = book, title, heads, widths
        self.fixed, self.header = fixed, header
        self.wrapped = bool(widths)
        self.count = 0  # rows without the head
        self._begin()

    def _begin(self) -> None:
        self.page: Worksheet = self.book.workbook.add_worksheet(self.book.title(self.title))
        self.row, self.links = 0, 0
        for column, room in enumerate(self.widths):
            self.page.set_column(column, column, room)
        self.page.freeze_panes(1, self.fixed)
        self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.set_paper(A3)
        if self.widths:
            self.page.fit_to_pages(1, 0)
        if self.header:
            self.page.set_header("&C" + readable(self.header, 200).replace("&", "&&"))
        for column, head in enumerate(self.heads):
            self.page.write_string(0, column, readable(head), self.book.head)

    def write(self, row: Sequence[Any]) -> None:
        if self.row + 1 == ROWS:
            self.close()
            self._begin()
        self.row += 1
        self.count += 1
        if self.wrapped:
            self.page.set_row(self.row, self._height(row))
        for column, value in enumerate(row):
            if value not in (None, ""):
                self._cell(column, value)
            elif self.wrapped:
                self.page.write_blank(self.row, column, None, self.book.body)

    def _height(self, row: Sequence[Any]) -> int:
        """Room for all that is wrapped: not every program works it out by itself."""
        cells = zip(("" if value is None else str(value) for value in row), self.widths, strict=False)
        most = TALLEST // LINE
        lines = (ceil(_columns(text[: most * room]) / (room * FULL)) for text, room in cells)
        return LINE * min(max(1, *lines), most)

    def _cell(self, column: int, value: object) -> None:
        look = self.book.body if self.wrapped else None
        if isinstance(value, bool):
            self.page.write_boolean(self.row, column, value, look)
        elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= EXACT:
            self.page.write_number(self.row, column, value, look)
        elif isinstance(value, Styled):
            self.page.write_string(self.row, column, readable(value), self.book.styles[value.style])
        elif isinstance(value, Link) and self.links < LINKS and is_web_address(value):
            self.links += 1
            self.page.write_url(
                self.row, column, str(value), self.book.link if self.wrapped else None, str(value)
            )
        else:
            text = f"{value:f}" if isinstance(value, Decimal) else str(value)
            self.page.write_string(self.row, column, readable(text), look)

    def close(self) -> None:
        if self.heads:
            self.page.autofilter(0, 0, self.row, len(self.heads) - 1)
