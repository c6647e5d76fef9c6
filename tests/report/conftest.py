"""Reports of an invented county, written as lines; '# ' makes a line a heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

import pytest

from gxcrawl.model import Cell, Document, Grid, GridCell, Narrative, Paragraph, ReadError, Tables
from gxcrawl.report import read_narrative

TITLE = "示例县教育局2021年政府信息公开工作年度报告"
OUTLINE = """一、总体情况
我局认真落实条例，全年主动公开信息一百二十条，收到申请三件。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
一是公开不够及时，二是队伍力量不足；下一步将加强培训。
六、其他需要报告的事项
无。"""


def grid(number: int, *rows: tuple[str, ...], kind: str = "table") -> Grid:
    cells = tuple(
        tuple(GridCell(text, row, column) for column, text in enumerate(texts))
        for row, texts in enumerate(rows)
    )
    return Grid(number, cells, kind)  # type: ignore[arg-type]


def paragraphs(text: str) -> Iterator[Paragraph]:
    for number, line in enumerate(text.splitlines(), 1):
        body = line.lstrip("#")
        if body.strip():
            yield Paragraph(body.strip(), f"line {number}", len(line) - len(body))


class Read(Protocol):
    def __call__(
        self,
        *parts: str | Grid,
        form: str | None = ...,
        value: int | None = ...,
        used: frozenset[int] = ...,
        meta: dict[str, str] | None = ...,
        page_title: str = ...,
        carrier: str = ...,
        url: str | None = ...,
        fetched_at: datetime | None = ...,
    ) -> Narrative | ReadError: ...


@pytest.fixture
def read() -> Read:
    """Read a page made of lines and grids; its tables hold one cell with `value`."""

    def read_page(
        *parts: str | Grid,
        form: str | None = "2021",
        value: int | None = 1,
        used: frozenset[int] = frozenset(),
        meta: dict[str, str] | None = None,
        page_title: str = "",
        carrier: str = "html",
        url: str | None = None,
        fetched_at: datetime | None = None,
    ) -> Narrative | ReadError:
        blocks: list[Paragraph | Grid] = []
        for part in parts:
            blocks += [part] if isinstance(part, Grid) else paragraphs(part)
        state = "blank" if value is None else "ok"
        cell = Cell("t3.received.total", value, str(value or ""), state, "table 1")  # type: ignore[arg-type]
        tables = Tables(form, {cell.id: cell} if form else {}, (), used)
        document = Document(tuple(blocks), carrier, page_title, meta or {})
        return read_narrative(document, tables, fetched_at=fetched_at, url=url)

    return read_page


@pytest.fixture
def report(read: Read) -> Callable[..., Narrative]:
    """The same for what must be a report."""

    def read_report_page(*parts: str | Grid, **options: object) -> Narrative:
        found = read(*parts, **options)  # type: ignore[arg-type]
        assert isinstance(found, Narrative), found
        return found

    return read_report_page


@pytest.fixture
def title() -> str:
    return TITLE


@pytest.fixture
def outline() -> str:
    return OUTLINE


@pytest.fixture
def make_grid() -> Callable[..., Grid]:
    return grid
