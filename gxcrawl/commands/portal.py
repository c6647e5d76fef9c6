"""`gxcrawl portal`: the portals there are, a new one, and whether one still is as its entry says."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.commands.crawl import chosen
from gxcrawl.commands.options import portals_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.portals import Portal


@click.group()
def portal() -> None:
    """Shows portals, finds out about new ones, and tries entries.

    \b
    Example:
      gxcrawl portal add http://www.example.gov.cn/
    """


@portal.command(name="list")
@portals_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each portal and line.")
@click.pass_obj
def list_portals(console: Console, portals: tuple[Path, ...], as_json: bool) -> None:
    """Lists the portals that come with gxcrawl, and your own.

    \b
    Example:
      gxcrawl portal list --portals mine.toml
    """
    from gxcrawl.crawl.loader import all_portals
    from gxcrawl.portals import PortalsError

    try:
        entries = all_portals(portals)
    except PortalsError as error:
        raise click.UsageError(str(error)) from error
    for entry in entries.values():
        console.result(json.dumps(asdict(entry), ensure_ascii=False) if as_json else _line(entry))


def _line(entry: Portal) -> str:
    from gxcrawl.show.wide import left

    state = "verified" if entry.verified else "unverified"
    columns = f"{len(entry.columns)} lists"
    parts = (
        left(entry.id, 18),
        left(entry.name, 24),
        left(entry.family, 10),
        left(columns, 8),
        left(state, 10),
    )
    return "  ".join((*parts, ", ".join(entry.hosts)))


@portal.command()
@click.argument("url")
@click.pass_obj
def add(console: Console, url: str) -> None:
    """Looks at URL, tells the portal's software and prints a ready entry for it.

    URL is the portal's home page or, better, the page that lists its annual reports. At most 30 requests are
    made. The entry goes to stdout, what was seen to stderr.

    \b
    Example:
      gxcrawl portal add http://www.example.gov.cn/ > mine.toml
    """
    from gxcrawl.crawl.probe import ProbeError, probe
    from gxcrawl.crawl.scout import Scout, first_guess
    from gxcrawl.pages.address import absolute
    from gxcrawl.portals import entry_text

    address = absolute("", url if "://" in url else f"http://{url}")
    if not address:
        raise click.UsageError(f"{url} is no http or https address")
    guess = first_guess(address)
    try:
        found = probe(guess, lambda get: Scout(get, guess).find(address))
    except ProbeError as error:
        raise click.ClickException(f"{address}: {error}") from error
    for note in found.notes:
        console.note(note)
    console.result(entry_text(found.portal).rstrip())
    if not found.portal.columns:
        console.error("gxcrawl: no list of annual reports was found; give the address of the list itself")
        raise SystemExit(1)


@portal.command()
@click.argument("name", metavar="PORTAL")
@portals_option
@click.pass_obj
def test(console: Console, name: str, portals: tuple[Path, ...]) -> None:
    """Asks one page of each list of PORTAL and a few reports, and explains what it saw.

    \b
    Example:
      gxcrawl portal test acheng

    Exit code 1: something is not as the entry says.
    """
    from gxcrawl.crawl.probe import ProbeError, probe
    from gxcrawl.crawl.trial import Trial

    [entry] = chosen((name,), portals)
    try:
        works, lines = probe(entry, lambda get: Trial(get, entry).run())
    except ProbeError as error:
        raise click.ClickException(f"{entry.id}: {error}") from error
    for line in lines:
        console.result(line)
    if not works:
        raise SystemExit(1)
