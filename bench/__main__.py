"""`python -m bench`: measures in one run what the project promises, and prints ratios."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from bench.crawl import FAMILIES, crawl
from bench.measure import Measure, doubling, help_time, memory, page_cost, speed_up
from bench.sameness import sameness
from bench.site import over_pages, site
from bench.watch_store import store

RESULTS = Path(__file__).with_name("results.md")
PARTS = ("reading", "crawl", "sameness", "store", "site")


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS), metavar=f"[{'|'.join(PARTS)}]...")
@click.option("--pages", type=click.IntRange(min=1), default=100, show_default=True, help="Pages to read.")
@click.option(
    "--files", type=click.IntRange(min=1), default=10_000, show_default=True, help="Files to stream."
)
@click.option(
    "--hosts", type=click.IntRange(min=2), default=60, show_default=True, help="Hosts to crawl at once."
)
@click.option(
    "--host-pages", type=click.IntRange(min=4), default=24, show_default=True, help="Reports on each host."
)
@click.option(
    "--crawl-pages",
    type=click.IntRange(min=4),
    default=50_000,
    show_default=True,
    help="Reports to crawl while memory is watched.",
)
@click.option(
    "--families",
    type=click.IntRange(1, len(FAMILIES)),
    default=len(FAMILIES),
    show_default=True,
    help="Families of portals to crawl twice.",
)
@click.option(
    "--texts", type=click.IntRange(min=1), default=100_000, show_default=True, help="Texts to compare."
)
@click.option(
    "--reports",
    type=click.IntRange(1, 300_000),
    default=300_000,
    show_default=True,
    help="Reports to build a database of; so many take some 4 GB of the temporary folder, twice.",
)
@click.option(
    "--seconds",
    type=click.IntRange(min=1),
    default=60,
    show_default=True,
    help="So long twenty readers look at the pages at once.",
)
@click.option("--save", is_flag=True, help=f"Write the results to {RESULTS.name}, too.")
def main(parts: tuple[str, ...], save: bool, **counts: int) -> None:
    """Measures the promises of the project on this machine, all or only some parts of them.

    Other work on the machine spoils the result.
    """
    if save and parts:
        raise click.UsageError("only the results of all parts are saved; leave the names of parts away")
    measures = []
    for measure in _all(parts or PARTS, counts):
        measures.append(measure)
        click.echo(f"{measure.verdict:6}  {measure.shown:>9}  ({measure.target})  {measure.what}")
    if save:
        RESULTS.write_text(_page(measures, counts), encoding="utf-8")
        click.echo(f"written to {RESULTS}")


def _all(parts: Sequence[str], counts: Mapping[str, int]) -> Iterator[Measure]:
    if "reading" in parts:
        pages = counts["pages"]
        yield from page_cost(pages)
        yield doubling(max(pages // 4, 1))
        yield memory(counts["files"])
        yield speed_up(pages)
        yield help_time()
    if "crawl" in parts:
        yield from crawl(counts["hosts"], counts["host_pages"], counts["crawl_pages"], counts["families"])
    if "sameness" in parts:
        yield from sameness(counts["texts"])
    if "store" in parts:  # the pages are measured over the same database where both are asked for
        then = partial(over_pages, seconds=counts["seconds"]) if "site" in parts else None
        yield from store(counts["reports"], then)
    elif "site" in parts:
        yield from site(counts["reports"], counts["seconds"])


def _page(measures: list[Measure], counts: Mapping[str, int]) -> str:
    rows = "\n".join(f"| {item.what} | {item.shown} | {item.target} | {item.verdict} |" for item in measures)
    python = f"Python {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {python}"
    return f"""# The last results of the benchmarks

Made by `make bench ARGS=--save` with {counts["pages"]} pages and {counts["files"]} files on {machine}.
Ratios are measured in one run, side by side; only they can be compared between machines.

| What | Measured | Wanted | |
|---|---|---|---|
{rows}
"""


if __name__ == "__main__":
    main(prog_name="python -m bench")
