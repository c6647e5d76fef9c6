"""`gxcrawl organ`: the registry of who must report, and the names that were met."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option
from gxcrawl.commands.organ_pages import assign, ignore, unnamed
from gxcrawl.console import Console
from gxcrawl.registry.events import EVENTS

if TYPE_CHECKING:
    from gxcrawl.store.registry import Likely, Organ


@click.group()
def organ() -> None:
    """Keeps the registry of organs: who must report, and under which names.

    A name that a crawl meets for the first time becomes a candidate. Only you can say that it is an organ
    that is known already.

    \b
    Example:
      gxcrawl organ list --candidates
    """


@organ.command(name="list")
@database_option
@click.option("--candidates", is_flag=True, help="Only candidates, with the organ that each may be.")
@click.option("--area", default="", metavar="CODE", help="Only in this area; 230100 is the whole city.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each organ and line.")
@click.pass_obj
def list_organs(console: Console, db: Path, candidates: bool, area: str, as_json: bool) -> None:
    """Lists organs: key, kind, status, years with a report, name.

    \b
    Example:
      gxcrawl organ list --candidates --area 230112
    """
    from gxcrawl.store.registry import likely_matches, organs

    with opened(db) as store:
        found = organs(store.connection, area)
    matches = likely_matches(found) if candidates else {}
    for one in found:
        if candidates and one.status != "candidate":
            continue
        match = matches.get(one.key)
        console.result(_json(one, match) if as_json else _line(one, match))


@organ.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
@click.pass_obj
def import_file(console: Console, file: Path, db: Path) -> None:
    """Takes in FILE, a CSV table of organs. Where something is wrong with it, nothing is written.

    The columns are key, name, aliases (between them ；), kind, level, superior (a key), code, valid_from,
    valid_to, portal. Only name is always needed, and code or portal; what is empty is guessed or left open.
    Names are added, never taken away.

    \b
    Example:
      gxcrawl organ import organs.csv

    Exit code 1: there are faults. Each is told with its line.
    """
    from gxcrawl.clock import now
    from gxcrawl.registry.table import read_table
    from gxcrawl.store.registering import TableError, import_organs

    table = read_table(file.read_bytes())
    try:
        with opened(db, make=True) as store, store.writing() as connection:
            done = import_organs(connection, table, file.name, now().isoformat(timespec="seconds"))
    except TableError as error:
        for fault in error.faults:
            console.error(f"{file}:{fault.line}: {fault.sentence}")
        raise click.ClickException(f"{len(error.faults)} faults; nothing was written") from error
    console.result(
        f"{len(table.entries)} organs: {done.new} new, {done.changed} changed, {done.same} as they were;"
        f" {done.taken_over} candidates were one of them"
    )


@organ.command()
@database_option
@click.option("--area", default="", metavar="CODE", help="Only organs of this division code.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE"
)
@click.pass_obj
def export(console: Console, db: Path, area: str, output: Path) -> None:
    """Writes the registry and the candidates as a CSV table that Excel opens and `organ import` takes.

    \b
    Example:
      gxcrawl organ export -o organs.csv
    """
    from gxcrawl.registry.table import write_table
    from gxcrawl.store.registry import entries, organs

    with opened(db) as store:
        found = organs(store.connection, area)
    try:
        output.write_bytes(write_table(entries(found)))
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}; name another file") from error
    console.result(f"{output}: {len(found)} organs")


@organ.command()
@click.argument("key", metavar="CANDIDATE")
@click.argument("target", metavar="ORGAN")
@database_option
@click.pass_obj
def merge(console: Console, key: str, target: str, db: Path) -> None:
    """Says that CANDIDATE is ORGAN under another name. Its reports are that organ's from now on.

    It may be registered, too, when a table has one organ twice. Two organs of which one went into the other
    are no such case: note that with `gxcrawl organ event`.

    \b
    Example:
      gxcrawl organ merge 230112:小岭街 230112:小岭街道
    """
    from gxcrawl.store.naming import merge as merge_organs

    with opened(db) as store, store.writing() as connection:
        merged = merge_organs(connection, key, target)
    console.result(f"{key} is {target}")
    if merged.registered:
        names = "、".join(merged.names)
        console.result(
            f"{key} was registered and is no more; now {target} has its {merged.reports} versions of reports,"
            f" {merged.events} events, and its names: {names}"
        )
        console.note("gxcrawl: take it out of your own table, too: an import would register it again")
    if merged.both:
        years = ", ".join(map(str, merged.both))
        advice = f"if they are two organs, take the name back: `gxcrawl organ alias {target} NAME --remove`"
        console.note(f"gxcrawl: both have reports of {years}; {advice}")


@organ.command()
@click.argument("key", metavar="ORGAN")
@database_option
@click.pass_obj
def remove(console: Console, key: str, db: Path) -> None:
    """Takes ORGAN out of the registry: it owes nothing any more but what follows from its reports.

    With reports or alerts it is a candidate again, so that they have an organ; else it is gone. Take it out
    of your own table, too. An organ that came to an end stays: note that with `gxcrawl organ event`.

    \b
    Example:
      gxcrawl organ remove 230112:小岭街道
    """
    from gxcrawl.store.removing import remove as remove_organ

    with opened(db) as store, store.writing() as connection:
        left = remove_organ(connection, key)
    about = f"{left.reports} versions of reports and {left.alerts} alerts are about it"
    console.result(f"{key} is a candidate again: {about}" if any(left) else f"{key} is gone")


@organ.command()
@click.argument("candidates", nargs=-1, required=True, metavar="CANDIDATE...")
@database_option
@click.pass_obj
def confirm(console: Console, candidates: tuple[str, ...], db: Path) -> None:
    """Says that each CANDIDATE is an organ of its own, and registers it as it is.

    \b
    Example:
      gxcrawl organ confirm 230112:小岭街道 230112:交界街道
    """
    from gxcrawl.store.naming import confirm as confirm_candidate

    with opened(db) as store, store.writing() as connection:
        for key in dict.fromkeys(candidates):
            confirm_candidate(connection, key)
    console.result(f"{len(dict.fromkeys(candidates))} organs registered")


@organ.command()
@click.argument("target", metavar="ORGAN")
@click.argument("name")
@database_option
@click.option(
    "--remove", is_flag=True, help="Take the name away; reports met under it go back to a candidate."
)
@click.pass_obj
def alias(console: Console, target: str, name: str, db: Path, remove: bool) -> None:
    """Gives ORGAN one more NAME, or takes one away.

    \b
    Example:
      gxcrawl organ alias 230112:小岭街道 小岭街
    """
    from gxcrawl.store.naming import add_alias, remove_alias

    with opened(db) as store, store.writing() as connection:
        other = (remove_alias if remove else add_alias)(connection, target, name)
    if remove:
        told = f"its reports are those of the candidate {other}" if other else "no report was met under it"
        console.result(f"{name} is no name of {target} any more; {told}")
    else:
        console.result(f"{name} is {target}" + (f"; so is what was {other}" if other else ""))


@organ.command()
@click.argument("target", metavar="ORGAN")
@click.argument("kind", type=click.Choice(EVENTS))
@click.argument("day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@database_option
@click.option("--other", metavar="ORGAN", help="With which organ it merged, or what it became.")
@click.option("--source", default="", metavar="TEXT", help="Who says so: a document, an address.")
@click.pass_obj
def event(
    console: Console, target: str, kind: str, day: datetime, db: Path, other: str | None, source: str
) -> None:
    """Notes that ORGAN was renamed, merged, split or abolished. Years on both sides of DATE are not compared.

    After it merged into another organ, or was abolished, it owes no report any more.

    \b
    Example:
      gxcrawl organ event 230112:科学技术局 merged 2019-03-01 --other 230112:工业信息科技局
    """
    from gxcrawl.store.naming import add_event

    with opened(db) as store, store.writing() as connection:
        new = add_event(connection, target, kind, day.date(), other, source)
    console.result(f"{target} {kind} {day.date()}" + ("" if new else ", as noted before"))


def _json(one: Organ, match: Likely | None) -> str:
    said = one._asdict() | {"aliases": [alias.name for alias in one.aliases]}
    if one.status == "candidate":
        said["likely"] = match._asdict() if match else None
    return json.dumps(said, ensure_ascii=False)


def _line(one: Organ, match: Likely | None) -> str:
    from gxcrawl.show.wide import clean, left

    parts = (
        left(clean(one.key), 28),
        left(one.kind, 14),
        left(one.status, 10),
        f"{one.years:>2}",
        clean(one.name),
    )
    likely = f"  perhaps {clean(match.key)} ({clean(match.why)})" if match else ""
    return "  ".join(parts) + likely


organ.add_command(unnamed)
organ.add_command(assign)
organ.add_command(ignore)
