"""`gxcrawl check`: duties, checks between reports and alerts over the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, deadlines_of, deadlines_option, today_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.review import Outcome

# The ways of alerts, as they are told.
ALERTS = {
    "opened": "新增",
    "reopened": "重新出现",
    "changed": "内容有变",
    "held": "暂无法核实",
    "resumed": "恢复核实",
    "closed": "消除",
}


@click.command()
@database_option
@deadlines_option
@today_option
@click.option("--all", "everything", is_flag=True, help="Judge everything again, not only what changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a finding failed, too.")
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

    Exit code 1, with --strict: a report of the running year has a failed finding of the severity error or
    warn. What somebody dismissed does not count; that somebody looks after it changes nothing.
    """
    from gxcrawl import clock
    from gxcrawl.review import check as check_store
    from gxcrawl.store.failed import count_failed

    rules = deadlines_of(db, deadlines)
    with opened(db) as store:
        outcome = check_store(store, clock.today(), everything=everything, local_rules=rules)
        failed = count_failed(store.connection, outcome.year) if strict else 0
    tell(console, outcome, as_json=as_json)
    if failed:
        what = f"{failed} findings on the reports of {outcome.year} failed"
        console.error(f"gxcrawl: {what}; `gxcrawl export --what issues` lists them")
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
    moved = outcome.alerts._asdict()
    told = "，".join(f"{word}{moved[way]}" for way, word in ALERTS.items() if moved[way])
    console.result(f"告警：{told or '没有变化'}。")
