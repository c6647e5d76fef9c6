"""Organs, years and reports made from a few words: an invented bureau, all zeros, published in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gxcrawl.checks.across.model import Case, Filed, Page, Publication, Remark
from gxcrawl.checks.across.run import check_case
from gxcrawl.duties.model import Duty, Look, Sight
from gxcrawl.forms import load_form
from gxcrawl.model import Number

YEAR = 2023
NAME = "示例县财政局"
DUE = date(2024, 1, 31)
URL = "https://www.example.gov.cn/nb/{}.html"
Values = Mapping[str, Number | None]


def filed(year: int = YEAR, cells: Values | None = None, *, form: str | None = "2021", **more: Any) -> Filed:
    """A report. None takes a number away; `inferred` and `texts` may be given in short."""
    given = cells or {}
    names = [slot.id for slot in load_form(form).slots.values() if not slot.optional] if form else []
    values = {name: given.get(name, 0) for name in (*names, *given)}
    defaults: dict[str, Any] = {"title": f"{NAME}{year}年政府信息公开工作年度报告", "organ_names": (NAME,)}
    if isinstance(text := more.pop("text", ""), str) and text:
        defaults["texts"] = {1: text}
    if "inferred" in more:
        more["inferred"] = frozenset(more["inferred"])
    known = {name: value for name, value in values.items() if value is not None}
    return Filed(year, year, form, known, **(defaults | more))


def case(*reports: Filed, year: int = YEAR, **more: Any) -> Case:
    """One organ and year with the reports that are known of it."""
    defaults: dict[str, Any] = {"name": NAME, "filed": {report.year: report for report in reports}}
    given = defaults | more
    return Case("990101:财政局", given.pop("name"), "department", "990101", year, date(2024, 5, 1), **given)


def pair(before: Values | None = None, now: Values | None = None, **more: Any) -> Case:
    """This year's report and that of the year before; `of_before`, `of_now` say what else differs."""
    of_before, of_now = more.pop("of_before", {}), more.pop("of_now", {})
    year = more.get("year", YEAR)
    return case(filed(year - 1, before, **of_before), filed(year, now, **of_now), **more)


def duty(status: str = "on_time", **more: Any) -> Duty:
    plain = Duty(
        "990101:财政局",
        YEAR,
        DUE,
        "article-49-1",
        statutory=True,
        basis="registered",
        status="on_time",
        days=None,
        reason="",
        report=1,
    )
    return plain._replace(status=status, **more)  # type: ignore[arg-type]


def local(status: str = "on_time", **more: Any) -> Duty:
    """Of an organ without a statutory date."""
    return duty(status, **{"statutory": False, "rule": "assumed", "due": date(2024, 3, 31)} | more)


def sight(number: int = 1, **more: Any) -> Sight:
    plain = Sight(
        number,
        "example",
        URL.format(number),
        f"{NAME}{YEAR}年政府信息公开工作年度报告",
        printed=date(2024, 1, 20),
        basis="visible-date",
        first_seen=date(2024, 1, 21),
        online=True,
        error="",
        content="a",
    )
    return plain._replace(**more)


def look(day: date) -> Look:
    return Look(f"example-{day:%Y%m%d}", day)


def published(owed: Duty | None = None, *sights: Sight, **more: Any) -> Case:
    """How the report was published; without any sight, as it should be."""
    made = case(**{name: more.pop(name) for name in ("filed", "confirmed", "name") if name in more})
    shown = sights or (() if owed and owed.status in ("missing", "not_due", "unknown") else (sight(),))
    return replace(made, publication=Publication(owed or duty(), shown, **more))


def page(carrier: str = "html", files: Iterable[str] = (), *, text: bool = True, tables: bool = True) -> Page:
    return Page(1, carrier, tuple(files), text, tables)


def after(days: int, day: date = DUE) -> date:
    return day + timedelta(days)


def found(given: Case, code: str, result: str = "fail") -> list[Remark]:
    """The remarks of one check with one result."""
    return [
        remark
        for remark in check_case(given).remarks
        if remark.finding.check == code and remark.finding.result == result
    ]


def reason(given: Case, code: str) -> str:
    """Why a check could not be made; empty when it was."""
    return check_case(given).not_assessable.get(code, "")
