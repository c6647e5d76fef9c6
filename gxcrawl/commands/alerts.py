"""`gxcrawl alerts`: what there is to tell, and what people say to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option
from gxcrawl.commands.saying import for_each, person, reason, who_option
from gxcrawl.commands.telling import feed, send
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.alerts.listing import Listed
    from gxcrawl.alerts.model import State, Stream
    from gxcrawl.model import Severity

# The same words as in gxcrawl/alerts/model.py, which the help of a verb need not load; a test compares.
STATES = ("open", "acknowledged", "held", "dismissed", "closed")
SEVERITIES = ("error", "warn", "info")
STREAMS = ("organ", "crawler")

numbers_argument = click.argument("numbers", metavar="ID...", nargs=-1, required=True, type=int)


@click.group(invoke_without_command=True)
@database_option
@click.option("--all", "everything", is_flag=True, help="In whatever state.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(STATES), help="In this state; may be given again."
)
@click.option("--stream", type=click.Choice(STREAMS), help="About organs, or about ourselves.")
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", help="This bad, or worse.")
@click.option("--area", default="", metavar="CODE", help="In this area; 230100 is the whole city.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each alert and line.")
@click.pass_context
def alerts(
    context: click.Context,
    db: Path,
    everything: bool,
    states: tuple[State, ...],
    stream: Stream | None,
    severity: Severity,
    area: str,
    as_json: bool,
) -> None:
    """Lists the open alerts, the worst first, and works on them.

    \b
    Examples:
      gxcrawl alerts
      gxcrawl alerts --area 230100 --severity error
      gxcrawl alerts dismiss 12 --why "merged into another organ"
    """
    if context.invoked_subcommand:
        # `gxcrawl alerts --db FILE ack 1` means this database, too.
        context.default_map = {name: {"db": str(db)} for name in alerts.commands}
        return
    from gxcrawl.alerts.listing import Filter, listed

    wanted = () if everything else states or ("open",)
    with opened(db) as store:
        for alert in listed(store.connection, Filter(wanted, stream, severity, area)):
            context.obj.result(_as_json(alert) if as_json else _line(alert))


def _as_json(alert: Listed) -> str:
    return json.dumps(alert._asdict() | {"evidence": json.loads(alert.evidence)}, ensure_ascii=False)


def _line(alert: Listed) -> str:
    from gxcrawl.show.wide import clean, left

    about = clean(alert.name) + (f" {alert.year}" if alert.year else "")
    state = "" if alert.state == "open" else f" ({alert.state})"
    head = f"{left(str(alert.id), 5)}  {left(alert.severity, 5)}  {about}"
    return f"{head}  {alert.kind}{state}: {clean(alert.message)}"


@alerts.command()
@numbers_argument
@who_option
@database_option
@click.pass_obj
def ack(console: Console, numbers: tuple[int, ...], who: str | None, db: Path) -> None:
    """Notes that somebody looks after the alerts ID. They close by themselves when their cause is gone.

    \b
    Example:
      gxcrawl alerts ack 12 13 --who 张三
    """
    from gxcrawl.alerts.people import acknowledge
    from gxcrawl.clock import now

    name = person(who)
    for_each(db, numbers, lambda connection, number: acknowledge(connection, number, name, now()))
    console.note(f"acknowledged: {', '.join(map(str, numbers))}")


@alerts.command()
@numbers_argument
@click.option("--why", required=True, metavar="TEXT", help="Why it is no alert; people will read this.")
@who_option
@database_option
@click.pass_obj
def dismiss(console: Console, numbers: tuple[int, ...], why: str, who: str | None, db: Path) -> None:
    """Says that the alerts ID are none, and the findings under them neither, until the facts change.

    \b
    Example:
      gxcrawl alerts dismiss 12 --why "the organ was merged in June"
    """
    from gxcrawl.alerts.people import dismiss as dismiss_one
    from gxcrawl.clock import now

    why, name = reason("--why", why), person(who)
    for_each(db, numbers, lambda connection, number: dismiss_one(connection, number, why, name, now()))
    console.note(f"dismissed: {', '.join(map(str, numbers))}")


@alerts.command()
@numbers_argument
@who_option
@database_option
@click.pass_obj
def reopen(console: Console, numbers: tuple[int, ...], who: str | None, db: Path) -> None:
    """Takes the dismissal of the alerts ID back.

    \b
    Example:
      gxcrawl alerts reopen 12
    """
    from gxcrawl.alerts.people import reopen as reopen_one
    from gxcrawl.clock import now

    name = person(who)
    for_each(db, numbers, lambda connection, number: reopen_one(connection, number, name, now()))
    console.note(f"open again: {', '.join(map(str, numbers))}")


alerts.add_command(feed)
alerts.add_command(send)
