"""`gxcrawl status`: who has published, who has not, and of whom nobody can tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl import clock
from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.store.duties import Owed

# What needs attention first. The words are those of gxcrawl/duties/words.toml; a test compares.
STATUSES = (
    "missing",
    "late",
    "withdrawn",
    "unknown",
    "unreadable",
    "date_unknown",
    "not_due",
    "on_time",
    "exempt",
)


@click.command()
@database_option
@today_option
@click.option("--year", type=int, metavar="N", help="Reports of this year; by default the running one.")
@click.option("--area", default="", metavar="CODE", help="In this area; 230100 is the whole city.")
@click.option("--organ", "key", default="", metavar="KEY", help="Of this organ only.")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only these; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each duty and line.")
@click.pass_obj
def status(
    console: Console,
    db: Path,
    year: int | None,
    area: str,
    key: str,
    statuses: tuple[str, ...],
    as_json: bool,
) -> None:
    """Lists who has published the report of a year and who has not, as the last check found it.

    One line for each organ that owes it: status, due day, name, reason. What needs attention comes first.

    \b
    Examples:
      gxcrawl status
      gxcrawl status --area 230100 --status missing --status late
      gxcrawl status --organ 230112:小岭街道 --year 2024
    """
    from gxcrawl.duties.season import running_year
    from gxcrawl.store.duties import duties_of

    wanted = running_year(clock.today()) if year is None else year
    with opened(db) as store:
        found = duties_of(store.connection, wanted, area=area, organ=key)
    shown = [one for one in found if not statuses or one.status in statuses]
    shown.sort(key=lambda one: (STATUSES.index(one.status), -(one.days or 0), one.code, one.organ))
    for one in shown:
        console.result(json.dumps(one._asdict(), ensure_ascii=False) if as_json else _line(one))
    if not as_json:
        console.result(_counts(wanted, shown))
    if not found:
        console.note(f"gxcrawl: no duty of {wanted} is known here; `gxcrawl check` finds out who owes what")


def _line(one: Owed) -> str:
    from gxcrawl.duties.words import status_words
    from gxcrawl.show.wide import clean, left

    word = status_words()[one.status].with_days(one.days, one.due, one.published)
    return f"{left(word, 20)}  {one.due}  {clean(one.name)}  {clean(one.reason)}".rstrip()


def _counts(year: int, shown: Iterable[Owed]) -> str:
    from gxcrawl.duties.words import status_words

    counts = Counter(one.status for one in shown)
    words = [f"{status_words()[status].word}{counts[status]}" for status in STATUSES if counts[status]]
    return f"{year}年度报告：{'，'.join(words) or '尚无'}；共{counts.total()}个机关。"
