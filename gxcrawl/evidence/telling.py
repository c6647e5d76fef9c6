"""A chain of evidence in words: lines for the terminal and for the page alike."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.clock import BEIJING
from gxcrawl.evidence.model import (
    Alert,
    Chain,
    Change,
    Deposit,
    EvidenceCell,
    Finding,
    Look,
    PastRun,
    ReadList,
    Record,
    Report,
    Version,
)
from gxcrawl.health.words import class_in_chinese, stop_in_chinese
from gxcrawl.show.chinese import basis_in_chinese, place_in_chinese
from gxcrawl.show.grid import number
from gxcrawl.show.wide import clean

LONGEST = 60  # characters of a quotation
T = TypeVar("T")


class Measure(NamedTuple):
    """How many of each are shown."""

    findings: int
    cells: int
    changes: int
    lists: int
    pages: int


SCREEN = Measure(findings=3, cells=6, changes=2, lists=4, pages=2)
WHOLE = Measure(findings=100, cells=500, changes=500, lists=1000, pages=1000)


class Told(NamedTuple):
    depth: int
    text: str
    tone: str = ""  # head, good, bad, note
    cell: tuple[int, str] | None = None  # report and name, where the line is about one cell


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    text = (files("gxcrawl.evidence") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def word(kind: str, code: str) -> str:
    return words()[kind].get(code, code)


def tell(chain: Chain, measure: Measure) -> Iterator[Told]:
    if chain.alert:
        yield from _alert(chain.alert)
    for finding in _some(chain.findings, measure.findings):
        yield from _finding(finding, measure)
    yield from _more(chain.findings, measure.findings, "项检查结果", 0)
    for report in chain.reports:
        yield from _report(report, measure)
    for cell in _some(chain.cells, measure.cells):
        yield _cell(cell)
    yield from _more(chain.cells, measure.cells, "个单元格", 1)
    for look in chain.looks:
        yield from _look(look, measure)
    for run in chain.runs:
        yield from _past_run(run)


def moment(text: str) -> str:
    """In China, to the second."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return text


def _alert(alert: Alert) -> Iterator[Told]:
    yield Told(0, f"告警 {alert.id}  {alert.kind}  {alert.title}".rstrip(), "head")
    state = f"{severity_words().get(alert.severity, alert.severity)}，{word('states', alert.state)}"
    about = clean(alert.organ) or (f"门户 {alert.portal}" if alert.portal else "")
    yield Told(1, "  ".join(filter(None, (about, _year(alert.year), state))))
    since = f"{moment(alert.opened)} 起，最近确认 {moment(alert.seen)}"
    yield Told(1, since + (f"，{moment(alert.closed)} 关闭" if alert.closed else ""))
    yield Told(1, clean(alert.message))


def _year(year: int | None) -> str:
    return f"{year}年度" if year else ""


def _finding(finding: Finding, measure: Measure) -> Iterator[Told]:
    grade = f"{word('results', finding.result)}，{severity_words().get(finding.severity, finding.severity)}"
    yield Told(0, f"检查 F{finding.id}  {finding.check}  {finding.title}（{grade}）", "head")
    yield Told(1, clean(finding.message))
    check = load_checks().get(finding.check)
    if check and (compared := check.compared(_quote(finding.printed), _quote(finding.expected))):
        yield Told(1, "；".join(compared))
    for one in finding.decisions:
        why = f"：{clean(one.comment)}" if one.comment else ""
        yield Told(1, f"人工{word('decisions', one.decision)}  {clean(one.who)}  {moment(one.at)}{why}")
    for cell in _some(finding.cells, measure.cells):
        yield _cell(cell)
    yield from _more(finding.cells, measure.cells, "个单元格", 1)


def _cell(cell: EvidenceCell) -> Told:
    value = "无数值" if cell.value is None else number(cell.value)
    parts = [f"{clean(cell.label)} {value}", f"原文“{_quote(cell.raw)}”", word("cells", cell.state)]
    place = place_in_chinese(cell.place, cell.id)
    about = (cell.report, cell.id)
    return Told(1, "  ".join(filter(None, (*parts, f"报告 R{cell.report} {place}".rstrip()))), cell=about)


def _report(report: Report, measure: Measure) -> Iterator[Told]:
    yield Told(0, f"报告 R{report.id}  {clean(report.title)}", "head")
    published = (
        f"发布 {report.published}（{basis_in_chinese(report.published_basis)}）" if report.published else ""
    )
    version = f"第{report.version}版"
    yield Told(1, "  ".join(filter(None, (clean(report.organ), _year(report.year), version, published))))
    yield Told(1, f"网址 {clean(report.url)}（{word('pages', report.status)}）")
    yield Told(1, f"首次见到 {moment(report.first_seen)}，最近见到 {moment(report.last_seen)}")
    if report.error:
        yield Told(1, f"未能读取：{class_in_chinese(report.error)}", "bad")
    for version_of in report.others:
        yield from _version(version_of, measure)
    if report.deposit:
        yield _deposit(report.deposit)
    if report.record is None:
        yield Told(1, "没有存档记录", "bad")
    else:
        yield from _record(report.record, 1)


def _deposit(given: Deposit) -> Told:
    who = clean(given.who) or "未注明何人"
    origin = f"，来自{clean(given.origin)}" if given.origin else ""
    file = f"文件 {clean(given.file)}，{moment(given.added)} 入库"
    return Told(1, f"人工存入：{who}于 {given.seen} 取得{origin}，{file}")


def _version(version: Version, measure: Measure) -> Iterator[Told]:
    now = "，现行" if version.current else ""
    yield Told(1, f"第{version.version}版  {moment(version.first_seen)} 首次见到{now}")
    for change in _some(version.changes, measure.changes):
        yield Told(2, _change(change))
    yield from _more(version.changes, measure.changes, "处变动", 2)


def _change(change: Change) -> str:
    if change.fact.startswith("section "):
        return f"第{change.fact.removeprefix('section ')}部分文字有变动"
    before, now = (_quote("无" if value is None else value) for value in (change.before, change.now))
    return f"{clean(word('facts', change.fact))}：{before} → {now}"


def _record(record: Record, depth: int) -> Iterator[Told]:
    answered = f"状态 {record.status}" if record.status else "人工保存的文件"
    yield Told(depth, f"存档 {moment(record.fetched)}  {answered}  {record.file} 位置 {record.offset}")
    yield Told(depth, f"SHA-256 {record.sha256}  {_agreement(record)}", _tone(record))


def _agreement(record: Record) -> str:
    return word("agreements", record.agreement) + (f"：{record.why}" if record.why else "")


def _tone(record: Record) -> str:
    return {"match": "good", "unchecked": ""}.get(record.agreement, "bad")


def _look(look: Look, measure: Measure) -> Iterator[Told]:
    verdict = word("verdicts", look.verdict)
    yield Told(0, f"查看 {look.run}  门户 {look.portal}  {moment(look.started)}  {verdict}", "head")
    if look.unplaced:
        yield Told(1, look.unplaced, "bad")
    if left := look.unchecked:
        yield Told(
            1, f"太多，其中 {left} 条存档没有在此核对，写“未核对”；命令 gxcrawl explain 核对全部", "note"
        )
    for found in _some(look.lists, measure.lists):
        yield from _list(found, measure)
    yield from _more(look.lists, measure.lists, "个列表", 1)
    for answer in look.answers:
        yield Told(1, f"网址 {clean(answer.url)}")
        yield from _record(answer, 2)


def _list(found: ReadList, measure: Measure) -> Iterator[Told]:
    end = ("读到末尾" if found.complete else "未读到末尾") + f"（{stop_in_chinese(found.stop_reason)}）"
    scope = f"{clean(found.scope)} " if found.scope else ""
    yield Told(1, f"列表 {scope}{clean(found.url)}  {found.rows} 条，{end}")
    for page in _some(found.pages, measure.pages):
        record = page.record
        place = f"{record.file} 位置 {record.offset}"
        yield Told(2, f"第{page.number}页 {place}  {_agreement(record)}", _tone(record))
    yield from _more(found.pages, measure.pages, "页", 2)


def _past_run(run: PastRun) -> Iterator[Told]:
    """The class of what went wrong says in Chinese what its reasons say in the English of the tool."""
    yield Told(0, f"抓取 {run.run}  {moment(run.started)}  {word('verdicts', run.verdict)}", "head")
    if run.failure:
        yield Told(1, f"{class_in_chinese(run.failure)}（{run.failure}）")


def _quote(text: str) -> str:
    line = clean(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _some(items: Sequence[T], count: int) -> Sequence[T]:
    return items[:count]


def _more(items: Sequence[object], count: int, what: str, depth: int) -> Iterator[Told]:
    if len(items) > count:
        yield Told(depth, f"另有 {len(items) - count} {what}")
