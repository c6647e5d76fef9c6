"""What a run would ask first, without asking anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gxcrawl.clock import today
from gxcrawl.crawl.loader import families
from gxcrawl.crawl.policy import is_due, policy
from gxcrawl.portals.model import Portal
from gxcrawl.store import brief, open_store


def plan(portals: Sequence[Portal], database: Path, *, since: int | None, full: bool) -> Iterator[str]:
    for portal in portals:
        hosts = ", ".join(portal.hosts)
        yield f"{portal.id}: {portal.name}, {portal.family}, {portal.delay:g} s apart, {hosts}"
        yield f"  {portal.scheme}://{portal.hosts[0]}/robots.txt"
        yield from _lists(portal)
        yield from _known(portal, database, since=since, full=full)


def _lists(portal: Portal) -> Iterator[str]:
    family = families()[portal.family]
    if not portal.columns:
        yield f"  {portal.home} to look for lists of annual reports"
    for column in portal.columns:
        ways = family.ways(portal, column)
        scope = f" {column.scope}" if column.scope else ""
        if ways:
            more = f", then {len(ways) - 1} other addresses until one is a list" if len(ways) > 1 else ""
            yield f"  {ways[0].method} {ways[0].url}{scope} and the pages after it{more}"
        else:
            yield f"  no address is known for the list{scope} {column.ref}: it is searched for"


def _known(portal: Portal, database: Path, *, since: int | None, full: bool) -> Iterator[str]:
    """Pages of earlier runs: what the policy asks again. New rows of the lists come on top."""
    if not database.is_file():
        yield "  every report in the lists: the database knows none of them yet"
        return
    with open_store(database) as store:
        known = [page for page in brief(store, portal.id) if page.kind == "detail"]
    pages = [page for page in known if page.last_asked]  # the others are decoys, or were too old
    wanted = [page for page in pages if not (since and page.year and page.year < since)]
    due = [page for page in wanted if full or is_due(page, today(), policy())]
    for page in due:
        how = "" if full or not (page.etag or page.last_modified) else " if it changed"
        yield f"  {page.url}{how}"
    yield f"  known reports: {len(pages)}, asked again: {len(due)}; new rows of the lists come on top"
