"""`gxcrawl parse`: reads reports from files and shows what is in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.batch.one import Outcome, Show


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--jsonl", is_flag=True, help="Print one JSON object per file and line instead of tables.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Read in N processes.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a check failed, too.")
@click.pass_obj
def parse(console: Console, files: tuple[str, ...], jsonl: bool, jobs: int, strict: bool) -> None:
    """Reads reports from FILEs and checks them.

    A FILE is a file, a folder (read with all its folders, in the order of names), a pattern such as
    "reports/*.html", or - for the standard input. Results come in the order of the files.

    \b
    Examples:
      gxcrawl parse report.html
      gxcrawl parse --jsonl --jobs 4 reports/ > reports.jsonl

    Exit code 1: a file was no readable report, or with --strict a check failed.
    """
    from gxcrawl.batch.inputs import SUFFIXES, Inputs
    from gxcrawl.batch.many import read_many

    inputs = Inputs(files)
    total, unread, failed = 0, 0, 0
    for outcome in read_many(inputs, _show(console, jsonl), jobs):
        _tell(console, outcome)
        total += 1
        unread += outcome.error is not None
        failed += outcome.failed > 0
    if inputs.skipped:
        known = ", ".join(SUFFIXES)
        console.note(f"gxcrawl: skipped in folders: {inputs.skipped} (only {known} are read there)")
    if total > 1 and not jsonl:
        console.note(f"gxcrawl: files: {total}, reports: {total - unread}, with failed checks: {failed}")
    if unread or (strict and failed):
        raise SystemExit(1)


def _show(console: Console, jsonl: bool) -> Show:
    from gxcrawl.show.jsonl import json_line
    from gxcrawl.show.people import for_people

    return json_line if jsonl else partial(for_people, columns=console.width, colours=console.colours)


def _tell(console: Console, outcome: Outcome) -> None:
    if outcome.text:
        console.result(outcome.text)
    if outcome.error:
        console.error(f"gxcrawl: {outcome.source}: {outcome.error.code}: {outcome.error.message}")
    if outcome.trace and console.verbose:
        console.error(outcome.trace)
