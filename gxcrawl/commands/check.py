"""`gxcrawl check`: duties, checks between reports and alerts over the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, deadlines_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.review import Outcome


@click.command()
@database_option
@deadlines_option
@today_option
@click.option("--all", "everything", is_flag=True, help="Judge everything again, not only what changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 when alerts about organs are open.")
@click.pass_obj
def check(
    console: Console, db: Path, deadlines: Path | None, everything: bool, as_json: bool, strict: bool
) -> None:
    """Judges who published on time and what does not fit between reports; opens and closes alerts.

    Only what changed since the last check is judged again. `gxcrawl alerts` shows the alerts,
    `gxcrawl export` the rest.

    \b
    Examples:
      gxcrawl check
      gxcrawl check --today 2026-02-01 --all
    """
    from gxcrawl import clock
    from gxcrawl.duties.deadlines import DeadlinesError
    from gxcrawl.review import check as check_store
    from gxcrawl.watch.cycle import Places, local_rules

    try:
        rules = local_rules(Places(db, deadlines))
    except DeadlinesError as error:
        raise click.ClickException(str(error)) from error
    with opened(db) as store:
        outcome = check_store(store, clock.today(), everything=everything, local_rules=rules)
        open_alerts = store.connection.execute(
            "SELECT count(*) FROM alerts WHERE stream = 'organ' AND state = 'open'"
        ).fetchone()[0]
    tell(console, outcome, as_json=as_json)
    if strict and open_alerts:
        raise SystemExit(1)


def tell(console: Console, outcome: Outcome, *, as_json: bool = False) -> None:
    """What a check did, in a few lines."""
    from gxcrawl.duties.words import status_words

    if as_json:
        numbers = {
            "organs": outcome.organs,
            "year": outcome.year,
            "statuses": dict(outcome.statuses),
            "alerts": outcome.alerts._asdict(),
        }
        console.result(json.dumps(numbers, ensure_ascii=False))
        return
    counts = ((word.word, outcome.statuses[status]) for status, word in status_words().items())
    words = [f"{word}{count}" for word, count in counts if count]
    console.result(f"{outcome.year}年度报告：{'，'.join(words) or '尚无'}。")
    moved = outcome.alerts
    news = (
        (moved.opened, "新增"),
        (moved.reopened, "重新出现"),
        (moved.closed, "消除"),
        (moved.held, "暂无法核实"),
    )
    told = "，".join(f"{word}{count}" for count, word in news if count)
    console.result(f"告警：{told or '没有变化'}。")
