"""Prints the tables of the forms as portals do, from numbers that are known.

Written from the official notices, not from the form files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from gxcrawl.documents import read_document
from gxcrawl.model import Tables
from gxcrawl.tables import read_tables
from tests.tables.truth import CASES, COLUMNS, GROUPS, HEADS, OUTCOMES, Number

Show = Callable[[str], str]


class Td(NamedTuple):
    text: str
    rows: int = 1
    columns: int = 1
    id: str = ""  # the number that it holds, if it holds one


Table = list[list[Td]]

SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TITLE = "示例县水务局2022年政府信息公开工作年度报告"
PARTLY = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def t2(show: Show) -> Table:
    def part(number: str, head: Td, rows: Mapping[str, str], column: str) -> Table:
        return [
            [Td(f"第二十条第（{number}）项", 1, 4)],
            [Td("信息内容"), head],
            *([Td(label), _value(f"t2.{row}.{column}", show, 3)] for row, label in rows.items()),
        ]

    columns = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
    decisions, fee = Td("本年处理决定数量", 1, 3), Td("本年收费金额（单位：万元）", 1, 3)
    rules = {"rules": "规章", "normative": "行政规范性文件"}
    return [
        [Td("第二十条第（一）项", 1, 4)],
        [Td("信息内容"), *map(Td, columns.values())],
        *([Td(label), *(_value(f"t2.{row}.{c}", show) for c in columns)] for row, label in rules.items()),
        *part("五", decisions, {"licensing": "行政许可"}, "decisions"),
        *part("六", decisions, {"penalties": "行政处罚", "coercion": "行政强制"}, "decisions"),
        *part("八", fee, {"fees": "行政事业性收费"}, "amount"),
    ]


def t2_2019(show: Show) -> Table:
    files = {"made": "本年新制作数量", "published": "本年新公开数量", "public_total": "对外公开总数量"}
    powers = {"items_before": "上一年项目数量", "items_change": "本年增/减", "decisions": "处理决定数量"}
    fees = {"items_before": "上一年项目数量", "items_change": "本年增/减"}
    buying = {"items": "采购项目数量", "amount": "采购总金额"}
    parts: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
        ("一", files, {"rules": "规章", "normative": "规范性文件"}),
        ("五", powers, {"licensing": "行政许可", "other_services": "其他对外管理服务事项"}),
        ("六", powers, {"penalties": "行政处罚", "coercion": "行政强制"}),
        ("八", fees, {"fees": "行政事业性收费"}),
        ("九", buying, {"procurement": "政府集中采购"}),
    )
    table: Table = []
    for number, columns, rows in parts:
        wide = 1 if len(columns) == 3 else 2
        *heads, last = columns.values()
        table.append([Td(f"第二十条第（{number}）项", 1, 4)])
        table.append([Td("信息内容"), *map(Td, heads), Td(last, 1, wide)])
        for row, label in rows.items():
            *names, end = (f"t2.{row}.{column}" for column in columns)
            table.append([Td(label), *(_value(name, show) for name in names), _value(end, show, wide)])
    return table


def t3_head() -> Table:
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    return [
        [Td(corner, 3, 3), Td("申请人情况", 1, 7)],
        [Td("自然人", 2), Td("法人或其他组织", 1, 5), Td("总计", 2)],
        [Td(head) for head in HEADS[1:6]],
    ]


def t3_rows(show: Show, form: str = "2021") -> Table:
    def values(row: str) -> list[Td]:
        return [_value(f"t3.{row}.{column}", show) for column in COLUMNS]

    groups = GROUPS if form == "2021" else GROUPS[:-1]
    results = sum(len(own) for _, _, own in groups) + 3 + (form != "2021")
    table: Table = [
        [Td("一、本年新收政府信息公开申请数量", 1, 3), *values("received")],
        [Td("二、上年结转政府信息公开申请数量", 1, 3), *values("carried_in")],
        [Td("三、本年度办理结果", results), Td("（一）予以公开", 1, 2), *values("granted")],
        [Td(PARTLY, 1, 2), *values("partly_granted")],
    ]
    for group, heading, own in groups:
        for number, (item, label) in enumerate(own.items()):
            first = [Td(heading, len(own))] if number == 0 else []
            table.append([*first, Td(label), *values(f"{group}.{item}")])
    if form != "2021":
        table.append([Td("（六）其他处理", 1, 2), *values("other")])
    table.append([Td("（七）总计", 1, 2), *values("handled")])
    table.append([Td("四、结转下年度继续办理", 1, 3), *values("carried_out")])
    return table


def t3(show: Show, form: str = "2021") -> Table:
    return t3_head() + t3_rows(show, form)


def t4(show: Show) -> Table:
    return [
        [Td("行政复议", 1, 5), Td("行政诉讼", 1, 10)],
        [*(Td(text, 2) for text in OUTCOMES.values()), Td("未经复议直接起诉", 1, 5), Td("复议后起诉", 1, 5)],
        [Td(text) for _ in range(2) for text in OUTCOMES.values()],
        [_value(f"t4.{case}.{outcome}", show) for case in CASES for outcome in OUTCOMES],
    ]


def _value(name: str, show: Show, columns: int = 1) -> Td:
    return Td(show(name), 1, columns, name)


def form_tables(show: Show, form: str = "2021") -> list[Table]:
    return [t2(show) if form == "2021" else t2_2019(show), t3(show, form), t4(show)]


def html(table: Table | str) -> str:
    """A table as markup; a string is markup already."""
    if isinstance(table, str):
        return table
    rows = ("<tr>" + "".join(map(_td, row)) + "</tr>\n" for row in table)
    return "<table border=1>" + "".join(rows) + "</table>\n"


def _td(cell: Td) -> str:
    text = cell.text if "<" in cell.text else escape(cell.text)
    return f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{text}</td>'


def page(tables: Sequence[Table | str], year: int = 2022) -> bytes:
    """A whole report; `tables` are those of the sections two, three and four."""
    bodies = ["<p>我局认真公开政府信息。</p>", *map(html, tables), "<p>一是不够深入。</p>", "<p>没有。</p>"]
    parts = "".join(f"<p>{heading}</p>{body}" for heading, body in zip(SECTIONS, bodies, strict=True))
    title = TITLE.replace("2022", str(year))
    head = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>'
    return (head + parts + "</body></html>").encode()


def text_page(tables: Iterable[str]) -> bytes:
    """The same as plain text."""
    bodies = ["我局认真公开政府信息。", *tables, "一是不够深入。", "没有。"]
    parts = [f"{heading}\n\n{body}" for heading, body in zip(SECTIONS, bodies, strict=True)]
    return "\n\n".join([TITLE, *parts]).encode()


def by_lines(table: Table, separator: str) -> str:
    """One line for each row, only with what begins in it."""
    return "\n".join(separator.join(cell.text for cell in row) for row in table)


def matrix(table: Table) -> list[list[str]]:
    """Every position of the table; what a cell spans beyond its own is empty."""
    found: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table):
        column = 0
        for cell in row:
            while (number, column) in found:
                column += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    found[number + down, column + right] = "" if down or right else cell.text
            column += cell.columns
    width = 1 + max(column for _, column in found)
    return [[found.get((number, column), "") for column in range(width)] for number in range(len(table))]


def read(data: bytes) -> Tables:
    return read_tables(read_document(data))


def shown(numbers: Mapping[str, Number | None]) -> Show:
    return lambda name: "" if numbers[name] is None else str(numbers[name])


def values(tables: Tables) -> dict[str, Number | None]:
    return {name: cell.value for name, cell in tables.cells.items()}


def codes(tables: Tables) -> set[str]:
    return {problem.code for problem in tables.problems}


def wrong(tables: Tables, numbers: Mapping[str, Number | None]) -> dict[str, tuple[Number | None, object]]:
    """What was read as another number than it is. A number that was not read is not wrong."""
    return {
        name: (numbers.get(name), cell)
        for name, cell in tables.cells.items()
        if cell.value is not None and cell.value != numbers.get(name)
    }


def unread(tables: Tables, numbers: Mapping[str, Number | None]) -> set[str]:
    """The numbers that were printed and not read."""
    return {
        name
        for name, number in numbers.items()
        if number is not None and (name not in tables.cells or tables.cells[name].value is None)
    }


def relabelled(table: Table, change: Mapping[str, str]) -> Table:
    return [[cell._replace(text=change.get(cell.text, cell.text)) for cell in row] for row in table]


def in_words(text: str) -> str:
    """A label without its numbering."""
    return re.sub(r"^(?:[一二三四五六七]、|（[一二三四五六七]）|\d\.)", "", text)
