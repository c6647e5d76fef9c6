"""`gxcrawl finding`: what checks found, and what people decide about it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option
from gxcrawl.commands.saying import for_each, person, reason, who_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    import sqlite3

    from gxcrawl.decisions.deciding import Decision
    from gxcrawl.decisions.listing import Listed


def _read(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[int, ...]:
    """12, or F12 as `gxcrawl explain` writes it."""
    for word in words:
        if not re.fullmatch(r"[Ff]?[0-9]{1,18}", word, re.A):
            raise click.BadParameter(f"{word!r} is no finding; write its number, such as 12 or F12")
    return tuple(dict.fromkeys(int(word.lstrip("Ff")) for word in words))


numbers_argument = click.argument("numbers", metavar="ID...", nargs=-1, required=True, callback=_read)


@click.group()
def finding() -> None:
    """Lists what the checks found, certain or not, and notes what people decide about it.

    A decision is about the facts of a finding. It holds through every later check, until one of them changes.

    \b
    Example:
      gxcrawl finding list --check Z-OUTLIER --year 2025
    """


@finding.command(name="list")
@click.option("--organ", default="", metavar="KEY", help="Only of this organ.")
@click.option("--area", default="", metavar="CODE", help="Only in this area; 230100 is the whole city.")
@click.option("--year", type=int, metavar="N", help="Only on reports of this year.")
@click.option("--check", default="", metavar="CODE", help="Only of this check, such as T3-BAL.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each finding and line.")
@database_option
@click.pass_obj
def list_findings(
    console: Console, organ: str, area: str, year: int | None, check: str, as_json: bool, db: Path
) -> None:
    """Lists findings by area, organ and year: id, severity, result, decision, what was found.

    \b
    Example:
      gxcrawl finding list --organ 230112:财政局 --year 2025
    """
    from gxcrawl.decisions.listing import Filter, listed

    with opened(db) as store:
        for one in listed(store.connection, Filter(organ, area, year, check)):
            console.result(json.dumps(one._asdict(), ensure_ascii=False) if as_json else _line(one))


def _line(one: Listed) -> str:
    from gxcrawl.show.wide import clean, left

    about = (clean(one.name) or "?") + (f" {one.year}" if one.year else "")
    decision = f" ({one.decision})" if one.decision else ""
    head = f"{left(f'F{one.id}', 6)}  {left(one.severity, 5)}  {left(one.result, 9)}  {about}"
    return f"{head}  {one.check}{decision}: {clean(one.message)}"


@finding.command()
@numbers_argument
@click.option("--comment", default="", metavar="TEXT", help="What else is to be said.")
@who_option
@database_option
@click.pass_obj
def confirm(console: Console, numbers: tuple[int, ...], comment: str, who: str | None, db: Path) -> None:
    """Says that the findings ID are so. An uncertain one is then told as a certain one in exports.

    \b
    Example:
      gxcrawl finding confirm 12 F13 --comment 已电话核实
    """
    _decide(db, numbers, "confirmed", comment.strip(), who)
    console.note(f"confirmed: {_named(numbers)}")


@finding.command()
@numbers_argument
@click.option("--why", required=True, metavar="TEXT", help="Why they are none; people will read this.")
@who_option
@database_option
@click.pass_obj
def dismiss(console: Console, numbers: tuple[int, ...], why: str, who: str | None, db: Path) -> None:
    """Says that the findings ID are none. An alert of which no finding is left is dismissed with them.

    \b
    Example:
      gxcrawl finding dismiss F12 --why 统计口径不同
    """
    _decide(db, numbers, "dismissed", reason("--why", why), who)
    console.note(f"dismissed: {_named(numbers)}")


@finding.command()
@numbers_argument
@click.option("--text", required=True, metavar="TEXT", help="What is to be said of them.")
@who_option
@database_option
@click.pass_obj
def comment(console: Console, numbers: tuple[int, ...], text: str, who: str | None, db: Path) -> None:
    """Notes something about the findings ID, and decides nothing.

    \b
    Example:
      gxcrawl finding comment 12 --text 已发函询问
    """
    _decide(db, numbers, "comment", reason("--text", text), who)
    console.note(f"commented: {_named(numbers)}")


@finding.command()
@numbers_argument
@who_option
@database_option
@click.pass_obj
def undo(console: Console, numbers: tuple[int, ...], who: str | None, db: Path) -> None:
    """Takes back that the findings ID were confirmed or dismissed. Comments stay.

    \b
    Example:
      gxcrawl finding undo 12
    """
    _decide(db, numbers, "withdrawn", "", who)
    console.note(f"undone: {_named(numbers)}")


def _decide(db: Path, numbers: tuple[int, ...], decision: Decision, text: str, who: str | None) -> None:
    from gxcrawl.alerts.people import follow
    from gxcrawl.clock import now
    from gxcrawl.decisions.deciding import Said, decide
    from gxcrawl.decisions.deciding import finding as finding_of

    said = Said(decision, text, person(who), now())

    def act(connection: sqlite3.Connection, number: int) -> None:
        about = finding_of(connection, number)
        decide(connection, about, said)
        follow(connection, about, said)

    for_each(db, numbers, act)


def _named(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"F{number}" for number in numbers)
