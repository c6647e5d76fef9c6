"""`gxcrawl organ unnamed`, `assign`, `ignore`: the pages of which nobody knows whose report they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl import clock
from gxcrawl.commands.database import opened
from gxcrawl.commands.options import database_option, today_option
from gxcrawl.commands.saying import person, reason, who_option
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.review.unnamed import Unnamed

url_argument = click.argument("url", metavar="URL")


@click.command()
@database_option
@today_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each page and line.")
@click.pass_obj
def unnamed(console: Console, db: Path, as_json: bool) -> None:
    """Lists pages that do not say whose report they hold, or of which year: duties, year, date, title, URL.

    Each of them may be the report of an organ that seems to have none, so that nothing is said of these
    organs: so many duties wait. `gxcrawl organ assign` and `gxcrawl organ ignore` settle it. A page whose
    report names another organ than somebody said is listed, too.

    \b
    Example:
      gxcrawl organ unnamed
    """
    from gxcrawl.review.unnamed import unnamed as unnamed_pages

    with opened(db) as store:
        for one in unnamed_pages(store.connection, clock.today()):
            console.result(_json(one) if as_json else _line(one))


@click.command()
@url_argument
@click.option("--organ", "key", required=True, metavar="KEY", help="Whose report it is.")
@click.option("--year", type=click.IntRange(2008, 2999), help="Of which year, where the page is silent.")
@who_option
@database_option
@click.pass_obj
def assign(console: Console, url: str, key: str, year: int | None, who: str | None, db: Path) -> None:
    """Says that the page at URL, which names no organ, holds the report of an organ.

    It holds for every version of that page, until a report there names its organ itself.

    \b
    Example:
      gxcrawl organ assign http://www.example.gov.cn/nb.html --organ 230112:小岭街道 --year 2025
    """
    from gxcrawl.store.assigning import assign as assign_page
    from gxcrawl.store.page_words import Word

    with opened(db) as store, store.writing() as connection:
        assign_page(connection, url, Word(key, year), person(who), _now())
    console.result(f"{url} is a report of {key}; `gxcrawl check` judges what follows from it")


@click.command()
@url_argument
@click.option("--why", required=True, metavar="TEXT", help="Why it is nobody's; people will read this.")
@who_option
@database_option
@click.pass_obj
def ignore(console: Console, url: str, why: str, who: str | None, db: Path) -> None:
    """Says that the page at URL is no report, or no report of an organ that matters here.

    No organ waits for it any more. When a report there names its organ one day, it counts all the same.

    \b
    Example:
      gxcrawl organ ignore http://www.example.gov.cn/nb.html --why "a form to be filled in"
    """
    from gxcrawl.store.assigning import Saying
    from gxcrawl.store.assigning import ignore as ignore_page

    saying = Saying(reason("--why", why), person(who), _now())
    with opened(db) as store, store.writing() as connection:
        ignore_page(connection, url, saying)
    console.result(f"{url} is nobody's report; `gxcrawl check` judges what follows from it")


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")


def _json(one: Unnamed) -> str:
    page = one.page
    told = {
        "portal": one.portal,
        "url": page.url,
        "title": page.title,
        "organ": page.organ,
        "year": page.year,
        "date": page.printed.isoformat() if page.printed else None,
        "first_seen": page.seen.isoformat(),
        "waiting": one.waiting,
        "told": one.told,
    }
    return json.dumps(told, ensure_ascii=False)


def _line(one: Unnamed) -> str:
    from gxcrawl.show.wide import clean

    page = one.page
    day = page.printed.isoformat() if page.printed else "-"
    parts = (f"{one.waiting:>4}", f"{page.year or '-':<4}", f"{day:<10}", clean(page.title), clean(page.url))
    return "  ".join(parts) + _but(one)


def _but(one: Unnamed) -> str:
    """What is known of it all the same."""
    from gxcrawl.show.wide import clean

    organ = clean(one.page.organ or "")
    if one.told is not None:
        return f"  (it names {organ} itself, but somebody said {clean(one.told) or 'nobody'}; say it anew)"
    return f"  ({organ}, year unknown)" if organ else ""
