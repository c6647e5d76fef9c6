"""The command `gxcrawl`: its verbs, and what holds for all of them."""

from __future__ import annotations

import click

from gxcrawl import clock
from gxcrawl.commands.add import add
from gxcrawl.commands.alerts import alerts
from gxcrawl.commands.archive import archive
from gxcrawl.commands.check import check
from gxcrawl.commands.crawl import crawl
from gxcrawl.commands.demo import demo
from gxcrawl.commands.draft import draft
from gxcrawl.commands.explain import explain
from gxcrawl.commands.export import export
from gxcrawl.commands.finding import finding
from gxcrawl.commands.organ import organ
from gxcrawl.commands.parse import parse
from gxcrawl.commands.portal import portal
from gxcrawl.commands.reparse import reparse
from gxcrawl.commands.samples import samples
from gxcrawl.commands.serve import serve
from gxcrawl.commands.status import status
from gxcrawl.commands.watch import watch
from gxcrawl.console import Console


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gxcrawl", message="%(prog)s %(version)s")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more; show where an unexpected error came from.")
@click.pass_context
def main(context: click.Context, quiet: bool, verbose: bool) -> None:
    """Reads, checks and watches China's yearly reports on government information disclosure.

    \b
    Example:
      gxcrawl parse report.html

    Exit codes: 0 done; 1 something is wrong, and stderr says what; 2 wrong usage.
    """
    if quiet and verbose:
        raise click.UsageError("-q and -v exclude each other.")
    try:
        clock.now()
    except clock.ClockError as error:
        raise click.UsageError(str(error)) from error
    context.obj = Console(quiet=quiet, verbose=verbose)


main.add_command(add)
main.add_command(alerts)
main.add_command(archive)
main.add_command(check)
main.add_command(crawl)
main.add_command(demo)
main.add_command(draft)
main.add_command(explain)
main.add_command(export)
main.add_command(finding)
main.add_command(organ)
main.add_command(parse)
main.add_command(portal)
main.add_command(reparse)
main.add_command(samples)
main.add_command(serve)
main.add_command(status)
main.add_command(watch)
