"""A report for people: head, tables, findings in the order of their weight, problems."""

from __future__ import annotations

from collections.abc import Iterator

from gxcrawl.checks.severities import severity_words
from gxcrawl.forms import load_form
from gxcrawl.model import Cell, Finding, Report
from gxcrawl.show.chinese import basis_in_chinese, place_in_chinese
from gxcrawl.show.grid import draw, legend, number
from gxcrawl.show.outline import Line, Part, parts
from gxcrawl.show.wide import clean, left, packed, painted, width, wrapped

PAINTS = {"error": "red", "warn": "yellow", "info": "cyan"}  # the gravest first
UNCERTAIN = ("存疑", "dim")  # no accusation, whatever its weight would be
LONGEST_QUOTE = 60
TABLE_NUMBERS = {"t2": "二、", "t3": "三、", "t4": "四、"}


def for_people(report: Report, *, columns: int, colours: bool) -> str:
    """Several lines, the last one empty. Nothing for what was no report: its error is told elsewhere."""
    if report.error:
        return ""
    return "\n".join(
        [*_head(report, colours), *_tables(report, columns, colours), *_notes(report, columns, colours), ""]
    )


def _head(report: Report, colours: bool) -> Iterator[str]:
    basis = report.narrative.published_basis
    published = (
        f"{report.published}" + (f"（{basis_in_chinese(basis)}）" if basis else "")
        if report.published
        else "未读到"
    )
    yield painted(clean(report.title) or "（无标题）", "bold", colours)
    yield f"  机关  {clean(report.organ or '') or '未读到'}"
    yield f"  年度  {report.year or '未读到'}"
    yield f"  表式  {load_form(report.form).title if report.form else '没有读到表格'}"
    yield f"  公布  {published}"
    yield f"  来源  {clean(report.source)}"


def _tables(report: Report, columns: int, colours: bool) -> Iterator[str]:
    if not report.form:
        return
    form = load_form(report.form)
    seen = {name: cell for name, cell in report.cells.items() if cell.state != "missing"}
    for table in form.tables:
        # The old sheets ask for far more than anyone ever printed, so what is missing there is only counted.
        cells = seen if table.kind == "sheet" else report.cells
        yield ""
        yield painted(TABLE_NUMBERS.get(table.id, "") + table.title, "bold", colours)
        if any(slot.table == table.id and slot.id in seen for slot in form.slots.values()):
            yield from draw(parts(table, cells), cells, columns, colours)
        else:
            yield "  没有读到这张表"
    others = {name: cell for name, cell in report.cells.items() if name not in form.slots}
    if others:
        lines = tuple(Line(clean(report.labels.get(name, name)), (name,)) for name in others)
        yield ""
        yield painted("表式以外的指标", "bold", colours)
        yield from draw([Part(("数值",), lines)], report.cells, columns, colours)
    if signs := legend(report.cells):
        yield ""
        yield from (painted(line, "dim", colours) for line in packed(signs, columns))


def _notes(report: Report, columns: int, colours: bool) -> Iterator[str]:
    """What is to be said below the tables: doubtful cells, findings, problems."""
    doubtful = [cell for cell in report.cells.values() if cell.state in ("invalid", "ambiguous")]
    if doubtful and report.form:
        yield f"\n未采用的数字（{len(doubtful)}）"
        label = load_form(report.form).label
        for cell in doubtful:
            yield from item("未采用", "yellow", f"{label(cell.id)}：{_doubt(cell)}", columns, colours)
    listed = sorted((item for item in report.findings if item.result in ("fail", "uncertain")), key=_weight)
    failed = sum(finding.result == "fail" for finding in listed)
    yield f"\n检查：{failed} 项不符，{len(listed) - failed} 项存疑，{report.passed} 项通过"
    for finding in listed:
        tag, paint = UNCERTAIN
        if finding.result == "fail":
            tag, paint = severity_words()[finding.severity], PAINTS[finding.severity]
        yield from item(tag, paint, f"{finding.check}  {finding.message}", columns, colours)
    if report.problems:
        yield f"\n读取时的问题（{len(report.problems)}）"
        for problem in report.problems:
            place = f"（{place_in_chinese(problem.place)}）" if problem.place else ""
            yield from item("问题", "yellow", f"{problem.code}  {problem.message}{place}", columns, colours)


def _doubt(cell: Cell) -> str:
    readings = "、".join("空白" if value is None else number(value) for value in cell.candidates)
    place = place_in_chinese(cell.place, cell.id)
    return f"原文“{cell.raw[:LONGEST_QUOTE]}”，{place}" + (f"，可能是 {readings}" if readings else "")


def _weight(finding: Finding) -> tuple[bool, int]:
    return finding.result != "fail", list(PAINTS).index(finding.severity)


def item(tag: str, paint: str, text: str, columns: int, colours: bool) -> Iterator[str]:
    indent = left("", width(f"  {tag}  "))
    first, *rest = wrapped(clean(text), max(columns - len(indent), 20))
    yield f"  {painted(tag, paint, colours)}  {first}"
    for line in rest:
        yield indent + line
