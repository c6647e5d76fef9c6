"""`gxcrawl draft`: checks a report before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.intake.draft import Before, Draft
    from gxcrawl.model import Report


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--organ", required=True, metavar="NAME", help="Whose report it is.")
@click.option("--year", required=True, type=click.IntRange(2008, 2100), metavar="N", help="Of which year.")
@click.option("--code", default="", metavar="CODE", help="Division code, where several organs have the name.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a check failed, too.")
@today_option
@database_option
@click.pass_obj
def draft(
    console: Console, file: str, organ: str, year: int, code: str, as_json: bool, strict: bool, db: Path
) -> None:
    """Checks the draft in FILE: its form, its sums, its text, and the report of last year in the database.

    The organ and the year given count, whatever the draft prints. Nothing is stored. Without a database the
    draft is checked by itself. FILE may be - for the standard input.

    \b
    Example:
      gxcrawl draft draft.html --organ 示例县财政局 --year 2025

    Exit code 1: the file is no readable report, or with --strict a check failed.
    """
    from gxcrawl.clock import today
    from gxcrawl.intake.draft import check_draft

    report = _read(console, file)
    checked = check_draft(report, organ.strip(), year, _before(db, organ.strip(), code), today())
    console.result(_as_json(checked) if as_json else _for_people(console, checked, year))
    if strict and any(finding.result == "fail" for finding in checked.report.findings):
        raise SystemExit(1)


def _read(console: Console, file: str) -> Report:
    from gxcrawl.batch.inputs import Input
    from gxcrawl.batch.one import load
    from gxcrawl.model import ReadError
    from gxcrawl.reader import read_report

    data = load(Input(file))
    if not isinstance(data, ReadError):
        report = read_report(data, source=file)
        if report.error is None:
            return report
        data = report.error
    console.error(f"gxcrawl: {file}: {data.code}: {data.message}")
    raise SystemExit(1)


def _before(db: Path, organ: str, code: str) -> Before:
    from gxcrawl.intake.draft import before_of
    from gxcrawl.intake.given import RefusedError

    if not db.is_file():
        return before_of(None, organ, code)
    with opened(db) as store:
        try:
            return before_of(store.connection, organ, code)
        except RefusedError as error:
            raise click.ClickException(str(error)) from error


def _for_people(console: Console, checked: Draft, year: int) -> str:
    from gxcrawl.show.draft import draft_for_people

    compared = checked.compared
    told = (
        f"跨年检查：已与数据库中{year - 1}年度的报告（报告 {compared.report}）比对"
        if compared
        else f"跨年检查：数据库中没有该机关{year - 1}年度的报告，未能比对"
    )
    return draft_for_people(
        checked.report, checked.mismatches, told, columns=console.width, colours=console.colours
    )


def _as_json(checked: Draft) -> str:
    from gxcrawl.show.jsonl import as_object, encode

    compared = checked.compared
    more = {
        "mismatches": checked.mismatches,
        "compared_with": {"report": compared.report, "year": compared.year} if compared else None,
        "not_assessable": checked.not_assessable,
    }
    return encode(as_object(checked.report) | more)
