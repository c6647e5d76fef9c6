"""One page that needs nothing else: the chain, and below it the archived source with its cells outlined."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from gxcrawl.evidence.cleaning import Label, safe_html
from gxcrawl.evidence.model import Chain, EvidenceCell, Report
from gxcrawl.evidence.outline import Part, Source, find_cells
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.telling import WHOLE, Told, tell
from gxcrawl.show.wide import clean

MOST_LINES = 20_000  # of a text that are shown
_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
"""


def evidence_page(chain: Chain, archive: Archive, longest: int | None = None) -> str:
    """`longest`: bytes of an archived source; what is longer is not shown."""
    return "".join(_pieces(chain, archive, longest))


def policy() -> str:
    """What the page may load: nothing but its own style. For whoever sends it over HTTP, too."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return (files("gxcrawl.evidence") / "page.css").read_text(encoding="utf-8")


def _pieces(chain: Chain, archive: Archive, longest: int | None) -> Iterator[str]:
    yield _HEAD.format(policy=policy(), style=_style(), title=escape(_title(chain)))
    sources = {report.id: _source(chain, report, archive, longest) for report in chain.reports}
    found = {cell for source in sources.values() for part in source.parts for cell in _cells(part)}
    yield '<section class="chain">\n'
    for line in tell(chain, WHOLE):
        yield _line(line, {(cell.report, cell.id) for cell in found})
    yield "</section>\n"
    for report in chain.reports:
        yield from _archived(report, sources[report.id])
    yield "</body>\n</html>\n"


def _title(chain: Chain) -> str:
    if chain.alert:
        return f"证据：告警 {chain.alert.id} {chain.alert.kind}"
    if chain.findings:
        return f"证据：检查 F{chain.findings[0].id} {chain.findings[0].check}"
    return f"证据：报告 R{chain.reports[0].id}"


def _source(chain: Chain, report: Report, archive: Archive, longest: int | None) -> Source:
    wanted = [cell for finding in chain.findings for cell in finding.cells if cell.report == report.id]
    cells = tuple(dict.fromkeys([*chain.cells, *wanted]))
    body = archive.body(report.record) if report.record else None
    if body is None or report.record is None:
        return Source((), cells, "存档记录不在或已损坏，无法显示原文")
    if longest is not None and len(body) > longest:
        way = f"请用命令 gxcrawl explain R{report.id} --html"
        return Source((), (), f"存档原文有 {len(body):,} 字节，太长，这里不显示；{way}")
    return find_cells(body, report.record.content_type or None, cells)


def _cells(part: Part) -> Iterator[EvidenceCell]:
    for cells in (*part.marks.values(), *part.at_lines.values()):
        yield from cells


def _line(line: Told, found: set[tuple[int, str]]) -> str:
    text = escape(line.text)
    if line.cell in found:
        text = f'<a href="#{escape(anchor_of(*line.cell))}">{text}</a>'
    return f'<p class="deep{line.depth} {line.tone}">{text}</p>\n'


def anchor_of(report: int, name: str) -> str:
    """The id of the element that holds a cell."""
    return f"cell-{report}-{name}"


def _label(cells: Sequence[EvidenceCell]) -> Label:
    return Label(escape(anchor_of(cells[0].report, cells[0].id)), "；".join(cell.label for cell in cells))


def _archived(report: Report, source: Source) -> Iterator[str]:
    yield f"<h2>存档原文：报告 R{report.id}  {escape(clean(report.title))}</h2>\n"
    if source.error:
        yield f'<p class="bad">{escape(source.error)}</p>\n'
    if source.lost:
        names = "、".join(cell.label for cell in source.lost)
        yield f'<p class="bad">原文中没有找到这些单元格：{escape(names)}</p>\n'
    for part in source.parts:
        yield '<section class="archived">\n'
        if part.page is not None:
            yield safe_html(part.page, {mark: _label(cells) for mark, cells in part.marks.items()})
        else:
            yield from _text(part.lines, part.at_lines)
        yield "\n</section>\n"


def _text(lines: Sequence[str], marked: Mapping[int, Sequence[EvidenceCell]]) -> Iterator[str]:
    yield "<ol>\n"
    for number, text in enumerate(lines[:MOST_LINES], 1):
        label = _label(marked[number]) if number in marked else None
        outline = f' id="{label.anchor}" class="cell" title="{escape(label.title)}"' if label else ""
        yield f"<li{outline}>{escape(text)}</li>\n"
    yield "</ol>\n"
